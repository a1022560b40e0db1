//! What a message shows the classifier: its words, pairs of words and pieces of words, each as one number.

use crate::text::{Act, Concept, Concepts, Glosses, Manner, Negation, Topic, step, word_key};

/// Words of a message as the classifier sees them: corrected, with synonyms made one, fillers left out.
pub(crate) trait Wording {
    /// How many words there are.
    fn len(&self) -> usize;
    /// The word in its standard form.
    fn text(&self, word: usize) -> &str;
    /// The word as it was read: `text` has one form for all numbers and one for all addresses.
    fn read(&self, word: usize) -> &str;
    /// What sort of word it is.
    fn kind(&self, word: usize) -> WordKind;
    /// Whether it turns the meaning round, as `belum` does.
    fn negation(&self, word: usize) -> bool;
    /// How far it may be relied on, 0 to 1: less than 1 where a typo was corrected.
    fn trust(&self, word: usize) -> f32;
}

/// Sorts of words that are treated differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordKind {
    /// A word written with letters.
    Word,
    /// One Chinese character.
    Han,
    /// A number, address, id: it stands for any of its kind.
    Value,
}

/// Groups of grams that are normalised each for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Block {
    /// Single words.
    Word,
    /// Two words in a row, and the first and last word as such.
    Sequence,
    /// Pieces of words; in Chinese, of two or three characters in a row.
    Piece,
    /// Two words near each other, in any order.
    Pair,
    /// What words mean.
    Concept,
    /// What the message asks its reader for.
    Act,
    /// Whether it speaks of who writes it and of who reads it.
    Person,
    /// Concepts of two words near each other, in any order.
    ConceptPair,
}

impl Block {
    pub(super) const COUNT: usize = 8;
}

/// A feature of a message: what it is, its number, and where in the message it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gram {
    pub(super) block: Block,
    pub(super) key: u64,
    pub(super) place: Place,
}

/// What a gram counts that surely stands where it is found, in parts of which a half, a third and a quarter are whole
/// numbers: words stand for four concepts at most.
pub(super) const WHOLE: u16 = 12;

impl Gram {
    /// What it counts, [`WHOLE`] or a part of it: words that may stand for three things say a third for each.
    pub(super) fn count(&self) -> u16 {
        match self.place {
            Place::Concept(.., of) => WHOLE / of.max(1) as u16,
            _ => WHOLE,
        }
    }
}

/// Where a gram stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Word(usize),
    First(usize),
    Last(usize),
    /// Two words in a row.
    Words(usize, usize),
    /// Two words near each other.
    Pair(usize, usize),
    /// Bytes of a word between `<` and `>` that stand for its start and end.
    Piece {
        word: usize,
        from: usize,
        to: usize,
    },
    /// Chinese characters in a row: first and last.
    Run(usize, usize),
    /// First and last word of what stands for a concept, and how many concepts the words may stand for.
    Concept(usize, usize, &'static Concept, usize),
    /// First and last word of what belongs to a topic.
    Topic(usize, usize, &'static Topic),
    /// Two of the concepts, by their order in the message.
    Concepts(usize, usize),
    /// The whole message, as an act.
    Act(Act),
    /// The whole message: whether it names who writes and who reads it.
    Persons(bool, bool),
}

/// How far apart the words of a pair may stand.
const PAIR_REACH: usize = 4;
/// How far apart the words of two concepts may stand that are paired.
const CONCEPT_REACH: usize = 8;
/// Shortest and longest piece of a word, in characters with its two edges.
const PIECE: std::ops::RangeInclusive<usize> = 3..=4;
/// Longest piece of a Chinese sentence.
const RUN: usize = 3;
/// Words of a message beyond this are not looked at: a question is shorter.
pub(super) const MAX_WORDS: usize = 256;
/// Characters of a word beyond this are not cut into pieces.
const MAX_WORD: usize = 32;

const START: u64 = 1;
const END: u64 = 2;

/// What words may mean, and whether pairs of concepts count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Senses<'c> {
    pub(super) concepts: &'c Concepts,
    pub(super) pairs: bool,
}

/// A concept that words of a message stand for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meant {
    key: u64,
    /// The first of the words.
    word: usize,
    /// Whether a question shows it: else none has a pair with it.
    pub(super) known: bool,
}

impl Meant {
    /// The concept of a gram, if it is one; `known` where a question shows it.
    pub(super) fn of(gram: Gram, known: bool) -> Option<Self> {
        let Place::Concept(word, ..) = gram.place else { return None };
        Some(Meant { key: gram.key, word, known })
    }
}

/// What stands before or behind in a sequence.
#[derive(Debug, Clone, Copy)]
pub(super) enum Neighbour {
    Start,
    /// A word with this number.
    Word(u64),
    End,
}

/// Gives every gram of a message to `found`, in a fixed order. `hashes` and `glosses` are scratch: one number for each word,
/// and their glosses. Of words that lead in to what is said, only they themselves and what they mean count.
pub(super) fn grams<W: Wording>(
    words: &W,
    Senses { concepts, pairs: paired }: Senses,
    hashes: &mut Vec<u64>,
    glosses: &mut Glosses,
    mut found: impl FnMut(Gram),
) {
    hash_words(words, hashes);
    glosses.look_up(hashes);
    let manner = concepts.manner(glosses, |word| negation(words, word));
    let start = manner.lead_in;
    single_words(hashes, &mut found);
    sequences(hashes, start, &mut found);
    for word in start..hashes.len() {
        inside(words, word, hashes, &mut found);
    }
    pairs(hashes.len(), start, |one, two| found(pair(hashes, one, two)));
    let mut meant = Vec::new();
    meanings(concepts, glosses, &mut |gram| {
        meant.extend(Meant::of(gram, true));
        found(gram);
    });
    manners(manner, &mut found);
    if paired {
        concept_pairs(&meant, |one, two| found(concept_pair(&meant, one, two)));
    }
}

/// One number for each word.
pub(super) fn hash_words<W: Wording>(words: &W, hashes: &mut Vec<u64>) {
    hashes.clear();
    hashes.extend(word_keys(words));
}

/// Numbers of the words, one after the other.
pub(super) fn word_keys<W: Wording>(words: &W) -> impl Iterator<Item = u64> {
    (0..words.len().min(MAX_WORDS)).map(|word| word_key(words.text(word)))
}

/// Whether a word turns the meaning round.
pub(super) fn negates<W: Wording>(words: &W) -> bool {
    (0..words.len().min(MAX_WORDS)).any(|word| words.negation(word))
}

/// Which words turn round what is said, and which only ask: `bisa refund ga`, `bisa ga bisa`, 能不能.
pub(super) fn negation<W: Wording>(words: &W, word: usize) -> Negation {
    let asks = || word + 1 == words.len() || word > 0 && words.text(word - 1) == words.text(word + 1);
    match words.negation(word) {
        false => Negation::None,
        true if asks() => Negation::Asks,
        true => Negation::Denies,
    }
}

/// Number of a sequence of words, given their numbers: another number or address makes it another sequence.
pub(super) fn sequence_of<W: Wording>(words: &W, keys: impl IntoIterator<Item = u64>) -> u64 {
    let read = |(word, key)| match words.kind(word) {
        WordKind::Value => word_key(words.read(word)),
        _ => key,
    };
    keys.into_iter().enumerate().map(read).fold(8, step)
}

pub(super) fn single_words(hashes: &[u64], found: &mut impl FnMut(Gram)) {
    for (word, &key) in hashes.iter().enumerate() {
        found(Gram { block: Block::Word, key, place: Place::Word(word) });
    }
}

/// What a word is made of; what a Chinese character starts.
pub(super) fn inside<W: Wording>(words: &W, word: usize, hashes: &[u64], found: &mut impl FnMut(Gram)) {
    match words.kind(word) {
        WordKind::Word => pieces(word, words.text(word), found),
        WordKind::Han => runs(words, word, hashes, found),
        WordKind::Value => {}
    }
}

/// Number of two words in a row, or of the first or last one as such.
pub(super) fn sequence(one: Neighbour, two: Neighbour) -> u64 {
    let key = |neighbour| match neighbour {
        Neighbour::Start => START,
        Neighbour::Word(key) => key,
        Neighbour::End => END,
    };
    join(3, key(one), key(two))
}

/// Words in a row from `start` on.
pub(super) fn sequences(hashes: &[u64], start: usize, found: &mut impl FnMut(Gram)) {
    let (Some(&first), Some(&last)) = (hashes.get(start), hashes.last()) else { return };
    let mut found = |one, two, place| found(Gram { block: Block::Sequence, key: sequence(one, two), place });
    found(Neighbour::Start, Neighbour::Word(first), Place::First(start));
    for (word, pair) in (start..).zip(hashes[start..].windows(2)) {
        found(Neighbour::Word(pair[0]), Neighbour::Word(pair[1]), Place::Words(word, word + 1));
    }
    found(Neighbour::Word(last), Neighbour::End, Place::Last(hashes.len() - 1));
}

/// Words near each other, of so many, from `start` on.
pub(super) fn pairs(words: usize, start: usize, mut found: impl FnMut(usize, usize)) {
    for one in start..words {
        (one + 1..words.min(one + 1 + PAIR_REACH)).for_each(|two| found(one, two));
    }
}

/// Two words, by their numbers and whatever their order.
pub(super) fn pair(hashes: &[u64], one: usize, two: usize) -> Gram {
    let key = join_unordered(4, hashes[one], hashes[two]);
    Gram { block: Block::Pair, key, place: Place::Pair(one, two) }
}

/// What the words mean, whatever they are.
pub(super) fn meanings(concepts: &Concepts, glosses: &Glosses, found: &mut impl FnMut(Gram)) {
    let block = Block::Concept;
    concepts.find(glosses, |words, concept, of| {
        let (first, last) = (words.start, words.end - 1);
        found(Gram { block, key: concept_key(concept), place: Place::Concept(first, last, concept, of) });
        for topic in concept.topics {
            found(Gram { block, key: topic_key(topic), place: Place::Topic(first, last, topic) });
        }
    });
}

/// Number of a concept among all grams.
pub(super) fn concept_key(concept: &Concept) -> u64 {
    step(9, concept.key)
}

/// Number of a topic among all grams.
pub(super) fn topic_key(topic: &Topic) -> u64 {
    step(10, topic.key)
}

/// Concepts of words near each other, by their places.
pub(super) fn concept_pairs(meant: &[Meant], mut found: impl FnMut(usize, usize)) {
    for (two, b) in meant.iter().enumerate() {
        let near =
            meant[..two].iter().enumerate().rev().take_while(|(_, a)| b.word - a.word <= CONCEPT_REACH);
        near.filter(|(_, a)| a.word != b.word && a.key != b.key).for_each(|(one, _)| found(one, two));
    }
}

/// Two of the concepts, whatever their order.
pub(super) fn concept_pair(meant: &[Meant], one: usize, two: usize) -> Gram {
    let key = join_unordered(13, meant[one].key, meant[two].key);
    Gram { block: Block::ConceptPair, key, place: Place::Concepts(one, two) }
}

/// How the message is put.
pub(super) fn manners(manner: Manner, found: &mut impl FnMut(Gram)) {
    let Manner { act, first_person, second_person, .. } = manner;
    found(Gram { block: Block::Act, key: step(11, act as u64), place: Place::Act(act) });
    let persons = u64::from(first_person) << 1 | u64::from(second_person);
    let place = Place::Persons(first_person, second_person);
    found(Gram { block: Block::Person, key: step(12, persons), place });
}

/// Pieces of one word, its edges marked.
fn pieces(word: usize, text: &str, found: &mut impl FnMut(Gram)) {
    let mut marks = [(0u64, 0usize); MAX_WORD + 2];
    let mut len = 1;
    marks[0] = (START, 0);
    for (at, c) in text.char_indices().take(MAX_WORD) {
        marks[len] = (u64::from(c) + 3, at);
        len += 1;
    }
    marks[len] = (END, text.len());
    let marks = &marks[..=len];
    for (start, &(_, from)) in marks.iter().enumerate() {
        let mut key = 5;
        for (extra, &(mark, at)) in marks[start..].iter().take(*PIECE.end()).enumerate() {
            key = step(key, mark);
            if PIECE.contains(&(extra + 1)) {
                let to = marks.get(start + extra + 1).map_or(at, |next| next.1);
                found(Gram { block: Block::Piece, key, place: Place::Piece { word, from, to } });
            }
        }
    }
}

/// Chinese characters in a row that start at `first`.
fn runs<W: Wording>(words: &W, first: usize, hashes: &[u64], found: &mut impl FnMut(Gram)) {
    let mut key = step(6, hashes[first]);
    for (last, &hash) in hashes.iter().enumerate().skip(first + 1).take(RUN - 1) {
        if words.kind(last) != WordKind::Han {
            return;
        }
        key = step(key, hash);
        found(Gram { block: Block::Piece, key, place: Place::Run(first, last) });
    }
}

fn join_unordered(sort: u64, a: u64, b: u64) -> u64 {
    join(sort, a.min(b), a.max(b))
}

fn join(sort: u64, a: u64, b: u64) -> u64 {
    step(step(sort, a), b)
}
