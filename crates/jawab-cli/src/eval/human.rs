//! The figures of an evaluation, printed.

use std::io::{self, Write};

use jawab::eval::{Confusion, CrossValidation, Evaluation, Mistake, Proportion, RuleFigures};

use super::figures::{interval, percent};
use crate::screen::{cut, folded};
use crate::style::{BAD, DIM, NAME, count, escaped};

/// How many of the weakest rules, confused pairs and costly mistakes are shown; JSON has all, the page more.
const SHOWN: usize = 10;

/// Prints each part of a cross-validation.
pub(super) fn folds(out: &mut impl Write, found: &CrossValidation) -> io::Result<()> {
    for (fold, number) in found.folds.iter().zip(1..) {
        let (accuracy, questions) = (percent(fold.accuracy.share), count(fold.questions, "question"));
        let told =
            format!("part {number}: {questions}, accuracy {accuracy}, threshold {:.2}", fold.threshold);
        writeln!(out, "{DIM}{told}{DIM:#}")?;
    }
    if found.untested > 0 {
        let questions = count(found.untested, "question");
        writeln!(out, "{DIM}{questions} never held back: the only ones of their rules{DIM:#}")?;
    }
    writeln!(out)
}

/// Prints all figures.
pub(super) fn figures(out: &mut impl Write, of: &Evaluation) -> io::Result<()> {
    let (inside, outside) = (of.in_scope, of.out_of_scope);
    let messages = count(of.messages, "message");
    writeln!(out, "{NAME}{messages}{NAME:#}: {inside} in scope, {outside} out of scope")?;
    writeln!(out, "{DIM}threshold {:.2}, margin {:.2}{DIM:#}\n", of.threshold, of.margin)?;
    shares(out, of)?;
    scores(out, of)?;
    rules(out, &of.rules)?;
    confusions(out, &of.confusions)?;
    mistakes(out, &of.mistakes)
}

fn shares(out: &mut impl Write, of: &Evaluation) -> io::Result<()> {
    writeln!(out, "{DIM}{:23} {:>7}  {:10}  {:>12}{DIM:#}", "", "share", "95 % sure", "messages")?;
    let lines: [(&str, &Proportion, &str); 6] = [
        ("accuracy", &of.accuracy, "in scope, best right"),
        ("answered", &of.answered, "of all messages"),
        ("answered right", &of.answered_right, "of those in scope"),
        ("wrong among answered", &of.wrong, "of those answered"),
        ("out of scope, recall", &of.out_of_scope_recall, "of those out of scope"),
        ("out of scope, precision", &of.out_of_scope_precision, "of those not answered"),
    ];
    lines.iter().try_for_each(|(name, of, meaning)| share(out, name, of, meaning))?;
    writeln!(out)
}

fn share(out: &mut impl Write, name: &str, of: &Proportion, meaning: &str) -> io::Result<()> {
    let numbers = format!("{} of {}", of.number, of.of);
    let (share, sure) = (percent(of.share), interval(of));
    writeln!(out, "{name:23} {NAME}{share:>7}{NAME:#}  {sure:10}  {numbers:>12}  {DIM}{meaning}{DIM:#}")
}

fn scores(out: &mut impl Write, of: &Evaluation) -> io::Result<()> {
    let line = |out: &mut dyn Write, name: &str, value: &str, meaning: &str| {
        writeln!(out, "{name:23} {NAME}{value:>7}{NAME:#}  {DIM}{meaning}{DIM:#}")
    };
    line(out, "AUROC", &percent(of.auroc), "in scope surer than out of scope")?;
    let error = of.calibration_error.map_or("–".to_owned(), |error| format!("{error:.3}"));
    line(out, "calibration error", &error, "between confidence and accuracy, ten bins")?;
    for among in &of.most_confident {
        let name = format!("surest {:.0} %", 100.0 * among.share);
        line(out, &name, &percent(among.accuracy), "accuracy among them")?;
    }
    for at in &of.coverage_at {
        let name = format!("coverage at {:.0} %", 100.0 * at.precision);
        let meaning = match at.threshold {
            Some(threshold) => format!("answered with so many right, threshold {threshold:.4}"),
            None => "no threshold has so many right".to_owned(),
        };
        line(out, &name, &percent(at.coverage.share), &meaning)?;
    }
    Ok(())
}

/// The rules with the lowest recall or precision.
fn rules(out: &mut impl Write, rules: &[RuleFigures]) -> io::Result<()> {
    let least =
        |rule: &RuleFigures| rule.recall.share.unwrap_or(1.0).min(rule.precision.share.unwrap_or(1.0));
    let mut weak: Vec<&RuleFigures> = rules.iter().filter(|rule| least(rule) < 1.0).collect();
    weak.sort_by(|one, other| least(one).total_cmp(&least(other)).then(other.messages.cmp(&one.messages)));
    if weak.is_empty() {
        return Ok(());
    }
    title(out, "weakest rules", weak.len())?;
    // Names stand last: how wide one is depends on its script.
    writeln!(out, "{DIM}messages  answered  precision    recall  rule{DIM:#}")?;
    weak.iter().take(SHOWN).try_for_each(|rule| {
        let (precision, recall) = (percent(rule.precision.share), percent(rule.recall.share));
        let RuleFigures { rule: id, messages, answered, .. } = rule;
        writeln!(out, "{messages:>8}  {answered:>8}  {precision:>9}  {recall:>8}  {id}")
    })
}

fn confusions(out: &mut impl Write, confusions: &[Confusion]) -> io::Result<()> {
    if confusions.is_empty() {
        return Ok(());
    }
    title(out, "most confused", confusions.len())?;
    writeln!(out, "{DIM}answered  messages{DIM:#}")?;
    confusions.iter().take(SHOWN).try_for_each(|pair| {
        let expected = pair.expected.as_deref().unwrap_or("out of scope");
        let Confusion { answered, messages, .. } = pair;
        let best = pair.best.as_deref().unwrap_or("nothing");
        writeln!(out, "{answered:>8}  {messages:>8}  {expected} taken for {best}")
    })
}

fn mistakes(out: &mut impl Write, mistakes: &[Mistake]) -> io::Result<()> {
    let wrong: Vec<&Mistake> = mistakes.iter().filter(|mistake| mistake.got.rule.is_some()).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    title(out, "most costly mistakes", wrong.len())?;
    wrong.iter().take(SHOWN).try_for_each(|mistake| {
        let text = escaped(&mistake.text);
        writeln!(out, "{BAD}{:.2}{BAD:#}  {NAME}{}{NAME:#}", mistake.confidence, cut(&text, 6))?;
        writeln!(out, "      expected  {}", mistake.expected.as_deref().unwrap_or("no rule"))?;
        writeln!(out, "      got       {}", mistake.got)?;
        mistake
            .why
            .iter()
            .try_for_each(|why| writeln!(out, "{}", folded(&format!("      why       {}", escaped(why)), 16)))
    })
}

/// What follows, and how much of it is not shown.
fn title(out: &mut impl Write, name: &str, all: usize) -> io::Result<()> {
    let shown = all.min(SHOWN);
    writeln!(out, "\n{NAME}{name}{NAME:#}  {DIM}{shown} of {all}{DIM:#}")
}
