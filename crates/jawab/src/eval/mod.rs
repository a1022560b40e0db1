//! Labelled messages -> figures: how well a rule set does on messages whose right end is known.
//!
//! [`rule_tests`] runs the tests that stand beside the rules, [`scenarios`] scores scenario files, [`evaluate`] tells
//! all figures of labelled messages and [`cross_validate`] those of the set's own questions. All give plain data;
//! where a message ends elsewhere, the data says where, why, and how the decision came about.

mod cluster;
mod conversations;
mod curve;
mod difference;
mod ending;
mod evaluation;
mod folds;
mod judged;
mod judgement;
mod labelled;
mod naming;
mod proportion;
mod proposal;
mod refusal;
mod reliability;
mod repeats;
mod rule_tests;
mod score;
mod suggest;
#[cfg(test)]
mod tests;
mod tune;

pub use conversations::{ConversationTests, TurnFailure, conversations};
pub use curve::{AccuracyAmong, CoverageAt, RiskAt};
pub use difference::{Change, ChangeGroup, ChangedDetail, ChangedEnding, ChangedMessage, Difference, diff};
pub use ending::{Ending, Verdict};
pub use evaluation::{Confusion, Evaluation, Mistake, RuleFigures, evaluate};
pub use folds::{CrossValidation, Fold, cross_validate};
pub use judgement::{Judgement, judgements};
pub use labelled::{Labelled, UnknownIntent, unknown_intents};
pub use proportion::Proportion;
pub use proposal::Proposal;
pub use refusal::Refusal;
pub use reliability::Bin;
pub use repeats::{Repeats, repeats};
pub use rule_tests::{RuleTests, TestFailure, TestKind, rule_tests};
pub use score::{Figures, FileScore, Miss, Score, scenarios};
pub use suggest::{FurtherQuestions, NearMessage, Suggestions, suggest};
pub use tune::{Operation, Tuning, tune};
