//! Shares as people read them.

use jawab::eval::Proportion;

/// `98.2 %`, or `–` of nothing.
pub(crate) fn percent(share: Option<f64>) -> String {
    share.map_or("–".to_owned(), |share| format!("{:.1} %", 100.0 * share))
}

/// The 95 % confidence interval in per cent: `97.1–98.9`; nothing of nothing.
pub(crate) fn interval(of: &Proportion) -> String {
    if of.of == 0 { String::new() } else { format!("{:.1}–{:.1}", 100.0 * of.low, 100.0 * of.high) }
}
