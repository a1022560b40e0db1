//! Literals of which a message must hold one for a regular expression to match.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::nearby::{Nearby, halves, is_any, most_white};
use super::neighbours::{Edge, Edges, Neighbours, beside, parts};

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
    /// What may stand before it and after it.
    pub(super) beside: (Neighbours, Neighbours),
}

/// Edges of which nothing is known.
const OPEN: Edges = (Edge::OPEN, Edge::OPEN);

/// What every match of an expression holds.
#[derive(Debug, Default)]
pub(crate) struct Required {
    /// Of each set one literal; the longest first.
    pub(crate) clauses: Vec<Vec<Literal>>,
    /// A digit of any script.
    pub(crate) digit: bool,
    /// Where matches stand, by literals of which one begins there.
    pub(super) nearby: Option<(Vec<Literal>, Nearby)>,
}

/// What a message must hold for the expression to match.
pub(crate) fn required(source: &str) -> Required {
    let mut required = Required::default();
    if let Ok(hir) = ParserBuilder::new().build().parse(source) {
        required.add(&hir, OPEN);
        let over = |first| Some((first, Nearby::Over(most_white(&hir)?)));
        required.nearby = leading(&hir, OPEN).and_then(over);
        let around = || Some((around(&hir, source)?, Nearby::Around));
        required.nearby = required.nearby.or_else(around);
    }
    required.clauses.retain(|set| shortest(set) >= LEAST_BYTES);
    required.clauses.sort_by_key(|set| std::cmp::Reverse(rank(set)));
    required.clauses.truncate(CLAUSES);
    required
}

impl Required {
    fn add(&mut self, hir: &Hir, edges: Edges) {
        match hir.kind() {
            HirKind::Concat(sequence) => {
                parts(sequence, edges).for_each(|(part, edges)| self.add(part, edges));
            }
            HirKind::Capture(capture) => self.add(&capture.sub, edges),
            HirKind::Class(class) => self.digit |= is_digit(class),
            HirKind::Repetition(repetition) if repetition.min > 0 => {
                self.add(&repetition.sub, OPEN);
            }
            _ => self.clauses.extend(best(hir, edges)),
        }
    }
}

/// The literals that stand behind the only `.*` of an expression.
fn around(hir: &Hir, source: &str) -> Option<Vec<Literal>> {
    let HirKind::Concat(sequence) = hir.kind() else { return None };
    let mut gaps = (0..sequence.len()).filter(|&at| is_any(&sequence[at]));
    let (gap, None) = (gaps.next()?, gaps.next()) else { return None };
    halves(source)?;
    first(parts(sequence, OPEN).skip(gap + 1))
}

/// The literals of which one begins every match, right where it begins.
fn leading(hir: &Hir, edges: Edges) -> Option<Vec<Literal>> {
    let literals = match hir.kind() {
        HirKind::Literal(literal) => {
            literal_set(&literal.0, edges).filter(|set| set[0].text.len() == literal.0.len())
        }
        HirKind::Capture(capture) => leading(&capture.sub, edges),
        HirKind::Concat(sequence) => first(parts(sequence, edges)),
        HirKind::Alternation(parts) => parts
            .iter()
            .map(|part| leading(part, edges))
            .collect::<Option<Vec<_>>>()
            .map(|sets| sets.concat()),
        _ => None,
    };
    literals.filter(|set| set.len() <= MOST && shortest(set) >= LEAST_BYTES)
}

/// The literals of which one begins a sequence.
fn first<'h>(parts: impl Iterator<Item = (&'h Hir, Edges)>) -> Option<Vec<Literal>> {
    let mut solid = { parts }.filter(|(part, _)| !matches!(part.kind(), HirKind::Look(_)));
    solid.next().and_then(|(part, edges)| leading(part, edges))
}

/// Longer literals are in fewer messages; of equal ones, fewer.
fn rank(set: &[Literal]) -> (usize, usize) {
    (shortest(set), MOST.saturating_sub(set.len()))
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

fn best(hir: &Hir, edges: Edges) -> Option<Vec<Literal>> {
    match hir.kind() {
        HirKind::Literal(literal) => literal_set(&literal.0, edges),
        HirKind::Capture(capture) => best(&capture.sub, edges),
        HirKind::Repetition(repetition) if repetition.min > 0 => best(&repetition.sub, OPEN),
        HirKind::Concat(sequence) => {
            let sets = parts(sequence, edges).filter_map(|(part, edges)| best(part, edges));
            sets.max_by_key(|set| rank(set))
        }
        HirKind::Alternation(parts) => {
            let sets = parts.iter().map(|part| best(part, edges)).collect::<Option<Vec<_>>>()?;
            Some(sets.concat()).filter(|set| set.len() <= MOST)
        }
        _ => None,
    }
}

/// The longest stretch of the literal whose letters have at most the ASCII cases.
fn literal_set(bytes: &[u8], edges: Edges) -> Option<Vec<Literal>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let stretches = text.split(|c: char| !c.is_ascii() && (c.is_lowercase() || c.is_uppercase()));
    let longest = stretches.max_by_key(|stretch| stretch.len())?;
    let beside = beside(bytes, if longest.len() == text.len() { edges } else { OPEN });
    (!longest.is_empty()).then(|| vec![Literal { text: longest.to_owned(), beside }])
}

fn shortest(set: &[Literal]) -> usize {
    set.iter().map(|literal| literal.text.len()).min().unwrap_or(0)
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;
    use regex::RegexBuilder;

    use super::super::neighbours::{fits, shown};
    use super::*;

    #[test]
    fn every_match_holds_a_literal_of_each_set() {
        for (source, expected) in [
            (r"\bTRX\d{6,}\b.*belum", &["belum", "<TRXdu"][..]),
            (r"\bTRX-?\d{6,}\b.*belum", &["belum", "<TRXd-u"]),
            (r"\b(saldo|dana)\b.*\bhilang", &["<hilang", "<saldo<|<dana<"]),
            (r"(saldo|dana)\b.*", &["saldo<|dana<"]),
            (r"saldo(\b|,) *", &["saldo"]),
            (r"saldo(\b,|\b;)", &["saldo."]),
            (r"saldo *dana", &["saldols", "lsdana"]),
            (r"\b-saldo-\b dana", &["dlu-saldo-", " dana"]),
            (r"(\bsaldo dana\b)\w", &["<saldo danau"]),
            (r"\bsaldoé\b", &["saldo"]),
            ("(deposit|tarik dana) gagal", &["deposits|tarik danas", "l gagal"]),
            ("(deposit|tarik)\\d", &["depositdu|tarikdu"]),
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
                format!("{}{}{}", shown(literal.beside.0), literal.text, shown(literal.beside.1))
            };
            let set = |set: &Vec<Literal>| set.iter().map(shown).collect::<Vec<_>>().join("|");
            let found: Vec<String> = required(source).clauses.iter().map(set).collect();
            assert_eq!(found, expected, "{source}");
        }
    }

    pub(in crate::pattern) fn expressions() -> impl Strategy<Value = String> {
        let part = prop::sample::select(
            &[
                "abc", "ABC", "a b", "-x-", "é", r"\b", r"\B", r"\w", r"\w*", r"\d+", r"-?", " ?", ".", ".*",
                "$", "^", "[^b]", "[a-c]{2}",
            ][..],
        );
        let part = part.prop_map(str::to_owned).prop_recursive(3, 12, 4, |part| {
            let parts = || prop::collection::vec(part.clone(), 1..4);
            prop_oneof![
                parts().prop_map(|parts| parts.concat()),
                parts().prop_map(|parts| format!("({})", parts.join("|"))),
                part.clone().prop_map(|part| format!("({part})?")),
                part.clone().prop_map(|part| format!("({part})+")),
            ]
        });
        prop::collection::vec(part, 1..5).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn no_match_is_without_them(
            source in expressions(), messages in prop::collection::vec("[abcABC1é -]{0,12}", 12),
        ) {
            let regex = RegexBuilder::new(&source).case_insensitive(true).dot_matches_new_line(true).build();
            let Ok(regex) = regex else { return Ok(()) };
            let required = required(&source);
            for message in messages.iter().filter(|message| regex.is_match(message)) {
                let lower = message.to_ascii_lowercase();
                let stands = |literal: &Literal| {
                    let text = literal.text.to_ascii_lowercase();
                    let mut starts = (0..lower.len()).filter(|&at| lower.as_bytes()[at..].starts_with(text.as_bytes()));
                    starts.any(|at| fits(&lower, at..at + text.len(), literal.beside))
                };
                for set in &required.clauses {
                    prop_assert!(set.iter().any(stands), "`{}` in `{}`: {:?}", source, message, set);
                }
            }
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
