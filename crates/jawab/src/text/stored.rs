//! Lexicons as bytes.

use rustc_hash::FxHashSet;

use super::correct::{Corrector, Target};
use super::index::Index;
use super::languages::{Concepts, LANGUAGES};
use super::lexicon::{DayPart, Entry, Lexicon, List, Meaning, Role};
use super::scan::Units;
use super::token::{Change, EntityKind, LanguageSet, ListId, Stretch, WordId};
use super::trie::{LONGEST, Trie};
use super::vowels::Vowelless;
use crate::codec::{Reader, Stored, Writer, stored_fields};

stored_fields!(List { name, values });

impl Stored for Lexicon {
    fn write(&self, out: &mut Writer) {
        out.rows(self.languages.iter().map(|tag| [language_number(tag)]));
        out.stretch(self.arena.as_bytes());
        out.number(u64::from(self.known));
        out.rows(self.entries.iter().map(Entry::row));
        out.rows(self.index.slots().iter().map(|&(hash, entry)| [hash, entry]));
        out.rows(self.expansions.iter().map(|&entry| [entry]));
        self.roles.write(out);
        self.phrases.write(out);
        out.rows(self.corrector.targets().map(|target| self.target_row(target)));
        self.affixes.write(out);
        self.units.write(out);
        self.lists.write(out);
        out.number(u64::from(self.han.bits()));
        out.number(self.longest_han as u64);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let languages = from.valid_rows(|[number]| LANGUAGES.get(number as usize).copied())?;
        let arena = from.text()?.to_owned();
        let known = from.word()?;
        let entries = from.valid_rows(Entry::from_row)?;
        let short = |entry: &Entry| entry.expansion.range().len() <= LONGEST;
        let entries = Some(entries).filter(|entries| entries.iter().all(short))?;
        let index = Index::from_slots(from.rows(|[hash, entry]| (hash, entry))?, entries.len())?;
        let expansions = from.numbers()?;
        let (roles, phrases) = (Stored::read(from)?, Trie::read(from, entries.len())?);
        let corrector = Corrector::new(from.valid_rows(|row| target(row, &arena))?);
        Some(Lexicon {
            concepts: Concepts::of(&languages),
            index,
            known: Some(known).filter(|&known| known as usize <= entries.len())?,
            entries,
            arena,
            expansions,
            roles,
            phrases,
            vowelless: Vowelless::new(&corrector),
            corrector,
            affixes: Stored::read(from)?,
            units: Stored::read(from)?,
            lists: Stored::read(from)?,
            languages,
            han: LanguageSet::from_bits(Stored::read(from)?),
            longest_han: from.index().filter(|&longest| longest <= LONGEST)?,
            guessing: true,
        })
    }
}

impl Lexicon {
    /// Entry, frequency and guard, and where the text stands in the arena: all targets are entries.
    fn target_row(&self, target: Target) -> [u32; 4] {
        let text = self.find(target.text.as_bytes()).map_or(Stretch::default(), |(_, entry)| entry.text);
        [target.entry, target.frequency << 1 | u32::from(target.guarded), text.start, text.end]
    }
}

fn target([entry, frequency, start, end]: [u32; 4], arena: &str) -> Option<Target<'_>> {
    let text = arena.get(start as usize..end as usize).filter(|text| Target::suits(text))?;
    Some(Target { entry, frequency: frequency >> 1, guarded: frequency & 1 == 1, text })
}

fn language_number(tag: &str) -> u32 {
    LANGUAGES.iter().position(|known| *known == tag).unwrap_or(LANGUAGES.len()) as u32
}

impl Entry {
    fn row(&self) -> [u32; 8] {
        let flags = change_number(self.change)
            | u32::from(self.filler) << 3
            | u32::from(self.negation) << 4
            | u32::from(self.languages.bits()) << 8
            | u32::from(self.grammar.bits()) << 16
            | u32::from(self.role) << 24;
        let (text, expansion) = (self.text, self.expansion);
        [self.word.0, self.written.0, self.key, text.start, text.end, expansion.start, expansion.end, flags]
    }

    fn from_row([word, written, key, start, end, from, to, flags]: [u32; 8]) -> Option<Self> {
        let [low, languages, grammar, role] = flags.to_le_bytes();
        Some(Entry {
            word: WordId(word),
            written: WordId(written),
            key,
            text: Stretch { start, end },
            expansion: Stretch { start: from, end: to },
            change: *CHANGES.get(usize::from(low & 7))?,
            filler: low >> 3 & 1 == 1,
            negation: low >> 4 & 1 == 1,
            languages: LanguageSet::from_bits(languages),
            grammar: LanguageSet::from_bits(grammar),
            role,
        })
    }
}

/// How entries may stand for others.
const CHANGES: [Change; 7] = [
    Change::None,
    Change::Spelling,
    Change::Stretched,
    Change::Form,
    Change::Vowels,
    Change::Split,
    Change::Synonym,
];

fn change_number(change: Change) -> u32 {
    CHANGES.iter().position(|&known| known == change).unwrap_or_default() as u32
}

const DAY_PARTS: [DayPart; 4] = [DayPart::Morning, DayPart::Noon, DayPart::Afternoon, DayPart::Night];

impl Stored for Role {
    fn write(&self, out: &mut Writer) {
        let (number, value) = match self {
            Role::None => (0, 0.0),
            Role::Number(number) => (1, *number),
            Role::Scale(by) => (2, *by),
            Role::Currency => (3, 0.0),
            Role::Month(month) => (4, f64::from(*month)),
            Role::Clock => (5, 0.0),
            Role::DayPart(part) => (6 + DAY_PARTS.iter().position(|known| known == part).unwrap_or(0), 0.0),
            Role::DayOfMonth => (10, 0.0),
            Role::Part(part) => (11, *part),
            Role::Link => (12, 0.0),
            Role::Counted(days) => (13, f64::from(*days)),
            Role::Ago => (14, 0.0),
            Role::Range => (15, 0.0),
            Role::Between => (16, 0.0),
            Role::BeforeDate => (18, 0.0),
            Role::LoneDay(day) => (19, f64::from(*day)),
            Role::OClock => (20, 0.0),
        };
        out.number(number as u64);
        value.write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let (number, value) = (from.index()?, f64::read(from)?);
        Some(match number {
            0 => Role::None,
            1 => Role::Number(value),
            2 => Role::Scale(value),
            3 => Role::Currency,
            4 => Role::Month((1.0..=12.0).contains(&value).then_some(value as u8)?),
            5 => Role::Clock,
            10 => Role::DayOfMonth,
            11 => Role::Part(value),
            12 => Role::Link,
            13 => Role::Counted((0.0..=7.0).contains(&value).then_some(value as u8)?),
            14 => Role::Ago,
            15 => Role::Range,
            16 => Role::Between,
            18 => Role::BeforeDate,
            19 => Role::LoneDay((0.0..28.0).contains(&value).then_some(value as u8)?),
            20 => Role::OClock,
            part => Role::DayPart(*DAY_PARTS.get(part - 6)?),
        })
    }
}

impl Stored for Meaning {
    fn write(&self, out: &mut Writer) {
        let (number, values) = match *self {
            Meaning::Word(word) => (0, [word.0, 0]),
            Meaning::Value(list, value) => (1, [list.0, value]),
            Meaning::Filler => (2, [0, 0]),
            Meaning::Day(day) => (3, [u32::from(day), 0]),
            Meaning::Hour(hour) => (4, [u32::from(hour), 0]),
        };
        out.number(number);
        values.write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let (number, [first, second]) = (from.number()?, <[u32; 2]>::read(from)?);
        Some(match number {
            0 => Meaning::Word(WordId(first)),
            1 => Meaning::Value(ListId(first), second),
            2 => Meaning::Filler,
            3 => Meaning::Day(u8::try_from(first).ok()?),
            4 => Meaning::Hour(u8::try_from(first).ok()?),
            _ => return None,
        })
    }
}

impl<T: Stored + Copy + Ord> Trie<T> {
    fn write(&self, out: &mut Writer) {
        let (branches, outputs) = self.parts();
        out.rows(branches.iter().map(|&(parent, key)| [parent, key]));
        let ends: Vec<(u32, Vec<T>)> = (0..).zip(outputs.to_vec()).filter(|(_, of)| !of.is_empty()).collect();
        ends.write(out);
    }

    /// Of phrases whose keys are below a number.
    fn read(from: &mut Reader, keys: usize) -> Option<Self> {
        let below = |[parent, key]: [u32; 2]| ((key as usize) < keys).then_some((parent, key));
        Trie::from_parts(&from.valid_rows(below)?, Stored::read(from)?)
    }
}

impl Stored for Units {
    fn write(&self, out: &mut Writer) {
        for units in [&self.before, &self.after, &self.symbols] {
            let mut sorted: Vec<Box<str>> = units.iter().cloned().collect();
            sorted.sort_unstable();
            sorted.write(out);
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let mut set = || Some(Vec::<Box<str>>::read(from)?.into_iter().collect::<FxHashSet<_>>());
        Some(Units { before: set()?, after: set()?, symbols: set()? })
    }
}

/// The languages alone: what their words mean is the same wherever a file is read.
impl Stored for Concepts {
    fn write(&self, out: &mut Writer) {
        out.rows(self.languages().map(|tag| [language_number(tag)]));
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let languages = from.valid_rows(|[number]| LANGUAGES.get(number as usize).copied())?;
        Some(Concepts::of(&languages))
    }
}

impl Stored for LanguageSet {
    fn write(&self, out: &mut Writer) {
        out.number(u64::from(self.bits()));
    }

    fn read(from: &mut Reader) -> Option<Self> {
        u8::read(from).map(LanguageSet::from_bits)
    }
}

/// Lists first, then the others.
const KINDS: [EntityKind; 9] = [
    EntityKind::Number,
    EntityKind::Amount,
    EntityKind::Date,
    EntityKind::Time,
    EntityKind::Phone,
    EntityKind::Email,
    EntityKind::Url,
    EntityKind::Account,
    EntityKind::Reference,
];

impl EntityKind {
    /// The kind as a number.
    pub(crate) fn to_number(self) -> u32 {
        match self {
            EntityKind::List(list) => KINDS.len() as u32 + list.0,
            kind => KINDS.iter().position(|&known| known == kind).unwrap_or_default() as u32,
        }
    }

    /// The kind that [`EntityKind::to_number`] made a number of.
    pub(crate) fn from_number(number: u32) -> Self {
        let list = || EntityKind::List(ListId(number - KINDS.len() as u32));
        KINDS.get(number as usize).copied().unwrap_or_else(list)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LanguagePack, LexiconBuilder};
    use super::*;

    const LONG: &str = "pneumonoultramicroscopicsilicovolcanoconiosis";

    /// Whether a lexicon is read again after a change.
    fn is_read(change: impl FnOnce(&mut Lexicon)) -> bool {
        let packs = ["en", "zh"].map(|tag| LanguagePack::built_in(tag).expect("a pack"));
        let mut builder = LexiconBuilder::new(&packs);
        builder.text(LONG, 1);
        builder.synonym("deposit", &["top up"]);
        let mut lexicon = builder.build();
        change(&mut lexicon);
        let mut out = Writer::default();
        lexicon.write(&mut out);
        let (bytes, shared) = out.finish();
        <Lexicon as Stored>::read(&mut Reader::new(&bytes, &shared)).is_some()
    }

    fn expand(lexicon: &mut Lexicon, words: usize) {
        lexicon.expansions = vec![0; words];
        lexicon.entries[0].expansion = Stretch::new(0..words);
    }

    #[test]
    fn a_lexicon_that_would_cost_more_than_any_of_rules_is_refused() {
        assert!(is_read(|_| {}));
        let target = |text| Target { entry: 0, frequency: 1, guarded: false, text };
        assert!(is_read(|lexicon| lexicon.corrector = Corrector::new([target("deposit")])));
        assert!(!is_read(|lexicon| lexicon.corrector = Corrector::new([target(LONG)])), "a long word");
        let phrase = |lexicon: &mut Lexicon, more: u32| {
            lexicon.phrases.insert(&[lexicon.entries.len() as u32 - 1 + more], Meaning::Filler);
        };
        assert!(is_read(|lexicon| phrase(lexicon, 0)));
        assert!(!is_read(|lexicon| phrase(lexicon, 1)), "a phrase of words that are no entries");
        assert!(
            is_read(|lexicon| expand(lexicon, LONGEST)) && !is_read(|lexicon| expand(lexicon, LONGEST + 1))
        );
        assert!(is_read(|lexicon| lexicon.longest_han = LONGEST));
        assert!(!is_read(|lexicon| lexicon.longest_han = LONGEST + 1), "a long spelling");
    }
}
