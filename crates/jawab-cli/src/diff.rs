//! `jawab diff`: which messages two rule sets decide differently.

use std::io::{self, Write};

use jawab::Message;
use jawab::eval::{self, Change, ChangeGroup, ChangedEnding, ChangedMessage, Difference};
use serde_json::Value;

use crate::args::{Diff, Format};
use crate::data;
use crate::failure::{Exit, Failure};
use crate::load;
use crate::screen::{cut, folded};
use crate::style::{DIM, GOOD, NAME, NOTE, count, escaped};

/// Most endings of one group that are shown; JSON has all.
const SHOWN: usize = 20;

pub(crate) fn run(args: &Diff) -> Result<Exit, Failure> {
    let (old, new) = (load::engine(&args.old)?, load::engine(&args.new)?);
    let log = data::logged(&args.log.data)?;
    let messages: Vec<Message> = log.iter().map(data::Logged::message).collect();
    let difference = eval::diff(&old, &new, &messages);
    let mut out = anstream::stdout().lock();
    match args.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&difference)?)?,
        Format::Human => human(&mut out, &difference)?,
    }
    Ok(Exit::problems_if(difference.changed > 0))
}

fn human(out: &mut impl Write, difference: &Difference) -> io::Result<()> {
    difference.groups.iter().try_for_each(|group| changed(out, group))?;
    let (style, messages) =
        (if difference.changed == 0 { GOOD } else { NOTE }, count(difference.messages, "message"));
    writeln!(out, "{style}{} of {messages}{style:#} decided differently", difference.changed)
}

fn changed(out: &mut impl Write, group: &ChangeGroup) -> io::Result<()> {
    writeln!(out, "{NAME}{}{NAME:#}  {}", name(group.change), count(group.messages, "message"))?;
    group.endings.iter().take(SHOWN).try_for_each(|ending| moved(out, ending))?;
    let more = group.endings.len().saturating_sub(SHOWN);
    if more > 0 {
        writeln!(out, "  {DIM}and {more} other changes of this kind{DIM:#}")?;
    }
    writeln!(out)
}

fn moved(out: &mut impl Write, ending: &ChangedEnding) -> io::Result<()> {
    let (old, new, messages) = (&ending.old, &ending.new, ending.messages);
    if old == new {
        writeln!(out, "  {messages:>5}  {old}")?;
    } else {
        writeln!(out, "  {messages:>5}  {old} → {new}")?;
    }
    ending.examples.iter().try_for_each(|example| told(out, example, old == new))
}

fn told(out: &mut impl Write, example: &ChangedMessage, same_ending: bool) -> io::Result<()> {
    let times = if example.messages > 1 { format!("  ({} times)", example.messages) } else { String::new() };
    let text = escaped(&example.text);
    writeln!(out, "         {DIM}{}{times}{DIM:#}", cut(&text, 9 + times.len()))?;
    if same_ending && example.old_text != example.new_text {
        let texts = [("-", &example.old_text), ("+", &example.new_text)];
        texts.iter().try_for_each(|(sign, text)| {
            let text = escaped(text.as_deref().unwrap_or("nothing"));
            writeln!(out, "{}", folded(&format!("           {sign} {text}"), 13))
        })?;
    }
    example.details.iter().try_for_each(|detail| {
        let (old, new) = (value(&detail.old), value(&detail.new));
        writeln!(out, "{}", folded(&format!("           {}: {old} → {new}", detail.key), 13))
    })
}

/// A text without quotes, all else as in JSON.
fn value(of: &Value) -> String {
    match of {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => escaped(text),
        other => escaped(&other.to_string()),
    }
}

fn name(change: Change) -> &'static str {
    match change {
        Change::AnswerToOtherAnswer => "answer → other answer",
        Change::HandoffToAnswer => "handoff → answer",
        Change::AskToAnswer => "ask → answer",
        Change::AnswerToHandoff => "answer → handoff",
        Change::AnswerToAsk => "answer → ask",
        Change::HandoffToOtherHandoff => "handoff → other handoff",
        Change::HandoffToAsk => "handoff → ask",
        Change::AskToHandoff => "ask → handoff",
        Change::AskToOtherAsk => "ask → other options",
        Change::Ignored => "ignored before or now",
        Change::Text => "same rule, other text",
        Change::Details => "same text, other details",
        _ => "other",
    }
}
