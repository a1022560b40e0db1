//! What evaluation needs to know of a message beyond its decision.

use super::matcher::Matcher;
use super::refusal::owner_is_human;
use crate::context::Context;
use crate::decision::{Decision, Policy, Scored, Verdict, rank};
use crate::message::Message;
use crate::rules::Rules;

/// A decision, and the rule that comes first with its confidence, however unsure it is.
#[derive(Debug)]
pub(crate) struct Assessed {
    pub(crate) decision: Decision,
    pub(crate) best: Option<(u32, f64)>,
}

impl Matcher {
    /// Decides one message, with all its candidates, and tells the best.
    pub(crate) fn assess(&mut self, message: Message) -> Assessed {
        let nothing = Context::new();
        let context = message.context.unwrap_or(&nothing);
        let verdict = self.judge_all(message.text, context, None);
        let best = self.buffers.scored.first().map(|best| (best.rule, best.confidence));
        Assessed { decision: self.decision(message.text, context, verdict), best }
    }

    /// All candidates of one message, to be ranked under any policy; none where it is not for the bot.
    pub(crate) fn candidates(&mut self, message: Message) -> Vec<Scored> {
        let nothing = Context::new();
        let context = message.context.unwrap_or(&nothing);
        self.judge_all(message.text, context, None);
        if owner_is_human(context) { Vec::new() } else { self.buffers.scored.clone() }
    }
}

/// The rule that decides a message with these candidates under a policy, if one does.
pub(crate) fn winner(candidates: &mut [Scored], rules: &Rules, policy: Policy) -> Option<u32> {
    match rank(candidates, rules, policy) {
        Verdict::Win => candidates.first().map(|best| best.rule),
        Verdict::Ambiguous(_) | Verdict::LowConfidence | Verdict::NoMatch => None,
    }
}
