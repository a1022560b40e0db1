//! Embedding in a support platform: one engine for all conversations, events in as JSON lines, what to do with each out.
//!
//! ```sh
//! echo '{"chat": 7, "text": "depo dr tadi blm masuk", "channel": "whatsapp", "customer": {"name": "Sari"}}' |
//!     cargo run --release --package jawab --example support_platform -- rules/support
//! ```

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use jawab::{Context, Decision, Engine, Matcher, Message};
use serde_json::{Map, Value, json};

fn main() -> ExitCode {
    let Some(rules) = std::env::args().nth(1) else {
        eprintln!("usage: support_platform RULES");
        return ExitCode::from(2);
    };
    match Engine::from_path(rules).map_err(|error| error.to_string()).and_then(|engine| serve(&engine)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// A thread of the platform: it takes a matcher of its own, which reuses its buffers.
fn serve(engine: &Engine) -> Result<(), String> {
    let mut matcher = engine.matcher();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| error.to_string())?;
        let event: Map<String, Value> = serde_json::from_str(&line).map_err(|error| error.to_string())?;
        let command = command(&mut matcher, event);
        writeln!(out, "{command}").map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// What the platform does with an event; everything in it but the text is a fact for the rules.
fn command(matcher: &mut Matcher, mut event: Map<String, Value>) -> Value {
    let text = event.remove("text").and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default();
    let chat = event.remove("chat").unwrap_or_default();
    let context = Context::from(event);
    match matcher.decide(Message::new(&text).with_context(&context)) {
        Decision::Answer(answer) => json!({"chat": chat, "send": answer.text}),
        Decision::Ask(ask) => json!({"chat": chat, "send": ask.text, "buttons": ask.options}),
        Decision::Handoff(handoff) => json!({
            "chat": chat, "send": handoff.text, "assign": handoff.team, "priority": handoff.priority,
            "due_in_seconds": handoff.respond_within, "ticket": handoff.ticket,
        }),
        Decision::Ignore(ignore) => json!({"chat": chat, "nothing": ignore.reason}),
    }
}
