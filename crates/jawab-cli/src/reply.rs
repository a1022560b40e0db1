//! One message and what the rules say to it, printed.

use std::io::{self, Write};

use jawab::eval::{Labelled, unknown_intents};
use jawab::{Context, Decision, Engine, Explanation, Handoff, Message};

use crate::failure::Failure;
use crate::screen::folded;
use crate::style::{DIM, NOTE, duration, escaped};

/// What to print for each message.
#[derive(Debug, Clone)]
pub(crate) struct View {
    pub(crate) json: bool,
    pub(crate) explain: bool,
    pub(crate) why_not: Option<String>,
}

/// Decides a message and prints what the view asks for.
pub(crate) fn reply(
    out: &mut impl Write,
    engine: &Engine,
    text: &str,
    facts: &Context,
    view: &View,
) -> Result<Decision, Failure> {
    if let Some(rule) = view.why_not.as_deref().filter(|rule| !is_known(engine, rule)) {
        return Err(unknown(engine, rule));
    }
    let message = Message::new(text).with_context(facts);
    let explanation = engine.explain(message);
    show(out, &explanation, view)?;
    if let Some(rule) = &view.why_not {
        why_not(out, engine, message, rule, &explanation.decision, view.json)?;
    }
    Ok(explanation.decision)
}

/// Prints a decision, explained where the view asks for it.
pub(crate) fn show(out: &mut impl Write, explanation: &Explanation, view: &View) -> io::Result<()> {
    if view.json { json(out, explanation, view.explain) } else { said(out, explanation, view.explain) }
}

fn json(out: &mut impl Write, explanation: &Explanation, explain: bool) -> io::Result<()> {
    if explain {
        return writeln!(out, "{}", serde_json::to_string(explanation)?);
    }
    writeln!(out, "{}", explanation.decision.to_json())
}

fn said(out: &mut impl Write, explanation: &Explanation, explain: bool) -> io::Result<()> {
    if let Some(text) = explanation.decision.text() {
        text.lines().try_for_each(|line| writeln!(out, "{}", escaped(line)))?;
    }
    match &explanation.decision {
        Decision::Handoff(handoff) => {
            writeln!(out, "{NOTE}{}{NOTE:#}", folded(&format!("→ {}", route(handoff)), 2))?;
        }
        Decision::Ignore(ignore) => writeln!(out, "{DIM}(ignored: {}){DIM:#}", ignore.reason)?,
        Decision::Answer(_) | Decision::Ask(_) => {}
    }
    if explain {
        writeln!(out)?;
        let steps = explanation.to_string();
        steps.lines().try_for_each(|line| writeln!(out, "{DIM}{}{DIM:#}", folded(&escaped(line), 12)))?;
    }
    Ok(())
}

/// `handoff to finance: payment-not-credited, priority high, respond within 1m, update every 5m`.
fn route(handoff: &Handoff) -> String {
    let team = handoff.team.as_deref().unwrap_or("a person");
    let level = (handoff.level > 1).then(|| format!("level {}", handoff.level));
    let times = [
        ("respond within", handoff.respond_within),
        ("update every", handoff.update_every),
        ("resolve within", handoff.resolve_within),
    ];
    let times = times.iter().filter_map(|(what, time)| time.map(|time| format!("{what} {}", duration(time))));
    let priority = format!("priority {}", handoff.priority.as_str());
    let parts = [handoff.reason.to_string(), priority].into_iter().chain(level).chain(times);
    format!("handoff to {team}: {}", parts.collect::<Vec<_>>().join(", "))
}

/// Prints why the rule did not decide the message.
pub(crate) fn why_not(
    out: &mut impl Write,
    engine: &Engine,
    message: Message,
    rule: &str,
    decision: &Decision,
    json: bool,
) -> Result<(), Failure> {
    match engine.why_not(message, rule) {
        Some(why) if json => writeln!(out, "{}", serde_json::to_string(&why)?)?,
        Some(why) => {
            let why = format!("why not {rule}: {}", escaped(&why.text));
            writeln!(out, "{DIM}{}{DIM:#}", folded(&why, 2))?;
        }
        None if !is_known(engine, rule) => return Err(unknown(engine, rule)),
        None if decision.rule() != Some(rule) => {
            writeln!(out, "{DIM}{}{DIM:#}", folded(&in_conversation(rule, decision), 2))?;
        }
        None if json => writeln!(out, "null")?,
        None => writeln!(out, "{DIM}{rule} decided this message{DIM:#}")?,
    }
    Ok(())
}

/// Why a rule that would decide the message alone did not decide it in the conversation.
fn in_conversation(rule: &str, decision: &Decision) -> String {
    let reason = decision.reason().map(|reason| format!(", {reason}")).unwrap_or_default();
    let decided = decision.rule().map(|rule| format!(" by {rule}")).unwrap_or_default();
    let action = decision.action();
    format!(
        "why not {rule}: it decides this message alone; in the conversation it was {action}{decided}{reason}"
    )
}

fn is_known(engine: &Engine, rule: &str) -> bool {
    engine.rules().rules().iter().any(|known| *known.id == *rule)
}

fn unknown(engine: &Engine, rule: &str) -> Failure {
    let wanted = [Labelled::new("", Some(rule))];
    let near = unknown_intents(engine.rules(), &wanted).into_iter().find_map(|unknown| unknown.did_you_mean);
    let help = near.map_or_else(
        || "give the id of an entry of `faq` or `intents`".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Failure::helped(format!("the rule set has no rule `{rule}`"), help)
}
