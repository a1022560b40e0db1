//! Literals of which a message must hold one for a regular expression to match.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind};

/// Most literals in one set: more are no better than running the expression.
const MOST: usize = 16;
/// A shorter literal is in too many messages.
const LEAST_BYTES: usize = 3;

/// Most sets of one expression.
const CLAUSES: usize = 4;

/// Sets of literals: every match holds at least one of each; compare them without regard to ASCII case. The longest
/// literals first; none where the expression has no useful literals.
pub(crate) fn required(source: &str) -> Vec<Vec<String>> {
    let mut clauses = Vec::new();
    if let Ok(hir) = ParserBuilder::new().build().parse(source) {
        clauses_of(&hir, &mut clauses);
    }
    clauses.retain(|set| shortest(set) >= LEAST_BYTES);
    clauses.sort_by_key(|set| std::cmp::Reverse(rank(set)));
    clauses.truncate(CLAUSES);
    clauses
}

/// Longer literals are in fewer messages; of equal ones, fewer.
fn rank(set: &[String]) -> (usize, usize) {
    (shortest(set), MOST.saturating_sub(set.len()))
}

fn clauses_of(hir: &Hir, clauses: &mut Vec<Vec<String>>) {
    match hir.kind() {
        HirKind::Concat(parts) => parts.iter().for_each(|part| clauses_of(part, clauses)),
        HirKind::Capture(capture) => clauses_of(&capture.sub, clauses),
        _ => clauses.extend(best(hir)),
    }
}

fn best(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => literal_set(&literal.0),
        HirKind::Capture(capture) => best(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => best(&repetition.sub),
        HirKind::Concat(parts) => {
            let sets = parts.iter().filter_map(best);
            sets.max_by_key(|set| rank(set))
        }
        HirKind::Alternation(parts) => {
            let sets = parts.iter().map(best).collect::<Option<Vec<_>>>()?;
            Some(sets.concat()).filter(|set| set.len() <= MOST)
        }
        _ => None,
    }
}

/// The longest stretch of the literal whose letters have at most the ASCII cases.
fn literal_set(bytes: &[u8]) -> Option<Vec<String>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let stretches = text.split(|c: char| !c.is_ascii() && (c.is_lowercase() || c.is_uppercase()));
    let longest = stretches.max_by_key(|stretch| stretch.len())?;
    (!longest.is_empty()).then(|| vec![longest.to_owned()])
}

fn shortest(set: &[String]) -> usize {
    set.iter().map(String::len).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_match_holds_a_literal_of_each_set() {
        for (source, expected) in [
            (r"\bTRX\d{6,}\b.*belum", &["belum", "TRX"][..]),
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
            let found: Vec<String> = required(source).iter().map(|set| set.join("|")).collect();
            assert_eq!(found, expected, "{source}");
        }
    }
}
