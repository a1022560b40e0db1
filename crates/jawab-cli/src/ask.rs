//! `jawab ask`: one message, a message a line, or a chat.

use std::io::{self, BufRead, IsTerminal, Read};

use jawab::{Context, Engine};

use crate::args::Ask;
use crate::chat::Chat;
use crate::failure::{Exit, Failure};
use crate::load;
use crate::reply::{View, reply};

/// Longest line that is read whole; the engine hands off far shorter ones as too long.
const LINE_BYTES: u64 = 1024 * 1024;

pub(crate) fn run(args: &Ask) -> Result<Exit, Failure> {
    let engine = load::engine(&args.rules)?;
    let view = View { json: args.json, explain: args.explain, why_not: args.why_not.clone() };
    let facts = args.facts();
    if !args.message.is_empty() {
        reply(&mut anstream::stdout().lock(), &engine, &args.message.join(" "), &facts, &view)?;
    } else if io::stdin().is_terminal() {
        Chat::new(engine, facts, view).run()?;
    } else {
        lines(&engine, &facts, &view)?;
    }
    Ok(Exit::Clean)
}

fn lines(engine: &Engine, facts: &Context, view: &View) -> Result<(), Failure> {
    let (mut stdin, mut out) = (io::stdin().lock(), anstream::stdout().lock());
    while let Some(line) = next_line(&mut stdin)? {
        reply(&mut out, engine, &line, facts, view)?;
    }
    Ok(())
}

/// The next line without its end; what is no UTF-8 is replaced, what is beyond the limit is dropped.
pub(crate) fn next_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    if input.by_ref().take(LINE_BYTES).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() as u64 == LINE_BYTES && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    let text = String::from_utf8_lossy(&line);
    Ok(Some(text.trim_end_matches(['\n', '\r']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_without_their_ends_and_long_ones_do_not_spill_into_the_next() {
        let long = "x".repeat(LINE_BYTES as usize + 10);
        let mut input = io::Cursor::new(format!("one\r\n\n{long}\nlast"));
        let mut next = || next_line(&mut input).unwrap();
        assert_eq!(next().as_deref(), Some("one"));
        assert_eq!(next().as_deref(), Some(""));
        assert_eq!(next().map(|line| line.len()), Some(LINE_BYTES as usize));
        assert_eq!(next().as_deref(), Some("last"));
        assert_eq!(next(), None);
    }
}
