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
    /// Words between the ends of a range: `sampai`.
    pub(crate) ranges: Texts,
    /// Words before a range whose ends "and" joins.
    pub(crate) between: Texts,
    /// Measure words: a digit and one of them are a number of things.
    pub(crate) measures: Texts,
    /// Letters that are a currency where digits are joined to them: `p500`.
    pub(crate) symbols: Texts,
    /// Names of money.
    pub(crate) currency: Pairs<&'static str>,
    /// Words for numbers.
    pub(crate) numbers: Pairs<f64>,
    pub(crate) calendar: Calendar,
}

/// Words of dates and times. Those of all packs are read, whichever are in use.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Calendar {
    /// How days with a name are called, and the name.
    pub(crate) days: Pairs<&'static str>,
    /// Those that mean something else, too, where a message says more.
    pub(crate) lone_days: Pairs<&'static str>,
    /// Ways to say the last day of a week's name, and the next one: "last {}".
    pub(crate) last: Texts,
    pub(crate) next: Texts,
    pub(crate) months: Pairs<f64>,
    /// Words between a day and its month: `of`.
    pub(crate) of: Texts,
    /// Words before dates that tell "May" from the word.
    pub(crate) before_dates: Texts,
    /// Words before the day of the month.
    pub(crate) days_of_month: Texts,
    /// What makes a number an ordinal: `ika`-5.
    pub(crate) ordinals: Texts,
    pub(crate) articles: Texts,
    /// Words before the hour, and behind it.
    pub(crate) clocks: Texts,
    pub(crate) oclock: Texts,
    /// Parts of the day: `morning`, `noon`, `afternoon`, `night`.
    pub(crate) day_parts: Pairs<&'static str>,
    /// Words between a time and the part of the day.
    pub(crate) part_links: Texts,
    /// Words between the hour and minutes, and whether those are past it (1) or to it (-1).
    pub(crate) minutes: Pairs<f64>,
    /// The same between minutes and the hour: "half past three".
    pub(crate) hour_links: Pairs<f64>,
    /// Hours that have a name.
    pub(crate) hours: Pairs<f64>,
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
