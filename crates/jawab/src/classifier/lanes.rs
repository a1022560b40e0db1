//! What is computed for all classes alike, with the widest instructions that the processor has.

#![expect(
    clippy::inline_always,
    reason = "what is inside a dispatch is compiled anew for each set of instructions"
)]

use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};

/// Numbers that are computed at once; rows are rounded up to whole of these, so that none are left over.
pub(super) const LANES: usize = 16;

/// Computes with rows of weights and scores. All processors give the same bits: a lane adds up one class, in one
/// order, and a product is rounded before it is added.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lanes(Level);

impl Lanes {
    pub(super) fn new() -> Self {
        Lanes(Level::new())
    }

    /// Adds rows, each given by its start in `dense`, times their values.
    #[inline(never)]
    pub(super) fn add<T: Copy + Into<f32>>(self, dense: &[T], rows: &[(u32, f32)], scores: &mut [f32]) {
        dispatch!(self.0, simd => add_rows(simd, dense, rows, scores));
    }

    /// The highest of every eighth score from each of the first eight on; `f32::MIN` where there is none.
    pub(super) fn tops(self, scores: &[f32]) -> [f32; 8] {
        dispatch!(self.0, simd => tops(simd, scores))
    }

    /// Appends the scores above the level, each with its class; the first score is that of class `first`.
    pub(super) fn above(self, level: f32, scores: &[f32], first: u32, found: &mut Vec<(f32, u32)>) {
        dispatch!(self.0, simd => above(simd, level, scores, first, found));
    }

    /// Appends the numbers times `steps`, at most 127, as the nearest bytes.
    pub(super) fn round(self, numbers: &[f32], steps: f32, bytes: &mut Vec<i8>) {
        let start = bytes.len();
        bytes.resize(start + numbers.len(), 0);
        dispatch!(self.0, simd => round(simd, numbers, steps, &mut bytes[start..]));
    }
}

/// Four at once: each is read in one go, and the scores are touched less often.
#[inline(always)]
fn add_rows<S: Simd, T: Copy + Into<f32>>(_: S, dense: &[T], rows: &[(u32, f32)], scores: &mut [f32]) {
    let width = scores.len();
    let row = |start: u32| dense.get(start as usize..start as usize + width).unwrap_or_default();
    let (fours, rest) = rows.as_chunks::<4>();
    for &[(a, by_a), (b, by_b), (c, by_c), (d, by_d)] in fours {
        let others = row(b).iter().zip(row(c)).zip(row(d));
        for ((score, &a), ((&b, &c), &d)) in scores.iter_mut().zip(row(a)).zip(others) {
            *score += (a.into() * by_a + b.into() * by_b) + (c.into() * by_c + d.into() * by_d);
        }
    }
    for &(start, value) in rest {
        for (score, &weight) in scores.iter_mut().zip(row(start)) {
            *score += weight.into() * value;
        }
    }
}

#[inline(always)]
fn above<S: Simd>(simd: S, level: f32, scores: &[f32], first: u32, found: &mut Vec<(f32, u32)>) {
    let (chunks, rest) = scores.as_chunks::<8>();
    for (chunk, first) in chunks.iter().zip((first..).step_by(8)) {
        let mut higher = f32x8::from_slice(simd, chunk).simd_gt(level).to_bitmask();
        while higher != 0 {
            let lane = higher.trailing_zeros();
            found.push((chunk[lane as usize % 8], first + lane));
            higher &= higher - 1;
        }
    }
    let rest = rest.iter().copied().zip(first + 8 * chunks.len() as u32..);
    found.extend(rest.filter(|score| score.0 > level));
}

#[inline(always)]
fn tops<S: Simd>(simd: S, scores: &[f32]) -> [f32; 8] {
    let (chunks, rest) = scores.as_chunks::<8>();
    let mut highest = f32x8::splat(simd, f32::MIN);
    for chunk in chunks {
        highest = highest.max(f32x8::from_slice(simd, chunk));
    }
    let mut tops = [f32::MIN; 8];
    highest.store_slice(&mut tops);
    for (top, &score) in tops.iter_mut().zip(rest) {
        *top = top.max(score);
    }
    tops
}

/// By cutting off a positive number: that takes one instruction for several numbers.
#[inline(always)]
fn round<S: Simd>(_: S, numbers: &[f32], steps: f32, bytes: &mut [i8]) {
    for (byte, number) in bytes.iter_mut().zip(numbers) {
        *byte = ((number * steps + 128.5) as i32 - 128) as i8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_processor_adds_to_the_same_bits() {
        let number = |at: usize| ((at * 7919 % 613) as f32 - 300.0) / 97.0;
        for width in [1, 7, 8, 16, 153] {
            let dense: Vec<f32> = (0..width * 9).map(number).collect();
            for count in 0..9u32 {
                let rows: Vec<(u32, f32)> =
                    (0..count).map(|row| (row * width as u32, number(row as usize + 5))).collect();
                let sums = |adder: Lanes| {
                    let mut scores = vec![0.25; width];
                    adder.add(&dense, &rows, &mut scores);
                    scores.iter().map(|score| score.to_bits()).collect::<Vec<u32>>()
                };
                assert_eq!(sums(Lanes::new()), sums(Lanes(Level::baseline())), "{count} rows of {width}");
            }
        }
    }

    #[test]
    fn scores_above_a_level_come_in_order() {
        let scores: Vec<f32> = (0..21).map(|at| (at * 5 % 21) as f32).collect();
        let mut found = Vec::new();
        Lanes::new().above(16.0, &scores, 100, &mut found);
        assert_eq!(found, [(20.0, 104), (19.0, 108), (18.0, 112), (17.0, 116)]);
    }

    #[test]
    fn tops_are_the_highest_of_eight_columns() {
        let scores: Vec<f32> = (0..19).map(|at| (at * 5 % 19) as f32 - 9.0).collect();
        let column = |first| (first..19).step_by(8).map(|at| scores[at]).fold(f32::MIN, f32::max);
        assert_eq!(Lanes::new().tops(&scores).to_vec(), (0..8).map(column).collect::<Vec<f32>>());
        assert_eq!(Lanes::new().tops(&[3.0])[..2], [3.0, f32::MIN]);
    }

    #[test]
    fn numbers_are_rounded_to_the_nearest_byte() {
        let mut bytes = vec![9];
        Lanes::new().round(&[-1.0, -0.25, 0.0, 0.004, 1.0], 127.0, &mut bytes);
        assert_eq!(bytes, [9, -127, -32, 0, 1, 127]);
    }
}
