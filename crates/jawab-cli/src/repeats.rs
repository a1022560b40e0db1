//! The warning of messages that promise nothing for others.

use std::io::{self, Write};

use jawab::eval::Repeats;

use crate::style::{HELP, NOTE};

/// Warns where most of the messages – `told`, such as "3 messages" – are questions of the rules or copies of others.
pub(crate) fn warn(repeats: &Repeats, told: &str) -> io::Result<()> {
    if !repeats.are_most() {
        return Ok(());
    }
    let Repeats { own_questions, copies, .. } = *repeats;
    writeln!(
        anstream::stderr(),
        "{NOTE}warning{NOTE:#}: of {told}, {own_questions} are questions of the rules and {copies} are copies of others: \
         these figures promise nothing for what customers will write\n\
         {HELP}help{HELP:#}: take messages as customers wrote them, none of them from the rules"
    )
}
