//! What the files say is what the rule set holds.

use super::{RULE, loaded};
use crate::context::Context;
use crate::rules::model::{Outcome, Priority, ServiceTimes, SlotType};
use crate::rules::{Condition, Contents, Language, Limits, RuleSet, Source, Texts};

/// The example of the reference page of the rule language.
const REFERENCE: &str = r#"
jawab: 1
language: id

settings:
  languages: [id, en, fil, zh]
  threshold: 0.60
  margin: 0.05
  clarify: false
  fallback:
    team: general
    say: {id: "Saya teruskan ke tim kami, ya.", en: "I am passing you on to our team."}

vocabulary:
  fillers: [kak, gan, bosku, min]
  synonyms:
    deposit: [depo, top up, topup, isi saldo]
    withdraw: [wd, penarikan, tarik dana]
  lists:
    bank: {bca: [bca, "klik bca"], mandiri: [mandiri, livin], gopay: [gopay, go pay]}
  macros:
    not-yet: (belum|blm|tidak|ga) [juga]

teams:
  finance: {respond_within: 1m, update_every: 5m, resolve_within: 10m}
  general: {respond_within: 1m}

faq:
  minimum-deposit:
    questions:
      id:
        - Berapa minimal deposit?
        - minimal isi saldo berapa
      en:
        - What is the minimum deposit?
    answer:
      id: Minimal deposit Rp50.000, {{ customer.name | default("Kak") }}.
      en: The minimum deposit is Rp50,000.

intents:
  deposit-missing:
    title: {id: Deposit belum masuk, en: Deposit not credited}
    any:
      - deposit ... <not-yet> masuk
      - sudah transfer {amount} ke {bank}
      - /\bTRX\d{6,}\b.*belum/
    none: [cara deposit]
    slots: {method: bank}
    handoff:
      team: finance
      priority: high
      reason: payment-not-credited
      collect: [account, amount, method, reference]
      respond_within: 30s
      say: {id: "Mohon maaf atas kendalanya. Kami cek depositnya sekarang."}
    tests:
      matches: [depo dr tadi blm masuk nih, "sdh tf 50rb ke bca saldo ga nambah"]
      rejects: [cara deposit gimana]
"#;

fn built_in(name: &str) -> SlotType {
    let (_, kind) = SlotType::BUILT_IN.iter().find(|(known, _)| *known == name).expect("a built-in type");
    SlotType::BuiltIn(*kind)
}

fn said(texts: &Texts) -> Vec<(&str, &str)> {
    texts.variants.iter().map(|variant| (variant.language.as_str(), variant.text.source())).collect()
}

#[test]
fn the_reference_example_is_read_whole() {
    let rules = loaded(REFERENCE);
    let Contents { settings, vocabulary, teams, rules, language } = rules.contents();
    assert_eq!((settings.threshold, settings.margin, settings.clarify), (Some(0.6), 0.05, false));
    assert_eq!(
        settings.languages.iter().map(Language::as_str).collect::<Vec<_>>(),
        ["id", "en", "fil", "zh"]
    );
    assert_eq!((language.as_str(), settings.fallback.team), ("id", Some(1)));
    assert_eq!(said(&settings.fallback.say)[1], ("en", "I am passing you on to our team."));
    assert_eq!(
        (vocabulary.fillers.len(), vocabulary.synonyms.len(), vocabulary.lists[0].values.len()),
        (4, 2, 3)
    );
    assert_eq!(vocabulary.synonyms[0].others[1].text, "top up");
    assert!(vocabulary.macros.contains_key("not-yet"));
    let minutes = |n: u64| Some(n * 60);
    let times =
        ServiceTimes { respond_within: minutes(1), update_every: minutes(5), resolve_within: minutes(10) };
    assert_eq!((teams[0].id.text.as_str(), teams[0].times), ("finance", times));
    assert_eq!((rules[0].id.text.as_str(), rules[0].questions.len()), ("minimum-deposit", 3));
    assert_eq!(rules[0].questions[2].language.as_str(), "en");
}

#[test]
fn a_handoff_is_read_whole() {
    let rules = loaded(REFERENCE);
    let rule = &rules.contents().rules[1];
    let Outcome::Handoff(handoff) = &rule.outcome else { panic!("{:?}", rule.outcome) };
    assert_eq!((rule.any.len(), rule.none.len(), rule.priority), (3, 1, 0));
    assert_eq!(
        (handoff.team, handoff.priority, handoff.times.respond_within),
        (Some(0), Priority::High, Some(30))
    );
    assert_eq!(handoff.reason.as_deref(), Some("payment-not-credited"));
    let collected: Vec<_> =
        handoff.collect.iter().map(|detail| (detail.name.as_str(), detail.slot_type.clone())).collect();
    assert_eq!(collected[1], ("amount", built_in("amount")));
    assert_eq!(collected[2], ("method", SlotType::List("bank".into())));
    assert_eq!(rule.slot_type("bank", None), Some(&SlotType::List("bank".into())));
    assert_eq!(rule.slot_type("from", Some("amount")), Some(&built_in("amount")));
    assert_eq!((rule.tests.matches.len(), rule.tests.rejects[0].text.as_str()), (2, "cara deposit gimana"));
    assert_eq!(rule.title[1], (Language::new("en"), "Deposit not credited".to_owned()));
}

#[test]
fn answers_are_texts_variants_or_either_by_language() {
    let cases = [
        ("answer: Halo", vec![("id", "Halo")]),
        ("answer: [Halo, Hai]", vec![("id", "Halo"), ("id", "Hai")]),
        ("answer: {text: Halo, when: {channel: line}}", vec![("id", "Halo")]),
        ("answer: [{text: Halo, when: {channel: line}}, Hai]", vec![("id", "Halo"), ("id", "Hai")]),
        ("answer: {id: Halo, en: [Hello, Hi]}", vec![("id", "Halo"), ("en", "Hello"), ("en", "Hi")]),
        ("answer: {tl-PH: {text: Kumusta, when: {channel: line}}}", vec![("fil", "Kumusta")]),
        ("answer: 1.5", vec![("id", "1.5")]),
    ];
    for (answer, expected) in cases {
        let rules = loaded(&format!("jawab: 1\nlanguage: id\nfaq: {{a: {{questions: [x], {answer}}}}}\n"));
        let Outcome::Answer(texts) = &rules.contents().rules[0].outcome else { panic!("{answer}") };
        assert_eq!(said(texts), expected, "{answer}");
    }
}

#[test]
fn questions_and_patterns_are_one_or_a_list_or_by_language() {
    for (questions, count) in [("x", 1), ("[x, y]", 2), ("{id: x, en: [y, z]}", 3)] {
        let rules = loaded(&format!(
            "jawab: 1\nlanguage: id\nintents: {{a: {{questions: {questions}, any: {questions}, answer: b}}}}\n"
        ));
        let rule = &rules.contents().rules[0];
        assert_eq!((rule.questions.len(), rule.any.len()), (count, count), "{questions}");
    }
}

#[test]
fn conditions_hold_for_the_facts_they_name() {
    let text = "jawab: 1\nlanguage: en\nfaq:\n  a:\n    questions: [x]\n    answer: b\n    when: {channel: [line, whatsapp], queue.waiting: \">3\", time: \"22:00-06:00\", previous: a}\n";
    let rules = loaded(text);
    let when = &rules.contents().rules[0].when;
    let context = Context::new().with("channel", "LINE").with("queue.waiting", 4).with("time", "23:00");
    assert_eq!(
        when.iter().map(Condition::fact).collect::<Vec<_>>(),
        ["channel", "queue.waiting", "time", "previous"]
    );
    assert!(when[..3].iter().all(|condition| condition.holds(&context)));
    assert!(!when[3].holds(&context) && when[3].holds_after(&context, Some("a")));
}

#[test]
fn vocabulary_and_teams_of_several_files_are_joined() {
    let a = format!("jawab: 1\nlanguage: en\n{RULE}vocabulary: {{fillers: [hi], macros: {{m: a <n>}}}}\n");
    let b = "jawab: 1\nlanguage: en\nvocabulary: {fillers: [please], macros: {n: (b|c)}, lists: {bank: [bca]}}\nteams: {x: {respond_within: 1m}}\nintents: {y: {any: '<m> {bank}', handoff: {team: x}}}\n";
    let rules = RuleSet::from_sources(&[Source::new("a", a), Source::new("b", b)], &Limits::default());
    let rules = rules.unwrap_or_else(|error| panic!("{error}"));
    let contents = rules.contents();
    assert_eq!((contents.vocabulary.fillers.len(), contents.macros().len(), contents.teams.len()), (2, 2, 1));
    assert_eq!(contents.vocabulary.lists[0].values[0].1[0].text, "bca");
    assert!(contents.rules[1].slots.contains_key("bank"));
}

#[test]
fn slots_in_macros_are_slots_of_the_rules_that_use_them() {
    let text = "jawab: 1\nlanguage: en\nvocabulary: {macros: {paid: 'paid {amount}', via: '<paid> by {how}'}, lists: {bank: [bca]}}\nintents: {a: {any: 'i <via>', slots: {how: bank}, answer: b}}\n";
    let rules = loaded(text);
    let slots: Vec<&String> = rules.contents().rules[0].slots.keys().collect();
    assert_eq!(slots, ["amount", "how"]);
}

#[test]
fn a_set_without_settings_speaks_the_languages_of_its_texts() {
    let rules = loaded("jawab: 1\nfaq: {a: {questions: {zh: x, en: y, ms: z}, answer: {en: b}}}\n");
    let settings = &rules.contents().settings;
    assert_eq!(settings.languages.iter().map(Language::as_str).collect::<Vec<_>>(), ["en", "zh"]);
    assert_eq!(
        (settings.threshold, settings.clarify, rules.contents().language.as_str()),
        (None, true, "en")
    );
}

#[test]
fn slots_are_those_of_the_patterns_that_lead_to_a_text() {
    let rules = |text: &str| {
        let mut places = ["{}"; 5];
        let said = "'{{ slots.day }}'";
        if let Some(place) = ["fallback", "opening", "ask", "say", "closed"].iter().position(|of| *of == text)
        {
            places[place] = said;
        }
        let [fallback, opening, ask, say, closed] = places.map(|text| text.replace("{}", "x"));
        format!(
            "jawab: 1
language: en
settings: {{fallback: {{say: {fallback}}}, openings: {{anger: {opening}}}}}
vocabulary: {{macros: {{since: 'since {{*day}}'}}}}
teams: {{desk: {{hours: 'Mon-Fri 09:00-17:00', out_of_hours: {{say: {closed}}}}}}}
intents:
  a: {{any: 'paid <since>', handoff: {{team: desk, collect: [{{name: amount, ask: {ask}}}], say: {say}}}}}
"
        )
    };
    for (place, fits) in
        [("fallback", false), ("opening", false), ("ask", false), ("say", true), ("closed", true)]
    {
        assert_eq!(RuleSet::from_yaml("a.yaml", &rules(place)).is_ok(), fits, "{place}");
    }
}
