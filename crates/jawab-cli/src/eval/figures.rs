//! Shares as people read them.

use jawab::eval::Proportion;

/// `98.2 %`, or `–` of nothing.
pub(crate) fn percent(share: Option<f64>) -> String {
    share.map_or("–".to_owned(), |share| format!("{:.1} %", tenths(share)))
}

/// The 95 % confidence interval in per cent: `97.1–98.9`; nothing of nothing.
pub(crate) fn interval(of: &Proportion) -> String {
    if of.of == 0 { String::new() } else { format!("{:.1}–{:.1}", tenths(of.low), tenths(of.high)) }
}

/// Per cent to one decimal, halves up as in the script of the report: formatting alone takes them to the even digit.
pub(crate) fn tenths(share: f64) -> f64 {
    (1000.0 * share).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_once_and_halves_go_up() {
        let cases = [
            (1, 80, "1.3 %"),
            (134, 4117, "3.3 %"),
            (23, 2000, "1.2 %"),
            (1, 3, "33.3 %"),
            (2, 3, "66.7 %"),
            (7, 7, "100.0 %"),
            (0, 7, "0.0 %"),
        ];
        for (number, of, told) in cases {
            assert_eq!(percent(Some(f64::from(number) / f64::from(of))), told, "{number} of {of}");
        }
        assert_eq!(percent(None), "–");
    }
}
