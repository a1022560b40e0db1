//! A chat in the terminal.

use std::io::{self, Write};

use jawab::{Context, Conversation, Decision, Engine, Message};

use crate::ask::next_line;
use crate::failure::Failure;
use crate::reply::{View, show, why_not};
use crate::style::{DIM, GOOD};

const HELP: &str = "\
a line is a message of the customer; and:
  /explain    tell each step of the following decisions, or stop telling
  /why RULE   why the rule did not decide the last message
  /help       this
  Ctrl-D      ends the chat";

/// A conversation with the rules.
pub(crate) struct Chat {
    engine: Engine,
    conversation: Conversation,
    facts: Context,
    view: View,
    /// The last message and its decision.
    last: Option<(String, Decision)>,
}

/// What a line asks for.
#[derive(Debug, PartialEq)]
enum Line<'l> {
    Message(&'l str),
    Explain,
    Why(&'l str),
    Help,
}

impl<'l> Line<'l> {
    /// A line that begins with `/` is for the chat, all others are messages.
    fn new(line: &'l str) -> Self {
        match line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), "")) {
            ("/explain", "") => Line::Explain,
            ("/why", rule) if !rule.trim().is_empty() => Line::Why(rule.trim()),
            (command, _) if command.starts_with('/') => Line::Help,
            _ => Line::Message(line),
        }
    }
}

impl Chat {
    pub(crate) fn new(engine: Engine, facts: Context, view: View) -> Self {
        Chat { conversation: engine.conversation(facts.clone()), engine, facts, view, last: None }
    }

    /// Reads lines until the input ends.
    pub(crate) fn run(mut self) -> Result<(), Failure> {
        let mut out = anstream::stdout().lock();
        let mut input = io::stdin().lock();
        writeln!(out, "{DIM}{HELP}{DIM:#}")?;
        loop {
            write!(out, "{GOOD}>{GOOD:#} ")?;
            out.flush()?;
            let Some(line) = next_line(&mut input)? else { break };
            self.line(&mut out, &line)?;
        }
        Ok(writeln!(out)?)
    }

    fn line(&mut self, out: &mut impl Write, line: &str) -> Result<(), Failure> {
        match Line::new(line) {
            Line::Message(text) => self.message(out, text),
            Line::Explain => self.toggle(out),
            Line::Why(rule) => self.why(out, rule),
            Line::Help => Ok(writeln!(out, "{DIM}{HELP}{DIM:#}")?),
        }
    }

    /// Decides a message in the conversation.
    fn message(&mut self, out: &mut impl Write, text: &str) -> Result<(), Failure> {
        let explanation = self.conversation.explain(text);
        show(out, &explanation, &self.view)?;
        self.last = Some((text.to_owned(), explanation.decision));
        Ok(())
    }

    fn toggle(&mut self, out: &mut impl Write) -> Result<(), Failure> {
        self.view.explain = !self.view.explain;
        let state = if self.view.explain { "on" } else { "off" };
        Ok(writeln!(out, "{DIM}explanations are {state}{DIM:#}")?)
    }

    /// A rule that is not there is told, and the chat goes on.
    fn why(&self, out: &mut impl Write, rule: &str) -> Result<(), Failure> {
        let Some((text, decision)) = &self.last else {
            return Ok(writeln!(out, "{DIM}there is no message yet{DIM:#}")?);
        };
        let message = Message::new(text).with_context(&self.facts);
        match why_not(out, &self.engine, message, rule, decision, self.view.json) {
            Err(Failure::Told { message, .. }) => Ok(writeln!(out, "{DIM}{message}{DIM:#}")?),
            done => done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_with_a_slash_are_for_the_chat() {
        let cases = [
            ("gmn cara depo", Line::Message("gmn cara depo")),
            (" /explain ", Line::Explain),
            ("/why  deposit-how ", Line::Why("deposit-how")),
            ("/why", Line::Help),
            ("/quit", Line::Help),
            ("", Line::Message("")),
        ];
        for (line, expected) in cases {
            assert_eq!(Line::new(line), expected, "{line}");
        }
    }
}
