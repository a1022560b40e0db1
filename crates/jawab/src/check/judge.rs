//! Where a message ends, and why.

use rustc_hash::FxHashMap;

use crate::context::Context;
use crate::decision::{Decision, Evidence, all_match};
use crate::diagnostic::Place;
use crate::engine::{Engine, Explanation, Matcher};
use crate::message::Message;
use crate::rules::{Contents, Rule};

/// Decides sample messages of a rule set with its own engine.
pub(super) struct Judge<'e> {
    engine: &'e Engine,
    matcher: Matcher,
    rules: FxHashMap<&'e str, &'e Rule>,
}

/// Where a message ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// In the rule of this id.
    Rule(String),
    /// In no rule; what happens instead.
    Nowhere(String),
}

/// Why a message ended where it did.
pub(super) struct Reason {
    /// A sentence without full stop.
    pub(super) text: String,
    /// What decided it, with a note.
    pub(super) place: Option<(Place, String)>,
    /// Whether a `none` pattern of the rule itself rules it out.
    pub(super) own_none: bool,
    /// Whether the message holds no words.
    pub(super) wordless: bool,
}

impl<'e> Judge<'e> {
    pub(super) fn new(engine: &'e Engine) -> Self {
        let rules =
            engine.rules().contents().rules.iter().map(|rule| (rule.id.text.as_str(), rule)).collect();
        Judge { engine, matcher: engine.matcher(), rules }
    }

    pub(super) fn contents(&self) -> &'e Contents {
        self.engine.rules().contents()
    }

    /// Where a message ends; none where the context says that it is not for the bot.
    pub(super) fn end(&mut self, text: &str, context: &Context) -> Option<End> {
        let decision = self.matcher.decide(Message::new(text).with_context(context));
        if let Some(rule) = decision.rule() {
            return Some(End::Rule(rule.to_owned()));
        }
        match decision {
            Decision::Ask(ask) => {
                let options: Vec<String> =
                    ask.options.iter().map(|option| format!("`{}`", option.rule)).collect();
                Some(End::Nowhere(format!("the customer is asked which was meant: {}", options.join(", "))))
            }
            // The rule has won; only a text for this context is missing.
            Decision::Handoff(handoff) if &*handoff.reason == "no-text" => {
                handoff.candidates.first().map(|best| End::Rule(best.rule.to_string()))
            }
            Decision::Handoff(handoff) => {
                Some(End::Nowhere(format!("it is handed off as `{}`", handoff.reason)))
            }
            Decision::Answer(_) | Decision::Ignore(_) => None,
        }
    }

    /// Why the message did not end in `rule`.
    pub(super) fn reason(&self, text: &str, context: &Context, rule: &Rule) -> Reason {
        let message = Message::new(text).with_context(context);
        let why_not = self.engine.why_not(message, &rule.id.text);
        let explanation = self.engine.explain(message);
        let wordless = why_not.as_ref().is_some_and(|why| why.failed == "not-read");
        let own_none = why_not.as_ref().is_some_and(|why| why.failed == "none-pattern");
        let place = if own_none { veto(rule, &explanation) } else { self.decisive(rule, &explanation) };
        Reason { text: why_not.map(|why| why.text).unwrap_or_default(), place, own_none, wordless }
    }

    /// The pattern or question of the best other candidate.
    fn decisive(&self, rule: &Rule, explanation: &Explanation) -> Option<(Place, String)> {
        let best = explanation.candidates.iter().find(|candidate| *candidate.rule != *rule.id.text)?;
        let other = self.rules.get(&*best.rule)?;
        let question =
            || other.questions.iter().find(|question| Some(&question.text) == best.nearest.as_ref());
        let place = match best.evidence {
            Evidence::Pattern => matched(other, explanation)?,
            Evidence::Question | Evidence::Identical | Evidence::Conversation => question()?.place.clone(),
        };
        let decides = explanation.decision.rule() == Some(other.id.text.as_str());
        Some((
            place,
            format!("`{}` {} here", other.id.text, if decides { "decides" } else { "comes nearest" }),
        ))
    }

    /// Whether the rule's own patterns were found in the message, with no `none` against them.
    pub(super) fn has_pattern_evidence(&self, text: &str, context: &Context, rule: &Rule) -> bool {
        let explanation = self.engine.explain(Message::new(text).with_context(context));
        let own = |part: &str| {
            explanation.patterns.iter().filter(|f| *f.rule == *rule.id.text && f.part == part).count()
        };
        let found = |index: u32| {
            let mut own = explanation.patterns.iter().filter(|f| *f.rule == *rule.id.text && f.part == "all");
            own.any(|found| found.pattern == rule.all[index as usize].source.text)
        };
        let any = rule.any.is_empty() || own("any") > 0;
        any && all_match(rule, found)
    }
}

/// The place of the pattern of a rule that was found and names most of the message.
fn matched(rule: &Rule, explanation: &Explanation) -> Option<Place> {
    let found =
        explanation.patterns.iter().filter(|found| *found.rule == *rule.id.text && found.part != "none");
    let best = found.max_by_key(|found| found.words)?;
    let mut patterns = rule.any.iter().chain(&rule.all);
    patterns.find(|pattern| pattern.source.text == best.pattern).map(|pattern| pattern.source.place.clone())
}

fn veto(rule: &Rule, explanation: &Explanation) -> Option<(Place, String)> {
    let mut found = explanation.patterns.iter();
    let veto = found.find(|found| *found.rule == *rule.id.text && found.part == "none")?;
    let pattern = rule.none.iter().find(|pattern| pattern.source.text == veto.pattern)?;
    Some((pattern.source.place.clone(), "ruled out here".to_owned()))
}
