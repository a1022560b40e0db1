use super::folds::FOLDS;
use crate::error::Error;

/// Why nothing could be measured.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The questions cannot be split into so many parts.
    #[error("questions cannot be split into {0} parts; take {least} to {most}", least = FOLDS.0, most = FOLDS.1)]
    Folds(usize),
    /// No rule has two different questions, so that nothing can be held back.
    #[error("no rule has two different questions: nothing can be held back to try")]
    TooFewQuestions,
    /// No settings can be shown to be wrong this rarely.
    #[error(
        "{0} is no share of wrong answers that can be asked for; take more than 0 and at most 0.5, such as 0.02 for 2 %"
    )]
    MaxWrong(f64),
    /// Nothing holds with this confidence.
    #[error("{0} is no confidence; take 0.5 or more and less than 1, such as 0.95")]
    Confidence(f64),
    /// There is nothing to learn from.
    #[error("there is no labelled message")]
    NoMessages,
    /// The rules cannot be compiled.
    #[error(transparent)]
    Rules(#[from] Error),
}
