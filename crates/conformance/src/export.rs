//! The suite as one flat file, for bindings that have no reader of their own.

use std::io::{self, Write};

use serde_json::Value;

use crate::expected::Expected;
use crate::reader::Suite;
use crate::step::{Action, Facts, Step};

/// Writes all cases: a line for each thing to do, with its arguments as netstrings. See the README of this crate.
///
/// # Errors
/// Where nothing can be written, or a case whose results are not kept fails in Rust.
pub fn export(suite: &Suite, expected: &Expected, out: &mut impl Write) -> io::Result<()> {
    for case in &suite.cases {
        record(out, "case", &[case.name.as_bytes()])?;
        let run = || case.run().map_err(io::Error::other);
        let lines = if case.is_kept { expected.lines(&case.name).to_vec() } else { run()? };
        let mut lines = lines.iter();
        for step in &case.steps {
            write_step(step, &mut lines, out)?;
        }
    }
    record(out, "end", &[suite.cases.len().to_string().as_bytes()])
}

fn write_step<'l>(
    step: &Step,
    lines: &mut impl Iterator<Item = &'l String>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut result = || lines.next().map_or("", String::as_str).as_bytes().to_vec();
    let number = |value: &Option<f64>| value.map_or(String::new(), |value| value.to_string()).into_bytes();
    let path = |path: &Option<String>| path.clone().unwrap_or_default().into_bytes();
    let (verb, arguments): (&str, Vec<Vec<u8>>) = match &step.action {
        Action::Source(name, bytes) => ("source", vec![name.clone().into_bytes(), bytes.clone()]),
        Action::Limits(limits) => ("limits", vec![facts(&Some(limits.clone()))]),
        Action::Load(from) => ("load", vec![path(from), result()]),
        Action::Refuse(from) => ("refuse", vec![path(from), result()]),
        Action::Settings(threshold, margin, clarify) => {
            let clarify = clarify.map_or(String::new(), |clarify| u8::from(clarify).to_string());
            ("settings", vec![number(threshold), number(margin), clarify.into_bytes()])
        }
        Action::Decide(text, context) => ("decide", vec![text.clone().into(), facts(context), result()]),
        Action::Explain(text, context) => ("explain", vec![text.clone().into(), facts(context), result()]),
        Action::WhyNot(text, context, rule) => {
            ("why-not", vec![text.clone().into(), facts(context), rule.clone().into(), result()])
        }
        Action::RuleTests => ("rule-tests", vec![result()]),
        Action::Score => ("score", vec![result()]),
        Action::Evaluate(labelled) => {
            let each = labelled.iter().flat_map(|(text, intent, context)| {
                [text.clone().into(), intent.clone().unwrap_or_default().into(), facts(context)]
            });
            ("evaluate", std::iter::once(result()).chain(each).collect())
        }
        Action::Converse(context) => ("converse", vec![facts(context)]),
        Action::Turn(messages) => {
            let each = messages.iter().flat_map(|(text, context)| [text.clone().into(), facts(context)]);
            ("turn", std::iter::once(result()).chain(each).collect())
        }
        Action::Save => ("save", vec![result()]),
        Action::Resume(state) => ("resume", vec![path(state)]),
        Action::RefuseState(state) => {
            let message: String = serde_json::from_slice(&result())?;
            ("refuse-state", vec![state.clone().into(), message.into()])
        }
    };
    record(out, verb, &arguments)
}

fn facts(facts: &Facts) -> Vec<u8> {
    facts.as_ref().map_or_else(Vec::new, |facts| Value::Object(facts.clone()).to_string().into_bytes())
}

/// `verb 3:abc,2:de,` and a line end.
fn record(out: &mut impl Write, verb: &str, arguments: &[impl AsRef<[u8]>]) -> io::Result<()> {
    write!(out, "{verb} ")?;
    for argument in arguments {
        let bytes = argument.as_ref();
        write!(out, "{}:", bytes.len())?;
        out.write_all(bytes)?;
        out.write_all(b",")?;
    }
    out.write_all(b"\n")
}
