//! `jawab suggest`: what to write so that more is understood.

use std::io::{self, Write};

use jawab::Message;
use jawab::eval::{self, FurtherQuestions, Proposal, Suggestions};

use crate::args::{Format, Suggest};
use crate::data;
use crate::failure::{Exit, Failure};
use crate::load;
use crate::style::{count, escaped};

pub(crate) fn run(args: &Suggest) -> Result<Exit, Failure> {
    let engine = load::engine(&args.rules)?;
    let log = data::logged(&args.log.data)?;
    let messages: Vec<Message> = log.iter().map(data::Logged::message).collect();
    let mut suggestions = eval::suggest(&engine, &messages);
    let beyond = |all: usize| all.saturating_sub(args.limit);
    let left_out = LeftOut {
        entries: beyond(suggestions.proposals.len()),
        rules: beyond(suggestions.further_questions.len()),
    };
    suggestions.proposals.truncate(args.limit);
    suggestions.further_questions.truncate(args.limit);
    let mut out = anstream::stdout().lock();
    match args.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&suggestions)?)?,
        Format::Human => rule_file(&mut out, &suggestions, &left_out)?,
    }
    Ok(Exit::Clean)
}

/// How much the limit leaves out.
struct LeftOut {
    entries: usize,
    /// Rules with further questions.
    rules: usize,
}

/// A rule file that loads once its answers are written.
fn rule_file(out: &mut impl Write, found: &Suggestions, left_out: &LeftOut) -> io::Result<()> {
    let Suggestions { not_understood, alone, without_words, .. } = found;
    let messages = count(found.messages, "message");
    write!(
        out,
        "# {not_understood} of {messages} handed off as not understood; {alone} of them like no other"
    )?;
    if *without_words > 0 {
        write!(out, ", {without_words} without words")?;
    }
    writeln!(out)?;
    found.further_questions.iter().try_for_each(|rule| further(out, rule))?;
    if left_out.rules > 0 {
        let rules = count(left_out.rules, "rule");
        writeln!(out, "# {rules} with further questions left out; `--limit` shows more")?;
    }
    if left_out.entries > 0 {
        let entries = count(left_out.entries, "smaller entry").replace("entrys", "entries");
        writeln!(out, "# {entries} left out; `--limit` shows more")?;
    }
    if found.proposals.is_empty() {
        let none = if left_out.entries == 0 { ": no two of these messages are alike" } else { "" };
        return writeln!(out, "# no entry to propose{none}");
    }
    writeln!(out, "#\n# Proposed entries: write their answers, and take out what does not belong there.")?;
    let language = found.proposals[0].questions.first().map_or("en", |(language, _)| language);
    writeln!(out, "jawab: 1\nlanguage: {language}\n\nfaq:")?;
    found.proposals.iter().try_for_each(|proposal| entry(out, proposal))
}

fn further(out: &mut impl Write, rule: &FurtherQuestions) -> io::Result<()> {
    writeln!(out, "#\n# Further questions for {}, {}:", rule.rule, count(rule.messages, "message"))?;
    rule.questions.iter().try_for_each(|question| {
        let text = escaped(&serde_json::to_string(&question.text)?);
        let language =
            question.language.as_deref().map(|language| format!("{language}, ")).unwrap_or_default();
        let times =
            if question.messages > 1 { format!("{} times, ", question.messages) } else { String::new() };
        writeln!(out, "#   - {text}  # {language}{times}confidence {:.2}", question.confidence)
    })
}

fn entry(out: &mut impl Write, proposal: &Proposal) -> io::Result<()> {
    let (messages, wordings) = (count(proposal.messages, "message"), count(proposal.wordings, "wording"));
    let near = proposal.nearest.as_ref().map(|rule| format!("; nearest rule: {rule}")).unwrap_or_default();
    writeln!(out, "  # {messages} in {wordings}{near}")?;
    // Questions stand in double quotes, where YAML reads escapes.
    proposal.yaml.lines().try_for_each(|line| writeln!(out, "{}", escaped(line)))
}
