use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::search::{search, secret_after};
use super::words::Words;

/// Finds and masks what must not be shown.
///
/// Knows which kinds to look for; immutable, cheap to clone. Takes time linear in the text, never fails, never panics.
/// Masking what has been masked changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masker {
    kinds: Vec<Kind>,
}

/// A stretch of a text that must not be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the text as written: first and after the last.
    pub span: (usize, usize),
}

/// A text in which private parts are replaced by their kind in brackets, such as `[phone]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Masked {
    /// The text as it may be shown.
    pub text: String,
    /// What was replaced, in the order of the text; spans do not overlap.
    pub found: Vec<Found>,
}

impl Default for Masker {
    /// Looks for all kinds.
    fn default() -> Self {
        Masker::new(Kind::ALL)
    }
}

impl Masker {
    /// Looks for these kinds only.
    ///
    /// ```
    /// use jawab::privacy::{Kind, Masker};
    /// let masker = Masker::new(&[Kind::Email]);
    /// assert_eq!(masker.mask("sari@mail.id, 081234567890", &[]).text, "[email], 081234567890");
    /// ```
    pub fn new(kinds: &[Kind]) -> Self {
        let kinds = Kind::ALL.iter().copied().filter(|kind| kinds.contains(kind)).collect();
        Masker { kinds }
    }

    /// The kinds it looks for, in the order of [`Kind::ALL`].
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// What must not be shown, in the order of the text; spans do not overlap and lie at character bounds.
    ///
    /// ```
    /// use jawab::privacy::{Kind, Masker};
    /// let found = Masker::default().find("call 081234567890");
    /// assert_eq!((found[0].kind, found[0].span), (Kind::Phone, (5, 17)));
    /// ```
    pub fn find(&self, text: &str) -> Vec<Found> {
        let mut found = search(text, Words::built_in());
        found.retain(|found| self.kinds.contains(&found.kind));
        found
    }

    /// Replaces what must not be shown in a message that follows another: where that ended with the name of a secret
    /// ("my pin is"), this one may be the secret.
    pub(crate) fn mask_after(&self, lead: &str, text: &str) -> Masked {
        let mut found = self.find(text);
        let secret = secret_after(lead, text, Words::built_in());
        let apart = |secret: &Found| {
            found.iter().all(|own| own.span.1 <= secret.span.0 || secret.span.1 <= own.span.0)
        };
        if let Some(secret) = secret.filter(|secret| self.kinds.contains(&secret.kind) && apart(secret)) {
            found.push(secret);
            found.sort_unstable_by_key(|found| found.span);
        }
        Masked { text: replaced(text, &found, (0, text.len())), found }
    }

    /// Replaces what must not be shown, except the kinds to keep: those that a rule collects. Secrets are never kept
    /// (see [`Kind::is_secret`]).
    ///
    /// ```
    /// use jawab::privacy::{Kind, Masker};
    /// let masked = Masker::default().mask("rek 1234567890 pin 123456", &[Kind::Account, Kind::Pin]);
    /// assert_eq!(masked.text, "rek 1234567890 pin [pin]");
    /// ```
    pub fn mask(&self, text: &str, keep: &[Kind]) -> Masked {
        let mut found = self.find(text);
        found.retain(|found| found.kind.is_secret() || !keep.contains(&found.kind));
        Masked { text: replaced(text, &found, (0, text.len())), found }
    }

    /// Whether a text holds a secret that a customer must never share: a password, PIN, one-time code, card security
    /// code or card number.
    ///
    /// ```
    /// let masker = jawab::privacy::Masker::default();
    /// assert!(masker.has_secret("my pin is 4821"));
    /// assert!(!masker.has_secret("my number is 081234567890"));
    /// ```
    pub fn has_secret(&self, text: &str) -> bool {
        self.find(text).iter().any(|found| found.kind.is_secret())
    }
}

/// The bytes `part` of a text, with what was found replaced; what is found only partly within it is replaced, too.
pub(crate) fn replaced(text: &str, found: &[Found], part: (usize, usize)) -> String {
    let mut shown = String::with_capacity(part.1 - part.0);
    let mut at = part.0;
    for found in found.iter().filter(|found| found.span.0 < part.1 && part.0 < found.span.1) {
        shown.push_str(text.get(at..found.span.0.max(at)).unwrap_or_default());
        shown.push_str(found.kind.mask());
        at = found.span.1;
    }
    shown.push_str(text.get(at.min(part.1)..part.1).unwrap_or_default());
    shown
}
