//! `jawab tune`: the threshold and margin that answer most with few enough wrong answers.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use jawab::eval::{self, Operation, Tuning};
use jawab::{EditRefusal, edit_settings};

use crate::args::{Format, Tune};
use crate::data;
use crate::eval::{interval, percent};
use crate::failure::{Exit, Failure};
use crate::style::{BAD, DIM, GOOD, HELP, NAME, NOTE, count};
use crate::{load, output};

pub(crate) fn run(args: &Tune) -> Result<Exit, Failure> {
    let engine =
        if args.write { load::made_of(&load::rules(&args.rules)?)? } else { load::engine(&args.rules)? };
    let labelled = data::labelled(&args.labels, engine.rules())?;
    let tuning = eval::tune(&engine, &labelled, args.max_wrong, args.confidence)?;
    let mut out = anstream::stdout().lock();
    match args.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&tuning)?)?,
        Format::Human => human(&mut out, &tuning)?,
    }
    warn_of_copies(&tuning)?;
    if let (true, false, Some(chosen)) = (args.write, tuning.keeps(), &tuning.chosen) {
        let file = write(&args.rules, chosen, tuning.now.margin)?;
        writeln!(anstream::stderr(), "{GOOD}written{GOOD:#} into `{file}`")?;
    }
    Ok(Exit::problems_if(tuning.chosen.is_none()))
}

/// A bound is for messages that customers write anew.
fn warn_of_copies(tuning: &Tuning) -> io::Result<()> {
    let Tuning { messages, own_questions, copies, .. } = *tuning;
    if 2 * (own_questions + copies) <= messages {
        return Ok(());
    }
    writeln!(
        anstream::stderr(),
        "{NOTE}warning{NOTE:#}: of {}, {own_questions} are questions of the rules and {copies} are copies of others: \
         these figures promise nothing for what customers will write\n\
         {HELP}help{HELP:#}: take messages as customers wrote them, none of them from the rules",
        count(messages, "message")
    )
}

fn human(out: &mut impl Write, tuning: &Tuning) -> io::Result<()> {
    writeln!(
        out,
        "{DIM}{:8}  threshold  margin        answered       right in scope  wrong among answered  not above{DIM:#}",
        ""
    )?;
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
    let messages = count(tuning.messages, "message");
    writeln!(out, "{NAME}{change:+.1}{NAME:#} points answered against now, of {messages}")?;
    writeln!(out, "settings: {{threshold: {:.2}, margin: {}}}", chosen.threshold, chosen.margin)
}

fn row(out: &mut impl Write, name: &str, of: &Operation) -> io::Result<()> {
    let answered = format!("{} ({})", percent(of.answered.share), interval(&of.answered));
    let right = format!("{} of {}", of.answered_right.number, of.answered_right.of);
    let wrong = format!("{} of {}, {}", of.wrong.number, of.wrong.of, percent(of.wrong.share));
    let most = percent(Some(of.wrong_at_most));
    let (threshold, margin) = (of.threshold, of.margin);
    writeln!(
        out,
        "{NAME}{name:8}{NAME:#}  {threshold:>9.2}  {margin:>6.2}  {answered:>18}  {right:>14}  {wrong:>20}  {most:>9}"
    )
}

fn unreached(out: &mut impl Write, tuning: &Tuning) -> io::Result<()> {
    let (most, sure) = (shown(tuning.max_wrong), shown(tuning.confidence));
    let messages = count(tuning.messages, "message");
    writeln!(
        out,
        "\n{BAD}not shown{BAD:#}: no threshold keeps to {most} wrong with {sure} confidence on {messages}"
    )?;
    let least = tuning.least_answered;
    let help = match tuning.messages_needed {
        Some(needed) => format!(
            "about {needed} labelled messages like these would show it; with fewer than {least} answered ones, none of \
             them wrong, nothing can be shown"
        ),
        None if tuning.most_answered == 0 => {
            "nothing was answered, so that nothing can be told of answers: label messages that the rules know, too"
                .to_owned()
        }
        None => {
            "even the surest answers are wrong more often: mend the rules first, `jawab eval` shows where"
                .to_owned()
        }
    };
    writeln!(out, "{HELP}help{HELP:#}: {help}")
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
