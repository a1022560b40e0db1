use serde::Serialize;

use super::labelled::{Labelled, numbers};
use super::proportion::{Proportion, at_most, binomial_at_most};
use super::refusal::Refusal;
use super::repeats::{Repeat, Repeats, Seen};
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
    /// Those whose label names a rule.
    pub in_scope: usize,
    /// Those whose label names none; without them nothing is known of what customers write that no rule answers.
    pub out_of_scope: usize,
    /// The settings in force.
    pub now: Operation,
    /// What to set; none where no settings can be shown to hold with these messages.
    pub chosen: Option<Operation>,
    /// How many answered messages, none of them wrong, it takes to show anything.
    pub least_answered: usize,
    /// About how many messages like these it takes, at the share of wrong answers seen; none where they are seen to be
    /// wrong too often, are repeats, or where nothing is answered.
    pub messages_needed: Option<usize>,
    /// Whether even the surest answers are shown, with the confidence asked for, to be wrong more often.
    pub wrong_too_often: bool,
    /// How many messages the settings answer that answer most of those that were tried.
    pub most_answered: usize,
    /// The messages that are answered by the settings shown to hold, else by those in force. Where most of them are
    /// repeats, nothing is chosen.
    pub repeats: Repeats,
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
/// Where tests begin anew. More would each leave less doubt to the others.
const STARTS: [f64; 5] = [0.99, 0.95, 0.9, 0.7, 0.5];
/// Margins that are tried besides the set's own.
const MARGINS: [f64; 4] = [0.0, 0.05, 0.1, 0.2];
/// Share of the doubt (1 − confidence) that the margin in force gets; the other margins divide the rest.
const OWN_MARGIN: f64 = 0.5;
/// Most messages that are said to be needed.
const MOST_NEEDED: usize = 10_000_000;

/// Finds the settings that answer most with at most `max_wrong` of the answers wrong, with `confidence` for messages
/// like those at hand; of equally good ones the settings in force, else those with the lowest threshold and margin.
///
/// The method is *learn then test* (Angelopoulos, Bates, Candès, Jordan and Lei 2021, arXiv:2110.01052). Every pair of a
/// threshold and a margin stands for the hypothesis that more than `max_wrong` of its answers are wrong; its p-value is
/// the chance to see so few wrong ones among so many answers. The doubt 1 − `confidence` is divided between the margins,
/// half of it for the margin in force, and there between five starts (0.99, 0.95, 0.9, 0.7, 0.5). Thresholds are tested
/// from the highest downwards, each with the doubt that is at hand: what is refuted hands it on, what is not loses it,
/// and each start adds its share (the fallback procedure, Wiens 2003). Of its starts the one next to the threshold in
/// force is that threshold, so that it is tested itself. So the bound holds for whatever is chosen, provided the messages
/// are drawn independently from those that customers write, and were not used to write the rules.
///
/// The work grows with the messages alone: at most some 500 pairs are counted.
///
/// # Errors
///
/// Where `max_wrong` is not between 0 and 0.5, `confidence` not between 0.5 and 1, or where there is no message.
///
/// ```
/// use jawab::eval::{Labelled, tune};
/// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// # jawab: 1
/// # language: en
/// # settings: {fallback: {say: One moment.}}
/// # faq: {hours: {questions: [when are you open], answer: Always.}}
/// # ")?;
/// # let engine = jawab::Engine::new(&rules)?;
/// let messages = [Labelled::new("are you open now", Some("hours")), Labelled::new("who is the king", None)];
/// let tuning = tune(&engine, &messages, 0.05, 0.95)?;
/// // Two messages show nothing: so many would have to be answered, all of them right.
/// assert_eq!((tuning.chosen, tuning.least_answered), (None, 104));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    Ok(Search { messages, max_wrong, doubt: 1.0 - confidence }.tuning(engine))
}

/// A message with all its candidates, to be decided under any policy.
struct Case {
    /// The rule that is right.
    expected: Option<u32>,
    candidates: Vec<Scored>,
    repeat: Option<Repeat>,
}

struct Messages<'e> {
    rules: &'e Rules,
    list: Vec<Case>,
    in_scope: usize,
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
        let (mut matcher, mut seen) = (engine.matcher(), Seen::by(engine));
        let cases = labelled.iter().filter_map(|message| {
            let expected = expected(message)?;
            let repeat = seen.repeat(&message.text);
            Some(Case { expected, candidates: matcher.candidates(message.message()), repeat })
        });
        Messages::from_list(engine, cases.collect())
    }

    fn from_list(engine: &'e Engine, list: Vec<Case>) -> Self {
        let in_scope = list.iter().filter(|case| case.expected.is_some()).count();
        Messages { rules: &engine.rules().contents().rules, list, in_scope, most_answered: 0 }
    }

    /// Hands over each message that is answered, with the rule.
    fn each_answered(&mut self, policy: Policy, mut take: impl FnMut(&Case, u32)) {
        for case in &mut self.list {
            if let Some(rule) = winner(&mut case.candidates, self.rules, policy) {
                take(case, rule);
            }
        }
    }

    fn count(&mut self, policy: Policy) -> Counts {
        let mut counts = Counts { answered: 0, right: 0 };
        self.each_answered(policy, |case, rule| {
            counts.answered += 1;
            counts.right += usize::from(case.expected == Some(rule));
        });
        self.most_answered = self.most_answered.max(counts.answered);
        counts
    }

    fn repeats(&mut self, policy: Policy) -> Repeats {
        let mut repeats = Repeats::default();
        self.each_answered(policy, |case, _| repeats.add(case.repeat));
        repeats
    }
}

/// A pair of settings with what it does, and the doubt with which its bound is computed.
struct Tested {
    policy: Policy,
    counts: Counts,
    doubt: f64,
}

struct Search<'e> {
    messages: Messages<'e>,
    max_wrong: f64,
    doubt: f64,
}

impl Search<'_> {
    fn tuning(mut self, engine: &Engine) -> Tuning {
        let settings = engine.settings();
        let in_force = Policy { threshold: settings.threshold, margin: settings.margin };
        let now = self.messages.count(in_force);
        let certified = self.certified(in_force);
        let best = best(&certified, in_force);
        let repeats = self.messages.repeats(best.map_or(in_force, |best| best.policy));
        let doubt = share_of_start(self.doubt * OWN_MARGIN);
        let starts = starts(in_force.threshold);
        let at_starts = starts.map(|threshold| self.messages.count(Policy { threshold, ..in_force }));
        Tuning {
            max_wrong: self.max_wrong,
            confidence: rounded(1.0 - self.doubt),
            messages: self.messages.list.len(),
            in_scope: self.messages.in_scope,
            out_of_scope: self.messages.list.len() - self.messages.in_scope,
            now: self.operation(&Tested { policy: in_force, counts: now, doubt: self.doubt }),
            chosen: best.filter(|_| !repeats.are_most()).map(|best| self.operation(best)),
            least_answered: self.needed(0.0, doubt).unwrap_or(MOST_NEEDED),
            messages_needed: self.messages_needed(&at_starts, doubt).filter(|_| !repeats.are_most()),
            wrong_too_often: self.wrong_too_often(&at_starts, in_force, doubt),
            most_answered: self.messages.most_answered,
            repeats,
        }
    }

    /// All settings that are shown to hold.
    fn certified(&mut self, in_force: Policy) -> Vec<Tested> {
        let mut certified = Vec::new();
        for (margin, doubt) in margins(in_force.margin) {
            let own = same(margin, in_force.margin).then_some(in_force.threshold);
            self.test_downwards(margin, own, share_of_start(self.doubt * doubt), &mut certified);
        }
        certified
    }

    /// Tests thresholds one after the other with the doubt at hand, and keeps those that hold.
    fn test_downwards(&mut self, margin: f64, own: Option<f64>, share: f64, certified: &mut Vec<Tested>) {
        let starts = own.map_or(STARTS, starts);
        let mut doubt = 0.0;
        for threshold in thresholds(&starts) {
            doubt += if starts.contains(&threshold) { share } else { 0.0 };
            if doubt <= 0.0 {
                continue;
            }
            let policy = Policy { threshold, margin };
            let counts = self.messages.count(policy);
            if binomial_at_most(counts.wrong(), counts.answered, self.max_wrong) <= doubt {
                certified.push(Tested { policy, counts, doubt });
            } else {
                doubt = 0.0;
            }
        }
    }

    fn operation(&self, tested: &Tested) -> Operation {
        let Counts { answered, right } = tested.counts;
        Operation {
            threshold: tested.policy.threshold,
            margin: tested.policy.margin,
            answered: Proportion::new(answered, self.messages.list.len()),
            answered_right: Proportion::new(right, self.messages.in_scope),
            wrong: Proportion::new(tested.counts.wrong(), answered),
            wrong_at_most: rounded(at_most(tested.counts.wrong(), answered, tested.doubt)),
        }
    }

    /// The fewest messages with which one of the starts could be shown to hold, were answers as often wrong as here.
    fn messages_needed(&self, at_starts: &[Counts], doubt: f64) -> Option<usize> {
        let all = self.messages.list.len();
        let needed = at_starts.iter().filter(|counts| counts.answered > 0).filter_map(|counts| {
            let rate = counts.wrong() as f64 / counts.answered as f64;
            let answered = self.needed(rate, doubt)?;
            Some((answered as f64 * all as f64 / counts.answered as f64).ceil() as usize)
        });
        needed.min()
    }

    /// Whether at every start, and at a threshold of 1, so many answers are wrong that the bound is shown not to hold.
    fn wrong_too_often(&mut self, at_starts: &[Counts], in_force: Policy, doubt: f64) -> bool {
        let surest = self.messages.count(Policy { threshold: 1.0, ..in_force });
        let mut answering = at_starts.iter().chain([&surest]).filter(|counts| counts.answered > 0).peekable();
        let too_often = |counts: &Counts| {
            let fewer = counts.wrong().checked_sub(1);
            fewer.is_some_and(|fewer| 1.0 - binomial_at_most(fewer, counts.answered, self.max_wrong) <= doubt)
        };
        answering.peek().is_some() && answering.all(too_often)
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

/// The part of a margin's doubt that each of its starts gets: all the same.
fn share_of_start(doubt: f64) -> f64 {
    doubt / STARTS.len() as f64
}

/// The margins that are tried with their parts of the doubt, the one in force first.
fn margins(own: f64) -> Vec<(f64, f64)> {
    let others: Vec<f64> = MARGINS.into_iter().filter(|&margin| !same(margin, own)).collect();
    let share = (1.0 - OWN_MARGIN) / others.len() as f64;
    std::iter::once((own, OWN_MARGIN)).chain(others.into_iter().map(|margin| (margin, share))).collect()
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

/// The starts and all hundredths below the highest, from it downwards.
fn thresholds(starts: &[f64]) -> Vec<f64> {
    let highest = starts.iter().copied().fold(0.0, f64::max);
    let hundredths = (0..=STEPS).map(|step| f64::from(step) / f64::from(STEPS));
    let mut all: Vec<f64> =
        hundredths.chain(starts.iter().copied()).filter(|&step| step <= highest).collect();
    all.sort_by(|one, other| other.total_cmp(one));
    all.dedup();
    all
}

fn same(setting: f64, other: f64) -> bool {
    rounded(setting).total_cmp(&rounded(other)).is_eq()
}

/// The settings that answer most; of those the ones in force, then those that leave the margin as it is, then the lowest.
fn best(certified: &[Tested], in_force: Policy) -> Option<&Tested> {
    certified.iter().min_by(|one, other| {
        let changes =
            |tested: &Tested| (tested.policy != in_force, !same(tested.policy.margin, in_force.margin));
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
    fn drawn(count: usize, random: &mut Random) -> Vec<Case> {
        let message = |_| {
            let confidence = share(random);
            let wrong = share(random) < (1.0 - confidence).powi(2);
            let evidence = Evidence::Question;
            let (likeness, specificity) = (confidence, 0.0);
            let scored =
                Scored { rule: 0, evidence, confidence, specificity, likeness, pattern: None, nearest: None };
            Case { expected: (!wrong).then_some(0), candidates: vec![scored], repeat: None }
        };
        (0..count).map(message).collect()
    }

    #[test]
    fn the_bound_holds_for_other_messages_as_often_as_promised() {
        let engine = Engine::new(&RuleSet::from_yaml("r.yaml", RULES).expect("rules")).expect("an engine");
        let (mut random, mut chosen, mut broken) = (Random(7), 0, 0);
        for _ in 0..200 {
            let messages = Messages::from_list(&engine, drawn(1_500, &mut random));
            let tuning = Search { messages, max_wrong: 0.05, doubt: 0.05 }.tuning(&engine);
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
            let mut list = drawn(count, &mut Random(1));
            for case in &mut list {
                (case.candidates[0].confidence, case.candidates[0].likeness) = (0.99, 0.99);
                case.expected = Some(0);
            }
            let messages = Messages::from_list(&engine, list);
            Search { messages, max_wrong: 0.02, doubt: 0.05 }.tuning(&engine)
        };
        let (few, enough) = (surely(262), surely(263));
        assert_eq!((few.chosen, few.least_answered, few.messages_needed), (None, 263, Some(263)));
        assert!(enough.chosen.is_some_and(|chosen| chosen.wrong_at_most <= 0.02));
    }

    /// Confidences, each so many times right and wrong.
    type Confidences<'c> = &'c [(f64, usize, usize)];

    fn counted(of: Confidences) -> Vec<Case> {
        let cases = of.iter().flat_map(|&(confidence, right, wrong)| {
            let mut list = drawn(right + wrong, &mut Random(1));
            for (case, at) in list.iter_mut().zip(0..) {
                (case.candidates[0].confidence, case.candidates[0].likeness) = (confidence, confidence);
                case.expected = (at < right).then_some(0);
            }
            list
        });
        cases.collect()
    }

    #[test]
    fn thresholds_above_nine_tenths_are_found_where_only_they_hold() {
        let engine = Engine::new(&RuleSet::from_yaml("r.yaml", RULES).expect("rules")).expect("an engine");
        for (sure, found) in [(0.992, 0.93), (0.96, 0.93), (0.9, 0.83)] {
            let list = counted(&[(sure, 400, 0), (found - 0.005, 300, 100)]);
            let messages = Messages::from_list(&engine, list);
            let tuning = Search { messages, max_wrong: 0.02, doubt: 0.05 }.tuning(&engine);
            let chosen = tuning.chosen.map(|chosen| (chosen.threshold, chosen.answered.number));
            assert_eq!(chosen, Some((found, 400)), "{sure}");
        }
    }

    #[test]
    fn a_threshold_above_all_that_are_tried_is_kept_too() {
        let rules = RULES.replace("faq:", "settings: {threshold: 0.995}\nfaq:");
        let engine = Engine::new(&RuleSet::from_yaml("r.yaml", &rules).expect("rules")).expect("an engine");
        let messages = Messages::from_list(&engine, counted(&[(0.997, 400, 0), (0.991, 0, 100)]));
        assert!(Search { messages, max_wrong: 0.02, doubt: 0.05 }.tuning(&engine).keeps());
    }

    #[test]
    fn rules_are_blamed_only_where_even_their_surest_answers_are_shown_to_be_wrong_too_often() {
        let engine = Engine::new(&RuleSet::from_yaml("r.yaml", RULES).expect("rules")).expect("an engine");
        let cases: &[(Confidences, bool)] = &[
            (&[(0.995, 2, 1)], false),
            (&[(0.995, 1, 2)], true),
            (&[(0.995, 30, 1)], false),
            (&[(0.995, 10, 0), (0.9, 100, 50)], false),
            (&[(0.995, 90, 10), (0.9, 100, 50)], true),
            (&[(1.0, 20, 0), (0.995, 50, 30)], false),
            (&[(0.2, 0, 0)], false),
        ];
        for (list, blamed) in cases {
            let messages = Messages::from_list(&engine, counted(list));
            let tuning = Search { messages, max_wrong: 0.02, doubt: 0.05 }.tuning(&engine);
            assert_eq!((tuning.wrong_too_often, tuning.chosen), (*blamed, None), "{list:?}");
            assert!(!blamed || tuning.messages_needed.is_none(), "{list:?}");
        }
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
