//! The words of the language packs in use, merged: of packs that disagree, the first one counts.

use rustc_hash::{FxHashMap, FxHashSet};

use super::calendar;
use super::characters::APOSTROPHE;
use super::fold::{Origins, fold};
use super::languages::LanguagePack;
use super::lexicon::Role;
use super::scan::{Piece, PieceKind, Units, scan};
use super::token::LanguageSet;

/// The words of all packs in use.
#[derive(Debug, Default)]
pub(super) struct PackWords {
    /// Single words in the order of the packs.
    pub(super) words: Vec<(Box<str>, PackWord)>,
    index: FxHashMap<Box<str>, usize>,
    /// Chat spellings and the words each stands for.
    pub(super) spellings: Vec<(Box<str>, Spelling)>,
    spelling_index: FxHashMap<Box<str>, usize>,
    /// Fillers of several words.
    pub(super) filler_phrases: Vec<Box<str>>,
    pub(super) units: Units,
}

/// What packs say of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PackWord {
    pub(super) filler: bool,
    pub(super) negation: bool,
    pub(super) languages: LanguageSet,
    /// Those that list it as more than a word of daily life.
    pub(super) grammar: LanguageSet,
    pub(super) role: Role,
}

/// What a chat spelling stands for.
#[derive(Debug)]
pub(super) struct Spelling {
    pub(super) words: Vec<Box<str>>,
    pub(super) languages: LanguageSet,
}

/// Which list of a pack a word is in.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Filler,
    Negation,
    Function,
    Common,
}

/// Folds a text and splits it into words.
pub(super) fn words_of(text: &str, units: &Units) -> Vec<(PieceKind, Box<str>)> {
    let (mut folded, mut pieces) = (String::new(), Vec::new());
    fold(text, &mut folded, &mut Origins::default());
    scan(&folded, units, &mut pieces);
    let word = |piece: &Piece| {
        let text = folded.get(piece.start as usize..piece.end as usize).unwrap_or_default();
        (piece.kind, Box::from(text))
    };
    pieces.iter().map(word).collect()
}

fn single(text: &str) -> Option<Box<str>> {
    let mut words = words_of(text, &Units::default());
    let (_, word) = words.pop()?;
    words.is_empty().then_some(word)
}

impl PackWords {
    pub(super) fn new(packs: &[&'static LanguagePack]) -> Self {
        let mut words = PackWords::default();
        for (index, pack) in packs.iter().enumerate() {
            words.add_pack(pack, LanguageSet::of(index));
        }
        for (word, role) in calendar::words() {
            words.set_role(word, role);
        }
        let hours = calendar::hours().map(|(name, _)| name.to_owned());
        for name in calendar::days().map(|(name, _)| name).chain(hours) {
            for (_, word) in words_of(&name, &Units::default()) {
                words.entry(&word);
            }
        }
        words.units = words.collect_units();
        let symbols = packs.iter().flat_map(|pack| pack.symbols);
        words.units.symbols = symbols.map(|&symbol| symbol.into()).collect();
        words
    }

    pub(super) fn word(&self, word: &str) -> Option<PackWord> {
        let &at = self.index.get(word)?;
        self.words.get(at).map(|&(_, word)| word)
    }

    pub(super) fn spelling(&self, word: &str) -> Option<&Spelling> {
        let &at = self.spelling_index.get(word)?;
        self.spellings.get(at).map(|(_, spelling)| spelling)
    }

    pub(super) fn is_negation(&self, word: &str) -> bool {
        self.word(word).is_some_and(|word| word.negation)
    }

    /// Whether a word does something that what it would stand for as a chat spelling does not: `k` in `50k`.
    pub(super) fn keeps_role(&self, word: &str, spelling: &Spelling) -> bool {
        let role = |word: &str| self.word(word).map_or(Role::None, |word| word.role);
        role(word) != Role::None && spelling.words.iter().all(|word| role(word) == Role::None)
    }

    /// Whether a chat spelling stands for words of which one carries negation.
    pub(super) fn negates(&self, spelling: &Spelling) -> bool {
        spelling.words.iter().any(|word| self.is_negation(word))
    }

    fn add_pack(&mut self, pack: &LanguagePack, language: LanguageSet) {
        let lists = [
            (pack.negations, Kind::Negation),
            (pack.fillers, Kind::Filler),
            (pack.function_words, Kind::Function),
            (pack.common_words, Kind::Common),
        ];
        for (list, kind) in lists {
            for word in list {
                self.add_word(word, kind, language);
            }
        }
        pack.numbers.iter().for_each(|(word, number)| self.set_role(word, Role::Number(*number)));
        pack.scale.iter().for_each(|(word, by)| self.set_role(word, Role::Scale(*by)));
        pack.parts.iter().for_each(|(word, part)| self.set_role(word, Role::Part(*part)));
        pack.currency.iter().for_each(|(word, _)| self.set_role(word, Role::Currency));
        pack.links.iter().for_each(|word| self.set_role(word, Role::Link));
        pack.days.iter().for_each(|(word, days)| self.set_role(word, Role::Counted(*days as u8)));
        pack.counted.iter().for_each(|word| self.set_role(word, Role::Counted(0)));
        pack.ago.iter().for_each(|word| self.set_role(word, Role::Ago));
        pack.ranges.iter().for_each(|word| self.set_role(word, Role::Range));
        pack.between.iter().for_each(|word| self.set_role(word, Role::Between));
        let bare = pack.spellings.iter().map(|&(from, _)| from).collect::<FxHashSet<&str>>();
        pack.spellings.iter().for_each(|(from, to)| self.add_spelling(from, to, language, &bare));
    }

    fn add_word(&mut self, text: &str, kind: Kind, language: LanguageSet) {
        let Some(word) = single(text) else {
            if kind == Kind::Filler {
                self.filler_phrases.push(text.into());
            }
            for (_, word) in words_of(text, &Units::default()) {
                self.entry(&word);
            }
            return;
        };
        let entry = self.entry(&word);
        entry.languages.insert(language);
        entry.grammar.insert(if kind == Kind::Common { LanguageSet::NONE } else { language });
        entry.negation |= kind == Kind::Negation;
        entry.filler |= kind == Kind::Filler;
    }

    fn set_role(&mut self, text: &str, role: Role) {
        if let Some(word) = single(text) {
            let entry = self.entry(&word);
            match (entry.role, role) {
                (Role::None, _) => entry.role = role,
                // `mil` is a million in English, a thousand in Filipino: what packs disagree about is not read.
                (Role::Scale(_), Role::Scale(_)) if entry.role != role => entry.role = Role::Scale(0.0),
                _ => {}
            }
        }
    }

    /// A spelling that is `listed` without its apostrophe, too, goes without; another needs it: "id" is not "i'd".
    fn add_spelling(&mut self, from: &str, to: &str, languages: LanguageSet, listed: &FxHashSet<&str>) {
        let bare: Box<str> =
            words_of(from, &Units::default()).iter().map(|(_, word)| word.as_ref()).collect();
        let needed = from.contains(APOSTROPHE) && !listed.contains(bare.as_ref());
        let from = if needed { from.into() } else { bare };
        let words: Vec<Box<str>> =
            words_of(to, &Units::default()).into_iter().map(|(_, word)| word).collect();
        if let Some(at) = self.spelling_index.get(&from) {
            if let Some((_, spelling)) =
                self.spellings.get_mut(*at).filter(|(_, spelling)| spelling.words == words)
            {
                spelling.languages.insert(languages);
            }
            return;
        }
        for word in &words {
            self.entry(word);
        }
        self.spelling_index.insert(from.clone(), self.spellings.len());
        self.spellings.push((from, Spelling { words, languages }));
    }

    fn entry(&mut self, word: &str) -> &mut PackWord {
        let at = *self.index.entry(word.into()).or_insert_with(|| {
            let fresh = PackWord::default();
            self.words.push((word.into(), fresh));
            self.words.len() - 1
        });
        &mut self.words[at].1
    }

    /// Words that are cut off digits, with their chat spellings.
    fn collect_units(&self) -> Units {
        let written = self.words.iter().map(|(word, found)| (word, found.role));
        let spelt = self.spellings.iter().filter_map(|(from, spelling)| match spelling.words.as_slice() {
            [word] => Some((from, self.word(word)?.role)),
            _ => None,
        });
        let mut units = Units::default();
        for (word, role) in written.chain(spelt) {
            if matches!(role, Role::Currency | Role::Clock | Role::DayOfMonth) {
                units.before.insert(word.clone());
            }
            if matches!(role, Role::Currency | Role::Clock | Role::Scale(_) | Role::DayPart(_)) {
                units.after.insert(word.clone());
            }
        }
        units
    }
}
