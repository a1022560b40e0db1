//! Which of the rules that the customer was asked about he means.

use super::state::Pending;
use super::{Conversation, Signal, Signals, Turn, joined, rule_number};
use crate::decision::{Decision, Verdict};
use crate::rules::{Contents, Rule};
use crate::signals;
use crate::text::{Entity, EntityKind, EntityValue, TokenKind, Utterance, is_han};

/// What the customer chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Option(usize),
    Other,
    /// Several of them, or all but one of several.
    Unclear,
}

/// Words up to which a message may be the name of an option.
const NAME_WORDS: u32 = 6;
/// Words up to which a number or "yang kedua" is a choice.
const PLACE_WORDS: u32 = 4;

impl Conversation {
    /// Decides an answer to a choice; none where it is none.
    pub(super) fn choose(&mut self, options: &[String], turn: &Turn) -> Option<Decision> {
        let engine = self.engine();
        let contents = engine.contents();
        let numbers: Vec<u32> = options.iter().filter_map(|id| rule_number(contents, id)).collect();
        let best = self.best();
        let winner = best.filter(|_| turn.is_certain(best)).map(|best| best.rule);
        let utterance = self.matcher.utterance();
        let languages = engine.lexicon().pack_languages();
        let chosen = place(utterance, turn.signals, numbers.len(), languages)
            .or_else(|| {
                winner.and_then(|rule| numbers.iter().position(|number| *number == rule)).map(Choice::Option)
            })
            .or_else(|| winner.is_none().then(|| self.named(&numbers, turn)).flatten());
        let denied = self.denies_an_option(winner.is_some(), contents, &numbers, turn);
        match chosen.map(|choice| if denied { choice.denied(numbers.len()) } else { choice }) {
            Some(Choice::Option(at)) => {
                let number = *numbers.get(at)?;
                if winner != Some(number) {
                    self.matcher.choose(number);
                }
                Some(self.win(turn))
            }
            Some(Choice::Other) => Some(self.something_else(turn)),
            Some(Choice::Unclear) => self.ask_again(options, &numbers, turn),
            None if turn.signals.has(Signal::Which) && turn.verdict != Verdict::Win => {
                self.ask_again(options, &numbers, turn)
            }
            None => None,
        }
    }

    /// Whether a negation turns the choice: "bukan yang pertama"; not one of a title, nor "no 2" and "no, the first".
    /// Where a pattern has chosen, the negation may be one of the pattern, so that only the first word counts.
    fn denies_an_option(&self, certain: bool, contents: &Contents, numbers: &[u32], turn: &Turn) -> bool {
        let utterance = self.matcher.utterance();
        let titles: Vec<String> =
            numbers.iter().flat_map(|number| title_words(&contents.rules[*number as usize])).collect();
        let denies = |at: usize| {
            let Some(token) = utterance.tokens.get(at) else { return false };
            let of_title =
                titles.iter().any(|word| word == utterance.surface(at) || word == utterance.text(at));
            let number = utterance.tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Number);
            let no = number && utterance.surface(at) == "no";
            token.negation && !of_title && !no && !self.stands_alone(at, turn)
        };
        let mut words = (0..utterance.tokens.len()).filter(|&at| !utterance.skippable(at as u32));
        if certain { words.next().is_some_and(denies) } else { words.any(denies) }
    }

    /// An option by words of its title that no other option has; words by which a customer says that he does not know
    /// name none.
    fn named(&self, numbers: &[u32], turn: &Turn) -> Option<Choice> {
        let engine = self.engine();
        let utterance = self.matcher.utterance();
        if utterance.content_words() > NAME_WORDS {
            return None;
        }
        let languages = engine.lexicon().pack_languages();
        let names = |&token: &usize| {
            !utterance.tokens[token].negation && !signals::chooses_none(utterance, token, languages)
        };
        let says_something = (0..utterance.tokens.len()).filter(names);
        let none = turn.signals.has(Signal::Unknown) || signals::only_denies(utterance);
        let named = named(utterance, engine.contents(), numbers, says_something.collect());
        named.or_else(|| none.then_some(Choice::Unclear))
    }

    /// The option for none of them is no misunderstanding: the customer is asked what it is, once.
    fn something_else(&mut self, turn: &Turn) -> Decision {
        let engine = self.engine();
        let asked_enough =
            self.state.counts.not_understood >= engine.contents().settings.limits.not_understood;
        if asked_enough || turn.wants_no_questions() || self.state.handed.is_some() {
            return self.not_understood("ambiguous", turn);
        }
        let Some((language, phrases)) = self.phrases(&engine, turn) else {
            return self.not_understood("ambiguous", turn);
        };
        Decision::Ask(self.case(turn.context).question(&language, phrases.something_else.clone()))
    }

    /// Asks the same again, once more and no more.
    fn ask_again(&mut self, options: &[String], numbers: &[u32], turn: &Turn) -> Option<Decision> {
        let engine = self.engine();
        self.state.counts.not_understood = self.state.counts.not_understood.saturating_add(1);
        if self.state.counts.not_understood > engine.contents().settings.limits.not_understood {
            return Some(self.fall_back("repeated", turn));
        }
        let (language, phrases) = self.phrases(&engine, turn)?;
        let lead = phrases.again.first().cloned().unwrap_or_default();
        numbers.iter().rev().for_each(|number| self.matcher.choose(*number));
        let mut decision = self.case(turn.context).ask(numbers.len());
        if let Some(text) = decision.text_mut() {
            *text = joined(&lead, text, language.as_str());
        }
        self.state.pending = Some(Pending::Choice { options: options.to_vec() });
        Some(decision)
    }
}

/// An option by its number or place: "2", "yang pertama", "第一个", or the one for none of them.
fn place(utterance: &Utterance, heard: Signals, options: usize, languages: &[&str]) -> Option<Choice> {
    let words = utterance.content_words();
    if words > PLACE_WORDS {
        return None;
    }
    let counts = |entity: &&Entity| signals::chooses_none(utterance, entity.tokens.start as usize, languages);
    let chosen = utterance.entities.iter().filter(|entity| !counts(entity));
    let mut numbers = chosen.filter_map(|entity| number(utterance, entity));
    let number = numbers.next();
    if heard.has(Signal::Both) && !heard.has(Signal::Other) {
        return Some(Choice::Unclear);
    }
    if heard.several || numbers.any(|other| Some(other) != number) {
        return Some(Choice::Unclear);
    }
    let at = heard.ordinal.or(number).or(heard.has(Signal::Last).then(|| options.saturating_sub(1)));
    match at {
        Some(at) if at < options => Some(Choice::Option(at)),
        Some(at) if at == options => Some(Choice::Other),
        _ => heard.has(Signal::Other).then_some(Choice::Other),
    }
}

/// The place that a number names; "i have 2 apples" names none.
fn number(utterance: &Utterance, entity: &Entity) -> Option<usize> {
    let is_word = |token: u32| !utterance.skippable(token);
    let after = entity.tokens.end..utterance.tokens.len() as u32;
    let amid = (0..entity.tokens.start).any(is_word) && after.into_iter().any(is_word);
    match utterance.value(entity) {
        EntityValue::Number(number)
            if entity.kind == EntityKind::Number && !amid && number >= 1.0 && number.fract() == 0.0 =>
        {
            Some(number as usize - 1)
        }
        _ => None,
    }
}

impl Choice {
    /// What is chosen where this option is denied: the other one of two.
    fn denied(self, options: usize) -> Self {
        match self {
            Choice::Option(at) if options == 2 && at < 2 => Choice::Option(1 - at),
            Choice::Option(_) => Choice::Unclear,
            other => other,
        }
    }
}

/// An option of which most of the tokens are words of its title that no other option has; it takes one that says
/// something.
fn named(
    utterance: &Utterance,
    contents: &Contents,
    numbers: &[u32],
    says_something: Vec<usize>,
) -> Option<Choice> {
    let titles: Vec<Vec<String>> =
        numbers.iter().map(|number| title_words(&contents.rules[*number as usize])).collect();
    let only = |token: usize| {
        let forms = [utterance.surface(token), utterance.text(token)];
        let has = |at: &usize| titles[*at].iter().any(|known| forms.contains(&known.as_str()));
        let mut named = (0..titles.len()).filter(has);
        named.next().filter(|_| named.next().is_none())
    };
    let mut hits = vec![0; titles.len()];
    (0..utterance.tokens.len()).filter_map(only).for_each(|at| hits[at] += 1);
    let most = *hits.iter().max()?;
    let mut best = (0..hits.len()).filter(|&at| most > 0 && hits[at] == most);
    let best = best.next().filter(|_| best.next().is_none())?;
    let meant = says_something.into_iter().any(|token| only(token) == Some(best));
    meant.then_some(Choice::Option(best))
}

/// The words of a rule's titles in all languages; Chinese in pairs of characters would need a reader, so single ones.
fn title_words(rule: &Rule) -> Vec<String> {
    let titles = rule.title.iter().map(|(_, title)| title.to_lowercase());
    titles.flat_map(|title| split(&title)).collect()
}

/// The words of a text, every Chinese character one.
pub(super) fn split(title: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in title.chars() {
        let han = is_han(letter);
        if (han || !letter.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if han {
            words.push(letter.to_string());
        } else if letter.is_alphanumeric() {
            word.push(letter);
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}
