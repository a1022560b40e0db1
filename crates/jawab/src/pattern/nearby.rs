//! Where in a long message a regular expression can match at all, known from the literals that its matches begin with.
//!
//! Hundreds of expressions may have their literals somewhere in a long message. Each would be run on the whole of it.

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{Ast, RepetitionKind, RepetitionOp};
use regex_syntax::hir::{Class, Dot, Hir, HirKind};

/// More white space in a match is as good as any.
const MOST_WHITE: u32 = 16;

/// Where matches stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nearby {
    /// From a literal on, no farther than over so much white space.
    Over(u32),
    /// Around the only `.*`: what stands behind it begins with a literal.
    Around,
}

/// White space of ASCII that a match holds at most.
pub(super) fn most_white(hir: &Hir) -> Option<u32> {
    let most = match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(literal) => literal.0.iter().filter(|&&byte| is_white(byte)).count() as u32,
        HirKind::Class(class) => u32::from(holds_white(class)),
        HirKind::Capture(capture) => most_white(&capture.sub)?,
        HirKind::Concat(parts) => {
            parts.iter().map(most_white).try_fold(0_u32, |sum, part| Some(sum.saturating_add(part?)))?
        }
        HirKind::Alternation(parts) => {
            parts.iter().map(most_white).try_fold(0, |most, part| Some(part?.max(most)))?
        }
        HirKind::Repetition(repetition) => match (most_white(&repetition.sub)?, repetition.max) {
            (0, _) => 0,
            (most, times) => most.saturating_mul(times?),
        },
    };
    (most <= MOST_WHITE).then_some(most)
}

fn is_white(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

fn holds_white(class: &Class) -> bool {
    let white = ['\t', '\n', '\u{b}', '\u{c}', '\r', ' '];
    match class {
        Class::Unicode(class) => white
            .iter()
            .any(|white| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(white))),
        Class::Bytes(class) => class.ranges().iter().any(|range| (range.start()..=range.end()).any(is_white)),
    }
}

/// The end of a stretch that begins at a place and holds so much white space, with the white space behind it: what a match
/// that begins there can see.
pub(super) fn end(message: &str, start: usize, most_white: u32) -> usize {
    let white = (start..).zip(message.bytes().skip(start)).filter(|&(_, byte)| is_white(byte));
    { white }.nth(most_white as usize).map_or(message.len(), |(at, _)| at + 1)
}

/// The expressions before and after the `.*` of an expression that is a sequence with one.
///
/// A match of `X.*Y` begins where the first match of `X` does that ends before the last match of `Y`, and ends with that:
/// `.*` takes all it can, and whatever `X` takes, it is the same.
pub(super) fn halves(source: &str) -> Option<[&str; 2]> {
    let ast = Parser::new().parse(source).ok()?;
    let Ast::Concat(concat) = &ast else { return None };
    let mut gaps = concat.asts.iter().filter(|part| is_gap(part));
    let (gap, None) = (gaps.next()?.span(), gaps.next()) else { return None };
    let halves = [source.get(..gap.start.offset)?, source.get(gap.end.offset..)?];
    let flags = concat.asts.iter().any(|part| matches!(part, Ast::Flags(_)));
    (!flags && halves.iter().all(|half| !half.is_empty())).then_some(halves)
}

/// Whether a part of an expression is `.*`.
pub(super) fn is_any(part: &Hir) -> bool {
    let HirKind::Repetition(repetition) = part.kind() else { return false };
    (repetition.min, repetition.max, repetition.greedy) == (0, None, true)
        && *repetition.sub == Hir::dot(Dot::AnyCharExceptLF)
}

fn is_gap(part: &Ast) -> bool {
    let Ast::Repetition(repetition) = part else { return false };
    let any = RepetitionOp { kind: RepetitionKind::ZeroOrMore, ..repetition.op.clone() };
    repetition.greedy && repetition.op == any && matches!(*repetition.ast, Ast::Dot(_))
}

#[cfg(test)]
mod tests {
    use regex_syntax::ParserBuilder;

    use super::*;

    #[test]
    fn an_expression_is_divided_at_its_only_gap() {
        for (source, expected) in [
            (r"\ba\b.*\b(b|c)\b", Some([r"\ba\b", r"\b(b|c)\b"])),
            ("a.*b.*c", None),
            ("a.*?b", None),
            ("a.+b", None),
            ("a[^x]*b", None),
            ("(a.*b)c", None),
            ("a.*", None),
            ("a.*(?i)b", None),
            (r"a\.*b", None),
            ("a.*b|c", None),
        ] {
            assert_eq!(halves(source), expected, "{source}");
        }
    }

    #[test]
    fn white_space_in_a_match_is_counted() {
        for (source, expected) in [
            (r"\ba\w* b\w* c", Some(2)),
            ("(a b|a b c)x", Some(2)),
            (r"a\s?b.{2}", Some(3)),
            (r"a\s+b", None),
            ("a[^b]c", Some(1)),
            ("a.*b", None),
            (r"(a\d*){20}", Some(0)),
            ("( a){17}", None),
        ] {
            let hir = ParserBuilder::new().build().parse(source).expect(source);
            assert_eq!(most_white(&hir), expected, "{source}");
        }
    }

    #[test]
    fn a_stretch_ends_behind_the_white_space_that_is_too_much() {
        for (most, expected) in [(0, 5), (1, 9), (2, 10), (3, 12), (9, 12)] {
            assert_eq!(end("a bc\tdef  gh", 2, most), expected, "{most}");
        }
    }
}
