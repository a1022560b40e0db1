//! `jawab tune`: the threshold and margin that answer most with few enough wrong answers.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use jawab::eval::{self, Operation, Tuning};
use jawab::{EditRefusal, Engine, edit_settings};

use crate::args::{Format, Tune};
use crate::data;
use crate::eval::{interval, percent};
use crate::failure::{Exit, Failure};
use crate::screen::headed;
use crate::style::{BAD, DIM, GOOD, HELP, NAME, NOTE, count};
use crate::{load, output, repeats};

/// One of so many messages should at least be out of scope: no desk is asked less of what it has no rule for.
const LEAST_OUT_OF_SCOPE: usize = 100;

pub(crate) fn run(args: &Tune) -> Result<Exit, Failure> {
    let engine =
        if args.write { Engine::new(&load::rules(&args.rules)?)? } else { load::engine(&args.rules)? };
    let labelled = data::labelled(&args.labels, engine.rules())?;
    let tuning = eval::tune(&engine, &labelled, args.max_wrong, args.confidence)?;
    let mut out = anstream::stdout().lock();
    match args.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&tuning)?)?,
        Format::Human => human(&mut out, &tuning)?,
    }
    warn(&tuning)?;
    if let (true, false, Some(chosen)) = (args.write, tuning.keeps(), &tuning.chosen) {
        let file = write(&args.rules, chosen, tuning.now.margin)?;
        writeln!(anstream::stderr(), "{GOOD}written{GOOD:#} into `{file}`")?;
    }
    Ok(Exit::problems_if(tuning.chosen.is_none()))
}

/// A bound is for messages that customers write anew, and for all that they write.
fn warn(tuning: &Tuning) -> io::Result<()> {
    repeats::warn(&tuning.repeats, &count(tuning.repeats.messages, "answered message"))?;
    if tuning.out_of_scope * LEAST_OUT_OF_SCOPE >= tuning.messages {
        return Ok(());
    }
    let few = match tuning.out_of_scope {
        0 => "none".to_owned(),
        few => format!("only {few}"),
    };
    writeln!(
        anstream::stderr(),
        "{NOTE}warning{NOTE:#}: {few} of {} is out of scope: these figures promise nothing for what customers write that \
         no rule answers\n\
         {HELP}help{HELP:#}: label such messages, too, in their usual share: `intent` is null, in CSV an empty cell",
        count(tuning.messages, "message")
    )
}

fn human(out: &mut impl Write, tuning: &Tuning) -> io::Result<()> {
    let (inside, outside) = (tuning.in_scope, tuning.out_of_scope);
    let messages = count(tuning.messages, "message");
    writeln!(out, "{NAME}{messages}{NAME:#}: {inside} in scope, {outside} out of scope")?;
    let heads = [
        ("threshold,", "", "right in", "wrong among", "not"),
        ("margin", "answered", "scope", "answered", "above"),
    ];
    heads.iter().try_for_each(|(settings, answered, right, wrong, most)| {
        let cells = cells(settings, answered, right, wrong, most);
        writeln!(out, "{DIM}{:6}  {cells}{DIM:#}", "")
    })?;
    row(out, "now", &tuning.now)?;
    let Some(chosen) = &tuning.chosen else { return unreached(out, tuning) };
    row(out, if tuning.keeps() { "kept" } else { "chosen" }, chosen)?;
    let (sure, most) = (shown(tuning.confidence), shown(tuning.max_wrong));
    writeln!(out, "\n{GOOD}holds{GOOD:#}: with {sure} confidence at most {most} of such answers are wrong")?;
    if tuning.keeps() {
        return writeln!(out, "no settings that hold answer more: those in force stay as they are");
    }
    let change =
        100.0 * (chosen.answered.share.unwrap_or_default() - tuning.now.answered.share.unwrap_or_default());
    writeln!(out, "{NAME}{change:+.1}{NAME:#} points answered against now")?;
    writeln!(out, "settings: {{threshold: {:.2}, margin: {}}}", chosen.threshold, chosen.margin)
}

fn row(out: &mut impl Write, name: &str, of: &Operation) -> io::Result<()> {
    let answered = format!("{} ({})", percent(of.answered.share), interval(&of.answered));
    let right = format!("{} of {}", of.answered_right.number, of.answered_right.of);
    let wrong = format!("{} of {}, {}", of.wrong.number, of.wrong.of, percent(of.wrong.share));
    let most = percent(Some(of.wrong_at_most));
    let settings = format!("{:.2}, {:.2}", of.threshold, of.margin);
    writeln!(out, "{NAME}{name:6}{NAME:#}  {}", cells(&settings, &answered, &right, &wrong, &most))
}

fn cells(settings: &str, answered: &str, right: &str, wrong: &str, most: &str) -> String {
    format!("{settings:10}  {answered:>18}  {right:>12}  {wrong:>17}  {most:>6}")
}

fn unreached(out: &mut impl Write, tuning: &Tuning) -> io::Result<()> {
    if tuning.repeats.are_most() {
        let told = "most of the answered messages are questions of the rules or copies of others";
        return writeln!(out, "\n{}", headed(BAD, "not shown", told));
    }
    let (most, sure) = (shown(tuning.max_wrong), shown(tuning.confidence));
    let messages = count(tuning.messages, "message");
    let told =
        format!("no threshold was found that keeps to {most} wrong with {sure} confidence on {messages}");
    writeln!(out, "\n{}", headed(BAD, "not shown", &told))?;
    writeln!(out, "{}", headed(HELP, "help", &missing(tuning)))
}

/// What it takes for settings that hold.
fn missing(tuning: &Tuning) -> String {
    let least = format!(
        "with fewer than {} answered ones, none of them wrong, nothing can be shown",
        tuning.least_answered
    );
    match tuning.messages_needed {
        Some(needed) => format!("about {needed} labelled messages like these would show it; {least}"),
        None if tuning.most_answered == 0 => {
            "nothing was answered, so that nothing can be told of answers: label messages that the rules know, too"
                .to_owned()
        }
        None if tuning.wrong_too_often => {
            "even the surest answers are wrong more often: mend the rules first, `jawab eval` shows where".to_owned()
        }
        None => format!(
            "these messages are too few to tell how often the surest answers are wrong: label more; {least}"
        ),
    }
}

/// A share with as many digits as it has.
fn shown(share: f64) -> String {
    format!("{} %", (share * 1e6).round() / 1e4)
}

/// Puts the settings into the file that holds the set's; the margin only where it is another one.
fn write(rules: &Path, chosen: &Operation, margin: f64) -> Result<String, Failure> {
    let margin = (chosen.margin - margin).abs() > f64::EPSILON;
    let edit = edit_settings(rules, chosen.threshold, margin.then_some(chosen.margin)).map_err(refused)?;
    let file = fs::canonicalize(&*edit.file)
        .map_err(|error| Failure::file("read", Path::new(&*edit.file), &error))?;
    output::replace(&file, edit.after.as_bytes())?;
    Ok(edit.file.to_string())
}

fn refused(refusal: EditRefusal) -> Failure {
    match refusal {
        EditRefusal::Rules(error) => Failure::Rules(error),
        other => Failure::helped(
            other.to_string(),
            "write the threshold and margin printed above into it yourself",
        ),
    }
}
