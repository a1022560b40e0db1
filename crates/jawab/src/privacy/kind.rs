use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a stretch of text is that must not be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A password or pass phrase.
    Password,
    /// The number that confirms payments.
    Pin,
    /// A one-time or verification code.
    Otp,
    /// The three or four digits on the back of a card.
    Cvv,
    /// The number of a payment card (ISO/IEC 7812: known first digits, Luhn check digit).
    CardNumber,
    /// Indonesian NIK; Philippine national, SSS, UMID and health insurance numbers; Chinese resident identity number (GB 11643); a
    /// passport.
    IdentityNumber,
    /// Indonesian NPWP, Philippine TIN, Chinese unified social credit code.
    TaxNumber,
    /// A bank account.
    Account,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
}

impl Kind {
    /// All kinds.
    pub const ALL: &'static [Kind] = &[
        Kind::Password,
        Kind::Pin,
        Kind::Otp,
        Kind::Cvv,
        Kind::CardNumber,
        Kind::IdentityNumber,
        Kind::TaxNumber,
        Kind::Account,
        Kind::Phone,
        Kind::Email,
    ];

    /// The names of [`Kind::ALL`], in its order.
    pub(crate) const NAMES: &'static [&'static str] = &[
        "password",
        "pin",
        "otp",
        "cvv",
        "card-number",
        "identity-number",
        "tax-number",
        "account",
        "phone",
        "email",
    ];

    /// The name in rule files, flags and JSON, and between the brackets of the mask.
    pub fn as_str(self) -> &'static str {
        Kind::NAMES[self as usize]
    }

    /// What stands in the text instead: `[password]`.
    pub(super) fn mask(self) -> &'static str {
        const MASKS: [&str; 10] = [
            "[password]",
            "[pin]",
            "[otp]",
            "[cvv]",
            "[card-number]",
            "[identity-number]",
            "[tax-number]",
            "[account]",
            "[phone]",
            "[email]",
        ];
        MASKS[self as usize]
    }

    /// Whether a customer must never share it, not with the desk either: it is masked even where a rule collects it.
    pub fn is_secret(self) -> bool {
        matches!(self, Kind::Password | Kind::Pin | Kind::Otp | Kind::Cvv | Kind::CardNumber)
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Kind {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Kind::ALL.iter().copied().find(|kind| kind.as_str() == name).ok_or(())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(|()| serde::de::Error::custom(format!("no kind `{name}`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_masks_and_kinds_belong_together() {
        assert_eq!(Kind::ALL.len(), Kind::NAMES.len());
        for &kind in Kind::ALL {
            assert_eq!(kind.mask(), format!("[{kind}]"));
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert_eq!("card".parse::<Kind>(), Err(()));
    }
}
