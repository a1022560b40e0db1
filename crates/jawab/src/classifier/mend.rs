//! Reads words as others that they are slips of the pen for, where the words beside them say so: `the meaning of lie`.
//! Known words too may be misspelt ones (Golding and Roth 1999, "A winnow-based approach to context-sensitive spelling
//! correction"); here, the sequences that the questions show take the place of a learned context.

use super::features::{Bag, Features};
use super::gram::{Neighbour, WordKind, Wording, sequence};
use super::model::{Guess, Model, NearestOf, Scratch};
use crate::text::{WordId, word_key};

/// A message of which words can be read otherwise.
pub(crate) trait Mendable {
    /// The message as it is read so far.
    fn words(&self) -> &impl Wording;
    /// The words that a word may be a slip of the pen for, in place of what the list held.
    fn lookalikes(&self, word: usize, found: &mut Vec<WordId>);
    /// The standard form of such a word.
    fn lookalike(&self, id: WordId) -> &str;
    /// Reads a word as such a one.
    fn read_as(&mut self, word: usize, id: WordId);
}

/// What a word is read as is in four times as many questions, one added to both, in logarithms. Chosen on CLINC150's validation
/// part, where those beside which no question has it need not be rare for that.
const MORE: f32 = 1.386;

impl Model {
    /// As [`Model::classify`] does, but with words read as those that they may be slips of the pen for, where the questions
    /// know those beside their neighbours.
    pub(crate) fn mend_and_classify<'s>(
        &self,
        message: &mut impl Mendable,
        nearest_of: NearestOf,
        scratch: &'s mut Scratch,
    ) -> &'s [Guess] {
        if self.read(message.words(), scratch) {
            let Scratch { bag, lookalikes, .. } = scratch;
            if self.features.mend(message, bag, lookalikes) {
                self.features.read(message.words(), bag);
            }
            self.guess(nearest_of, scratch);
        }
        &scratch.guesses
    }
}

impl Features {
    /// Whether a word was mended.
    fn mend(&self, message: &mut impl Mendable, bag: &Bag, found: &mut Vec<WordId>) -> bool {
        let mut mended = false;
        for word in bag.lead_in..bag.hashes.len() {
            if bag.beside[word] || !may_slip(message.words(), word) {
                continue;
            }
            message.lookalikes(word, found);
            let known = message.words().trust(word) >= 1.0;
            let most = self.idf_of(bag.words[word].filter(|_| known)) - MORE;
            let fits = found.iter().filter_map(|&id| {
                let key = word_key(message.lookalike(id));
                self.fit(key, most, word, bag).map(|rarity| (rarity, id))
            });
            if let Some((_, id)) = fits.min_by(|one, two| one.0.total_cmp(&two.0).then(one.1.cmp(&two.1))) {
                message.read_as(word, id);
                mended = true;
            }
        }
        mended
    }

    /// How rare a word is in that place, where its idf is no more than `most` and the questions have it beside both neighbours.
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

fn may_slip<W: Wording>(words: &W, word: usize) -> bool {
    words.kind(word) == WordKind::Word && !words.negation(word)
}
