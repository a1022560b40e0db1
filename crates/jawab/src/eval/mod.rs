//! Labelled messages -> figures: how well a rule set does on messages whose right end is known.
//!
//! [`rule_tests`] runs the tests that stand beside the rules, [`scenarios`] scores scenario files. Both give plain
//! data; where a message ends elsewhere, the data says where, why, and how the decision came about.

mod ending;
mod rule_tests;
mod score;

pub use ending::{Ending, Verdict};
pub use rule_tests::{RuleTests, TestFailure, TestKind, rule_tests};
pub use score::{Figures, FileScore, Miss, Score, scenarios};
