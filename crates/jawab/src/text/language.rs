//! Languages by their tags.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::bytes;

/// A language by its primary BCP 47 subtag, lower case: `id`, `en`, `fil`, `zh`.
#[derive(Debug, Clone, Eq, PartialOrd, Ord)]
pub struct Language(Arc<str>);

impl PartialEq for Language {
    fn eq(&self, other: &Language) -> bool {
        bytes::same(self.0.as_bytes(), other.0.as_bytes())
    }
}

impl Hash for Language {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Language {
    /// The language of a tag: what stands before the first `-` or `_`, in lower case; `tl` is `fil`.
    pub fn new(tag: &str) -> Self {
        Language(primary(tag).to_ascii_lowercase().into())
    }

    /// Whether two tags are of one language.
    pub(crate) fn same(one: &str, other: &str) -> bool {
        primary(one).eq_ignore_ascii_case(primary(other))
    }

    /// The language of a subtag that [`Language::new`] made.
    pub(crate) fn from_shared(subtag: Arc<str>) -> Self {
        Language(subtag)
    }

    /// The subtag, shared.
    pub(crate) fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }

    /// The subtag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The primary subtag of a tag, in any case.
fn primary(tag: &str) -> &str {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    if primary.eq_ignore_ascii_case("tl") { "fil" } else { primary }
}
