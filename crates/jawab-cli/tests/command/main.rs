//! The command as its users meet it: arguments and input in; output, messages and exit code out.

mod ask;
mod bench;
mod check;
mod compile;
mod decide;
mod diff;
mod eval;
mod new;
mod output;
#[path = "../../../jawab/tests/common/random.rs"]
mod random;
mod redact;
mod report;
mod run;
mod screen;
mod suggest;
mod terminal;
mod test;
mod tune;
