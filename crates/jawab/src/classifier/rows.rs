//! Sums of rows, with the widest instructions that the processor has.

use fearless_simd::{Level, Simd, dispatch};

/// Adds rows of weights to scores. All processors give the same bits: a lane adds up one class, in one order, and a
/// product is rounded before it is added.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowAdder(Level);

impl RowAdder {
    pub(super) fn new() -> Self {
        RowAdder(Level::new())
    }

    /// Adds rows, each given by its start in `dense`, times their values.
    #[inline(never)]
    pub(super) fn add<T: Copy + Into<f32>>(self, dense: &[T], rows: &[(u32, f32)], scores: &mut [f32]) {
        dispatch!(self.0, simd => add_rows(simd, dense, rows, scores));
    }

    /// Appends the numbers times `steps`, at most 127, as the nearest bytes.
    pub(super) fn round(self, numbers: &[f32], steps: f32, bytes: &mut Vec<i8>) {
        let start = bytes.len();
        bytes.resize(start + numbers.len(), 0);
        dispatch!(self.0, simd => round(simd, numbers, steps, &mut bytes[start..]));
    }
}

/// Four at once: each is read in one go, and the scores are touched less often.
#[expect(clippy::inline_always, reason = "compiled anew for each set of instructions")]
#[inline(always)]
fn add_rows<S: Simd, T: Copy + Into<f32>>(_: S, dense: &[T], rows: &[(u32, f32)], scores: &mut [f32]) {
    let width = scores.len();
    let row = |start: u32| dense.get(start as usize..start as usize + width).unwrap_or_default();
    let (fours, rest) = rows.as_chunks::<4>();
    for &[(a, by_a), (b, by_b), (c, by_c), (d, by_d)] in fours {
        let (a, b, c, d) = (row(a), row(b), row(c), row(d));
        let shortest = width.min(a.len()).min(b.len()).min(c.len()).min(d.len());
        let (a, b, c, d) = (&a[..shortest], &b[..shortest], &c[..shortest], &d[..shortest]);
        for (class, score) in scores[..shortest].iter_mut().enumerate() {
            *score += (a[class].into() * by_a + b[class].into() * by_b)
                + (c[class].into() * by_c + d[class].into() * by_d);
        }
    }
    for &(start, value) in rest {
        for (score, &weight) in scores.iter_mut().zip(row(start)) {
            *score += weight.into() * value;
        }
    }
}

/// By cutting off a positive number: that takes one instruction for several numbers.
#[expect(clippy::inline_always, reason = "compiled anew for each set of instructions")]
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
                let sums = |adder: RowAdder| {
                    let mut scores = vec![0.25; width];
                    adder.add(&dense, &rows, &mut scores);
                    scores.iter().map(|score| score.to_bits()).collect::<Vec<u32>>()
                };
                assert_eq!(
                    sums(RowAdder::new()),
                    sums(RowAdder(Level::baseline())),
                    "{count} rows of {width}"
                );
            }
        }
    }
}
