//! What must never leave the engine unmasked: secrets and personal data in what customers write.
//!
//! A [`Masker`] finds passwords, PINs, one-time codes, card security codes, card numbers, identity and tax numbers,
//! bank accounts, phone numbers and e-mail addresses, by their shapes (with check digits where they have some) and by
//! the words around them in Indonesian, English, Filipino and Mandarin. It knows no rules and needs no rule set.
//!
//! ```
//! use jawab::privacy::{Kind, Masker};
//!
//! let masker = Masker::default();
//! let masked = masker.mask("pw sy Kucing99, hp 0812-3456-7890", &[]);
//! assert_eq!(masked.text, "pw sy [password], hp [phone]");
//! assert_eq!((masked.found[0].kind, masked.found[0].span), (Kind::Password, (6, 14)));
//! assert!(masker.has_secret("kode otp 482913"));
//! assert!(!masker.has_secret("kode otp belum masuk"));
//! ```

mod kind;
mod mask;
mod numbers;
mod pieces;
mod place;
mod redact;
mod search;
mod secrets;
mod shapes;
mod stored;
#[cfg(test)]
mod tests;
mod warning;
mod words;

pub use kind::Kind;
pub(crate) use mask::replaced;
pub use mask::{Found, Masked, Masker};
pub use redact::{Redaction, redact};
pub use warning::warning;
