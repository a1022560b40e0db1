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
/// which; whether the writer does not want what comes behind them, wherever they stand or where the message starts, or
/// whether they only look so; whether they tell that something is otherwise than it should be, or ask why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sign(pub(super) u16);

pub(super) const FIRST: u16 = 2;
pub(super) const SECOND: u16 = 4;
pub(super) const STAND: u16 = 3;
pub(super) const ACT: u16 = 5;
pub(super) const REFUSES: u16 = 1 << 8;
pub(super) const REFUSES_FIRST: u16 = 1 << 9;
pub(super) const TROUBLES: u16 = 1 << 11;
pub(super) const ASKS_WHY: u16 = 1 << 12;
pub(super) const WISHES: u16 = 1 << 13;
/// The bits that tell how a message is put.
pub(super) const MANNERS: u16 = (REFUSES - 1) | TROUBLES | ASKS_WHY | WISHES;
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
        let place = (self.0 >> ACT & 7).checked_sub(1)?;
        Act::ALL.get(place as usize).copied()
    }

    /// Whether the message says behind them what it is about, and who writes says so: "i want to".
    pub(crate) fn begins_anew(self) -> bool {
        self.names_first_person() && self.stand() == Some(Stand::LeadIn)
    }

    /// Whether the words tell that something is otherwise than it should be: "still", "but".
    pub(crate) fn troubles(self) -> bool {
        self.0 & (TROUBLES | ASKS_WHY) != 0
    }

    pub(crate) fn asks_why(self) -> bool {
        self.0 & ASKS_WHY != 0
    }

    /// Whether they ask for something, standing where they do: only at its start a message asks by "check" or "is".
    pub(crate) fn requests(self, first: bool, len: usize) -> bool {
        match (self.stand(), self.act()) {
            _ if self.0 & WISHES != 0 => true,
            (None, _) | (_, None | Some(Act::Tell)) => false,
            (Some(Stand::Anywhere), _) => !self.asks_why(),
            (Some(Stand::LeadIn), act) => first || len > 1 || act == Some(Act::Do),
            (Some(Stand::Start), _) => first,
        }
    }

    /// Whether the words refuse what comes behind them; `first` where the message starts with them.
    pub(crate) fn refuses(self, first: bool) -> bool {
        self.0 & REFUSES != 0 || first && self.0 & REFUSES_FIRST != 0
    }
}
