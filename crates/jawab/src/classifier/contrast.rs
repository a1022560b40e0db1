//! What sets a message against a rule, however like its questions it is: it refuses what the rule is for ("please do not
//! close my account"), is about the end or the failure of it (to cancel a transfer is not to transfer), tells that it did
//! not go as it should ("still no refund" asks for no way to get one), or is about the opposite. Where no question of the
//! rule is so, the rule is not its answer.

use super::features::{Bag, Features};
use super::gram::{Place, Wording, meanings, negates, negation};
use super::model::Model;
use crate::text::{Concept, Concepts, Glosses, Manner, Trouble};

/// What may set a message and a question against each other; of several questions, what any of them has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// Whether a word turns the meaning round.
    pub(super) negates: bool,
    /// Whether it says what its writer does not want.
    pub(super) refuses: bool,
    /// Whether it tells that something is otherwise than it should be.
    pub(super) trouble: Trouble,
    /// The turns of its concepts, and their sides of opposites.
    pub(super) turns: u16,
    pub(super) sides: u32,
}

/// By their numbers; what no number is of is the last.
const TROUBLES: [Trouble; 4] = [Trouble::None, Trouble::Mentioned, Trouble::Reported, Trouble::Reported];
/// The first sides of opposites.
const FIRST_SIDES: u32 = 0x5555_5555;

impl Signs {
    /// Notes what a concept tells.
    pub(super) fn note(&mut self, concept: &Concept) {
        self.turns |= concept.turn;
        self.sides |= concept.side;
    }

    /// With what words with these glosses tell by how they are put.
    pub(super) fn of<W: Wording>(self, words: &W, concepts: &Concepts, glosses: &Glosses) -> Self {
        let negates = negates(words);
        let Manner { lead_in, trouble, .. } = concepts.manner(glosses, |word| negation(words, word));
        let refuses = negates && !concepts.refused(glosses, lead_in).is_empty();
        Signs { negates, refuses, trouble, ..self }
    }

    /// What one of both has.
    pub(super) fn or(self, other: Signs) -> Self {
        Signs {
            negates: self.negates || other.negates,
            refuses: self.refuses || other.refuses,
            trouble: self.trouble.max(other.trouble),
            turns: self.turns | other.turns,
            sides: self.sides | other.sides,
        }
    }

    /// Whether they are about one of two opposites only, and others about the other only.
    fn oppose(self, others: Signs) -> bool {
        let alone = self.sides & !opposite(self.sides);
        alone & opposite(others.sides) & !others.sides != 0
    }

    pub(super) fn number(self) -> u64 {
        let Signs { negates, refuses, trouble, turns, sides } = self;
        let bits = u64::from(negates) | u64::from(refuses) << 1 | (trouble as u64) << 2;
        bits | u64::from(turns) << 16 | u64::from(sides) << 32
    }

    pub(super) fn from_number(number: u64) -> Self {
        let bit = |place: u32| number >> place & 1 == 1;
        Signs {
            negates: bit(0),
            refuses: bit(1),
            trouble: TROUBLES[(number >> 2 & 3) as usize],
            turns: (number >> 16) as u16,
            sides: (number >> 32) as u32,
        }
    }
}

/// The other sides of opposites.
fn opposite(sides: u32) -> u32 {
    (sides & FIRST_SIDES) << 1 | sides >> 1 & FIRST_SIDES
}

impl Features {
    /// Notes what may set a message against rules, and the features of what it refuses: of the words whose meaning is
    /// known, or else of all that stand there.
    pub(super) fn note_signs<W: Wording>(&self, words: &W, bag: &mut Bag) {
        bag.signs.negates = negates(words);
        bag.refused.clear();
        let refused = if bag.signs.negates { self.concepts.refused(&bag.glosses, bag.lead_in) } else { 0..0 };
        bag.signs.refuses = !refused.is_empty();
        if refused.is_empty() {
            return;
        }
        let known = |word: &usize| self.concepts.know_at(&bag.glosses, *word);
        let any = refused.clone().any(|word| known(&word));
        let told = refused.clone().filter(|word| !any || known(word));
        bag.refused.extend(told.filter_map(|word| bag.words[word]));
        meanings(&self.concepts, &bag.glosses, &mut |gram| {
            if matches!(gram.place, Place::Concept(first, ..) if refused.contains(&first)) {
                bag.refused.extend(self.meaning_ids.at(gram.place));
            }
        });
    }
}

impl Model {
    /// Whether something sets a message against a rule.
    pub(super) fn is_against(&self, bag: &Bag, class: u32) -> bool {
        let signs = self.questions.signs[class as usize];
        let wanted = |&feature: &u32| self.weights.weight(feature, class) > 0.0;
        let refused = bag.signs.refuses && !signs.refuses && bag.refused.iter().any(wanted);
        let reported = bag.signs.trouble == Trouble::Reported && signs.trouble == Trouble::None;
        refused || reported || bag.signs.oppose(signs) || bag.signs.turns & !signs.turns != 0
    }
}
