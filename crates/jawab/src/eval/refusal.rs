use super::folds::FOLDS;
use crate::error::Error;

/// Why nothing could be measured.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The questions cannot be split into so many parts.
    #[error("{0} is no number of parts to split the questions into; take {least} to {most}", least = FOLDS.0, most = FOLDS.1)]
    Folds(usize),
    /// No rule has two different questions, so that nothing can be held back.
    #[error("no rule has two different questions: nothing can be held back to try")]
    TooFewQuestions,
    /// The rules cannot be compiled.
    #[error(transparent)]
    Rules(#[from] Error),
}
