//! `jawab decide`: many messages, one decision a line.

pub(crate) mod line;
mod reader;
mod unique;

use std::io::{self, Write};
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};
use jawab::{Engine, Matcher};

use crate::args::Decide;
use crate::data;
use crate::failure::{Exit, Failure};
use crate::load;
use crate::style::{HELP, NOTE, count};
use line::{Decided, Form, decided};
use reader::{Lines, RawLine};

pub(crate) fn run(args: &Decide) -> Result<Exit, Failure> {
    let engine = load::engine(&args.rules)?;
    let form = if args.plain { Form::Plain } else { Form::Json };
    let mut run = Run::new(&engine, threads(args.threads), form);
    if let Some(path) = &args.input {
        let file = data::open(path)?;
        run.bar = progress(file.metadata().map(|data| data.len()).ok());
        run.all(&mut Lines::new(file))?;
    } else {
        run.bar = progress(None);
        run.all(&mut Lines::new(io::stdin().lock()))?;
    }
    run.finish()
}

fn threads(wanted: Option<u16>) -> usize {
    let available = || thread::available_parallelism().map_or(1, usize::from);
    wanted.map_or_else(available, usize::from)
}

/// A bar on standard error, drawn only where that is a terminal and the decisions go elsewhere.
fn progress(bytes: Option<u64>) -> ProgressBar {
    if io::IsTerminal::is_terminal(&io::stdout()) {
        return ProgressBar::hidden();
    }
    let (bar, template) = match bytes {
        Some(bytes) => (ProgressBar::new(bytes), "{bar:40} {percent:>3} % {msg} {eta} left"),
        None => (ProgressBar::new_spinner(), "{spinner} {msg} {elapsed}"),
    };
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Decides batch after batch: what is in memory does not grow with the input.
struct Run {
    matchers: Vec<Matcher>,
    form: Form,
    bar: ProgressBar,
    lines: usize,
    unread: usize,
}

impl Run {
    fn new(engine: &Engine, threads: usize, form: Form) -> Self {
        let matchers = (0..threads).map(|_| engine.matcher()).collect();
        Run { matchers, form, bar: ProgressBar::hidden(), lines: 0, unread: 0 }
    }

    fn all(&mut self, input: &mut Lines<impl io::Read>) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let mut batch = Vec::new();
        while input.next_batch(&mut batch)? {
            for decided in self.batch(&batch) {
                self.unread += usize::from(decided.unread);
                out.write_all(decided.json.as_bytes())?;
            }
            out.flush()?;
            self.lines += batch.len();
            self.bar.set_message(count(self.lines, "line"));
            self.bar.set_position(input.bytes_read());
        }
        Ok(())
    }

    /// The decisions of a batch, in its order.
    fn batch(&mut self, batch: &[RawLine]) -> Vec<Decided> {
        let (share, form) = (batch.len().div_ceil(self.matchers.len()).max(1), self.form);
        let parts = self.matchers.iter_mut().zip(batch.chunks(share));
        thread::scope(|scope| {
            let running: Vec<_> =
                parts.map(|(matcher, part)| scope.spawn(move || each(matcher, part, form))).collect();
            running.into_iter().flat_map(joined).collect()
        })
    }

    fn finish(&self) -> Result<Exit, Failure> {
        self.bar.finish_and_clear();
        if self.unread > 0 {
            let (lines, unread) = (count(self.lines, "line"), self.unread);
            writeln!(anstream::stderr(), "{NOTE}warning{NOTE:#}: {unread} of {lines} could not be read")?;
            if matches!(self.form, Form::Json) && unread == self.lines {
                let help = "where each line is the message itself, add `--plain`";
                writeln!(anstream::stderr(), "{HELP}help{HELP:#}: {help}")?;
            }
        }
        Ok(Exit::problems_if(self.unread > 0))
    }
}

fn each(matcher: &mut Matcher, lines: &[RawLine], form: Form) -> Vec<Decided> {
    lines.iter().map(|line| decided(matcher, line, form)).collect()
}

/// A panic of a thread is one of the whole.
fn joined<T>(thread: thread::ScopedJoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
