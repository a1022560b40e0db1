use serde::{Serialize, Serializer};

use crate::decision::rounded;

/// A part of a whole, with how far it may be off. JSON has share and interval to four decimals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Proportion {
    /// How many.
    pub number: usize,
    /// Of how many.
    pub of: usize,
    /// The share, 0 to 1; none of nothing.
    #[serde(serialize_with = "to_four_decimals")]
    pub share: Option<f64>,
    /// Lower end of the 95 % confidence interval (Wilson 1927), 0 of nothing.
    #[serde(serialize_with = "to_four_decimals")]
    pub low: f64,
    /// Upper end of the 95 % confidence interval, 1 of nothing.
    #[serde(serialize_with = "to_four_decimals")]
    pub high: f64,
}

fn to_four_decimals<S: Serializer>(
    number: &(impl Copy + Into<Option<f64>>),
    to: S,
) -> Result<S::Ok, S::Error> {
    (*number).into().map(rounded).serialize(to)
}

/// Standard deviations that hold 95 % of a normal distribution.
const Z: f64 = 1.959_963_984_540_054;

impl Proportion {
    /// The share and its interval.
    pub(super) fn new(number: usize, of: usize) -> Self {
        if of == 0 {
            return Proportion { number, of, share: None, low: 0.0, high: 1.0 };
        }
        let (n, p) = (of as f64, number as f64 / of as f64);
        let middle = p + Z * Z / (2.0 * n);
        let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        let (low, high) = ((middle - spread) / scale, (middle + spread) / scale);
        // At the ends the formula meets 0 and 1 only up to rounding.
        let low = if number == 0 { 0.0 } else { low };
        let high = if number == of { 1.0 } else { high };
        Proportion { number, of, share: Some(p), low, high }
    }
}

/// The chance of at most `most` successes in `trials` where each has the chance `chance`.
///
/// Only sums, products and quotients, so that the same bytes come out everywhere; O(√trials) steps at the peak.
pub(super) fn binomial_at_most(most: usize, trials: usize, chance: f64) -> f64 {
    if most >= trials || chance <= 0.0 {
        return 1.0;
    }
    if chance >= 1.0 {
        return 0.0;
    }
    let odds = chance / (1.0 - chance);
    let peak = ((trials as f64 + 1.0) * chance) as usize;
    let (mut within, mut total) = (0.0, 0.0);
    let mut add = |successes: usize, weight: f64| {
        total += weight;
        within += if successes <= most { weight } else { 0.0 };
        weight > NEGLIGIBLE
    };
    let (mut at, mut weight) = (peak.min(trials), 1.0);
    while add(at, weight) && at > 0 {
        weight *= at as f64 / ((trials - at + 1) as f64 * odds);
        at -= 1;
    }
    (at, weight) = (peak.min(trials), 1.0);
    while at < trials {
        weight *= (trials - at) as f64 * odds / (at + 1) as f64;
        at += 1;
        if !add(at, weight) {
            break;
        }
    }
    within / total
}

/// Terms this much smaller than the largest add nothing.
const NEGLIGIBLE: f64 = 1e-30;

/// The largest share of which `number` of `of` or fewer would still be seen with the chance `doubt`: the upper bound
/// of Clopper and Pearson (1934), one-sided, which holds with the confidence 1 − `doubt`.
pub(super) fn at_most(number: usize, of: usize, doubt: f64) -> f64 {
    if number >= of {
        return 1.0;
    }
    let (mut low, mut high) = (number as f64 / of as f64, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if binomial_at_most(number, of, middle) > doubt { low = middle } else { high = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_intervals_agree_with_published_values() {
        // Newcombe 1998, table I: Wilson's score interval without continuity correction.
        for (number, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let found = Proportion::new(number, of);
            assert!((found.low - low).abs() < 1e-4 && (found.high - high).abs() < 1e-4, "{found:?}");
        }
        assert!(Proportion::new(3, 3).high.total_cmp(&1.0).is_eq());
        assert_eq!(Proportion::new(0, 0).share, None);
    }

    #[test]
    fn json_has_four_decimals() {
        let told = serde_json::to_string(&Proportion::new(134, 4117)).unwrap();
        assert_eq!(told, r#"{"number":134,"of":4117,"share":0.0325,"low":0.0275,"high":0.0384}"#);
    }

    #[test]
    fn binomial_chances_agree_with_sums_done_by_hand() {
        let cases = [
            (0, 2, 0.5, 0.25),
            (1, 2, 0.5, 0.75),
            (2, 2, 0.5, 1.0),
            (0, 149, 0.02, 0.049_3),
            (3, 10, 0.5, 0.171_875),
        ];
        for (most, trials, chance, expected) in cases {
            let found = binomial_at_most(most, trials, chance);
            assert!((found - expected).abs() < 1e-4, "{most} of {trials}: {found}");
        }
        assert!(binomial_at_most(10, 100_000, 0.02) < 1e-20);
        assert!(binomial_at_most(99_000, 100_000, 0.02) > 0.999_999);
    }

    #[test]
    fn the_upper_bound_agrees_with_published_values() {
        // Clopper and Pearson 1934; two-sided 95 % is one-sided 97.5 %.
        for (number, of, doubt, expected) in
            [(81, 263, 0.025, 0.3676), (0, 20, 0.025, 0.1684), (1, 29, 0.025, 0.1776), (0, 149, 0.05, 0.0199)]
        {
            let found = at_most(number, of, doubt);
            assert!((found - expected).abs() < 1e-4, "{number} of {of}: {found}");
        }
        assert!(at_most(0, 0, 0.05).total_cmp(&1.0).is_eq());
    }
}
