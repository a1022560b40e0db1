//! Reads words as others that they are slips of the pen for, where the words beside them say so: `the meaning of lie`.
//! Known words too may be misspelt ones (Golding and Roth 1999, "A winnow-based approach to context-sensitive spelling
//! correction"); here, the sequences that the questions show take the place of a learned context.

use super::features::{Bag, Features};
use super::gram::{Neighbour, WordKind, Wording, sequence};
use super::model::{Guess, Model, NearestOf, Scratch};
use crate::text::{Lexicon, Utterance, word_key};

/// The logarithm of 4: a word is read as another only where about four times as many questions have that one. Chosen on
/// CLINC150's validation part: a word beside which no question has its neighbours need not be rare for that.
const MORE: f32 = 1.386;
/// The logarithm of 8: eight times as many, where the two are known to mean different things, as load and loan do.
const MORE_OF_ANOTHER: f32 = 2.079;

impl Model {
    /// As [`Model::classify`] does, but with words read as those that they may be slips of the pen for, where the
    /// questions know those beside their neighbours.
    pub(crate) fn mend_and_classify<'s>(
        &self,
        utterance: &mut Utterance,
        lexicon: &Lexicon,
        nearest_of: NearestOf,
        scratch: &'s mut Scratch,
    ) -> &'s [Guess] {
        if self.read(utterance, scratch) {
            if self.features.mend(utterance, lexicon, &scratch.bag) {
                self.features.read(utterance, &mut scratch.bag);
            }
            self.guess(nearest_of, scratch);
        }
        &scratch.guesses
    }
}

impl Features {
    /// Whether a word was mended.
    fn mend(&self, utterance: &mut Utterance, lexicon: &Lexicon, bag: &Bag) -> bool {
        let mut mended = false;
        for word in bag.lead_in..bag.hashes.len() {
            if bag.beside[word] || !may_slip(utterance, word) || !bag.knows_beside(word) {
                continue;
            }
            let known = utterance.trust(word) >= 1.0;
            let own = self.idf_of(bag.words[word].filter(|_| known));
            let more = |text: &str| {
                if self.concepts.differ(utterance.text(word), text) { MORE_OF_ANOTHER } else { MORE }
            };
            let rarity = |text: &str| self.fit(word_key(text), own - more(text), word, bag);
            if let Some(other) = lexicon.lookalike(utterance, word, rarity) {
                lexicon.read_as(utterance, word, other);
                mended = true;
            }
        }
        mended
    }

    /// How rare a word is in that place, where its idf is no more than `most` and the questions have it beside both
    /// neighbours.
    fn fit(&self, key: u64, most: f32, word: usize, bag: &Bag) -> Option<f32> {
        let ids = self.ids.slots();
        self.idf.get(ids.id(key)? as usize).filter(|&&idf| idf <= most)?;
        let before = match word.checked_sub(1).filter(|&before| before >= bag.lead_in) {
            Some(before) => Neighbour::Word(bag.hashes[before]),
            None => Neighbour::Start,
        };
        let after = bag.hashes.get(word + 1).map_or(Neighbour::End, |&after| Neighbour::Word(after));
        let this = Neighbour::Word(key);
        let (one, two) = (ids.id(sequence(before, this))?, ids.id(sequence(this, after))?);
        Some(self.idf_of(Some(one)) + self.idf_of(Some(two)))
    }

    fn idf_of(&self, feature: Option<u32>) -> f32 {
        feature.and_then(|id| self.idf.get(id as usize)).copied().unwrap_or(self.rarest)
    }
}

impl Bag {
    /// Whether questions have the words before and after that one: else none has another word between them.
    fn knows_beside(&self, word: usize) -> bool {
        let known = |word: &Option<u32>| word.is_some();
        (word == self.lead_in || known(&self.words[word - 1])) && self.words.get(word + 1).is_none_or(known)
    }
}

fn may_slip(utterance: &Utterance, word: usize) -> bool {
    utterance.kind(word) == WordKind::Word && !utterance.negation(word)
}
