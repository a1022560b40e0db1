//! How many messages each workload decides: looked at before any time is taken.

use std::fmt::Write as _;

use benches::workload::{Definitions, Sample};
use jawab::{Engine, Matcher, RuleSet};

use crate::Failure;

/// Sizes whose counts are recorded.
const RECORDED: usize = 1_000;

const COUNTS: &str = include_str!("../../counts.csv");

/// The rule that decides each message.
pub(crate) fn decided(matcher: &mut Matcher, sample: &Sample) -> Vec<Option<u32>> {
    let number = |rule: &str| rule.strip_prefix("r-").and_then(|number| number.parse().ok());
    sample.messages.iter().map(|message| matcher.decide(message).rule().and_then(number)).collect()
}

/// The count is the recorded one, where one is recorded.
pub(crate) fn check(name: &str, rules: usize, matched: usize) -> Result<(), Failure> {
    let key = format!("{name},{rules},");
    let recorded =
        COUNTS.lines().find_map(|line| line.strip_prefix(&key)).map(str::parse::<usize>).transpose()?;
    match recorded {
        Some(recorded) if recorded != matched => Err(format!(
            "{matched} messages are decided, {recorded} are recorded in benches/counts.csv (`measure counts` records anew)"
        )
        .into()),
        _ => Ok(()),
    }
}

/// Records the counts of the smaller sizes.
pub(crate) fn record() -> Result<(), Failure> {
    let definitions = Definitions::built_in();
    let mut csv = String::from("workload,rules,decided\n");
    for (name, workload) in &definitions.workloads {
        for &rules in definitions.sizes(workload).iter().filter(|rules| **rules <= RECORDED) {
            let sample = definitions.sample(workload, rules);
            let set = RuleSet::from_yaml("rules.yaml", &sample.yaml)?;
            let decided = decided(&mut Engine::new(&set)?.matcher(), &sample);
            writeln!(csv, "{name},{rules},{}", decided.iter().flatten().count())?;
        }
    }
    Ok(std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/counts.csv"), csv)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_workload_decides_as_many_messages_as_recorded() {
        let definitions = Definitions::built_in();
        for (name, workload) in &definitions.workloads {
            let rules = definitions.sizes(workload)[0].max(10);
            let sample = definitions.sample(workload, rules);
            let set = RuleSet::from_yaml("rules.yaml", &sample.yaml).expect("rules");
            let decided = decided(&mut Engine::new(&set).expect("an engine").matcher(), &sample);
            let matched = decided.iter().flatten().count();
            assert!(matched * 4 > sample.messages.len(), "{name}: only {matched} messages are decided");
            check(name, rules, matched).expect(name);
        }
    }
}
