//! Recognises the questions of a rule set in any wording, and knows when it does not.
//!
//! A message becomes a vector of words, words in a row, pairs of words, pieces of words and what words mean; a linear classifier
//! learned from the questions scores every rule; a calibration turns the best rule's score and share, how much of
//! the message is known, and whether just one of message and nearest question is negated, into the chance that the guess is
//! right. Everything is learned when the rules are loaded, from the questions alone, to the same bytes on every machine.

mod calibration;
mod contrast;
mod corpus;
mod entry_index;
mod explain;
mod features;
mod gram;
mod ids;
mod insides;
mod lanes;
mod math;
mod meaning_ids;
mod mend;
mod model;
mod questions;
mod reading;
mod scores;
mod softmax;
mod stored;
#[cfg(test)]
mod tests;
mod train;
mod validate;
mod vectors;
mod vocabulary;
mod weights;
mod wording;

pub(crate) use explain::Part;
pub(crate) use model::{Guess, Model, NearestOf, Scratch, Trainer};
pub(crate) use stored::ModelRows;
