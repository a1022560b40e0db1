//! Words that a word of the reading may be a slip of the pen for, whatever it was read as.

use super::lexicon::Lexicon;
use super::token::{Change, Reading, WordId};
use super::utterance::Utterance;

/// Most words that one word is taken for.
const MOST: usize = 64;

impl Lexicon {
    /// The words of the rule set one typo from what was written, in place of what the list held: none where a negation is
    /// as near, or where the word was written otherwise on purpose.
    pub(crate) fn lookalikes(&self, utterance: &Utterance, reading: usize, found: &mut Vec<WordId>) {
        found.clear();
        let Some((reading, written)) =
            utterance.readings.get(reading).and_then(|reading| Some((reading, written(utterance, reading)?)))
        else {
            return;
        };
        let mut guarded = false;
        self.corrector.lookalikes(written, |entry, negation| {
            guarded |= negation;
            let word = self.entries.get(entry as usize).map_or(WordId::UNKNOWN, |entry| entry.word);
            if word.is_known() && word != reading.word && found.len() < MOST && !found.contains(&word) {
                found.push(word);
            }
        });
        if guarded {
            found.clear();
        }
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
