//! Words that a word of the reading may be a slip of the pen for, whatever it was read as.

use super::lexicon::Lexicon;
use super::token::{Change, Reading, WordId};
use super::utterance::Utterance;

impl Lexicon {
    /// Of the words of the rule set one typo from what was written, the one with the lowest rank, of equals the first: none
    /// where a negation is as near, or where the word was written otherwise on purpose. `rank` takes a word's standard
    /// form and has none for words that do not fit.
    pub(crate) fn lookalike(
        &self,
        utterance: &Utterance,
        reading: usize,
        rank: impl Fn(&str) -> Option<f32>,
    ) -> Option<WordId> {
        let reading = utterance.readings.get(reading)?;
        let (mut best, mut guarded) = (None, false);
        self.corrector.lookalikes(written(utterance, reading)?, |entry, negation| {
            guarded |= negation;
            let word = self.entries.get(entry as usize).map_or(WordId::UNKNOWN, |entry| entry.word);
            let other = word.is_known() && word != reading.word;
            let ranked = rank(self.word(word)).filter(|_| other).map(|rank| (rank, word));
            if let Some(ranked) = ranked.filter(|&ranked| best.is_none_or(|best| ranked < best)) {
                best = Some(ranked);
            }
        });
        best.filter(|_| !guarded).map(|(_, word)| word)
    }

    /// Reads a word as another one that it is a slip of the pen for.
    pub(crate) fn read_as(&self, utterance: &mut Utterance, reading: usize, word: WordId) {
        let text = utterance.store(self.word(word));
        if let Some(reading) = utterance.readings.get_mut(reading) {
            *reading = Reading { word, text, change: Change::Typo(1), ..reading.clone() };
        }
    }
}

/// How the word was written, where that may be a slip: a single word that is no chat spelling.
fn written<'a>(utterance: &'a Utterance, reading: &Reading) -> Option<&'a str> {
    let may_slip = matches!(reading.change, Change::None | Change::Form | Change::Typo(_) | Change::Vowels);
    let [token] = utterance.tokens.get(reading.tokens.start as usize..reading.tokens.end as usize)? else {
        return None;
    };
    may_slip.then(|| utterance.stretch(token.surface))
}
