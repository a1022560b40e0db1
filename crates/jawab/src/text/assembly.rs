//! Puts the parts of a lexicon together from the words of a rule set and its packs.

use super::builder::{LexiconBuilder, Vocabulary, phrase_text};
use super::calendar;
use super::classes::Classes;
use super::correct::{Corrector, Target};
use super::forms::Affixes;
use super::han::is_han;
use super::index::Index;
use super::languages::Concepts;
use super::lexicon::{Entry, Lexicon, List, Meaning, Role};
use super::pack_words::PackWords;
use super::token::{Change, LanguageSet, ListId, Stretch, WordId};
use super::trie::Trie;
use super::utterance::Utterance;
use super::vowels::Vowelless;

/// Shortest stem under which an affixed word of the rule set is found, in letters.
const SHORTEST_STEM: usize = 5;

/// Builds a lexicon; without `guessing` it reads what it knows and no more.
pub(super) fn assemble(
    builder: &LexiconBuilder,
    words: &PackWords,
    concepts: &Concepts,
    vocabulary: &Vocabulary,
    guessing: bool,
) -> Lexicon {
    let mut assembly = Assembly::new(builder, words, concepts, vocabulary, guessing);
    assembly.add_forms();
    assembly.add_pack_words();
    assembly.add_spellings();
    assembly.mark_fillers();
    if guessing {
        assembly.join_classes();
        assembly.add_stems();
        let corrector = Corrector::new(assembly.targets());
        assembly.lexicon.vowelless = Vowelless::new(&corrector);
        assembly.lexicon.corrector = corrector;
    }
    assembly.add_phrases();
    assembly.finish()
}

/// How well a word suits as what a stem stands for: by frequency, length and place.
type Rank = (std::cmp::Reverse<u32>, usize, u32);

struct Assembly<'a> {
    builder: &'a LexiconBuilder,
    words: &'a PackWords,
    vocabulary: &'a Vocabulary,
    lexicon: Lexicon,
    utterance: Utterance,
}

impl<'a> Assembly<'a> {
    fn new(
        builder: &'a LexiconBuilder,
        words: &'a PackWords,
        concepts: &Concepts,
        vocabulary: &'a Vocabulary,
        guessing: bool,
    ) -> Self {
        let languages = builder.languages();
        let han = languages
            .iter()
            .position(|&language| language == "zh")
            .map_or(LanguageSet::NONE, LanguageSet::of);
        let lexicon = Lexicon {
            index: Index::default(),
            entries: Vec::new(),
            known: vocabulary.forms.len() as u32,
            arena: String::new(),
            expansions: Vec::new(),
            roles: Role::HELPERS.to_vec(),
            phrases: Trie::new(),
            corrector: Corrector::default(),
            vowelless: Vowelless::default(),
            affixes: Affixes::new(&builder.packs),
            units: words.units.clone(),
            lists: builder.lists.iter().map(List::from).collect(),
            concepts: concepts.clone(),
            languages,
            han,
            longest_han: 0,
            guessing,
        };
        Assembly { builder, words, vocabulary, lexicon, utterance: Utterance::new() }
    }

    /// Gives back the room that was kept for more.
    fn finish(mut self) -> Lexicon {
        self.lexicon.entries.shrink_to_fit();
        self.lexicon.arena.shrink_to_fit();
        self.lexicon.expansions.shrink_to_fit();
        self.lexicon
    }

    fn store(&mut self, text: &str) -> Stretch {
        let start = self.lexicon.arena.len();
        self.lexicon.arena.push_str(text);
        Stretch::new(start..self.lexicon.arena.len())
    }

    fn role(&mut self, role: Role) -> u8 {
        let roles = &mut self.lexicon.roles;
        let at = roles.iter().position(|&known| known == role).unwrap_or_else(|| {
            roles.push(role);
            roles.len() - 1
        });
        u8::try_from(at).unwrap_or(0)
    }

    /// A new entry that stands for itself.
    fn push(&mut self, text: &str, known: bool) -> u32 {
        let at = self.lexicon.entries.len() as u32;
        let listed = self.words.word(text);
        let word = if known { WordId(at) } else { WordId::UNKNOWN };
        let negation = listed.is_some_and(|listed| listed.negation);
        let explicit = self.vocabulary.explicit.contains(text);
        let mut languages = listed.map_or(LanguageSet::NONE, |listed| listed.languages);
        if text.chars().next().is_some_and(is_han) {
            languages.insert(self.lexicon.han);
        }
        let entry = Entry {
            word,
            written: word,
            key: at,
            text: self.store(text),
            expansion: Stretch::default(),
            change: Change::None,
            filler: !negation && !explicit && listed.is_some_and(|listed| listed.filler),
            negation,
            languages,
            grammar: listed.map_or(LanguageSet::NONE, |listed| listed.grammar),
            role: listed.map_or(0, |listed| self.role(listed.role)),
        };
        self.lexicon.entries.push(entry);
        at
    }

    fn add_forms(&mut self) {
        for form in &self.vocabulary.forms {
            let at = self.push(&form.text, true);
            if !form.phrase {
                self.lexicon.file(&form.text, at);
            }
        }
    }

    fn add_pack_words(&mut self) {
        for (word, _) in &self.words.words {
            if self.lexicon.number(word).is_none() {
                let at = self.push(word, false);
                self.lexicon.file(word, at);
            }
        }
    }

    /// Chat spellings: of words that the rule set does not write so itself, and all that negate.
    fn add_spellings(&mut self) {
        for (from, spelling) in &self.words.spellings {
            let known = self.lexicon.number(from);
            let form = known.and_then(|at| self.vocabulary.forms.get(at as usize));
            let kept = form.is_some_and(|form| !form.alias) || self.words.keeps_role(from, spelling);
            if kept && !self.words.negates(spelling) {
                continue;
            }
            let at = known.unwrap_or_else(|| self.push(from, false));
            self.lexicon.file(from, at);
            let targets: Vec<u32> =
                spelling.words.iter().filter_map(|word| self.lexicon.number(word)).collect();
            self.expand(at, &targets, Change::Spelling, spelling.languages);
            if from.chars().next().is_some_and(is_han) {
                self.lexicon.longest_han = self.lexicon.longest_han.max(from.chars().count());
            }
        }
    }

    /// Makes an entry stand for others.
    fn expand(&mut self, at: u32, targets: &[u32], change: Change, languages: LanguageSet) {
        let expansions = &mut self.lexicon.expansions;
        let start = expansions.len();
        expansions.extend(targets);
        let expansion = Stretch::new(start..expansions.len());
        if let Some(entry) = self.lexicon.entries.get_mut(at as usize) {
            entry.expansion = expansion;
            entry.change = change;
            entry.languages = languages;
        }
    }

    fn mark_fillers(&mut self) {
        for filler in &self.builder.fillers {
            self.lexicon.read(filler, &mut self.utterance);
            if let [token] = self.utterance.tokens.as_slice()
                && let Some(entry) = self.lexicon.entries.get_mut(token.key as usize)
            {
                entry.filler = !entry.negation;
            }
        }
    }

    /// Synonyms and endings that leave the meaning alone make one word of several forms.
    fn join_classes(&mut self) {
        let mut forms = Classes::new(self.vocabulary.forms.len());
        self.join_endings(&mut forms);
        let mut all = Classes::new(self.vocabulary.forms.len());
        self.join_endings(&mut all);
        let heads = self.join_synonyms(&mut all);
        let lens: Vec<usize> = self.vocabulary.forms.iter().map(|form| form.text.chars().count()).collect();
        let rank = |form: u32| {
            let head = heads.get(form as usize).copied().unwrap_or_default();
            (head, lens.get(form as usize).copied().unwrap_or_default())
        };
        let representatives = all.representatives(rank);
        for (form, &word) in (0..).zip(&representatives) {
            let change = match () {
                () if form == word => Change::None,
                () if forms.find(form) == forms.find(word) => Change::Form,
                () => Change::Synonym,
            };
            self.set_class(form, word, change);
        }
    }

    fn set_class(&mut self, form: u32, word: u32, change: Change) {
        if let Some(entry) = self.lexicon.entries.get_mut(form as usize)
            && entry.expansion.range().is_empty()
        {
            entry.word = WordId(word);
            entry.key = word;
            entry.change = change;
        }
    }

    fn join_endings(&self, classes: &mut Classes) {
        let joins = |text: &str, alias: bool| !alias && self.words.word(text).is_none();
        for (at, form) in (0..).zip(&self.vocabulary.forms).filter(|(_, form)| joins(&form.text, form.alias))
        {
            self.lexicon.affixes.clitic_stems(&form.text, |stem, languages| {
                let stem = self.lexicon.find(stem).filter(|(_, entry)| entry.takes_affixes_of(languages));
                let known =
                    stem.and_then(|(stem, _)| Some((stem, self.vocabulary.forms.get(stem as usize)?)));
                if let Some((stem, known)) = known
                    && !known.alias
                    && !self.words.is_negation(&known.text)
                {
                    classes.join(at, stem);
                }
            });
        }
    }

    /// Joins the rows of synonyms; returns for each form how well it stands for its class, smaller is better.
    fn join_synonyms(&mut self, classes: &mut Classes) -> Vec<u8> {
        let mut heads = vec![1; self.vocabulary.forms.len()];
        for (word, others) in &self.builder.synonyms {
            let Some(head) = self.form_of(word) else { continue };
            lower(&mut heads, head, 0);
            for other in others.iter().filter_map(|other| self.form_of(other)).collect::<Vec<_>>() {
                classes.join(head, other);
                if other != head {
                    lower(&mut heads, other, 2);
                }
            }
        }
        heads
    }

    /// The form of a word or phrase as the lexicon reads it.
    fn form_of(&mut self, text: &str) -> Option<u32> {
        self.lexicon.read(text, &mut self.utterance);
        let phrase = match self.utterance.tokens.as_slice() {
            [] => return None,
            [_] => self.utterance.text(0).to_owned(),
            _ => phrase_text(&self.utterance),
        };
        self.vocabulary
            .forms
            .binary_search_by(|form| form.text.as_ref().cmp(&phrase))
            .ok()
            .map(|at| at as u32)
    }

    /// Files affixed words of the rule set under their stems, where those are no words themselves.
    fn add_stems(&mut self) {
        let mut stems: Vec<(Box<str>, Rank, LanguageSet)> = Vec::new();
        let mut buffer = String::new();
        for (at, form) in (0..).zip(&self.vocabulary.forms) {
            let plain = !form.alias && !form.phrase && !self.words.is_negation(&form.text);
            if plain && Target::suits(&form.text) {
                self.lexicon.affixes.stem(&form.text, &mut buffer, |stem, languages| {
                    if stem.chars().count() >= SHORTEST_STEM && self.is_free(stem) {
                        let rank = (std::cmp::Reverse(form.frequency), form.text.len(), at);
                        stems.push((stem.into(), rank, languages));
                    }
                    false
                });
            }
        }
        stems.sort_unstable();
        stems.dedup_by(|next, first| next.0 == first.0);
        for (stem, (_, _, form), languages) in stems {
            let known = self.lexicon.number(&stem);
            let at = known.unwrap_or_else(|| self.push(&stem, false));
            self.lexicon.file(&stem, at);
            self.expand(at, &[form], Change::Form, languages);
        }
        self.follow_stems();
    }

    /// Whether a stem is no word of its own: nobody knows it, but as what a chat spelling stands for.
    fn is_free(&self, stem: &str) -> bool {
        self.lexicon.find(stem).is_none_or(|(at, entry)| {
            let listed = !entry.languages.is_empty() || entry.filler || entry.negation || entry.role != 0;
            at >= self.lexicon.known && !listed && entry.expansion.range().is_empty()
        })
    }

    /// Makes chat spellings of a stem stand for the word that the stem stands for.
    fn follow_stems(&mut self) {
        let Lexicon { expansions, entries, .. } = &mut self.lexicon;
        let target = |at: u32| {
            let entry = entries.get(at as usize).filter(|entry| entry.change == Change::Form)?;
            Some(entry.expansion.range().start).filter(|_| !entry.expansion.range().is_empty())
        };
        let followed: Vec<u32> = expansions
            .iter()
            .map(|&at| target(at).and_then(|to| expansions.get(to).copied()).unwrap_or(at))
            .collect();
        *expansions = followed;
    }

    /// Words that misspelt ones are corrected to, and the negations that keep them from it.
    fn targets(&self) -> impl Iterator<Item = Target<'_>> {
        let known = (0..).zip(&self.vocabulary.forms).filter_map(|(at, form)| {
            let entry = self.lexicon.entries.get(at as usize)?;
            let suits = !form.alias && !form.phrase && !entry.filler && Target::suits(&form.text);
            let (frequency, guarded) = (form.frequency, entry.negation);
            suits.then_some(Target { entry: at, frequency, guarded, text: &form.text })
        });
        let negations = self.words.words.iter().filter(|(word, found)| {
            found.negation
                && Target::suits(word)
                && self.lexicon.find(word.as_bytes()).is_none_or(|(at, _)| at >= self.lexicon.known)
        });
        let guards =
            negations.map(|(word, _)| Target { entry: u32::MAX, frequency: 0, guarded: true, text: word });
        known.chain(guards)
    }

    fn add_phrases(&mut self) {
        let mut phrases: Vec<(Vec<u32>, Meaning)> = Vec::new();
        for text in self.builder.synonym_rows().flatten().map(Box::<str>::from).collect::<Vec<_>>() {
            let Some(form) = self.form_of(&text) else { continue };
            let word = self.lexicon.entries.get(form as usize).map(|entry| entry.word);
            let keys = self.keys(&text);
            if let Some(word) = word.filter(|_| keys.len() > 1) {
                phrases.push((keys, Meaning::Word(word)));
            }
        }
        for (list, values) in (0..).zip(&self.builder.lists) {
            for (value, (_, written)) in (0..).zip(&values.values) {
                let meaning = Meaning::Value(ListId(list), value);
                phrases.extend(written.iter().map(|text| (self.keys(text), meaning)).collect::<Vec<_>>());
            }
        }
        for text in self.builder.fillers.iter().chain(&self.words.filler_phrases) {
            let keys = self.keys(text);
            phrases.extend((keys.len() > 1).then_some((keys, Meaning::Filler)));
        }
        for (name, day) in calendar::days() {
            phrases.push((self.keys(&name), Meaning::Day(day)));
        }
        for (name, hour) in calendar::hours() {
            phrases.push((self.keys(name), Meaning::Hour(hour)));
        }
        let known = phrases.iter().filter(|(keys, _)| !keys.contains(&u32::MAX));
        known.for_each(|(keys, meaning)| self.lexicon.phrases.insert(keys, *meaning));
    }

    /// What a phrase is found by.
    fn keys(&mut self, text: &str) -> Vec<u32> {
        self.lexicon.read(text, &mut self.utterance);
        self.utterance.tokens.iter().map(|token| token.key).collect()
    }
}

/// Notes a rank of a form; 1 stands for none yet.
fn lower(ranks: &mut [u8], at: u32, rank: u8) {
    if let Some(slot) = ranks.get_mut(at as usize) {
        // A word that heads one row of synonyms and is a member of another ranks as a member.
        *slot = if *slot == 1 { rank } else { (*slot).max(rank) };
    }
}
