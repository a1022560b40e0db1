//! The room as a whole, from text to rule set.

mod pages;
