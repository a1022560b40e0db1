//! Literals of which a message must hold one for a regular expression to match.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind};

/// Most literals in one set: more are no better than running the expression.
const MOST: usize = 16;
/// A shorter literal is in too many messages.
const LEAST_BYTES: usize = 3;

/// A set of literals of which every match holds at least one; compare them without regard to ASCII case.
/// None where the expression has no such set of useful literals.
pub(crate) fn required(source: &str) -> Option<Vec<String>> {
    let hir = ParserBuilder::new().build().parse(source).ok()?;
    best(&hir).filter(|set| shortest(set) >= LEAST_BYTES)
}

fn best(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => literal_set(&literal.0),
        HirKind::Capture(capture) => best(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => best(&repetition.sub),
        HirKind::Concat(parts) => {
            let sets = parts.iter().filter_map(best);
            sets.max_by_key(|set| (shortest(set), MOST.saturating_sub(set.len())))
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
    fn the_longest_literal_that_every_match_holds_is_required() {
        for (source, expected) in [
            (r"\bTRX\d{6,}\b.*belum", Some(vec!["belum"])),
            ("(deposit|tarik dana) gagal", Some(vec!["deposit", "tarik dana"])),
            ("(deposit|tarik)\\d", Some(vec!["deposit", "tarik"])),
            ("(?:abc)+x?", Some(vec!["abc"])),
            (r"\d{16}", None),
            ("(abc|.)", None),
            ("(abc)?", None),
            ("充值失败", Some(vec!["充值失败"])),
            ("caféteria", Some(vec!["teria"])),
            ("ab", None),
        ] {
            let expected = expected.map(|set| set.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(required(source), expected, "{source}");
        }
    }
}
