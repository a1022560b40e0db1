use std::ops::AddAssign;
use std::sync::Arc;

use serde::Serialize;

use super::conversations::{ConversationTests, conversations};
use super::ending::{Ending, Verdict, why};
use crate::diagnostic::Place;
use crate::engine::{Engine, Explanation, Matcher};
use crate::message::Message;
use crate::rules::{Floor, Scenario, Scenarios};

/// How a rule set did on its scenario files.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Score {
    /// Each file, in the order of the scenarios.
    pub files: Vec<FileScore>,
    /// All files together.
    pub total: Figures,
    /// The floor of all files together.
    pub floor: Floor,
    /// What came of the conversations.
    #[serde(skip_serializing_if = "ConversationTests::is_empty")]
    pub conversations: ConversationTests,
}

/// How a rule set did on one scenario file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FileScore {
    /// The file.
    pub file: Arc<str>,
    /// Its own floor.
    pub floor: Floor,
    /// Whether its figures hold the floor.
    pub passed: bool,
    /// Its messages by how they ended.
    pub figures: Figures,
    /// The messages that did not end where they must, in the order of the file.
    pub misses: Vec<Miss>,
}

/// Messages by how they ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Figures {
    /// All.
    pub messages: usize,
    /// See [`Verdict::Right`].
    pub right: usize,
    /// See [`Verdict::Wrong`].
    pub wrong: usize,
    /// See [`Verdict::Misrouted`].
    pub misrouted: usize,
    /// See [`Verdict::Unsure`].
    pub unsure: usize,
}

/// A message that did not end where it must.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Miss {
    /// Where it stands.
    pub place: Place,
    /// The message.
    pub text: String,
    /// The rule it must end in; none where no rule may answer it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Arc<str>>,
    /// How it ended.
    pub verdict: Verdict,
    /// Where it ended.
    pub got: Ending,
    /// What kept the expected rule from deciding it, and what spoke for the best candidate.
    pub why: String,
    /// How the decision came about.
    pub explanation: Explanation,
}

impl Figures {
    /// What share a number of the messages is, 0 to 1; 0 of no messages.
    pub fn share(&self, number: usize) -> f64 {
        if self.messages == 0 { 0.0 } else { number as f64 / self.messages as f64 }
    }

    /// Whether enough of the messages are right and few enough wrong. No messages hold every floor.
    pub fn hold(&self, floor: Floor) -> bool {
        let right = floor.right.is_none_or(|least| self.share(self.right) >= least);
        let wrong = floor.wrong.is_none_or(|most| self.share(self.wrong) <= most);
        self.messages == 0 || (right && wrong)
    }

    fn count(&mut self, verdict: Verdict) {
        self.messages += 1;
        match verdict {
            Verdict::Right => self.right += 1,
            Verdict::Wrong => self.wrong += 1,
            Verdict::Misrouted => self.misrouted += 1,
            Verdict::Unsure => self.unsure += 1,
        }
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Figures) {
        self.messages += other.messages;
        self.right += other.right;
        self.wrong += other.wrong;
        self.misrouted += other.misrouted;
        self.unsure += other.unsure;
    }
}

impl Score {
    /// Whether every file holds its floor, all together theirs, and every conversation went as expected.
    pub fn passed(&self) -> bool {
        let held = self.total.hold(self.floor) && self.files.iter().all(|file| file.passed);
        held && self.conversations.failures.is_empty()
    }
}

/// Decides all scenario messages and counts how they end, and runs the conversations: once through, and once more saved
/// and resumed before every turn, which must change nothing.
///
/// ```
/// use jawab::{Limits, Scenarios, Source};
/// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// # jawab: 1
/// # language: en
/// # settings: {fallback: {say: One moment.}}
/// # faq: {hours: {questions: [when are you open], answer: Always.}}
/// # ")?;
/// # let engine = jawab::Engine::new(&rules)?;
/// let file = Source::new("plain.yaml", "jawab: 1\nmessages: {hours: [when are you open today]}");
/// let scenarios = Scenarios::from_sources(&[file], &rules, &Limits::default())?;
/// assert!(jawab::eval::scenarios(&engine, &scenarios).passed());
/// # Ok::<(), jawab::Error>(())
/// ```
pub fn scenarios(engine: &Engine, scenarios: &Scenarios) -> Score {
    let conversations = conversations(engine, scenarios);
    let mut score = Score { floor: scenarios.floor_of_all(), conversations, ..Score::default() };
    let mut matcher = engine.matcher();
    for file in &scenarios.files {
        let file_score = FileScore::of(engine, &mut matcher, &file.name, file.floor, &file.messages);
        score.total += file_score.figures;
        score.files.push(file_score);
    }
    score
}

impl FileScore {
    fn of(
        engine: &Engine,
        matcher: &mut Matcher,
        file: &Arc<str>,
        floor: Floor,
        messages: &[Scenario],
    ) -> Self {
        let (mut figures, mut misses) = (Figures::default(), Vec::new());
        for scenario in messages {
            let message = Message::new(&scenario.text).with_context(&scenario.context);
            let verdict = Verdict::of(&matcher.decide(message), scenario.rule.as_deref());
            figures.count(verdict);
            if verdict != Verdict::Right {
                misses.push(miss(engine, scenario, verdict));
            }
        }
        FileScore { file: Arc::clone(file), floor, passed: figures.hold(floor), figures, misses }
    }
}

fn miss(engine: &Engine, scenario: &Scenario, verdict: Verdict) -> Miss {
    let message = Message::new(&scenario.text).with_context(&scenario.context);
    let explanation = engine.explain(message);
    let why_not = scenario.rule.as_deref().and_then(|rule| engine.why_not(message, rule));
    Miss {
        place: scenario.place.clone(),
        text: scenario.text.clone(),
        expected: scenario.rule.as_deref().map(Arc::from),
        verdict,
        got: Ending::of(&explanation.decision),
        why: why(&explanation, why_not),
        explanation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Limits, RuleSet, Source};

    const RULES: &str = "
jawab: 1
language: en
settings: {languages: [en], threshold: 0.6, fallback: {say: One moment.}}
faq:
  hours: {questions: [when are you open], answer: Always.}
intents:
  parcel: {any: [where is my parcel], handoff: {say: One moment.}}
  coin: {any: [heads or tails], answer: Heads.}
  dice: {any: [heads or tails], answer: Tails.}
";

    fn score(scenario_file: &str) -> Score {
        let rules = RuleSet::from_yaml("r.yaml", RULES).unwrap();
        let sources = [Source::new("tests/s.yaml", scenario_file)];
        let messages = Scenarios::from_sources(&sources, &rules, &Limits::default()).unwrap();
        scenarios(&Engine::new(&rules).unwrap(), &messages)
    }

    #[test]
    fn a_message_is_judged_by_who_reads_what() {
        let cases = [
            ("messages: {hours: [when are you open]}", Verdict::Right),
            ("messages: {parcel: [where is my parcel]}", Verdict::Right),
            ("messages: {parcel: [when are you open]}", Verdict::Wrong),
            ("messages: {hours: [where is my parcel]}", Verdict::Misrouted),
            ("messages: {hours: [qwxv zzgrm]}", Verdict::Unsure),
            ("messages: {coin: [heads or tails]}", Verdict::Unsure),
            ("messages: {hours: [{text: when are you open, context: {owner: human}}]}", Verdict::Unsure),
            ("unanswerable: [qwxv zzgrm]", Verdict::Right),
            ("unanswerable: [heads or tails]", Verdict::Right),
            ("unanswerable: [when are you open]", Verdict::Wrong),
            ("unanswerable: [where is my parcel]", Verdict::Misrouted),
            ("unanswerable: [{text: heads or tails, context: {owner: human}}]", Verdict::Unsure),
        ];
        for (messages, verdict) in cases {
            let file = score(&format!("jawab: 1\n{messages}\n")).files.remove(0);
            let found = file.misses.first().map_or(Verdict::Right, |miss| miss.verdict);
            assert_eq!((found, file.figures.messages), (verdict, 1), "{messages}");
        }
    }

    #[test]
    fn a_file_passes_where_its_figures_hold_its_floor() {
        let figures = Figures { messages: 200, right: 190, wrong: 2, misrouted: 3, unsure: 5 };
        let cases = [
            (None, None, true),
            (Some(0.95), Some(0.01), true),
            (Some(0.96), Some(0.01), false),
            (Some(0.95), Some(0.009), false),
        ];
        for (right, wrong, holds) in cases {
            assert_eq!(figures.hold(Floor { right, wrong }), holds, "{right:?} {wrong:?}");
        }
        assert!(Figures::default().hold(Floor { right: Some(1.0), wrong: Some(0.0) }));
    }

    #[test]
    fn a_miss_says_what_kept_the_expected_rule_from_it_and_what_came_first() {
        let score = score("jawab: 1\nmessages: {parcel: [when are you open]}\n");
        let miss = &score.files[0].misses[0];
        assert_eq!((miss.got.to_string().as_str(), score.total.wrong), ("answer by hours", 1));
        assert_eq!(miss.why, "none of its patterns matches; hours has 0.99, like `when are you open`");
    }
}
