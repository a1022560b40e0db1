use proptest::prelude::*;

use super::curve::{Curve, auroc};
use super::ending::{Ending, Verdict};
use super::folds::Split;
use super::judged::Judged;
use super::labelled::Labelled;
use super::reliability::{calibration_error, reliability};
use super::{Refusal, cross_validate, evaluate, repeats, suggest, tune};
use crate::engine::Engine;
use crate::message::Message;
use crate::rules::{Limits, RuleSet, Source};

/// Messages by confidence, whether they are in scope, and whether their best candidate is right.
fn judged<'m>(message: &'m Labelled, of: &[(f64, bool, bool)]) -> Vec<Judged<'m>> {
    let judge = |&(confidence, inside, right): &(f64, bool, bool)| Judged {
        message,
        expected: inside.then_some(1),
        best: Some(if right { 1 } else { 2 }),
        confidence,
        decided: None,
        ending: Ending { action: "handoff", rule: None, reason: None, options: Vec::new() },
        verdict: Verdict::Unsure,
        explained: None,
    };
    of.iter().map(judge).collect()
}

/// Ten messages, two of them out of scope, three with one confidence.
const TEN: [(f64, bool, bool); 10] = [
    (0.95, true, true),
    (0.9, true, true),
    (0.8, true, true),
    (0.8, true, false),
    (0.8, true, true),
    (0.6, false, false),
    (0.5, true, true),
    (0.45, true, false),
    (0.2, false, false),
    (0.0, true, false),
];

#[test]
fn curves_agree_with_figures_done_by_hand() {
    let message = Labelled::new("", None);
    let judged = judged(&message, &TEN);
    // 0.6 is below five of eight in scope, 0.2 below seven: 12 of 16 pairs.
    assert_eq!(auroc(&judged), Some(0.75));
    let curve = Curve::of(&judged);
    let among: Vec<_> = curve.among(&[0.2, 0.4, 0.7]).iter().map(|among| among.accuracy).collect();
    // Two of the three with 0.8 are right: of the first four, 2 + 2 · ⅔ are.
    assert_eq!(among, [Some(1.0), Some(0.8333), Some(0.7143)]);
    let coverage: Vec<_> = curve.coverage_at(&[0.95, 0.8, 0.6]).iter().map(|at| at.coverage.number).collect();
    assert_eq!(coverage, [2, 5, 8]);
    let ends = curve.points();
    assert_eq!((ends[0].coverage, ends[0].risk), (0.1, 0.0));
    assert_eq!((ends[ends.len() - 1].coverage, ends[ends.len() - 1].risk), (1.0, 0.5));
}

#[test]
fn calibration_agrees_with_figures_done_by_hand() {
    let message = Labelled::new("", None);
    let judged = judged(&message, &TEN);
    // Bins from 0: |0 − 0|, |0.2 − 0|, |0.45 − 0|, |0.5 − 1|, |0.6 − 0|, |2.4 − 2|, |1.85 − 2|.
    assert_eq!(calibration_error(&judged), Some(0.23));
    let bins = reliability(&judged);
    assert_eq!((bins.len(), bins[8].messages, bins[8].accuracy), (10, 3, Some(0.6667)));
    assert_eq!((bins[1].messages, bins[1].confidence), (0, None));
}

#[test]
fn nothing_has_no_figures_and_breaks_none() {
    let engine = Engine::new(&rules(RULES)).expect("an engine");
    let nothing = evaluate(&engine, &[]);
    assert_eq!((nothing.messages, nothing.accuracy.share, nothing.auroc), (0, None, None));
    assert!(
        nothing.risk_coverage.is_empty()
            && nothing.most_confident.iter().all(|among| among.accuracy.is_none())
    );
    assert_eq!(tune(&engine, &[], 0.02, 0.95), Err(Refusal::NoMessages));
}

#[test]
fn tuning_keeps_what_is_in_force_unless_something_answers_more() {
    // The pattern answers all of them, with nine tenths; the others are not known at all.
    let mut labelled = doors(400);
    labelled.push(Labelled::new("zzgrm qwxv", None));
    for (threshold, margin) in [(0.0, 0.1), (0.3, 0.1), (0.575, 0.0), (0.75, 0.07), (0.9, 0.2), (0.85, 0.1)] {
        let settings = format!("settings: {{threshold: {threshold}, margin: {margin}, ");
        let engine = Engine::new(&rules(&RULES.replace("settings: {", &settings))).expect("an engine");
        let tuning = tune(&engine, &labelled, 0.02, 0.95).expect("figures");
        let chosen = tuning.chosen.expect("settings that hold");
        assert!(tuning.keeps(), "{threshold} and {margin} gave way to {chosen:?}");
        assert_eq!(chosen.answered, tuning.now.answered);
        assert!(chosen.wrong_at_most <= 0.02);
    }
}

#[test]
fn a_computed_threshold_that_is_kept_is_given_to_the_last_digit() {
    let engine = Engine::new(&rules(RULES)).expect("an engine");
    let tuning = tune(&engine, &doors(400), 0.02, 0.95).expect("figures");
    assert!(tuning.keeps());
    assert_eq!(tuning.chosen.map(|chosen| chosen.threshold), Some(engine.settings().threshold));
}

#[test]
fn messages_that_are_questions_or_copies_are_counted() {
    let engine = Engine::new(&rules(RULES)).expect("an engine");
    let texts = [
        "when are you open",
        "GOOD morning",
        "who is it",
        "Who is it",
        "who are you",
        "zzgrm qwxv",
        "room 12 please",
        "room 7,5 please",
        "mail to ana@example.com",
        "mail to budi@example.com",
        "room please",
    ];
    let mut labelled = texts.map(|text| Labelled::new(text, None)).to_vec();
    labelled.push(Labelled::new("when are you open", Some("no rule")));
    let repeats = repeats(&engine, &labelled);
    assert_eq!((repeats.own_questions, repeats.copies, repeats.messages), (2, 3, 11));
    let foreign = tune(&engine, &labelled[5..6], 0.02, 0.95).expect("figures");
    assert_eq!((foreign.most_answered, foreign.messages_needed), (0, None));
}

#[test]
fn nothing_is_chosen_where_most_of_the_answered_messages_are_copies() {
    let engine = Engine::new(&rules(RULES)).expect("an engine");
    let foreign = (0..310).map(|at| Labelled::new(format!("wuggle {}", nonsense(at)), None));
    for (same, others, holds) in [(299, 300, true), (303, 300, false)] {
        let copies = vec![Labelled::new("door 1000", Some("door")); same / 2];
        let numbers = (0..same - same / 2).map(|at| Labelled::new(format!("door {at}"), Some("door")));
        let labelled: Vec<_> =
            copies.into_iter().chain(numbers).chain(doors(others)).chain(foreign.clone()).collect();
        let tuning = tune(&engine, &labelled, 0.02, 0.95).expect("figures");
        assert_eq!((tuning.in_scope, tuning.out_of_scope), (same + others, 310));
        let of = tuning.repeats;
        assert_eq!((of.messages, of.own_questions, of.copies), (same + others, 0, same - 1));
        assert_eq!(tuning.chosen.is_some(), holds, "{same} of {}", same + others);
    }
}

#[test]
fn a_name_that_yaml_readers_take_for_something_else_is_not_proposed() {
    let engine = Engine::new(&rules(RULES)).expect("an engine");
    let found = suggest(&engine, &[Message::new("nº"), Message::new("nº")]);
    assert!(found.proposals[0].yaml.starts_with("  new-question:\n"), "{}", found.proposals[0].yaml);
}

#[test]
fn what_is_masked_in_the_questions_of_an_entry_is_not_in_its_id_either() {
    let engine = Engine::new(&rules(RULES)).expect("an engine");
    let cases = [
        ("my password is hunter2zz it fails", "hunter2zz", "password-fails"),
        ("pw saya Tr0ub4dor quux", "tr0ub4dor", "password-quux"),
        ("sandi: kucing99 wombat", "kucing99", "sandi-wombat"),
        ("kata sandi saya RahasiaBanget zork", "rahasiabanget", "kata-sandi-zork"),
        ("写信给 budi@mail.id 谢谢", "budi", "写信-谢谢"),
    ];
    for (text, secret, id) in cases {
        let found = suggest(&engine, &[Message::new(text); 2]);
        let [proposal] = &found.proposals[..] else { panic!("{text}: {found:?}") };
        assert!(!proposal.yaml.to_lowercase().contains(secret), "{text}: {}", proposal.yaml);
        assert_eq!(proposal.rule, id, "{text}");
    }
}

proptest! {
    #[test]
    fn the_area_is_the_share_of_pairs_in_the_right_order(of in messages()) {
        let message = Labelled::new("", None);
        let (mut wins, mut pairs) = (0.0, 0.0);
        for inside in of.iter().filter(|one| one.1) {
            for outside in of.iter().filter(|one| !one.1) {
                pairs += 1.0;
                wins += if inside.0 > outside.0 { 1.0 } else if inside.0 < outside.0 { 0.0 } else { 0.5 };
            }
        }
        let found = auroc(&judged(&message, &of));
        prop_assert_eq!(found.is_none(), pairs == 0.0);
        prop_assert!(found.is_none_or(|found| (found - wins / pairs).abs() < 1e-4));
    }

    #[test]
    fn the_order_of_messages_changes_no_figure(of in messages()) {
        let message = Labelled::new("", None);
        let turned: Vec<_> = of.iter().rev().copied().collect();
        let (one, other) = (judged(&message, &of), judged(&message, &turned));
        prop_assert_eq!(auroc(&one), auroc(&other));
        prop_assert_eq!(Curve::of(&one).points(), Curve::of(&other).points());
        prop_assert_eq!(Curve::of(&one).among(&[0.7]), Curve::of(&other).among(&[0.7]));
    }

    #[test]
    fn a_covered_share_is_as_precise_as_it_says(of in messages()) {
        let message = Labelled::new("", None);
        for at in Curve::of(&judged(&message, &of)).coverage_at(&[0.5, 0.9]) {
            let Some(threshold) = at.threshold else { continue };
            let answered: Vec<_> = of.iter().filter(|one| one.0 >= threshold).collect();
            let right = answered.iter().filter(|one| one.1 && one.2).count();
            prop_assert_eq!(answered.len(), at.coverage.number);
            prop_assert!(right as f64 >= at.precision * answered.len() as f64);
        }
    }

    #[test]
    fn proposed_entries_load_whatever_customers_write(texts in prop::collection::vec("\\PC{0,40}|.{0,20}", 1..12)) {
        let engine = Engine::new(&rules(RULES)).expect("an engine");
        let messages: Vec<Message> = texts.iter().flat_map(|text| [Message::new(text); 2]).collect();
        let found = suggest(&engine, &messages);
        prop_assume!(!found.proposals.is_empty());
        let entries: String = found.proposals.iter().map(|proposal| proposal.yaml.as_str()).collect();
        let proposed = format!("jawab: 1\nlanguage: en\nfaq:\n{entries}");
        let sources = [Source::new("r.yaml", RULES), Source::new("p.yaml", &proposed)];
        let loaded = RuleSet::from_sources(&sources, &Limits::default());
        prop_assert!(loaded.is_ok(), "{}\n{}", proposed, loaded.unwrap_err());
    }
}

fn messages() -> impl Strategy<Value = Vec<(f64, bool, bool)>> {
    let message = (0_u32..=20, any::<bool>(), any::<bool>());
    let message = message.prop_map(|(step, inside, right)| (f64::from(step) / 20.0, inside, inside && right));
    prop::collection::vec(message, 1..60)
}

const RULES: &str = "\
jawab: 1
language: en
settings: {languages: [en, id, fil, zh], fallback: {say: One moment.}}
faq:
  hours:
    questions: [when are you open, When are you OPEN?, opening hours please, are you open today]
    answer: Always.
  price:
    questions: [what does it cost, price list please, how much is it]
    answer: Nothing.
  lone: {questions: [good morning], answer: Good morning.}
intents:
  door: {any: [door], answer: Open.}
";

/// Messages that are answered for certain, no two of them the same.
fn doors(count: usize) -> Vec<Labelled> {
    (0..count).map(|at| Labelled::new(format!("door {}", nonsense(at)), Some("door"))).collect()
}

/// A word that no rule knows, another for each number.
fn nonsense(number: usize) -> String {
    let letter = |place: u32| char::from(b'a' + (number / 26_usize.pow(place) % 26) as u8);
    format!("zzq{}x{}x{}", letter(2), letter(1), letter(0))
}

fn rules(text: &str) -> RuleSet {
    RuleSet::from_yaml("r.yaml", text).expect("rules")
}

fn parts(text: &str) -> Vec<Vec<String>> {
    let split = Split::of(&Engine::new(&rules(text)).expect("an engine"), 3);
    let sorted = |part: &Vec<super::folds::Held>| {
        let mut texts: Vec<String> = part.iter().map(|held| held.question.text.clone()).collect();
        texts.sort();
        texts
    };
    split.held.iter().map(sorted).collect()
}

#[test]
fn questions_that_read_the_same_are_held_back_together() {
    let parts = parts(RULES);
    let with = |text: &str| parts.iter().position(|part| part.iter().any(|held| held == text));
    assert_eq!(with("when are you open"), with("When are you OPEN?"));
    assert_eq!(with("good morning"), None, "the only question of its rule is never held back");
    assert_eq!(parts.iter().map(Vec::len).sum::<usize>(), 7);
    assert!(parts.iter().all(|part| part.len() >= 2));
}

#[test]
fn neither_the_order_of_questions_nor_other_rules_change_a_part() {
    let turned = RULES.replace(
        "[what does it cost, price list please, how much is it]",
        "[how much is it, price list please, what does it cost]",
    );
    assert_ne!(turned, RULES);
    assert_eq!(parts(RULES), parts(&turned));
    let more = RULES
        .replace("faq:\n", "faq:\n  cards: {questions: [my card is lost, block my card], answer: Done.}\n");
    let mut parts_of_more = parts(&more);
    parts_of_more.iter_mut().for_each(|part| part.retain(|text| !text.contains("card")));
    assert_eq!(parts(RULES), parts_of_more);
}

#[test]
fn questions_are_held_back_with_facts_for_which_their_rule_is_meant() {
    let pass = "faq:\n  pass:\n    questions: [i want my lounge pass, where is my lounge pass, send the lounge pass, lounge pass lost]\n    when: {plan: vip}\n    answer: Here.\n";
    let found = cross_validate(&rules(&RULES.replace("faq:\n", pass)), 2).expect("figures");
    let pass = found.evaluation.rules.iter().find(|rule| &*rule.rule == "pass").expect("its figures");
    assert_eq!(pass.accuracy.number, 4);
}

#[test]
fn what_is_held_back_is_not_known() {
    let unlike = "jawab: 1\nlanguage: en\nfaq:\n  a: {questions: [alpha beta, gamma delta], answer: A.}\n  b: {questions: [epsilon zeta, eta theta], answer: B.}\n";
    let found = cross_validate(&rules(unlike), 2).expect("figures");
    assert_eq!((found.evaluation.messages, found.evaluation.accuracy.number), (4, 0));
    let known =
        evaluate(&Engine::new(&rules(unlike)).expect("an engine"), &[Labelled::new("alpha beta", Some("a"))]);
    assert_eq!(known.accuracy.number, 1);
}
