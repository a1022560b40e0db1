//! What a message is read into: tokens, phrases, entities.

use std::ops::Range;

/// A word of a lexicon. Equal ids mean the same word for matching: after spelling, correction, word forms and
/// single-word synonyms.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct WordId(pub(crate) u32);

impl Change {
    /// The step in a word, for explanations.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Change::None => "none",
            Change::Spelling => "spelling",
            Change::Stretched => "stretched",
            Change::Typo(_) => "typo",
            Change::Form => "form",
            Change::Vowels => "vowels",
            Change::Split => "split",
            Change::Synonym => "synonym",
        }
    }
}

impl WordId {
    /// A word that the rule set does not use.
    pub(crate) const UNKNOWN: WordId = WordId(u32::MAX);

    pub(crate) fn is_known(self) -> bool {
        self != WordId::UNKNOWN
    }
}

/// Index of a list of slot values in its lexicon.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct ListId(pub(crate) u32);

/// What a token is made of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum TokenKind {
    Word,
    /// Digits with their separators: `50`, `50.000`, `10:30`, `12/3`.
    Number,
    /// One Chinese character.
    Han,
    /// Something whose inside is no language: an e-mail address, a URL, an id.
    Entity,
    Emoji,
}

/// How a token came from what was written to what it means.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) enum Change {
    #[default]
    None,
    /// A chat spelling of a language pack.
    Spelling,
    /// Stretched or doubled letters.
    Stretched,
    /// A typo of so many edits.
    Typo(u8),
    /// An affix less.
    Form,
    /// Vowels left out.
    Vowels,
    /// Two words run together.
    Split,
    /// A synonym of the rule set; only where nothing above applies too.
    Synonym,
}

/// Some of the languages of a lexicon, by their index in `Lexicon::pack_languages`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub(crate) struct LanguageSet(u8);

impl LanguageSet {
    pub(crate) const NONE: LanguageSet = LanguageSet(0);

    /// The set of one language; beyond the eighth language sets are empty.
    pub(crate) fn of(index: usize) -> Self {
        LanguageSet(u32::try_from(index).ok().and_then(|index| 1_u8.checked_shl(index)).unwrap_or(0))
    }

    /// One bit a language.
    pub(super) fn bits(self) -> u8 {
        self.0
    }

    pub(super) fn from_bits(bits: u8) -> Self {
        LanguageSet(bits)
    }

    pub(crate) fn insert(&mut self, other: LanguageSet) {
        self.0 |= other.0;
    }

    pub(crate) fn common(self, other: LanguageSet) -> LanguageSet {
        LanguageSet(self.0 & other.0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A stretch of an utterance's buffer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Stretch {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Stretch {
    pub(super) fn new(range: Range<usize>) -> Self {
        Stretch { start: range.start as u32, end: range.end as u32 }
    }

    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One word, number, Chinese character, emoji or the like.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Token {
    /// What it means: the word that stands for all its synonyms, or unknown.
    pub(crate) word: WordId,
    /// The word exactly as written, where that very form is one of the lexicon.
    pub(crate) written: WordId,
    /// Bytes of the message as written. Words of one chat spelling share theirs.
    pub(crate) span: Range<u32>,
    pub(crate) kind: TokenKind,
    /// May be skipped by patterns and is left out of the reading.
    pub(crate) filler: bool,
    pub(crate) negation: bool,
    pub(crate) change: Change,
    /// Packs that list the word.
    pub(crate) languages: LanguageSet,
    /// What phrases are made of: the word, or an entry that only packs know.
    pub(super) key: u32,
    pub(super) role: u8,
    pub(super) text: Stretch,
    pub(super) surface: Stretch,
}

impl Token {
    /// Whether a pattern may pass over it.
    pub(crate) fn is_skippable(&self) -> bool {
        self.filler || self.kind == TokenKind::Emoji
    }
}

/// Several tokens that together are one word of the lexicon: "top up", "isi saldo", 充值.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Phrase {
    pub(crate) start: u32,
    pub(crate) len: u32,
    pub(crate) word: WordId,
}

/// What kind of thing an entity is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum EntityKind {
    Number,
    Amount,
    Date,
    Time,
    Phone,
    Email,
    Url,
    Account,
    Reference,
    List(ListId),
}

/// A thing named in a message: an amount, a date, a value of a list.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Entity {
    pub(crate) kind: EntityKind,
    pub(crate) tokens: Range<u32>,
    /// Bytes of the message as written.
    pub(crate) span: Range<u32>,
    pub(super) value: StoredValue,
}

impl Entity {
    /// Whether a byte of the message belongs to both it and the span.
    pub(crate) fn overlaps(&self, (start, end): (u32, u32)) -> bool {
        self.span.start < end && start < self.span.end
    }
}

/// A value as the utterance keeps it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum StoredValue {
    Number(f64),
    Text(Stretch),
    ListValue(u32),
    /// A day that has a name.
    Day(u8),
}

/// The standard form of an entity.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum EntityValue<'a> {
    Number(f64),
    /// A phone number with `+`, a date `YYYY-MM-DD`, `--MM-DD`, `---DD` or a word (`yesterday`, `monday`), a time
    /// `HH:MM`, an address, an id.
    Text(&'a str),
    /// Index of a value in its list.
    ListValue(u32),
}

/// A unit of the reading for likeness: a token, or the tokens of a phrase.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Reading {
    pub(crate) word: WordId,
    pub(crate) tokens: Range<u32>,
    pub(crate) kind: TokenKind,
    pub(crate) negation: bool,
    pub(crate) change: Change,
    pub(super) text: Stretch,
}
