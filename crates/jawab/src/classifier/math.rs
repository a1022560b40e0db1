//! Logarithm and exponential that give the same bits on every platform.
//!
//! The standard library hands both to the C library of the platform, and those differ in the last bit. A model must
//! be the same bytes everywhere, so these use additions, multiplications and divisions only, which IEEE 754 fixes.

use std::f64::consts::{LN_2, LOG2_E, SQRT_2};

/// Natural logarithm of a positive, normal number; accurate to about 1e-15.
pub(super) fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut exponent = ((bits >> 52) & 0x7ff) as i64 - 1023;
    let mut fraction = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000);
    if fraction > SQRT_2 {
        fraction *= 0.5;
        exponent += 1;
    }
    exponent as f64 * LN_2 + ln_near_one(fraction)
}

/// `2·atanh((x - 1) / (x + 1))` by its series, for x between 0.7 and 1.42.
fn ln_near_one(x: f64) -> f64 {
    let z = (x - 1.0) / (x + 1.0);
    let square = z * z;
    let series = (0..11).rev().fold(0.0, |sum, k| sum * square + 1.0 / f64::from(2 * k + 1));
    2.0 * z * series
}

/// One over the factorials from 0 on.
const COEFFICIENTS: [f64; 18] = {
    let mut coefficients = [1.0; 18];
    let mut at = 1;
    while at < coefficients.len() {
        coefficients[at] = coefficients[at - 1] / at as f64;
        at += 1;
    }
    coefficients
};

/// e to the power of x; 0 below -700, and x is taken as at most 700.
pub(super) fn exp(x: f64) -> f64 {
    if x < -700.0 {
        return 0.0;
    }
    let x = x.min(700.0);
    let power = (x * LOG2_E) as i64;
    let rest = x - power as f64 * LN_2;
    let series = COEFFICIENTS.iter().rev().fold(0.0, |sum, coefficient| sum * rest + coefficient);
    series * f64::from_bits(((power + 1023) as u64) << 52)
}

/// e to the power of x for x up to 80, taken as at least -80; accurate to about 1e-5. Without a branch, so that the
/// compiler computes several at once.
pub(super) fn quick_exp(x: f32) -> f32 {
    use std::f32::consts::{LN_2, LOG2_E};
    /// Added to a number, leaves its nearest whole number in the lowest bits.
    const WHOLE: f32 = 12_582_912.0;
    let x = if x > -80.0 { x } else { -80.0 };
    let shifted = x * LOG2_E + WHOLE;
    let rest = x - (shifted - WHOLE) * LN_2;
    let series = 1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0));
    let series = 1.0 + rest * (1.0 + rest * (0.5 + rest * series));
    f32::from_bits(series.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// Chance that belongs to the log odds x.
pub(super) fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// The highest of the numbers.
pub(super) fn highest(numbers: &[f32]) -> f32 {
    let mut tops = [f32::MIN; 8];
    let (chunks, rest) = numbers.as_chunks::<8>();
    for chunk in chunks {
        for (top, &number) in tops.iter_mut().zip(chunk) {
            *top = higher(number, *top);
        }
    }
    tops.into_iter().chain(rest.iter().copied()).fold(f32::MIN, higher)
}

/// How far from 0 the farthest of the numbers is.
pub(super) fn farthest(numbers: &[f32]) -> f32 {
    let mut farthest = [0.0f32; 8];
    let (chunks, rest) = numbers.as_chunks::<8>();
    for chunk in chunks {
        for (far, &number) in farthest.iter_mut().zip(chunk) {
            *far = higher(number.abs(), *far);
        }
    }
    rest.iter().fold(highest(&farthest), |far, &number| higher(number.abs(), far))
}

/// As one instruction, unlike `f32::max`, which cares for numbers that are none.
fn higher(one: f32, two: f32) -> f32 {
    if one > two { one } else { two }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithm_agrees_with_the_platform() {
        for x in [1e-9, 0.1, 0.5, 0.9999, 1.0, 1.0001, 1.414, 1.415, 2.0, 3.0, 1e6, 1.5e300] {
            assert!((ln(x) - x.ln()).abs() <= 1e-14 * x.ln().abs().max(1.0), "{x}");
        }
    }

    #[test]
    fn exponential_agrees_with_the_platform() {
        for x in [-699.0, -20.5, -1.0, -0.3, 0.0, 1e-9, 0.5, 1.0, 33.3, 650.0] {
            assert!((exp(x) / f64::exp(x) - 1.0).abs() < 1e-13, "{x}");
        }
    }

    #[test]
    fn quick_exponential_is_near_the_exact_one() {
        for step in -16_000..=1600_i16 {
            let x = f32::from(step) / 200.0;
            assert!((f64::from(quick_exp(x)) / exp(f64::from(x)) - 1.0).abs() < 2e-5, "{x}");
        }
        assert!(quick_exp(f32::MIN) < 1e-30);
    }

    #[test]
    fn extremes_stay_finite() {
        assert_eq!(exp(-1e9).to_bits(), 0.0f64.to_bits());
        assert!(exp(1e9).is_finite());
        assert_eq!(sigmoid(-1e9).to_bits(), sigmoid(-2e9).to_bits());
        assert!((sigmoid(0.0) - 0.5).abs() < 1e-15);
    }
}
