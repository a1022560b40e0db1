//! The command as its users meet it: arguments and input in; output, messages and exit code out.

mod ask;
mod check;
mod decide;
mod new;
mod run;
mod test;
