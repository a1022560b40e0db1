//! Scores as shares of one.

use super::math::{highest, quick_exp};

/// How steeply a lead in score becomes a larger share.
const SHARPNESS: f32 = 5.0;

/// Scores of the classes with what their shares need.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shares {
    top: f32,
    total: f32,
}

impl Shares {
    /// Shares of the classes; one that is not there has the score `f32::MIN`.
    pub(super) fn of(scores: &[f32]) -> Self {
        let top = highest(scores);
        let mut sums = [0.0; 8];
        let (chunks, rest) = scores.as_chunks::<8>();
        for chunk in chunks {
            for (sum, &score) in sums.iter_mut().zip(chunk) {
                *sum += power(score, top);
            }
        }
        let rest = rest.iter().map(|&score| power(score, top));
        Shares { top, total: sums.into_iter().chain(rest).sum() }
    }

    /// Share of a class with a score.
    pub(super) fn share(self, score: f32) -> f64 {
        if self.total > 0.0 { f64::from(power(score, self.top) / self.total).min(1.0) } else { 0.0 }
    }
}

fn power(score: f32, top: f32) -> f32 {
    quick_exp(SHARPNESS * (score - top))
}
