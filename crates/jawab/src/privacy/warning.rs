use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::text::Language;

static WARNINGS: OnceLock<BTreeMap<String, String>> = OnceLock::new();

/// What to tell a customer who has sent a secret: never to share it, not with the desk either. In the language of a
/// BCP 47 tag (`id`, `en`, `fil`, `zh`; of any region), else in English.
///
/// ```
/// assert!(jawab::privacy::warning("id").contains("jangan pernah membagikan"));
/// assert_eq!(jawab::privacy::warning("fr"), jawab::privacy::warning("en"));
/// ```
pub fn warning(language: &str) -> &'static str {
    // A test reads the file, so the default is never taken.
    let read = || serde_json::from_str(include_str!("warnings.json")).unwrap_or_default();
    let warnings = WARNINGS.get_or_init(read);
    warnings.get(Language::new(language).as_str()).or_else(|| warnings.get("en")).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_language_has_its_warning() {
        let texts: std::collections::BTreeSet<_> = ["id", "en", "fil", "zh"].map(warning).into();
        assert!(texts.len() == 4 && texts.iter().all(|text| text.contains("PIN") && text.contains("CVV")));
    }

    #[test]
    fn a_tag_of_any_region_has_the_warning_of_its_language() {
        for (tag, language) in
            [("id-ID", "id"), ("zh-CN", "zh"), ("zh_Hant_TW", "zh"), ("tl", "fil"), ("EN", "en")]
        {
            assert_eq!(warning(tag), warning(language), "{tag}");
        }
    }
}
