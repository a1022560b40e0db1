//! Collects the words of a rule set and builds its lexicon.

use rustc_hash::{FxHashMap, FxHashSet};

use super::assembly::assemble;
use super::languages::{Concepts, LanguagePack};
use super::lexicon::Lexicon;
use super::pack_words::{PackWords, words_of};
use super::scan::PieceKind;
use super::token::{Change, ListId, TokenKind};
use super::utterance::Utterance;
use crate::parallel::in_parts;

/// Collects the words of a rule set. The order of calls does not show in the lexicon, but for the ids of lists.
#[derive(Debug)]
pub(crate) struct LexiconBuilder {
    pub(super) packs: Vec<&'static LanguagePack>,
    pub(super) fillers: Vec<Box<str>>,
    pub(super) synonyms: Vec<(Box<str>, Vec<Box<str>>)>,
    pub(super) lists: Vec<ListOfValues>,
    texts: Vec<(Box<str>, u32)>,
}

/// Bytes of texts that are worth a thread.
const ENOUGH: usize = 1 << 14;

/// A list of slot values as it was given.
#[derive(Debug)]
pub(super) struct ListOfValues {
    pub(super) name: Box<str>,
    pub(super) values: Vec<(Box<str>, Vec<Box<str>>)>,
}

/// The words of the rule set, sorted.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) forms: Vec<Form>,
    /// Words of synonyms, lists and fillers: they stay as they are written.
    pub(super) explicit: FxHashSet<Box<str>>,
}

/// A word of the rule set, or a phrase of its synonyms.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) text: Box<str>,
    pub(super) frequency: u32,
    /// A chat spelling that some text was written in: known as such, but standing for other words.
    pub(super) alias: bool,
    /// Several words.
    pub(super) phrase: bool,
}

impl LexiconBuilder {
    /// Without any word of a rule set. Language sets tell at most eight packs apart.
    pub(crate) fn new(packs: &[&'static LanguagePack]) -> Self {
        LexiconBuilder {
            packs: packs.to_vec(),
            fillers: Vec::new(),
            synonyms: Vec::new(),
            lists: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// A word, or several together, that may be skipped wherever it stands.
    pub(crate) fn filler(&mut self, word: &str) {
        self.fillers.push(word.into());
    }

    /// All of `others`, of one word or more, mean `word`, which may itself be several.
    pub(crate) fn synonym(&mut self, word: &str, others: &[&str]) {
        self.synonyms.push((word.into(), others.iter().map(|&other| other.into()).collect()));
    }

    /// A list of values of a slot, each with the ways in which it is written.
    pub(crate) fn list(&mut self, name: &str, values: &[(&str, Vec<&str>)]) -> ListId {
        let value = |(value, written): &(&str, Vec<&str>)| {
            (Box::from(*value), written.iter().map(|&written| written.into()).collect())
        };
        self.lists.push(ListOfValues { name: name.into(), values: values.iter().map(value).collect() });
        ListId(self.lists.len() as u32 - 1)
    }

    /// Words of a question, of a literal in a pattern, … They become known, as often as said.
    pub(crate) fn text(&mut self, text: &str, times: u32) {
        self.texts.push((text.into(), times));
    }

    /// The lexicon of all that was given.
    pub(crate) fn build(self) -> Lexicon {
        let (concepts, words) = (Concepts::of(&self.languages()), PackWords::new(&self.packs));
        let explicit = self.explicit(&words);
        let kept = Vocabulary { forms: forms_of(&explicit), explicit };
        // The rule set's texts are read as messages are, so that both sides agree on chat spellings.
        let plain = assemble(&self, &words, &concepts, &kept, false);
        let vocabulary = self.vocabulary(&plain, kept.explicit);
        assemble(&self, &words, &concepts, &vocabulary, true)
    }

    pub(super) fn languages(&self) -> Vec<&'static str> {
        self.packs.iter().map(|pack| pack.language).collect()
    }

    /// Texts of synonyms, with how they are joined: each row means one word.
    pub(super) fn synonym_rows(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        self.synonyms
            .iter()
            .map(|(word, others)| std::iter::once(word.as_ref()).chain(others.iter().map(AsRef::as_ref)))
    }

    fn defined_texts(&self) -> impl Iterator<Item = &str> {
        let values = self.lists.iter().flat_map(|list| &list.values).flat_map(|(_, written)| written);
        let fillers = self.fillers.iter().chain(values).map(AsRef::as_ref);
        self.synonym_rows().flatten().chain(fillers)
    }

    fn explicit(&self, words: &PackWords) -> FxHashSet<Box<str>> {
        let mut explicit = FxHashSet::default();
        for text in self.defined_texts() {
            let mut found = words_of(text, &words.units);
            if let (Some((kind, word)), true) = (found.pop(), found.is_empty())
                && kind != PieceKind::Link
                && !words.spelling(&word).is_some_and(|spelling| words.negates(spelling))
            {
                explicit.insert(word);
            }
        }
        explicit
    }

    fn vocabulary(&self, plain: &Lexicon, explicit: FxHashSet<Box<str>>) -> Vocabulary {
        let mut counts = Counts::default();
        for word in &explicit {
            counts.add(word, 0, false, false);
        }
        let texts = self.texts.iter().map(|(text, times)| (text.as_ref(), *times));
        let texts: Vec<(&str, u32)> = self.defined_texts().map(|text| (text, 1)).chain(texts).collect();
        let read = |texts: &[(&str, u32)]| Counts::of(texts, plain);
        in_parts(&texts, ENOUGH, &|text| text.0.len(), &read).into_iter().for_each(|part| counts.merge(part));
        let mut utterance = Utterance::new();
        for text in self.synonym_rows().flatten() {
            plain.read(text, &mut utterance);
            if utterance.tokens.len() > 1 {
                counts.add(&phrase_text(&utterance), 0, false, true);
            }
        }
        Vocabulary { forms: counts.into_forms(), explicit }
    }
}

/// How a phrase is written in its standard form: Chinese without spaces.
pub(super) fn phrase_text(utterance: &Utterance) -> String {
    let mut text = String::new();
    let mut after_han = true;
    for (at, token) in utterance.tokens.iter().enumerate() {
        let han = token.kind == TokenKind::Han;
        if !(text.is_empty() || han && after_han) {
            text.push(' ');
        }
        text.push_str(utterance.text(at));
        after_han = han;
    }
    text
}

fn forms_of(words: &FxHashSet<Box<str>>) -> Vec<Form> {
    let mut counts = Counts::default();
    for word in words {
        counts.add(word, 0, false, false);
    }
    counts.into_forms()
}

/// Forms by their text: frequency, alias, phrase.
#[derive(Default)]
struct Counts(FxHashMap<Box<str>, (u32, bool, bool)>);

impl Counts {
    fn of(texts: &[(&str, u32)], plain: &Lexicon) -> Self {
        let (mut counts, mut utterance) = (Counts::default(), Utterance::new());
        for &(text, times) in texts {
            plain.read(text, &mut utterance);
            counts.add_utterance(&utterance, times);
        }
        counts
    }

    fn merge(&mut self, others: Counts) {
        // Sums do not tell in which order they were made.
        for (text, (times, alias, phrase)) in others.0 {
            self.add(&text, times, alias, phrase);
        }
    }

    fn add(&mut self, text: &str, times: u32, alias: bool, phrase: bool) {
        if let Some(count) = self.0.get_mut(text) {
            count.0 = count.0.saturating_add(times);
            count.1 &= alias;
        } else {
            self.0.insert(text.into(), (times, alias, phrase));
        }
    }

    fn add_utterance(&mut self, utterance: &Utterance, times: u32) {
        for (at, token) in utterance.tokens.iter().enumerate() {
            self.add(utterance.text(at), times, false, false);
            if token.change == Change::Spelling {
                self.add(utterance.surface(at), 0, true, false);
            }
        }
    }

    /// Sorted, so that ids do not depend on the order of adding.
    fn into_forms(self) -> Vec<Form> {
        let form = |(text, (frequency, alias, phrase))| Form { text, frequency, alias, phrase };
        let mut forms: Vec<Form> = self.0.into_iter().map(form).collect();
        forms.sort_unstable_by(|one, other| one.text.cmp(&other.text));
        forms
    }
}
