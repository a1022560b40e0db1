//! Rule sets of many rules, of which only the likeliest are scored in full.

use super::super::scores::MANY;
use super::super::{Guess, Model, Scratch, Trainer};
use super::Plain;

const VERBS: [&str; 26] = [
    "open", "close", "change", "check", "cancel", "renew", "pay", "track", "lock", "unlock", "upgrade",
    "report", "transfer", "download", "print", "share", "limit", "verify", "replace", "activate", "delay",
    "merge", "split", "export", "rename", "archive",
];
const THINGS: [&str; 24] = [
    "account",
    "card",
    "loan",
    "invoice",
    "ticket",
    "parcel",
    "booking",
    "insurance",
    "statement",
    "password",
    "address",
    "voucher",
    "subscription",
    "receipt",
    "contract",
    "profile",
    "wallet",
    "deposit",
    "refund",
    "passport",
    "salary",
    "coupon",
    "meeting",
    "device",
];

fn questions(rule: u32) -> [String; 4] {
    let (verb, thing) = (VERBS[rule as usize % VERBS.len()], THINGS[rule as usize / VERBS.len()]);
    [
        format!("how do i {verb} my {thing}"),
        format!("i want to {verb} a {thing}"),
        format!("where can i {verb} the {thing} please"),
        format!("{thing} {verb}"),
    ]
}

fn trainer(rules: u32) -> Trainer {
    let mut trainer = Trainer::default();
    for rule in 0..rules {
        for (text, number) in questions(rule).iter().zip(0..) {
            trainer.question(rule, rule * 4 + number, &Plain::new(text));
        }
    }
    trainer
}

fn guesses(model: &Model, text: &str) -> Vec<Guess> {
    model.classify(&Plain::new(text), &mut Scratch::default()).to_vec()
}

#[test]
fn other_wordings_find_their_rule_among_many() {
    let model = trainer(600).train();
    let found = |rule: u32| {
        let (verb, thing) = (VERBS[rule as usize % VERBS.len()], THINGS[rule as usize / VERBS.len()]);
        let text = format!("can you {verb} this {thing} for me");
        guesses(&model, &text).first().is_some_and(|guess| guess.class == rule)
    };
    let right = (0..600).filter(|&rule| found(rule)).count();
    assert!(right >= 595, "{right} of 600");
}

#[test]
fn the_very_question_of_one_of_many_is_certain() {
    let mut trainer = trainer(600);
    trainer.question(600, 9_000, &Plain::new("how do i"));
    let model = trainer.train();
    for (text, rule) in [("how do i", 600), ("voucher close", 1 + 11 * 26), ("I want to open a card", 26)] {
        let best = guesses(&model, text)[0];
        assert_eq!((best.class, best.identical, best.confidence), (rule, true, 1.0), "{text}");
    }
}

#[test]
fn words_of_all_rules_alone_are_no_reason_to_be_sure() {
    let model = trainer(600).train();
    for text in ["how do i my", "where can i the please", "i want to"] {
        assert!(guesses(&model, text).iter().all(|guess| guess.confidence < 0.5), "{text}");
    }
}

#[test]
fn scores_of_the_likeliest_are_exact() {
    let model = trainer(600).train();
    let mut scratch = Scratch::default();
    for text in ["please lock my card and wallet", "upgrade subscription", "parcel", "how do i"] {
        for guess in model.classify(&Plain::new(text), &mut scratch).to_vec() {
            let exact: f32 =
                scratch.vector.iter().map(|&(f, v)| v * model.weights.weight(f, guess.class)).sum();
            assert!((guess.score - f64::from(exact)).abs() < 1e-4, "{text}: {guess:?} {exact}");
        }
    }
}

#[test]
fn examples_of_no_rule_take_confidence_away_among_many() {
    let confidence = |model: &Model| guesses(model, "lock my card at the door")[0].confidence;
    let without = trainer(600).train();
    let mut trainer = trainer(600);
    for text in ["lock the front door", "my front door is open", "who is at the door", "close the door"] {
        trainer.out_of_scope(&Plain::new(text));
    }
    trainer.reject(8 + 26, &Plain::new("lock the card reader at the door"));
    let with = trainer.train();
    assert!(confidence(&with) < confidence(&without));
}

#[test]
fn up_to_the_limit_all_rules_are_scored_and_beyond_it_the_likeliest() {
    let scored = |rules: u32| {
        let mut scratch = Scratch::default();
        trainer(rules).train().classify(&Plain::new("how do i close my voucher"), &mut scratch);
        scratch.scores.classes.len()
    };
    assert_eq!(scored(MANY as u32), MANY);
    assert!((2..=65).contains(&scored(MANY as u32 + 1)));
}

/// Changes only with the way of learning.
#[test]
fn the_model_of_many_rules_is_the_same_on_every_machine() {
    assert_eq!(trainer(600).train().fingerprint()[..4], [82, 92, 115, 130]);
}
