use std::io::{self, BufRead, BufReader, Read, Write};

use super::kind::Kind;
use super::mask::{Found, Masker};

/// How much of a line is looked at together.
const WINDOW: usize = 64 * 1024;
/// What is looked at again with what follows: more than any secret with the words around it.
const OVERLAP: usize = 2 * 1024;

/// What [`redact`] has replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Redaction {
    /// What it was.
    pub kind: Kind,
    /// The line it stands in, from 1.
    pub line: u64,
    /// Its bytes in the input: first and after the last.
    pub span: (u64, u64),
}

/// Copies a stream of text with everything masked that must not be shown; all else comes out byte for byte, bytes that
/// are no UTF-8 too. `report` is told of everything that was replaced, in order.
///
/// A line comes out as soon as it has come in. A secret may stand on another line than its word. Of a longer line,
/// 64 KiB are looked at together, so that memory stays bounded; what must not be shown and is longer goes on to the next
/// white space or `"`.
///
/// # Errors
///
/// What the input or the output fails with.
///
/// ```
/// use jawab::privacy::{Masker, redact};
/// let mut output = Vec::new();
/// redact(&Masker::default(), &b"password:\nKucing99\n\xff ok\n"[..], &mut output, |_| ())?;
/// assert_eq!(output, b"password:\n[password]\n\xff ok\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn redact(
    masker: &Masker,
    input: impl Read,
    output: impl Write,
    report: impl FnMut(Redaction),
) -> io::Result<()> {
    Redactor { masker, output, report, window: Vec::new(), lead: 0, passed: 0, line: 1, open: None }
        .all(input)
}

struct Redactor<'m, W, R> {
    masker: &'m Masker,
    output: W,
    report: R,
    /// What has come out and still tells about what follows, then what has not come out.
    window: Vec<u8>,
    /// How many bytes of the window have come out.
    lead: usize,
    /// How many bytes came in before the window.
    passed: u64,
    line: u64,
    /// What was masked before its end had come in.
    open: Option<Redaction>,
}

impl<W: Write, R: FnMut(Redaction)> Redactor<'_, W, R> {
    fn all(mut self, input: impl Read) -> io::Result<()> {
        let mut input = BufReader::with_capacity(WINDOW, input);
        loop {
            let room = (self.lead + WINDOW - self.window.len()) as u64;
            let read = input.by_ref().take(room).read_until(b'\n', &mut self.window)?;
            self.close(read == 0);
            let whole = read == 0 || self.window.ends_with(b"\n");
            if whole || self.window.len() >= self.lead + WINDOW {
                self.pass(whole)?;
            }
            if whole && !input.buffer().contains(&b'\n') {
                self.output.flush()?;
            }
            if read == 0 {
                return Ok(());
            }
        }
    }

    /// Writes the window out: whole at the end of a line, else up to where what follows cannot change what is masked. The
    /// `pin` at the end of a window stays in it, for the next bytes may hold the number.
    fn pass(&mut self, whole: bool) -> io::Result<()> {
        let text = readable(&self.window);
        let mut found = self.masker.find(&text);
        found.retain(|found| found.span.0 >= self.lead);
        let mut end = self.window.len();
        if !whole {
            end = boundary(&text, end - OVERLAP);
            end = match found.iter().find(|found| found.span.0 < end && end < found.span.1) {
                Some(cut) if cut.span.0 > self.lead => cut.span.0,
                // Nothing would come out: there is no room for more of it.
                Some(&long) if long.span.1 == text.len() => return self.mask_open(long),
                Some(long) => long.span.1,
                None => end,
            };
            found.retain(|found| found.span.1 <= end);
        }
        self.write(&found, end)?;
        self.forget(&text, end);
        Ok(())
    }

    /// Masks what fills the window and may go on; in the window, its mask stands for it.
    fn mask_open(&mut self, found: Found) -> io::Result<()> {
        let (mask, end) = (found.kind.mask().as_bytes(), self.passed + self.window.len() as u64);
        self.output.write_all(mask)?;
        let span = (self.passed + found.span.0 as u64, end);
        self.open = Some(Redaction { kind: found.kind, line: self.line, span });
        self.window.truncate(found.span.0);
        self.window.extend_from_slice(mask);
        self.lead = self.window.len();
        self.passed = end - self.lead as u64;
        Ok(())
    }

    /// Leaves out what still belongs to what was masked before its end.
    fn close(&mut self, ended: bool) {
        let Some(mut open) = self.open.take() else { return };
        let rest = self.window.split_off(self.lead);
        let end = rest.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'"');
        let (hidden, behind) = rest.split_at(end.unwrap_or(rest.len()));
        self.window.extend_from_slice(behind);
        self.passed += hidden.len() as u64;
        open.span.1 += hidden.len() as u64;
        match end {
            None if !ended => self.open = Some(open),
            _ => (self.report)(open),
        }
    }

    fn write(&mut self, found: &[Found], end: usize) -> io::Result<()> {
        let mut at = self.lead;
        for found in found {
            self.copy(at, found.span.0)?;
            self.output.write_all(found.kind.mask().as_bytes())?;
            let span = (self.passed + found.span.0 as u64, self.passed + found.span.1 as u64);
            (self.report)(Redaction { kind: found.kind, line: self.line, span });
            at = found.span.1;
        }
        self.copy(at, end)
    }

    fn copy(&mut self, from: usize, to: usize) -> io::Result<()> {
        let part = self.window.get(from..to).unwrap_or_default();
        // What is let out at once has no end of a line but at its own end.
        self.line += u64::from(part.ends_with(b"\n"));
        self.output.write_all(part)
    }

    /// Forgets what came out, but for what still tells about what follows.
    fn forget(&mut self, text: &str, end: usize) {
        let from = boundary(text, end.saturating_sub(OVERLAP));
        self.window.drain(..from);
        self.passed += from as u64;
        self.lead = end - from;
    }
}

/// The bytes as text of the same length: a control character for each byte that is no UTF-8.
fn readable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '\u{1a}'));
    }
    text
}

/// A place between characters at or before the given one, behind white space where there is some near.
fn boundary(text: &str, at: usize) -> usize {
    let near = at.saturating_sub(OVERLAP / 2);
    let bytes = text.as_bytes();
    let white = (near..at).rev().find(|&place| bytes[place].is_ascii_whitespace());
    let between = (0..=at).rev().find(|&place| text.is_char_boundary(place)).unwrap_or(0);
    white.map_or(between, |white| white + 1)
}
