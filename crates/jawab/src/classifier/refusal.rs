//! Messages that say what their writer does not want: "please do not close my account". A rule that is for the very thing
//! is not their answer, however like its questions they are.

use std::ops::Range;

use super::features::{Bag, Features};
use super::gram::{Place, meanings};
use super::model::Model;
use super::questions::Questions;
use crate::text::{Concepts, Glosses};

/// The words of a message that say what is refused; where none negates, nothing is.
pub(super) fn refused_words(concepts: &Concepts, glosses: &Glosses, negates: bool) -> Range<usize> {
    if negates { concepts.refused(glosses, concepts.manner(glosses).lead_in) } else { 0..0 }
}

impl Features {
    /// Notes the features of the words that say what is refused, and of what they mean.
    pub(super) fn note_refused(&self, bag: &mut Bag) {
        bag.refused.clear();
        let words = refused_words(&self.concepts, &bag.glosses, bag.negates);
        if words.is_empty() {
            return;
        }
        bag.refused.extend(bag.words[words.clone()].iter().flatten());
        meanings(&self.concepts, &bag.glosses, &mut |gram| {
            if matches!(gram.place, Place::Concept(first, ..) if words.contains(&first)) {
                bag.refused.extend(self.meaning_ids.at(gram.place));
            }
        });
    }
}

impl Model {
    /// Whether a message refuses what speaks for a rule, none of whose questions refuses anything.
    pub(super) fn refuses(&self, bag: &Bag, class: u32) -> bool {
        let wanted = |&feature: &u32| self.weights.weight(feature, class) > 0.0;
        bag.refused.iter().any(wanted) && !self.questions.refuse(class)
    }
}

impl Questions {
    /// Whether a question of a class says what its writer does not want.
    fn refuse(&self, class: u32) -> bool {
        self.list[self.of_class(class)].iter().any(|question| question.refuses)
    }
}
