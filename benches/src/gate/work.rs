//! What is counted: messages that are decided a second time, when all buffers have grown.

use std::hint::black_box;

use benches::workload::Definitions;
use jawab::{Engine, Matcher, RuleSet};

use crate::Failure;

pub(crate) fn run(workload: &str, rules: &str) -> Result<(), Failure> {
    let (rules, messages) = sample(workload, rules)?;
    let mut matcher = Engine::new(&rules)?.matcher();
    warm_up(&mut matcher, &messages);
    decide_all(&mut matcher, &messages);
    Ok(())
}

fn sample(workload: &str, rules: &str) -> Result<(RuleSet, Vec<String>), Failure> {
    if workload == "support-pack" {
        let rules = RuleSet::from_path(benches::support_pack())?;
        let messages = benches::support_messages(&rules);
        return Ok((rules, messages));
    }
    let definitions = Definitions::built_in();
    let defined = definitions.workloads.get(workload).ok_or("no such workload")?;
    let sample = definitions.sample(defined, rules.parse()?);
    let messages = if workload == "long-messages" { sample.messages[..20].to_vec() } else { sample.messages };
    Ok((RuleSet::from_yaml("rules.yaml", &sample.yaml)?, messages))
}

/// The last message first: a function like the one that is counted could become one with it.
fn warm_up(matcher: &mut Matcher, messages: &[String]) {
    messages.iter().rev().for_each(|message| drop(black_box(matcher.decide(message))));
}

/// Counting begins and ends with this function.
#[inline(never)]
fn decide_all(matcher: &mut Matcher, messages: &[String]) {
    messages.iter().for_each(|message| drop(black_box(matcher.decide(message))));
    black_box(matcher);
}
