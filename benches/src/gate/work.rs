//! What is counted: messages that are decided a second time, when all buffers have grown.

use std::hint::black_box;

use benches::workload::Definitions;
use jawab::{Context, Engine, RuleSet};

use crate::Failure;

/// Messages of a conversation before a new one begins.
const CONVERSATION: usize = 10;

pub(crate) fn run(workload: &str, rules: &str) -> Result<(), Failure> {
    let (rules, messages) = sample(workload, rules)?;
    let engine = Engine::new(&rules)?;
    let mut matcher = engine.matcher();
    // The last message first: a function like the one that is counted could become one with it.
    messages.iter().rev().for_each(|message| drop(black_box(matcher.decide(message))));
    drop(matcher);
    converse(&engine, &messages);
    if workload == "conversations" {
        decide_all(&messages, &mut |ten| converse(&engine, ten));
    } else {
        let mut matcher = engine.matcher();
        decide_all(&messages, &mut |ten| {
            ten.iter().for_each(|message| drop(black_box(matcher.decide(message))));
        });
    }
    Ok(())
}

fn converse(engine: &Engine, messages: &[String]) {
    let mut conversation = engine.conversation(Context::new());
    messages.iter().for_each(|message| drop(black_box(conversation.decide(message))));
}

fn sample(workload: &str, rules: &str) -> Result<(RuleSet, Vec<String>), Failure> {
    if matches!(workload, "support-pack" | "conversations") {
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

/// Counting begins and ends with this function.
#[inline(never)]
fn decide_all(messages: &[String], decide: &mut dyn FnMut(&[String])) {
    messages.chunks(CONVERSATION).for_each(&mut *decide);
    black_box(decide);
}
