//! Questions that say the same.

use rustc_hash::{FxHashMap, FxHashSet};

use super::outline::quoted;
use super::style;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::rules::{Contents, Question, Rule};
use crate::text::{Lexicon, Utterance};

/// Questions with equal readings, found through an index of their readings.
pub(super) struct Duplicates {
    /// Of each question that is not the first of its reading: that first one.
    same: Vec<(At, At)>,
    /// The same for questions of other rules that differ only in the order of the words and in words without meaning.
    near: Vec<(At, At)>,
    /// Places of the questions that two rules share.
    shared: FxHashSet<Place>,
}

/// A question by the numbers of its rule and of itself there.
type At = (usize, usize);

impl Duplicates {
    pub(super) fn of(contents: &Contents, lexicon: &Lexicon) -> Self {
        let mut found = Duplicates { same: Vec::new(), near: Vec::new(), shared: FxHashSet::default() };
        let mut readings = Readings { lexicon, utterance: Utterance::default() };
        let (mut same, mut near) = (Firsts::default(), Firsts::default());
        for (rule, number) in contents.rules.iter().zip(0..) {
            let asked = asked(rule);
            for (question, index) in rule.questions.iter().zip(0..) {
                let words = readings.words(&question.text);
                found.add(contents, (number, index), &asked, words, (&mut same, &mut near));
            }
        }
        found
    }

    fn add<'c>(
        &mut self,
        contents: &Contents,
        at: At,
        asked: &Asked<'c>,
        words: Vec<String>,
        (same, near): (&mut Firsts<'c>, &mut Firsts<'c>),
    ) {
        let language = &question(contents, at).language;
        let meaning = meaning(&words, language.as_str());
        let apart = |first: At| exclude_each_other(contents, first.0, at.0);
        let within = |first| question(contents, first).language == *language;
        if let Some(first) = same.find(words, at, asked, apart, within) {
            if first.0 != at.0 {
                self.shared.extend([first, at].map(|at| question(contents, at).place.clone()));
            }
            self.same.push((at, first));
        } else if let Some(first) = near.find(meaning, at, asked, apart, |_| false) {
            self.near.push((at, first));
        }
    }

    /// Whether another rule has the same question, so that it cannot be decided.
    pub(super) fn shared(&self, place: &Place) -> bool {
        self.shared.contains(place)
    }

    pub(super) fn warnings(&self, contents: &Contents) -> Vec<Diagnostic> {
        let same = self.same.iter().map(|&(at, first)| same(contents, at, first));
        same.chain(self.near.iter().map(|&(at, first)| near(contents, at, first))).collect()
    }
}

/// Whether no facts fulfil both rules' conditions.
fn exclude_each_other(contents: &Contents, one: usize, other: usize) -> bool {
    let [one, other] = [one, other].map(|rule| &contents.rules[rule].when);
    one.iter().any(|one| other.iter().any(|other| one.excludes(other)))
}

/// The facts that must be one text each for a rule, and these texts: rules for which the same facts must be other texts
/// exclude each other.
type Asked<'c> = (Vec<&'c str>, Vec<String>);

fn asked(rule: &Rule) -> Asked<'_> {
    let texts = rule.when.iter().filter_map(|when| Some((when.fact(), when.only_text()?)));
    let mut asked: Vec<_> = texts.collect();
    asked.sort_unstable();
    asked.into_iter().unzip()
}

/// The first question of each reading; several where their rules exclude each other, by what these ask for.
#[derive(Default)]
struct Firsts<'c>(FxHashMap<Vec<String>, FxHashMap<Vec<&'c str>, ByTexts>>);

type ByTexts = FxHashMap<Vec<String>, Vec<At>>;

impl<'c> Firsts<'c> {
    /// Files a question; call it in the order of the rules. Returns the first question that reads the same and may compete
    /// with it: one that is not `apart`, and of another rule unless `within` accepts it. An empty reading is like nothing.
    fn find(
        &mut self,
        reading: Vec<String>,
        at: At,
        (facts, texts): &Asked<'c>,
        apart: impl Fn(At) -> bool,
        within: impl Fn(At) -> bool,
    ) -> Option<At> {
        if reading.is_empty() {
            return None;
        }
        let firsts = self.0.entry(reading).or_default();
        let near = firsts.iter().flat_map(|(other, firsts)| {
            let (own, others) = if other == facts { (firsts.get(texts), None) } else { (None, Some(firsts)) };
            own.into_iter().chain(others.into_iter().flat_map(FxHashMap::values))
        });
        let together = near.filter_map(|firsts| firsts.iter().find(|&&first| !apart(first)));
        let Some(&first) = together.min() else {
            firsts.entry(facts.clone()).or_default().entry(texts.clone()).or_default().push(at);
            return None;
        };
        (first.0 != at.0 || within(first)).then_some(first)
    }
}

struct Readings<'l> {
    lexicon: &'l Lexicon,
    utterance: Utterance,
}

impl Readings<'_> {
    /// The words of a text as the engine reads them: standard spelling, synonyms, no fillers.
    fn words(&mut self, text: &str) -> Vec<String> {
        self.lexicon.read(text, &mut self.utterance);
        let utterance = &self.utterance;
        utterance.reading().iter().map(|reading| utterance.reading_text(reading).to_owned()).collect()
    }
}

/// The words that carry meaning, in order of the alphabet.
fn meaning(words: &[String], language: &str) -> Vec<String> {
    let mut kept: Vec<String> =
        words.iter().filter(|word| !style::is_empty_word(language, word)).cloned().collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}

fn question(contents: &Contents, (rule, index): At) -> &Question {
    &contents.rules[rule].questions[index]
}

fn same(contents: &Contents, at: At, first: At) -> Diagnostic {
    let (own, other) = (question(contents, at), question(contents, first));
    let shown = quoted(&own.text);
    let warning = |message| Diagnostic::new(Code::DuplicateQuestion, own.place.clone(), message);
    if at.0 == first.0 {
        let message = format!("{shown} is read as the same question as {}", quoted(&other.text));
        return warning(message)
            .label(other.place.clone(), "first here")
            .help("remove one: spelling and chat abbreviations are understood without it");
    }
    let [id, other_id] = [at, first].map(|(rule, _)| &contents.rules[rule].id.text);
    let message = if own.text == other.text {
        format!("{shown} of `{id}` is a question of `{other_id}`, too")
    } else {
        format!("{shown} of `{id}` is read as {} of `{other_id}`", quoted(&other.text))
    };
    warning(message)
        .label(other.place.clone(), format!("the same question in `{other_id}`"))
        .help("keep it in the rule that should answer: now the customer is asked which was meant")
}

fn near(contents: &Contents, at: At, first: At) -> Diagnostic {
    let (own, other) = (question(contents, at), question(contents, first));
    let [id, other_id] = [at, first].map(|(rule, _)| &contents.rules[rule].id.text);
    let message =
        format!("{} of `{id}` is nearly {} of `{other_id}`", quoted(&own.text), quoted(&other.text));
    Diagnostic::new(Code::NearDuplicateQuestion, own.place.clone(), message)
        .label(other.place.clone(), format!("nearly the same question in `{other_id}`"))
        .help("say in the questions what sets the two rules apart, or join the rules")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_question_of_a_reading_is_found_from_every_later_one() {
        let mut firsts = Firsts::default();
        let mut find = |at, within| {
            firsts.find(vec!["deposit".to_owned()], at, &Asked::default(), |_| false, |_| within)
        };
        assert_eq!(find((0, 0), true), None);
        assert_eq!(find((0, 1), true), Some((0, 0)));
        assert_eq!(find((0, 2), false), None);
        assert_eq!(find((1, 0), false), Some((0, 0)));
    }

    #[test]
    fn rules_that_exclude_each_other_share_no_question() {
        let mut firsts = Firsts::default();
        let mut find = |rule, apart: &[usize]| {
            let apart = |first: At| apart.contains(&first.0);
            firsts.find(vec!["open".to_owned()], (rule, 0), &Asked::default(), apart, |_| false)
        };
        assert_eq!(find(0, &[]), None);
        assert_eq!(find(1, &[0]), None);
        assert_eq!(find(2, &[0]), Some((1, 0)));
        assert_eq!(find(3, &[]), Some((0, 0)));
    }

    #[test]
    fn rules_for_other_texts_of_one_fact_are_not_looked_at() {
        let (mut firsts, looked_at) = (Firsts::default(), std::cell::Cell::new(0));
        let mut find = |rule, facts: &[&'static str], texts: &[&str]| {
            let asked = (facts.to_vec(), texts.iter().map(|&text| text.to_owned()).collect());
            looked_at.set(0);
            let apart = |_| {
                looked_at.set(looked_at.get() + 1);
                false
            };
            (firsts.find(vec!["open".to_owned()], (rule, 0), &asked, apart, |_| false), looked_at.get())
        };
        assert_eq!(find(0, &["tenant"], &["a"]), (None, 0));
        assert_eq!(find(1, &["tenant"], &["b"]), (None, 0));
        assert_eq!(find(2, &["tenant"], &["b"]), (Some((1, 0)), 1));
        assert_eq!(find(3, &["tenant", "vip"], &["c", "yes"]), (Some((0, 0)), 2));
        assert_eq!(find(4, &[], &[]), (Some((0, 0)), 2));
    }

    #[test]
    fn a_question_without_words_is_like_nothing() {
        let mut firsts = Firsts::default();
        assert_eq!(
            [(0, 0), (1, 0)].map(|at| firsts.find(Vec::new(), at, &Asked::default(), |_| false, |_| true)),
            [None, None]
        );
    }
}
