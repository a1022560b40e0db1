//! What words say of a message's act, as one number. It names no other part of the crate: the build script writes what the
//! crate looks up.

/// What a message asks its reader for, by how it is put (dialogue acts: Stolcke and others 2000, "Dialogue act modeling
/// for automatic tagging and recognition of conversational speech").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// For a fact.
    Ask,
    /// For a way to do something.
    How,
    /// For yes or no.
    Check,
    /// For something to be done.
    Do,
    /// For nothing.
    Tell,
}

/// Where words tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    /// Before what the message is about: it goes on behind them.
    LeadIn,
    Anywhere,
    /// Where the message starts or goes on.
    Start,
}

/// Whether something longer begins with the words (the lowest bit), which persons they name, where they tell an act, and
/// which.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sign(pub(super) u16);

pub(super) const FIRST: u16 = 2;
pub(super) const SECOND: u16 = 4;
pub(super) const STAND: u16 = 3;
pub(super) const ACT: u16 = 5;
pub(super) const STANDS: [Stand; 3] = [Stand::LeadIn, Stand::Anywhere, Stand::Start];

impl Act {
    pub(crate) const ALL: [Act; 5] = [Act::Ask, Act::How, Act::Check, Act::Do, Act::Tell];

    /// Its name in the files.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Act::Ask => "ask",
            Act::How => "how",
            Act::Check => "check",
            Act::Do => "do",
            Act::Tell => "tell",
        }
    }
}

impl Sign {
    pub(super) fn from_number(number: u16) -> Self {
        Sign(number)
    }

    pub(crate) fn names_first_person(self) -> bool {
        self.0 & FIRST != 0
    }

    pub(crate) fn names_second_person(self) -> bool {
        self.0 & SECOND != 0
    }

    pub(crate) fn stand(self) -> Option<Stand> {
        let place = (self.0 >> STAND & 3).checked_sub(1)?;
        STANDS.get(place as usize).copied()
    }

    pub(crate) fn act(self) -> Option<Act> {
        let place = (self.0 >> ACT).checked_sub(1)?;
        Act::ALL.get(place as usize).copied()
    }
}
