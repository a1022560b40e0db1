use serde::Serialize;

use super::judged::Judged;
use crate::decision::rounded;

/// Messages whose confidence lies in one range.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Bin {
    /// Least confidence; the next bin's least is one tenth more and belongs to that one.
    pub from: f64,
    /// How many messages.
    pub messages: usize,
    /// Their mean confidence; none of no messages.
    pub confidence: Option<f64>,
    /// The share of them whose best candidate is right; none of no messages.
    pub accuracy: Option<f64>,
}

/// Bins of equal width, as most publications have them.
const BINS: usize = 10;

#[derive(Clone, Copy, Default)]
struct Sum {
    messages: usize,
    confidence: f64,
    right: usize,
}

fn sums(judged: &[Judged]) -> [Sum; BINS] {
    let mut sums = [Sum::default(); BINS];
    for message in judged {
        let sum = &mut sums[((message.confidence * BINS as f64) as usize).min(BINS - 1)];
        sum.messages += 1;
        sum.confidence += message.confidence;
        sum.right += usize::from(message.is_best_right());
    }
    sums
}

pub(super) fn reliability(judged: &[Judged]) -> Vec<Bin> {
    let bin = |(at, sum): (usize, &Sum)| {
        let mean = |total: f64| (sum.messages > 0).then(|| rounded(total / sum.messages as f64));
        Bin {
            from: rounded(at as f64 / BINS as f64),
            messages: sum.messages,
            confidence: mean(sum.confidence),
            accuracy: mean(sum.right as f64),
        }
    };
    sums(judged).iter().enumerate().map(bin).collect()
}

/// The mean over messages of how far the accuracy of their bin is from its confidence.
pub(super) fn calibration_error(judged: &[Judged]) -> Option<f64> {
    let apart: f64 = sums(judged).iter().map(|sum| (sum.confidence - sum.right as f64).abs()).sum();
    (!judged.is_empty()).then(|| rounded(apart / judged.len() as f64))
}
