//! Words that are read as others that they are slips of the pen for.

use super::super::gram::Wording;
use super::super::{Model, NearestOf, Scratch, Trainer};
use crate::text::{Change, LanguagePack, Lexicon, LexiconBuilder, Utterance};

const QUESTIONS: &[&str] = &[
    "what is the meaning of life",
    "say what the meaning of life is",
    "is there a meaning of life",
    "who knows the meaning of life",
    "i look for the meaning of life",
    "explain the meaning of life",
    "tell me the meaning of life",
    "the meaning of life please",
    "how do i fill in the form today",
    "where is the form today",
    "i lost the form today",
    "print the form today",
    "sign the form today",
    "send the form today",
    "bring the form today",
    "fort knox is closed",
    "ford cars are here",
    "ford cars are gone",
    "it was not me",
    "it was not me again",
    "it was not me at all",
    "i note it down",
];

fn learned() -> (Lexicon, Model) {
    let mut words = LexiconBuilder::new(&[LanguagePack::built_in("en").expect("a pack")]);
    QUESTIONS.iter().for_each(|text| words.text(text, 1));
    let lexicon = words.build();
    let (mut trainer, mut utterance) = (Trainer::ranked(Vec::new(), lexicon.concepts()), Utterance::new());
    for (id, text) in (0..).zip(QUESTIONS) {
        lexicon.read(text, &mut utterance);
        trainer.question(u32::from(!text.contains("life")), id, &utterance);
    }
    let model = trainer.train();
    (lexicon, model)
}

/// A message as it is read in the end.
fn read(lexicon: &Lexicon, model: &Model, message: &str, utterance: &mut Utterance) -> String {
    lexicon.read(message, utterance);
    model.mend_and_classify(utterance, lexicon, NearestOf::Likely, &mut Scratch::default());
    let words: Vec<&str> = (0..Wording::len(utterance)).map(|word| Wording::text(utterance, word)).collect();
    words.join(" ")
}

#[test]
fn a_word_is_read_as_another_where_both_neighbours_know_that() {
    let (lexicon, model) = learned();
    let mut utterance = Utterance::new();
    let table = [
        ("the meaning of lie", "the meaning of life", "the end is a neighbour"),
        ("the fort today", "the form today", "a word of one question, the other of seven"),
        ("the ford today", "the ford today", "a word of two questions, the other of seven"),
        ("the from today", "the form today", "a word that only the language knows"),
        ("the fern today", "the fern today", "two letters away"),
        ("the from of life", "the from of life", "only one neighbour"),
        ("the fort knox", "the fort knox", "beside what it stands beside in a question"),
        ("it was note me", "it was note me", "never read as a negation"),
        ("lie", "lie", "neither start nor end alone"),
    ];
    for (message, expected, why) in table {
        assert_eq!(read(&lexicon, &model, message, &mut utterance), expected, "{message}: {why}");
    }
}

#[test]
fn what_was_mended_is_trusted_as_a_typo_is_and_stays() {
    let (lexicon, model) = learned();
    let mut utterance = Utterance::new();
    read(&lexicon, &model, "the meaning of lie", &mut utterance);
    assert_eq!(utterance.reading()[3].change, Change::Typo(1));
    let mut scratch = Scratch::default();
    let first = model.classify(&utterance, &mut scratch).first().copied();
    let again =
        model.mend_and_classify(&mut utterance, &lexicon, NearestOf::Likely, &mut scratch).first().copied();
    assert_eq!(first, again, "nothing is left to mend");
    assert_eq!(first.map(|guess| guess.class), Some(0));
}

#[test]
fn questions_that_are_known_are_never_mended() {
    let (lexicon, model) = learned();
    let mut utterance = Utterance::new();
    for question in QUESTIONS {
        lexicon.read(question, &mut utterance);
        let before = utterance.clone();
        model.mend_and_classify(&mut utterance, &lexicon, NearestOf::Likely, &mut Scratch::default());
        assert_eq!(utterance.reading(), before.reading(), "{question}");
    }
}
