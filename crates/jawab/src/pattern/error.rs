use std::ops::Range;

use super::bounds::{GAPS, JOINED, SENTENCES};
use super::syntax::{NESTING, PATTERN_BYTES};

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    Empty,
    TooLong {
        bytes: usize,
    },
    TooDeep,
    TooManySentences {
        count: u64,
    },
    TooManyJoined {
        count: u64,
    },
    TooManyGaps {
        count: usize,
    },
    MatchesNothing,
    /// The same of a regular expression.
    RegexMatchesNothing,
    /// Two slots of one sentence have one name.
    NamedTwice {
        name: String,
    },
    /// A `^` behind what must stand, or a `$` before it.
    Misplaced {
        anchor: char,
    },
    Unclosed {
        close: char,
    },
    Unexpected {
        found: char,
    },
    LoneBackslash,
    BadName {
        name: String,
    },
    /// A `/` opens a regular expression that no `/` closes.
    UnclosedRegex,
    /// A regular expression is a part of a sentence.
    RegexInSentence,
    Regex {
        problem: &'static str,
        help: &'static str,
    },
    RegexTooLarge,
}

/// A problem of a pattern, with the bytes of the pattern that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TemplateError {
    pub(crate) problem: Problem,
    pub(crate) range: Range<usize>,
}

impl TemplateError {
    pub(crate) fn new(problem: Problem, range: Range<usize>) -> Self {
        TemplateError { problem, range }
    }
}

impl Problem {
    /// What is wrong, for the author.
    pub(crate) fn message(&self) -> String {
        match self {
            Problem::Empty => "there is nothing here to match".to_owned(),
            Problem::TooLong { bytes } => format!("this pattern has {bytes} bytes"),
            Problem::TooDeep => "brackets or macros are nested too deep here".to_owned(),
            Problem::TooManySentences { count } => {
                format!("this pattern stands for {count} sentences, at most {SENTENCES} are allowed")
            }
            Problem::TooManyJoined { count } => {
                format!(
                    "what is written together here stands for {count} words, at most {JOINED} are allowed"
                )
            }
            Problem::TooManyGaps { count } => {
                format!("this pattern has {count} gaps and `{{*…}}`, at most {GAPS} are allowed")
            }
            Problem::MatchesNothing | Problem::RegexMatchesNothing => {
                "this pattern also matches an empty message".to_owned()
            }
            Problem::NamedTwice { name } => format!("this pattern captures `{name}` twice"),
            Problem::Misplaced { anchor: '^' } => {
                "something stands before `^`, which is where the message begins".to_owned()
            }
            Problem::Misplaced { anchor } => {
                format!("something stands behind `{anchor}`, which is where the message ends")
            }
            Problem::Unclosed { close } => format!("the `{close}` that closes this is missing"),
            Problem::Unexpected { found } => format!("`{found}` is not expected here"),
            Problem::LoneBackslash => "there is nothing after this `\\`".to_owned(),
            Problem::BadName { name } => format!("`{name}` is not a name"),
            Problem::Regex { problem, .. } => format!("this regular expression cannot be read: {problem}"),
            Problem::RegexInSentence => "a regular expression stands behind other words".to_owned(),
            Problem::UnclosedRegex => "this regular expression does not end with `/`".to_owned(),
            Problem::RegexTooLarge => "this regular expression is too large".to_owned(),
        }
    }

    /// What to write instead.
    pub(crate) fn help(&self) -> String {
        match self {
            Problem::Empty => "write at least one word, slot or macro".to_owned(),
            Problem::TooLong { .. } => format!("split it: a pattern has at most {PATTERN_BYTES} bytes"),
            Problem::TooDeep => format!("use fewer brackets in brackets; at most {NESTING} levels are read"),
            Problem::TooManySentences { .. } => {
                "split it into several patterns, or use fewer `[…]`, `(…|…)` and `(…;…)` in one".to_owned()
            }
            Problem::TooManyJoined { .. } => {
                "put spaces between the parts that are words, or split it: a `[…]` that touches a letter doubles them"
                    .to_owned()
            }
            Problem::TooManyGaps { .. } => "name more of the words, or split it into several patterns".to_owned(),
            Problem::MatchesNothing => {
                "keep at least one word, slot or macro outside `[…]`; signs such as `？` are no words".to_owned()
            }
            Problem::RegexMatchesNothing => {
                "write at least one character that is not optional: `+` instead of `*`, no `?`".to_owned()
            }
            Problem::NamedTwice { .. } => {
                "give each a name of its own: `{first:amount}` and `{second:amount}`, `{*first}` and `{*second}`"
                    .to_owned()
            }
            Problem::Misplaced { anchor } => {
                format!("remove it: nothing would match; or write `\\{anchor}` to mean the character")
            }
            Problem::Unclosed { close } => format!("add `{close}`, or write `\\` before the opening character"),
            Problem::Unexpected { found: '|' | ';' } => {
                "put alternatives in brackets, `(a|b)` or `(a;b)`, and do not mix both in one pair".to_owned()
            }
            Problem::Unexpected { found } => format!("remove it, or write `\\{found}` to mean the character"),
            Problem::LoneBackslash => "remove it, or write `\\\\` to mean the character".to_owned(),
            Problem::BadName { .. } => {
                "names have letters, digits, `-` and `_`: `{amount}`, `{price:amount}`, `{*name}`, `<not-yet>`".to_owned()
            }
            Problem::Regex { help, .. } => (*help).to_owned(),
            Problem::RegexInSentence => {
                "make it the whole pattern, with the words before it inside: `/words.*…/`; for the sign, write `\\/`"
                    .to_owned()
            }
            Problem::UnclosedRegex => {
                "end it with `/` and nothing behind it; where the first `/` is a sign of its own, write `\\/`".to_owned()
            }
            Problem::RegexTooLarge => "use smaller counts in `{…}` and fewer alternatives".to_owned(),
        }
    }
}
