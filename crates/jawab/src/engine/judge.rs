//! A message -> its candidates, ranked.

use super::matcher::{Buffers, Matcher};
use super::refusal::{owner_is_human, refused};
use crate::classifier::NearestOf;
use crate::context::Context;
use crate::decision::{Findings, Verdict, add_guesses, keep_allowed, matched, rank};
use crate::rules::Outcome;

impl Matcher {
    /// Reads the message and ranks its candidates into the buffers; `previous` is the rule that the conversation is
    /// about. Questions are asked only where they may change the verdict: else the candidates are those of patterns.
    pub(crate) fn judge(&mut self, text: &str, context: &Context, previous: Option<&str>) -> Verdict {
        if !self.match_patterns(text, context, previous) {
            return Verdict::NoMatch;
        }
        let verdict = self.rank();
        if self.engine.compiled.model.is_empty() || self.is_settled(verdict, context) {
            return verdict;
        }
        let verdict = self.compare_questions(context, previous, NearestOf::Best);
        if !self.lacks_nearest() {
            return verdict;
        }
        self.match_patterns(text, context, previous);
        self.compare_questions(context, previous, NearestOf::Likely)
    }

    /// Whether the first candidate has neither a pattern nor a nearest question to tell its language. A nearest question was
    /// looked for with the best guess alone, and another rule came first, for its priority.
    fn lacks_nearest(&self) -> bool {
        let scored = self.buffers.scored.first();
        scored.is_some_and(|scored| scored.pattern.is_none() && scored.nearest.is_none())
    }

    /// The same with all candidates, whether they may change the verdict or not.
    pub(super) fn judge_all(&mut self, text: &str, context: &Context, previous: Option<&str>) -> Verdict {
        if self.match_patterns(text, context, previous) {
            self.compare_questions(context, previous, NearestOf::Likely)
        } else {
            Verdict::NoMatch
        }
    }

    /// Reads the message and finds the candidates that patterns speak for; false where it is not to be read.
    fn match_patterns(&mut self, text: &str, context: &Context, previous: Option<&str>) -> bool {
        if refused(text, context).is_some() {
            self.clear();
            return false;
        }
        let compiled = &*self.engine.compiled;
        let Buffers { utterance, patterns, scored, stretches, .. } = &mut self.buffers;
        if compiled.model.is_empty() {
            compiled.lexicon.read_for_patterns(text, utterance);
        } else {
            compiled.lexicon.read(text, utterance);
        }
        compiled.program.find(text, utterance, patterns);
        let found = Findings { patterns, roles: &compiled.roles, words: utterance.content_words() };
        let rules = &compiled.contents().rules;
        matched(&found, rules, scored, stretches);
        keep_allowed(scored, rules, context, previous);
        self.buffers.language = self.language_told();
        true
    }

    /// Adds the candidates that questions speak for.
    fn compare_questions(
        &mut self,
        context: &Context,
        previous: Option<&str>,
        nearest_of: NearestOf,
    ) -> Verdict {
        let compiled = &*self.engine.compiled;
        let Buffers { utterance, patterns, scored, classifier, .. } = &mut self.buffers;
        let guesses = compiled.model.mend_and_classify(utterance, &compiled.lexicon, nearest_of, classifier);
        let found = Findings { patterns, roles: &compiled.roles, words: utterance.content_words() };
        add_guesses(&found, guesses, scored);
        keep_allowed(scored, &compiled.contents().rules, context, previous);
        self.rank()
    }

    fn rank(&mut self) -> Verdict {
        let compiled = &*self.engine.compiled;
        rank(&mut self.buffers.scored, &compiled.contents().rules, self.engine.settings.policy())
    }

    /// Whether a pattern answers whatever questions say: the winner is sure, a rule with questions has no higher priority,
    /// none is among the candidates, and no question is the message, word for word. A person who takes the message over
    /// gets all candidates.
    pub(super) fn is_settled(&self, verdict: Verdict, context: &Context) -> bool {
        let compiled = &*self.engine.compiled;
        let rules = &compiled.contents().rules;
        let scored = &self.buffers.scored;
        let answers = || {
            let best = &rules[scored[0].rule as usize];
            best.priority >= compiled.questions_priority && matches!(best.outcome, Outcome::Answer(_))
        };
        verdict == Verdict::Win
            && answers()
            && !owner_is_human(context)
            && scored.iter().all(|scored| rules[scored.rule as usize].questions.is_empty())
            && !compiled.model.may_repeat(&self.buffers.utterance)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decision::{Candidate, Decision, Evidence};
    use crate::engine::Engine;
    use crate::rules::RuleSet;

    const WORDS: [&str; 8] = ["refund", "card", "late", "voucher", "please", "order", "login", "limit"];

    fn words(length: std::ops::Range<usize>) -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(&WORDS[..]), length).prop_map(|words| words.join(" "))
    }

    /// A rule's pattern, questions and priority, and whether its condition fails; a rule without pattern or questions gets a
    /// pattern of one word.
    type Drawn = (Option<String>, Option<Vec<String>>, i32, bool);

    fn rule() -> impl Strategy<Value = Drawn> {
        let questions = prop::collection::vec(words(2..5), 2..4);
        let priority = prop::sample::select(&[0, 0, 0, 5][..]);
        (prop::option::of(words(1..3)), prop::option::of(questions), priority, prop::bool::weighted(0.4))
    }

    fn yaml(rules: &[Drawn]) -> String {
        let head = "jawab: 1\nlanguage: en\nsettings: {languages: [en, id], fallback: {say: One moment.}}\nintents:\n";
        let rule = |(number, (pattern, questions, priority, fails)): (usize, &Drawn)| {
            let language = ["en", "id"][number % 2];
            let word = || questions.is_none().then(|| WORDS[number].to_owned());
            let any = pattern.clone().or_else(word).map(|pattern| format!("any: [{pattern}], "));
            let asked =
                questions.as_ref().map(|questions| format!("questions: {{{language}: {questions:?}}}, "));
            let evidence = any.unwrap_or_default() + &asked.unwrap_or_default();
            let when = if *fails { "when: {channel: none}, " } else { "" };
            let answer = format!("answer: {{en: Answer {number}., id: Jawaban {number}.}}");
            format!("  r{number}: {{{evidence}{when}priority: {priority}, {answer}}}\n")
        };
        rules.iter().enumerate().map(rule).fold(head.to_owned(), |yaml, rule| yaml + &rule)
    }

    fn without_candidates(decision: &Decision) -> serde_json::Value {
        let mut told: serde_json::Value = serde_json::from_str(&decision.to_json()).expect("JSON");
        told.as_object_mut().expect("an object").remove("candidates");
        told
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]
        #[test]
        fn questions_that_are_not_compared_would_change_nothing_but_the_candidates(
            rules in prop::collection::vec(rule(), 2..6),
            messages in prop::collection::vec(words(1..5), 8),
            policy in (prop::sample::select(&[0.3, 0.6, 0.93, 0.97][..]), prop::sample::select(&[0.0, 0.1][..])),
        ) {
            let yaml = yaml(&rules);
            let rules = RuleSet::from_yaml("r.yaml", &yaml).expect("rules");
            let engine = Engine::new(&rules).expect("an engine");
            let settings = engine.settings().with_threshold(policy.0).with_margin(policy.1);
            let mut matcher = engine.with_settings(settings).matcher();
            let context = Context::new();
            for message in &messages {
                let verdict = matcher.judge(message, &context, None);
                let decision = matcher.decision(message, &context, verdict);
                let settled = matcher.is_settled(verdict, &context);
                let verdict = matcher.judge_all(message, &context, None);
                let thorough = matcher.decision(message, &context, verdict);
                prop_assert_eq!(without_candidates(&decision), without_candidates(&thorough), "`{}`\n{}", message, yaml);
                if settled {
                    let patterns = |candidate: &Candidate| candidate.evidence == Evidence::Pattern;
                    prop_assert!(decision.candidates().iter().all(patterns));
                } else {
                    prop_assert_eq!(decision.candidates(), thorough.candidates());
                }
            }
        }
    }
}
