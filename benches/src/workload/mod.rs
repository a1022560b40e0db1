//! The workloads of `workloads.yaml`: rule sets and messages from a seed.

mod messages;
mod rules;
mod words;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use messages::Spoil;
pub use rules::{Kind, Rule};

use crate::Random;
use messages::message;
use words::Words;

/// All workloads.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definitions {
    seed: u64,
    messages: usize,
    /// How often each message is decided.
    pub rounds: usize,
    sizes: Vec<usize>,
    /// By name.
    pub workloads: BTreeMap<String, Workload>,
}

/// One kind of rule sets and messages, in several sizes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workload {
    /// Kinds of rules and their shares.
    pub rules: BTreeMap<Kind, f64>,
    #[serde(default)]
    sizes: Vec<usize>,
    #[serde(default)]
    messages: Spoil,
    /// Who is measured beside the engine, up to how many rules.
    #[serde(default)]
    pub peers: BTreeMap<String, usize>,
}

/// A rule set with its messages.
#[derive(Debug)]
pub struct Sample {
    /// The rules.
    pub rules: Vec<Rule>,
    /// They as a rule file.
    pub yaml: String,
    /// The messages.
    pub messages: Vec<String>,
}

impl Definitions {
    /// The definitions of this repository.
    ///
    /// # Panics
    ///
    /// Where `workloads.yaml` has a mistake.
    pub fn built_in() -> Self {
        serde_yaml::from_str(include_str!("../../workloads.yaml")).expect("workloads.yaml")
    }

    /// The numbers of rules that a workload is measured at.
    pub fn sizes<'d>(&'d self, workload: &'d Workload) -> &'d [usize] {
        if workload.sizes.is_empty() { &self.sizes } else { &workload.sizes }
    }

    /// A rule set of so many rules and its messages.
    pub fn sample(&self, workload: &Workload, rules: usize) -> Sample {
        let mut random = Random(self.seed ^ rules as u64);
        let words = Words::new(rules);
        let kinds = spread(&workload.rules, rules);
        let rules: Vec<Rule> = kinds.into_iter().map(|kind| Rule::new(kind, &words, &mut random)).collect();
        let messages = (0..self.messages)
            .map(|number| message(number, &rules, &words, &workload.messages, &mut random))
            .collect();
        Sample { yaml: rules::to_yaml(&rules), rules, messages }
    }
}

/// So many kinds in their shares, evenly mixed.
fn spread(shares: &BTreeMap<Kind, f64>, count: usize) -> Vec<Kind> {
    let mut given: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut kinds = Vec::with_capacity(count);
    for number in 1..=count {
        let lack = |kind: &Kind| shares[kind] * number as f64 - given.get(kind).copied().unwrap_or(0) as f64;
        let most = shares.keys().max_by(|one, other| lack(one).total_cmp(&lack(other)));
        kinds.extend(most.inspect(|kind| *given.entry(**kind).or_default() += 1));
    }
    kinds
}
