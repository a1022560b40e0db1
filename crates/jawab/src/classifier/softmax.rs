//! Scores as shares of one.

use super::math::exp;

/// How steeply a lead in score becomes a larger share.
const SHARPNESS: f64 = 5.0;
/// Scores that lie lower than the best by this have no share worth a computation.
const TAIL: f32 = 2.5;

/// Scores of the classes with what their shares need.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shares {
    top: f32,
    total: f64,
}

impl Shares {
    /// Shares of the classes that `present` tells.
    pub(super) fn of(scores: &[f32], present: impl Fn(usize) -> bool) -> Self {
        let there =
            || scores.iter().enumerate().filter(|(class, _)| present(*class)).map(|(_, &score)| score);
        let top = there().fold(f32::MIN, f32::max);
        let near = there().filter(|&score| score > top - TAIL);
        Shares { top, total: near.fold(0.0, |total, score| total + power(score, top)) }
    }

    /// Share of a class with a score.
    pub(super) fn share(&self, score: f32) -> f64 {
        if self.total > 0.0 { (power(score, self.top) / self.total).min(1.0) } else { 0.0 }
    }
}

fn power(score: f32, top: f32) -> f64 {
    exp(SHARPNESS * f64::from(score - top))
}
