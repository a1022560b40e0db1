//! What the engine knows of a language. It names no other part of the crate: the build script makes packs of their files.

/// How chats in one language are written.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct LanguagePack {
    pub(crate) language: &'static str,
    /// Chat spellings and what each stands for: one word or a few.
    pub(crate) spellings: Pairs<&'static str>,
    /// Addresses and particles without meaning.
    pub(crate) fillers: Texts,
    /// Words that carry negation.
    pub(crate) negations: Texts,
    /// Common small words: they tell the language.
    pub(crate) function_words: Texts,
    /// Common words of daily life, which are no misspelling of anything.
    pub(crate) common_words: Texts,
    pub(crate) forms: Forms,
    /// Words and letters after a number that multiply it.
    ///
    /// 0: who writes it may mean several, so that the number is not read. Below 0: it adds so much to a digit (`dua belas`).
    pub(crate) scale: Pairs<f64>,
    /// Words for parts of what is multiplied: half a million.
    pub(crate) parts: Pairs<f64>,
    /// Words between the words of one number: `and`.
    pub(crate) links: Texts,
    /// What is counted: words after a number that is no amount, and goes on with none before it.
    pub(crate) counted: Texts,
    /// Those that count days, and how many: a week has seven.
    pub(crate) days: Pairs<f64>,
    /// Words behind how long ago something was.
    pub(crate) ago: Texts,
    /// Names of money.
    pub(crate) currency: Pairs<&'static str>,
    /// Words for numbers.
    pub(crate) numbers: Pairs<f64>,
}

/// Affixes of a language.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Forms {
    pub(crate) suffixes: Texts,
    pub(crate) prefixes: Texts,
    /// Prefixes that swallow the first letter of the stem, with that letter.
    pub(crate) replace: Pairs<&'static str>,
    /// Those of `suffixes` that leave a word's meaning alone ("-nya", plural "-s").
    pub(crate) clitics: Texts,
}

/// The languages that have a pack.
pub(crate) const LANGUAGES: [&str; 4] = ["id", "en", "fil", "zh"];

pub(crate) type Texts = &'static [&'static str];
/// Texts, each with what goes with it.
pub(crate) type Pairs<T> = &'static [(&'static str, T)];
