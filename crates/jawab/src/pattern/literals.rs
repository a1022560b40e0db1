//! Literals of which a message must hold one for a regular expression to match.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Most literals in one set: more are no better than running the expression.
const MOST: usize = 16;
/// A shorter literal is in too many messages.
const LEAST_BYTES: usize = 3;
/// Most sets of one expression.
const CLAUSES: usize = 4;
/// Longest row of digits of one script in Unicode, and a little more.
const DIGITS: u32 = 64;

/// A text that a match holds, without regard to ASCII case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Literal {
    pub(crate) text: String,
    /// A word begins with it.
    pub(crate) begins: bool,
    /// A word ends with it.
    pub(crate) ends: bool,
}

/// What every match of an expression holds.
#[derive(Debug, Default)]
pub(crate) struct Required {
    /// Of each set one literal; the longest first.
    pub(crate) clauses: Vec<Vec<Literal>>,
    /// A digit of any script.
    pub(crate) digit: bool,
}

/// What a message must hold for the expression to match.
pub(crate) fn required(source: &str) -> Required {
    let mut required = Required::default();
    if let Ok(hir) = ParserBuilder::new().build().parse(source) {
        required.add(&hir, (false, false));
    }
    required.clauses.retain(|set| shortest(set) >= LEAST_BYTES);
    required.clauses.sort_by_key(|set| std::cmp::Reverse(rank(set)));
    required.clauses.truncate(CLAUSES);
    required
}

impl Required {
    fn add(&mut self, hir: &Hir, bounds: (bool, bool)) {
        match hir.kind() {
            HirKind::Concat(parts) => each(parts, bounds).for_each(|(part, bounds)| self.add(part, bounds)),
            HirKind::Capture(capture) => self.add(&capture.sub, bounds),
            HirKind::Class(class) => self.digit |= is_digit(class),
            HirKind::Repetition(repetition) if repetition.min > 0 => {
                self.add(&repetition.sub, (false, false));
            }
            _ => self.clauses.extend(best(hir, bounds)),
        }
    }
}

/// Longer literals are in fewer messages; of equal ones, fewer.
fn rank(set: &[Literal]) -> (usize, usize) {
    (shortest(set), MOST.saturating_sub(set.len()))
}

/// The parts of a sequence, and whether a word must begin and end at the bounds of each.
fn each(parts: &[Hir], (begins, ends): (bool, bool)) -> impl Iterator<Item = (&Hir, (bool, bool))> {
    let bound = |at: usize| parts.get(at).is_some_and(is_word_bound);
    let last = parts.len().saturating_sub(1);
    parts.iter().enumerate().map(move |(at, part)| {
        let begins = if at == 0 { begins } else { bound(at - 1) };
        (part, (begins, if at == last { ends } else { bound(at + 1) }))
    })
}

fn is_word_bound(hir: &Hir) -> bool {
    matches!(hir.kind(), HirKind::Look(Look::WordUnicode | Look::WordAscii))
}

/// Whether all characters of a class are digits.
fn is_digit(class: &Class) -> bool {
    let Class::Unicode(class) = class else { return false };
    let digits = |range: &regex_syntax::hir::ClassUnicodeRange| {
        (range.end() as u32 - range.start() as u32) < DIGITS
            && (range.start()..=range.end()).all(char::is_numeric)
    };
    !class.ranges().is_empty() && class.ranges().iter().all(digits)
}

fn best(hir: &Hir, bounds: (bool, bool)) -> Option<Vec<Literal>> {
    match hir.kind() {
        HirKind::Literal(literal) => literal_set(&literal.0, bounds),
        HirKind::Capture(capture) => best(&capture.sub, bounds),
        HirKind::Repetition(repetition) if repetition.min > 0 => best(&repetition.sub, (false, false)),
        HirKind::Concat(parts) => {
            let sets = each(parts, bounds).filter_map(|(part, bounds)| best(part, bounds));
            sets.max_by_key(|set| rank(set))
        }
        HirKind::Alternation(parts) => {
            let sets = parts.iter().map(|part| best(part, bounds)).collect::<Option<Vec<_>>>()?;
            Some(sets.concat()).filter(|set| set.len() <= MOST)
        }
        _ => None,
    }
}

/// The longest stretch of the literal whose letters have at most the ASCII cases.
fn literal_set(bytes: &[u8], (begins, ends): (bool, bool)) -> Option<Vec<Literal>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let stretches = text.split(|c: char| !c.is_ascii() && (c.is_lowercase() || c.is_uppercase()));
    let longest = stretches.max_by_key(|stretch| stretch.len())?;
    let whole = longest.len() == text.len();
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| is_ascii_word(*byte));
    let begins = begins && whole && is_word(bytes.first());
    let ends = ends && whole && is_word(bytes.last());
    (!longest.is_empty()).then(|| vec![Literal { text: longest.to_owned(), begins, ends }])
}

/// Whether a byte is a letter, a digit or an underscore of ASCII: there is no bound of words between two of these.
pub(super) fn is_ascii_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn shortest(set: &[Literal]) -> usize {
    set.iter().map(|literal| literal.text.len()).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_match_holds_a_literal_of_each_set() {
        for (source, expected) in [
            (r"\bTRX\d{6,}\b.*belum", &["belum", "<TRX"][..]),
            (r"\b(saldo|dana)\b.*\bhilang", &["<hilang", "<saldo<|<dana<"]),
            (r"\b-saldo-\b dana", &["-saldo-", " dana"]),
            (r"(\bsaldo dana\b)\w", &["<saldo dana<"]),
            (r"\bsaldoé\b", &["saldo"]),
            ("(deposit|tarik dana) gagal", &["deposit|tarik dana", " gagal"]),
            ("(deposit|tarik)\\d", &["deposit|tarik"]),
            ("(?:abc)+x?", &["abc"]),
            (r"\d{16}", &[]),
            ("(abc|.)", &[]),
            ("(abc)?", &[]),
            ("(?P<what>abc.*defg)", &["defg", "abc"]),
            ("充值失败", &["充值失败"]),
            ("caféteria", &["teria"]),
            ("ab", &[]),
        ] {
            let shown = |literal: &Literal| {
                let bound = |is: bool| if is { "<" } else { "" };
                format!("{}{}{}", bound(literal.begins), literal.text, bound(literal.ends))
            };
            let set = |set: &Vec<Literal>| set.iter().map(shown).collect::<Vec<_>>().join("|");
            let found: Vec<String> = required(source).clauses.iter().map(set).collect();
            assert_eq!(found, expected, "{source}");
        }
    }

    #[test]
    fn digits_are_required_where_every_match_has_one() {
        for (source, digit) in [
            (r"trx\d+", true),
            ("trx[0-9]{3}", true),
            (r"(trx(?P<code>\d))", true),
            (r"trx\d*", false),
            (r"(trx|\d)", false),
            (r"[\da-f]+", false),
            ("trx", false),
        ] {
            assert_eq!(required(source).digit, digit, "{source}");
        }
    }
}
