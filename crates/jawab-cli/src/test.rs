//! `jawab test`: the tests beside the rules, and the score of the scenario files.

use std::io::{self, Write};

use jawab::eval::{self, ConversationTests, RuleTests, Score, TestFailure, TestKind, TurnFailure};
use jawab::{Engine, Explanation, Place, Scenarios};
use serde::Serialize;

use crate::args::{Format, Test};
use crate::failure::{Exit, Failure};
use crate::load;
use crate::score;
use crate::screen::{fits, folded};
use crate::style::{BAD, DIM, GOOD, NAME, escaped};

/// All that `jawab test` finds.
#[derive(Serialize)]
struct Results {
    passed: bool,
    tests: RuleTests,
    scenarios: Score,
}

pub(crate) fn run(args: &Test) -> Result<Exit, Failure> {
    let rules = load::rules(&args.rules)?;
    let scenarios = Scenarios::from_path(&args.rules, &rules)?;
    let engine = Engine::new(&rules)?;
    let (tests, scenarios) = (eval::rule_tests(&engine), eval::scenarios(&engine, &scenarios));
    let passed = tests.failures.is_empty() && scenarios.passed();
    let results = Results { passed, tests, scenarios };
    let mut out = anstream::stdout().lock();
    match args.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&results)?)?,
        Format::Human => human(&mut out, &results, args.all)?,
    }
    Ok(Exit::problems_if(!results.passed))
}

fn human(out: &mut impl Write, results: &Results, all: bool) -> io::Result<()> {
    results.tests.failures.iter().try_for_each(|failure| failed(out, failure, all))?;
    score::misses(out, &results.scenarios, all)?;
    let played = &results.scenarios.conversations;
    played.failures.iter().try_for_each(|failure| turn_failed(out, failure))?;
    let (messages, failures) = (results.tests.messages, results.tests.failures.len());
    let style = if failures == 0 { GOOD } else { BAD };
    let passed = messages - failures;
    writeln!(out, "{NAME}beside the rules{NAME:#}  {style}{passed} passed, {failures} failed{style:#}")?;
    conversations(out, played)?;
    score::table(out, &results.scenarios)?;
    if messages == 0 && played.conversations == 0 && results.scenarios.total.messages == 0 {
        writeln!(out, "{DIM}no tests: write `tests` beside a rule, or a file in the folder `tests`{DIM:#}")?;
    }
    Ok(())
}

/// Expected, got, why.
fn failed(out: &mut impl Write, failure: &TestFailure, all: bool) -> io::Result<()> {
    let not = if failure.kind == TestKind::Rejects { "not " } else { "" };
    message(out, "failed", &failure.place, &failure.text)?;
    writeln!(out, "  expected  {not}{}", failure.rule)?;
    writeln!(out, "  got       {}", failure.got)?;
    why(out, &failure.why, &failure.explanation, all)
}

/// How many conversations went as expected.
fn conversations(out: &mut impl Write, tests: &ConversationTests) -> io::Result<()> {
    if tests.conversations == 0 {
        return Ok(());
    }
    let mut failed: Vec<&str> = tests.failures.iter().map(|failure| &*failure.conversation).collect();
    failed.dedup();
    let (style, failed) = (if failed.is_empty() { GOOD } else { BAD }, failed.len());
    let passed = tests.conversations - failed;
    writeln!(
        out,
        "{NAME}conversations{NAME:#}     {style}{passed} passed, {failed} failed{style:#}  {DIM}{} turns{DIM:#}",
        tests.turns
    )
}

/// Expected, got, and how the turn ended.
fn turn_failed(out: &mut impl Write, failure: &TurnFailure) -> io::Result<()> {
    message(out, "failed", &failure.place, &failure.messages.join(" / "))?;
    writeln!(out, "  in        {}", failure.conversation)?;
    writeln!(out, "  expected  {}: {}", failure.key, failure.expected)?;
    writeln!(out, "  got       {}", failure.got)?;
    let text = failure.text.as_deref().map(|text| format!("; {text}")).unwrap_or_default();
    let why = format!("  why       {}{}", failure.ending, escaped(&text.replace('\n', " ⏎ ")));
    writeln!(out, "{}\n", folded(&why, 12))
}

/// What was expected to end elsewhere, with its place.
pub(crate) fn message(out: &mut impl Write, verdict: &str, place: &Place, text: &str) -> io::Result<()> {
    let (text, place) = (escaped(text), place.to_string());
    if fits(&[verdict, "  ", &text, "  ", &place]) {
        return writeln!(out, "{BAD}{verdict}{BAD:#}  {NAME}{text}{NAME:#}  {DIM}{place}{DIM:#}");
    }
    let told = format!("{verdict}  {text}");
    let told = folded(&told, verdict.len() + 2);
    let text = told.strip_prefix(verdict).unwrap_or(&told);
    writeln!(out, "{BAD}{verdict}{BAD:#}{NAME}{text}{NAME:#}")?;
    writeln!(out, "  at        {DIM}{place}{DIM:#}")
}

/// Why in one line, or each step.
pub(crate) fn why(out: &mut impl Write, why: &str, explanation: &Explanation, all: bool) -> io::Result<()> {
    writeln!(out, "{}", folded(&format!("  why       {}", escaped(why)), 12))?;
    if all {
        let steps = explanation.to_string();
        steps.lines().try_for_each(|line| {
            writeln!(out, "{DIM}{}{DIM:#}", folded(&format!("  {}", escaped(line)), 14))
        })?;
    }
    writeln!(out)
}
