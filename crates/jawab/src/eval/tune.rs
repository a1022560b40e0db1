use std::collections::BTreeSet;

use serde::Serialize;

use super::labelled::{Labelled, numbers, wording};
use super::proportion::{Proportion, at_most, binomial_at_most};
use super::refusal::Refusal;
use crate::decision::{Policy, Scored, rounded};
use crate::engine::{Engine, winner};
use crate::rules::Rules;

/// The threshold and margin that answer most with few enough wrong answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Tuning {
    /// Largest share of wrong ones among the answered that was asked for.
    pub max_wrong: f64,
    /// With which confidence it must hold for messages like these, 0.5 to 1.
    pub confidence: f64,
    /// Messages that were decided.
    pub messages: usize,
    /// The settings in force.
    pub now: Operation,
    /// What to set; none where no settings can be shown to hold with these messages.
    pub chosen: Option<Operation>,
    /// How many answered messages, none of them wrong, it takes to show anything.
    pub least_answered: usize,
    /// About how many messages like these it takes, at the share of wrong answers seen; none where even the surest are
    /// wrong too often, or where nothing is answered.
    pub messages_needed: Option<usize>,
    /// How many messages the settings answer that answer most of those that were tried.
    pub most_answered: usize,
    /// Messages that read the same as a question of the rules: what is decided of them tells nothing of others.
    pub own_questions: usize,
    /// Further messages that read the same as one before them.
    pub copies: usize,
}

impl Tuning {
    /// Whether the settings in force are the ones to have.
    pub fn keeps(&self) -> bool {
        let same = |chosen: &Operation| {
            same(chosen.threshold, self.now.threshold) && same(chosen.margin, self.now.margin)
        };
        self.chosen.as_ref().is_some_and(same)
    }
}

/// What a threshold and a margin do with labelled messages.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Operation {
    /// Least confidence to answer.
    pub threshold: f64,
    /// Least lead over the runner-up.
    pub margin: f64,
    /// Of all messages, answered.
    pub answered: Proportion,
    /// In scope, answered by the right rule.
    pub answered_right: Proportion,
    /// Of the answered ones, answered by a wrong rule.
    pub wrong: Proportion,
    /// What the share of wrong ones does not exceed for messages like these (Clopper and Pearson 1934, one-sided), with
    /// the confidence asked for; where settings were chosen, with the choice allowed for.
    pub wrong_at_most: f64,
}

/// Thresholds besides the set's own are multiples of one hundredth.
const STEPS: u32 = 100;
/// Where sequences of tests begin. More would each leave less doubt to the others.
const STARTS: [f64; 5] = [0.9, 0.8, 0.7, 0.6, 0.5];
/// Margins that are tried besides the set's own.
const MARGINS: [f64; 4] = [0.0, 0.05, 0.1, 0.2];
/// Most messages that are said to be needed.
const MOST_NEEDED: usize = 10_000_000;

/// Finds the settings that answer most with at most `max_wrong` of the answers wrong, with `confidence` for messages
/// like those at hand; of equally good ones the settings in force, else those with the lowest threshold and margin.
///
/// The method is *learn then test* (Angelopoulos, Bates, Candès, Jordan and Lei 2021, arXiv:2110.01052). Every pair of a
/// threshold and a margin stands for the hypothesis that more than `max_wrong` of its answers are wrong; its p-value is
/// the chance to see so few wrong ones among so many answers. Thresholds are tested from fixed starts downwards until
/// one is not refuted; the doubt 1 − `confidence` is divided between the five starts (0.9, 0.8, 0.7, 0.6, 0.5) and the
/// margins, half of it for the margin in force (multiple-start fixed-sequence testing, Wiens 2003). Of its starts the
/// one next to the threshold in force is that threshold, so that it is tested itself. So the bound holds for whatever is
/// chosen, provided the messages are drawn independently from those that customers write, and were not
/// used to write the rules.
///
/// The work grows with the messages alone: at most some 500 pairs are counted.
///
/// # Errors
///
/// Where `max_wrong` is not between 0 and 0.5, `confidence` not between 0.5 and 1, or where there is no message.
pub fn tune(
    engine: &Engine,
    labelled: &[Labelled],
    max_wrong: f64,
    confidence: f64,
) -> Result<Tuning, Refusal> {
    if !(max_wrong > 0.0 && max_wrong <= 0.5) {
        return Err(Refusal::MaxWrong(max_wrong));
    }
    if !(0.5..1.0).contains(&confidence) {
        return Err(Refusal::Confidence(confidence));
    }
    let messages = Messages::of(engine, labelled);
    if messages.list.is_empty() {
        return Err(Refusal::NoMessages);
    }
    Ok(Bench { messages, max_wrong, doubt: 1.0 - confidence }.tuning(engine))
}

/// Messages with all their candidates, to be decided under any policy.
struct Messages<'e> {
    rules: &'e Rules,
    /// The rule that is right, and the candidates.
    list: Vec<(Option<u32>, Vec<Scored>)>,
    in_scope: usize,
    /// Messages that read the same as a question, and as one before them.
    own_questions: usize,
    copies: usize,
    most_answered: usize,
}

#[derive(Debug, Clone, Copy)]
struct Counts {
    answered: usize,
    right: usize,
}

impl Counts {
    fn wrong(self) -> usize {
        self.answered - self.right
    }
}

impl<'e> Messages<'e> {
    fn of(engine: &'e Engine, labelled: &[Labelled]) -> Self {
        let known = numbers(engine.rules());
        let expected = |message: &Labelled| {
            let expected = message.intent.as_deref().map(|intent| known.get(intent).copied());
            expected.map_or(Some(None), |known| known.map(Some))
        };
        let labelled = labelled.iter().filter_map(|message| Some((expected(message)?, message)));
        let (mut matcher, mut found) = (engine.matcher(), Messages::none(engine));
        let (questions, mut seen) = (questions(engine), BTreeSet::new());
        for (expected, message) in labelled {
            let wording = wording(&message.text, engine.lexicon());
            if questions.contains(&wording) {
                found.own_questions += 1;
            } else if !seen.insert(wording) {
                found.copies += 1;
            }
            found.in_scope += usize::from(expected.is_some());
            found.list.push((expected, matcher.candidates(message.message())));
        }
        found
    }

    fn none(engine: &'e Engine) -> Self {
        let rules = &engine.rules().contents().rules;
        Messages { rules, list: Vec::new(), in_scope: 0, own_questions: 0, copies: 0, most_answered: 0 }
    }

    fn count(&mut self, policy: Policy) -> Counts {
        let mut counts = Counts { answered: 0, right: 0 };
        for (expected, candidates) in &mut self.list {
            if let Some(rule) = winner(candidates, self.rules, policy) {
                counts.answered += 1;
                counts.right += usize::from(*expected == Some(rule));
            }
        }
        self.most_answered = self.most_answered.max(counts.answered);
        counts
    }
}

/// What the set's own questions say.
fn questions(engine: &Engine) -> BTreeSet<String> {
    let questions = engine.rules().contents().rules.iter().flat_map(|rule| &rule.questions);
    questions.map(|question| wording(&question.text, engine.lexicon())).collect()
}

/// A pair of settings that was shown to hold, with what it does.
struct Shown {
    policy: Policy,
    counts: Counts,
    doubt: f64,
}

struct Bench<'e> {
    messages: Messages<'e>,
    max_wrong: f64,
    doubt: f64,
}

impl Bench<'_> {
    fn tuning(mut self, engine: &Engine) -> Tuning {
        let settings = engine.settings();
        let in_force = Policy { threshold: settings.threshold, margin: settings.margin };
        let now = self.messages.count(in_force);
        let (margins, starts) = (margins(settings.margin), starts(in_force.threshold));
        let mut shown = Vec::new();
        for &(margin, weight) in &margins {
            let is_own = same(margin, in_force.margin);
            for start in if is_own { starts } else { STARTS } {
                let thresholds = thresholds(start, is_own.then_some(in_force.threshold));
                self.descend(&thresholds, margin, self.doubt * weight / STARTS.len() as f64, &mut shown);
            }
        }
        let doubt = self.doubt * margins[0].1 / STARTS.len() as f64;
        let messages_needed = self.messages_needed(starts, settings.margin, doubt);
        Tuning {
            max_wrong: self.max_wrong,
            confidence: rounded(1.0 - self.doubt),
            messages: self.messages.list.len(),
            now: self.operation(&Shown { policy: in_force, counts: now, doubt: self.doubt }),
            chosen: best(&shown, in_force).map(|shown| self.operation(shown)),
            least_answered: self.needed(0.0, doubt).unwrap_or(MOST_NEEDED),
            messages_needed,
            most_answered: self.messages.most_answered,
            own_questions: self.messages.own_questions,
            copies: self.messages.copies,
        }
    }

    /// Tests thresholds one after the other, and keeps those that hold.
    fn descend(&mut self, thresholds: &[f64], margin: f64, doubt: f64, shown: &mut Vec<Shown>) {
        for &threshold in thresholds {
            let policy = Policy { threshold, margin };
            // A sequence that meets one begun above it would only repeat what that one found, with the same doubt.
            if shown.iter().any(|known| known.policy == policy) {
                return;
            }
            let counts = self.messages.count(policy);
            if binomial_at_most(counts.wrong(), counts.answered, self.max_wrong) > doubt {
                return;
            }
            shown.push(Shown { policy, counts, doubt });
        }
    }

    fn operation(&self, shown: &Shown) -> Operation {
        let Counts { answered, right } = shown.counts;
        Operation {
            threshold: shown.policy.threshold,
            margin: shown.policy.margin,
            answered: Proportion::new(answered, self.messages.list.len()),
            answered_right: Proportion::new(right, self.messages.in_scope),
            wrong: Proportion::new(shown.counts.wrong(), answered),
            wrong_at_most: rounded(at_most(shown.counts.wrong(), answered, shown.doubt)),
        }
    }

    /// The fewest messages with which one of the starts could be shown to hold, were answers as often wrong as here.
    fn messages_needed(&mut self, starts: [f64; 5], margin: f64, doubt: f64) -> Option<usize> {
        let all = self.messages.list.len();
        let needed = starts.into_iter().filter_map(|threshold| {
            let counts = self.messages.count(Policy { threshold, margin });
            let rate = counts.wrong() as f64 / counts.answered.max(1) as f64;
            let answered = self.needed(rate, doubt).filter(|_| counts.answered > 0)?;
            Some((answered as f64 * all as f64 / counts.answered as f64).ceil() as usize)
        });
        needed.min()
    }

    /// How many answered messages show that the bound holds where this share of them is wrong.
    fn needed(&self, rate: f64, doubt: f64) -> Option<usize> {
        let shows = |answered: usize| {
            binomial_at_most((rate * answered as f64).round() as usize, answered, self.max_wrong) <= doubt
        };
        let mut high = 1;
        while !shows(high) {
            high *= 2;
            if high > MOST_NEEDED || rate >= self.max_wrong {
                return None;
            }
        }
        let mut low = high / 2;
        while low + 1 < high {
            let middle = usize::midpoint(low, high);
            if shows(middle) { high = middle } else { low = middle }
        }
        Some(high)
    }
}

/// The margins that are tried with their shares of the doubt, the one in force first: it has half of it.
fn margins(own: f64) -> Vec<(f64, f64)> {
    let others: Vec<f64> = MARGINS.into_iter().filter(|&margin| !same(margin, own)).collect();
    let share = 0.5 / others.len() as f64;
    std::iter::once((own, 0.5)).chain(others.into_iter().map(|margin| (margin, share))).collect()
}

/// The starts for the margin in force: the one next to the threshold in force gives way to it.
fn starts(own: f64) -> [f64; 5] {
    let mut starts = STARTS;
    let distance = |start: &f64| (start - own).abs();
    if let Some(next) = starts.iter_mut().min_by(|one, other| distance(one).total_cmp(&distance(other))) {
        *next = own;
    }
    starts
}

/// The thresholds of a sequence, from its start downwards.
fn thresholds(start: f64, own: Option<f64>) -> Vec<f64> {
    let hundredths = (0..=STEPS).map(|step| f64::from(step) / f64::from(STEPS));
    let mut all: Vec<f64> = hundredths.chain(own).chain([start]).filter(|&step| step <= start).collect();
    all.sort_by(|one, other| other.total_cmp(one));
    all.dedup();
    all
}

fn same(setting: f64, other: f64) -> bool {
    rounded(setting).total_cmp(&rounded(other)).is_eq()
}

/// The settings that answer most; of those the ones in force, then those that leave the margin as it is, then the lowest.
fn best(shown: &[Shown], in_force: Policy) -> Option<&Shown> {
    shown.iter().min_by(|one, other| {
        let changes = |shown: &Shown| (shown.policy != in_force, !same(shown.policy.margin, in_force.margin));
        let most = other.counts.answered.cmp(&one.counts.answered).then(changes(one).cmp(&changes(other)));
        let lowest = one.policy.threshold.total_cmp(&other.policy.threshold);
        most.then(lowest).then(one.policy.margin.total_cmp(&other.policy.margin))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::Evidence;
    use crate::random::Random;
    use crate::rules::RuleSet;

    const RULES: &str = "jawab: 1\nlanguage: en\nfaq: {a: {questions: [hi], answer: Hi.}}";

    /// A number from 0 to 1.
    fn share(random: &mut Random) -> f64 {
        random.number() as f64 / u64::MAX as f64
    }

    /// Messages whose confidence is even between 0 and 1, wrong with a chance of (1 − confidence)²: above a threshold,
    /// (1 − threshold)² / 3 of the answers are.
    fn drawn(count: usize, random: &mut Random) -> Vec<(Option<u32>, Vec<Scored>)> {
        let message = |_| {
            let confidence = share(random);
            let wrong = share(random) < (1.0 - confidence).powi(2);
            let evidence = Evidence::Question;
            let (likeness, specificity) = (confidence, 0.0);
            let scored =
                Scored { rule: 0, evidence, confidence, specificity, likeness, pattern: None, nearest: None };
            ((!wrong).then_some(0), vec![scored])
        };
        (0..count).map(message).collect()
    }

    #[test]
    fn the_bound_holds_for_other_messages_as_often_as_promised() {
        let engine = Engine::new(&RuleSet::from_yaml("r.yaml", RULES).expect("rules")).expect("an engine");
        let (mut random, mut chosen, mut broken) = (Random(7), 0, 0);
        for _ in 0..200 {
            let list = drawn(1_500, &mut random);
            let messages = Messages { in_scope: list.len(), list, ..Messages::none(&engine) };
            let tuning = Bench { messages, max_wrong: 0.05, doubt: 0.05 }.tuning(&engine);
            if let Some(found) = tuning.chosen {
                chosen += 1;
                broken += usize::from((1.0 - found.threshold).powi(2) / 3.0 > 0.05);
            }
        }
        assert!(chosen > 150, "something was found in {chosen} of 200 runs only");
        assert!(broken <= 10, "the promise was broken in {broken} of 200 runs");
    }

    #[test]
    fn the_least_number_of_messages_is_where_the_bound_first_holds() {
        let engine = Engine::new(&RuleSet::from_yaml("r.yaml", RULES).expect("rules")).expect("an engine");
        let surely = |count: usize| {
            let list = drawn(count, &mut Random(1)).into_iter().map(|(_, mut scored)| {
                (scored[0].confidence, scored[0].likeness) = (0.99, 0.99);
                (Some(0), scored)
            });
            let list: Vec<_> = list.collect();
            let messages = Messages { in_scope: count, list, ..Messages::none(&engine) };
            Bench { messages, max_wrong: 0.02, doubt: 0.05 }.tuning(&engine)
        };
        let (few, enough) = (surely(262), surely(263));
        assert_eq!((few.chosen, few.least_answered, few.messages_needed), (None, 263, Some(263)));
        assert!(enough.chosen.is_some_and(|chosen| chosen.wrong_at_most <= 0.02));
    }

    #[test]
    fn half_of_the_doubt_is_for_the_margin_in_force() {
        for own in [0.0, 0.1, 0.07] {
            let margins = margins(own);
            assert_eq!(margins[0], (own, 0.5));
            assert!((margins.iter().map(|(_, share)| share).sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }
}
