//! What sets a message against a rule, however like its questions it is: it refuses what the rule is for ("please do not
//! close my account"), or is about the end or the failure of it (to cancel a transfer is not to transfer). Where no question
//! of the rule is so, the rule is not its answer.

use std::ops::Range;

use super::features::{Bag, Features};
use super::gram::{Place, Wording, meanings, negates};
use super::model::Model;
use crate::text::{Concepts, Glosses};

/// What may set a message and a question against each other; of several questions, what any of them has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// Whether a word turns the meaning round.
    pub(super) negates: bool,
    /// Whether it says what its writer does not want.
    pub(super) refuses: bool,
    /// The turns of its concepts.
    pub(super) turns: u16,
}

impl Signs {
    /// Those of words with these glosses, whose concepts have these turns.
    pub(super) fn of<W: Wording>(words: &W, concepts: &Concepts, glosses: &Glosses, turns: u16) -> Self {
        let negates = negates(words);
        let refuses = !refused_words(concepts, glosses, negates).is_empty();
        Signs { negates, refuses, turns }
    }

    /// What one of both has.
    pub(super) fn or(self, other: Signs) -> Self {
        Signs {
            negates: self.negates || other.negates,
            refuses: self.refuses || other.refuses,
            turns: self.turns | other.turns,
        }
    }

    pub(super) fn number(self) -> u32 {
        let Signs { negates, refuses, turns } = self;
        u32::from(negates) | u32::from(refuses) << 1 | u32::from(turns) << 16
    }

    pub(super) fn from_number(number: u32) -> Self {
        let bit = |place: u32| number >> place & 1 == 1;
        Signs { negates: bit(0), refuses: bit(1), turns: (number >> 16) as u16 }
    }
}

/// The words of a message among which it says what is refused; where none negates, nothing is.
fn refused_words(concepts: &Concepts, glosses: &Glosses, negates: bool) -> Range<usize> {
    if negates { concepts.refused(glosses, concepts.manner(glosses).lead_in) } else { 0..0 }
}

impl Features {
    /// Notes what may set a message against rules, and the features of what it refuses: of the words whose meaning is
    /// known, or else of all that stand there.
    pub(super) fn note_signs<W: Wording>(&self, words: &W, bag: &mut Bag) {
        bag.signs.negates = negates(words);
        bag.refused.clear();
        let refused = refused_words(&self.concepts, &bag.glosses, bag.signs.negates);
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
        refused || bag.signs.turns & !signs.turns != 0
    }
}
