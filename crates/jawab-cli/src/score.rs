//! The score of scenario files, printed.

use std::io::{self, Write};

use jawab::Floor;
use jawab::eval::{Figures, FileScore, Miss, Score, Verdict};

use crate::eval::{percent, tenths};
use crate::screen::headed;
use crate::style::{BAD, DIM, GOOD, NAME, NOTE};
use crate::test::{message, why};

/// Prints each message that did not end where it must.
pub(crate) fn misses(out: &mut impl Write, score: &Score, all: bool) -> io::Result<()> {
    score.files.iter().flat_map(|file| &file.misses).try_for_each(|found| miss(out, found, all))
}

fn miss(out: &mut impl Write, miss: &Miss, all: bool) -> io::Result<()> {
    message(out, name(miss.verdict), &miss.place, &miss.text)?;
    writeln!(out, "  expected  {}", miss.expected.as_deref().unwrap_or("no rule"))?;
    writeln!(out, "  got       {}", miss.got)?;
    why(out, &miss.why, &miss.explanation, all)
}

fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Right => "right",
        Verdict::Wrong => "wrong answer",
        Verdict::Misrouted => "wrong handoff",
        Verdict::Unsure => "unsure",
    }
}

/// Prints a line for each file and one for all.
pub(crate) fn table<'s>(out: &mut impl Write, score: &'s Score) -> io::Result<()> {
    let scored = || score.files.iter().filter(|file| file.figures.messages > 0);
    if scored().next().is_none() {
        return Ok(());
    }
    let folder = folder(scored().map(|file| &*file.file));
    let name = |file: &'s FileScore| file.file.strip_prefix(folder).unwrap_or(&file.file);
    let width = scored().map(|file| name(file).chars().count()).max().unwrap_or_default().max(9);
    // What is wrong stands in two columns under one word.
    writeln!(out, "\n{DIM}{:width$}  {:>8}{:>8}{:>8}{:>8}", "", "", "", "wrong", "wrong")?;
    writeln!(
        out,
        "{:width$}  messages   right  answer handoff  unsure  floor: right, wrong{DIM:#}",
        "scenarios"
    )?;
    scored().try_for_each(|file| row(out, name(file), file, width))?;
    if scored().count() > 1 {
        let verdict = verdict(score.floor, score.total.hold(score.floor));
        writeln!(out, "{NAME}{:width$}{NAME:#}{}{verdict}", "all", figures(&score.total))?;
    }
    let mut floors = scored().map(|file| file.floor).chain([score.floor]);
    if floors.all(|floor| floor == Floor::default()) { unbounded(out) } else { Ok(()) }
}

fn unbounded(out: &mut impl Write) -> io::Result<()> {
    let told = "however these messages end, the test passes; write one into a scenario file, such as \
                `floor: {right: 0.9, wrong: 0.02}`";
    writeln!(out, "{}", headed(NOTE, "no floor is set", told))
}

/// The folder that all files stand in, with the sign that ends it: the places of messages name it, the table need not.
fn folder<'f>(files: impl Iterator<Item = &'f str>) -> &'f str {
    let of = |file: &'f str| file.rfind(['/', '\\']).and_then(|end| file.get(..=end)).unwrap_or_default();
    let common = |one: &'f str, other: &'f str| {
        let mut folder = one;
        while !other.starts_with(folder) {
            folder = of(folder.trim_end_matches(['/', '\\']));
        }
        folder
    };
    files.map(of).reduce(common).unwrap_or_default()
}

fn row(out: &mut impl Write, name: &str, file: &FileScore, width: usize) -> io::Result<()> {
    writeln!(out, "{name:width$}{}{}", figures(&file.figures), verdict(file.floor, file.passed))
}

/// Whether the floor holds.
fn verdict(of: Floor, holds: bool) -> String {
    let (style, verdict) = if holds { (GOOD, "holds") } else { (BAD, "below") };
    match floor(of) {
        Some(floor) => format!("  {style}{verdict} {floor}{style:#}"),
        None => format!("  {DIM}no floor{DIM:#}"),
    }
}

fn figures(of: &Figures) -> String {
    let share = |number| percent(Some(of.share(number)));
    format!(
        "  {:>8}{:>8}{:>8}{:>8}{:>8}",
        of.messages,
        share(of.right),
        share(of.wrong),
        share(of.misrouted),
        share(of.unsure)
    )
}

/// The least share of right ones and the largest of wrong ones: `95 %, 1 %`.
fn floor(floor: Floor) -> Option<String> {
    let share = |share: Option<f64>| share.map_or("–".to_owned(), |share| format!("{} %", tenths(share)));
    let named = floor.right.is_some() || floor.wrong.is_some();
    named.then(|| format!("{}, {}", share(floor.right), share(floor.wrong)))
}
