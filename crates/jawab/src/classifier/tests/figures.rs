//! Figures on labelled messages that others wrote. They lie outside the project: `JAWAB_DATA` names their folder.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Model, NearestOf, Scratch, Trainer};
use crate::text::{LanguagePack, Lexicon, LexiconBuilder, Utterance};

/// Time that this thread has had a core, so that the load of the machine does not show.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e9
}

struct Labelled {
    text: String,
    intent: Option<String>,
}

fn load(path: &str) -> Vec<Labelled> {
    let folder = std::env::var("JAWAB_DATA").expect("JAWAB_DATA names the folder of labelled messages");
    let text = std::fs::read_to_string(format!("{folder}/{path}.jsonl")).expect(path);
    text.lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).expect(line);
            let intent = value["intent"].as_str().map(str::to_owned);
            Labelled { text: value["text"].as_str().expect(line).to_owned(), intent }
        })
        .collect()
}

struct Trained {
    lexicon: Lexicon,
    model: Model,
    classes: BTreeMap<String, u32>,
    seconds: f64,
}

fn learn<'a>(languages: &[&str], train: impl Iterator<Item = &'a Labelled> + Clone) -> Trained {
    let packs: Vec<_> = languages.iter().filter_map(|language| LanguagePack::built_in(language)).collect();
    let mut words = LexiconBuilder::new(&packs);
    train.clone().for_each(|message| words.text(&message.text, 1));
    let lexicon = words.build();
    let mut trainer = Trainer::ranked(Vec::new(), lexicon.concepts());
    let (mut classes, mut utterance) = (BTreeMap::new(), Utterance::new());
    let start = cpu_seconds();
    let intents: BTreeSet<&String> = train.clone().filter_map(|message| message.intent.as_ref()).collect();
    trainer.expect(train.clone().count(), intents.len());
    for (id, message) in train.enumerate() {
        let next = classes.len() as u32;
        if let Some(intent) = &message.intent {
            let rule = *classes.entry(intent.clone()).or_insert(next);
            lexicon.read(&message.text, &mut utterance);
            trainer.question(rule, id as u32, &utterance);
        }
    }
    for (intent, &rule) in &classes {
        lexicon.read(&intent.replace(['_', '-', '/'], " "), &mut utterance);
        trainer.name(rule, &utterance);
    }
    let model = trainer.train();
    Trained { lexicon, model, classes, seconds: cpu_seconds() - start }
}

/// One message: confidence, certainty, in scope, right.
type Outcome = (f64, f64, bool, bool);

fn outcomes<'a>(trained: &Trained, test: impl Iterator<Item = &'a Labelled>) -> Vec<Outcome> {
    let (mut scratch, mut utterance) = (Scratch::default(), Utterance::new());
    test.map(|message| {
        trained.lexicon.read(&message.text, &mut utterance);
        let truth = message.intent.as_ref().and_then(|intent| trained.classes.get(intent));
        let guess = trained
            .model
            .mend_and_classify(&mut utterance, &trained.lexicon, NearestOf::Best, &mut scratch)
            .first();
        let (confidence, certainty) = guess.map_or((0.0, 0.0), |guess| (guess.confidence, guess.certainty));
        (confidence, certainty, truth.is_some(), guess.is_some() && guess.map(|guess| &guess.class) == truth)
    })
    .collect()
}

fn accuracy(outcomes: &[Outcome]) -> f64 {
    let inside = outcomes.iter().filter(|outcome| outcome.2).count();
    100.0 * outcomes.iter().filter(|outcome| outcome.3).count() as f64 / inside as f64
}

fn auroc(outcomes: &[Outcome], figure: impl Fn(&Outcome) -> f64) -> f64 {
    let (inside, outside): (Vec<&Outcome>, Vec<&Outcome>) = outcomes.iter().partition(|outcome| outcome.2);
    let mut wins = 0.0;
    for one in &inside {
        for two in &outside {
            let (one, two) = (figure(one), figure(two));
            wins += if one > two {
                1.0
            } else if one < two {
                0.0
            } else {
                0.5
            };
        }
    }
    100.0 * wins / (inside.len() * outside.len()) as f64
}

fn calibration_error(outcomes: &[Outcome]) -> f64 {
    let mut bins = [(0.0, 0.0, 0.0); 10];
    for outcome in outcomes {
        let bin = &mut bins[((outcome.0 * 10.0) as usize).min(9)];
        *bin = (bin.0 + 1.0, bin.1 + outcome.0, bin.2 + f64::from(u8::from(outcome.3)));
    }
    bins.iter().map(|bin| (bin.1 - bin.2).abs()).sum::<f64>() / outcomes.len() as f64
}

fn answered(outcomes: &[Outcome], threshold: f64) -> (f64, f64) {
    let inside: Vec<_> = outcomes.iter().filter(|outcome| outcome.2).collect();
    let outside: Vec<_> = outcomes.iter().filter(|outcome| !outcome.2).collect();
    let right = inside.iter().filter(|outcome| outcome.3 && outcome.0 >= threshold).count();
    let handed = outside.iter().filter(|outcome| outcome.0 < threshold).count();
    (100.0 * right as f64 / inside.len() as f64, 100.0 * handed as f64 / outside.len() as f64)
}

/// Share of known messages answered right where this share of unknown ones is handed off.
fn answered_at(outcomes: &[Outcome], handed: f64, figure: impl Fn(&Outcome) -> f64) -> f64 {
    let mut outside: Vec<f64> = outcomes.iter().filter(|o| !o.2).map(&figure).collect();
    outside.sort_by(f64::total_cmp);
    let threshold = outside[((outside.len() as f64 * handed) as usize).min(outside.len() - 1)];
    let inside = outcomes.iter().filter(|o| o.2);
    let right = inside.clone().filter(|o| o.3 && figure(o) >= threshold).count();
    100.0 * right as f64 / inside.count() as f64
}

fn first(messages: &[Labelled], each: usize) -> Vec<&Labelled> {
    let mut counts = BTreeMap::new();
    let chosen = messages.iter().filter(move |message| {
        let count = counts.entry(message.intent.clone()).or_insert(0);
        *count += 1;
        *count <= each
    });
    chosen.collect()
}

/// Fisher and Yates with a fixed generator.
fn shuffle(messages: &mut [Labelled]) {
    let mut random = 7_u64;
    for last in (1..messages.len()).rev() {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        messages.swap(last, (random % (last as u64 + 1)) as usize);
    }
}

/// A typo in every fifth word of four letters or more: two letters swapped, one lost, or one typed twice.
fn with_typos(messages: &[Labelled]) -> Vec<Labelled> {
    let mut words = 0_usize;
    let mut spoil = |word: &str| {
        words += 1;
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() >= 4 && words.is_multiple_of(5) {
            let at = 1 + words / 5 % (letters.len() - 2);
            match words / 5 % 3 {
                0 => letters.swap(at, at + 1),
                1 => drop(letters.remove(at)),
                _ => letters.insert(at, letters[at]),
            }
        }
        letters.into_iter().collect::<String>()
    };
    let mut spoiled = |message: &Labelled| {
        let words: Vec<String> = message.text.split(' ').map(&mut spoil).collect();
        Labelled { text: words.join(" "), intent: message.intent.clone() }
    };
    messages.iter().map(&mut spoiled).collect()
}

fn cross_validated(languages: &[&str], messages: &[Labelled], folds: usize) -> f64 {
    let mut all = Vec::new();
    for fold in 0..folds {
        let part = |held: bool| {
            messages
                .iter()
                .enumerate()
                .filter(move |(number, _)| (number % folds == fold) == held)
                .map(|numbered| numbered.1)
        };
        all.extend(outcomes(&learn(languages, part(false)), part(true)));
    }
    accuracy(&all)
}

fn microseconds(trained: &Trained, test: &[Labelled]) -> f64 {
    let read = |message: &Labelled| {
        let mut utterance = Utterance::new();
        trained.lexicon.read(&message.text, &mut utterance);
        utterance
    };
    let mut words: Vec<Utterance> = test.iter().map(read).collect();
    let mut scratch = Scratch::default();
    let mut best = f64::MAX;
    for _ in 0..5 {
        let start = cpu_seconds();
        for words in &mut words {
            let (lexicon, best) = (&trained.lexicon, NearestOf::Best);
            std::hint::black_box(trained.model.mend_and_classify(words, lexicon, best, &mut scratch));
        }
        best = best.min((cpu_seconds() - start) * 1e6 / words.len() as f64);
    }
    best
}

fn report(name: &str, trained: &Trained, test: &[Labelled]) {
    let outcomes = outcomes(trained, test.iter());
    print!("{name}: accuracy {:.2}", accuracy(&outcomes));
    if outcomes.iter().any(|outcome| !outcome.2) {
        let threshold = trained.model.threshold();
        let (right, handed) = answered(&outcomes, threshold);
        print!(" AUROC {:.2} (certainty {:.2})", auroc(&outcomes, |o| o.0), auroc(&outcomes, |o| o.1));
        let at = |figure: fn(&Outcome) -> f64| answered_at(&outcomes, 0.92, figure);
        print!(" answered right at 92 handed off {:.1} ({:.1})", at(|o| o.0), at(|o| o.1));
        print!(" threshold {threshold:.3} answered right {right:.1} handed off {handed:.1}");
    }
    print!(" ECE {:.3}", calibration_error(&outcomes));
    println!(" training {:.2} s message {:.1} us", trained.seconds, microseconds(trained, test));
}

#[test]
#[ignore = "needs labelled messages from outside the project"]
fn figures() {
    let part = std::env::var("JAWAB_PART").unwrap_or_else(|_| "valid".into());
    let clinc = load("clinc150/train");
    let test = load(&format!("clinc150/{part}"));
    let english = &["en"];
    report("CLINC150", &learn(english, clinc.iter()), &test);
    report("CLINC150, first 5", &learn(english, first(&clinc, 5).into_iter()), &test);
    report("CLINC150, first 10", &learn(english, first(&clinc, 10).into_iter()), &test);
    report("CLINC150, every 20th", &learn(english, clinc.iter().step_by(20)), &test);
    let mut shuffled: Vec<Labelled> = load("clinc150/train");
    shuffle(&mut shuffled);
    report("CLINC150, random 5", &learn(english, first(&shuffled, 5).into_iter()), &test);
    report("CLINC150, random 10", &learn(english, first(&shuffled, 10).into_iter()), &test);
    report("CLINC150, typos", &learn(english, clinc.iter()), &with_typos(&test));
    report("HWU64", &learn(english, load("hwu64/train").iter()), &load(&format!("hwu64/{part}")));
    for (set, language) in [("xsid-id", "id"), ("xsid-zh", "zh"), ("xsid-en", "en")] {
        println!("{set}: 5-fold {:.2}", cross_validated(&[language], &load(&format!("{set}/train")), 5));
    }
    for set in SMALL {
        let train = load(&format!("{set}/train"));
        if part == "test" {
            report(set, &learn(english, train.iter()), &load(&format!("{set}/test")));
        } else {
            println!("{set}: 10-fold {:.2}", cross_validated(english, &train, 10));
        }
    }
}

const SMALL: [&str; 5] = [
    "braun2017-chatbot",
    "braun2017-askubuntu",
    "braun2017-webapplications",
    "dstc11-insurance",
    "dstc11-banking",
];

/// Learns from a draw of so many questions a class and tries what is left.
fn drawn(messages: &[Labelled], each: usize, draw: usize) -> f64 {
    let mut counts = BTreeMap::new();
    let (chosen, rest): (Vec<&Labelled>, Vec<&Labelled>) = messages.iter().partition(|message| {
        let count = counts.entry(message.intent.clone()).or_insert(0);
        *count += 1;
        (each * draw + 1..=each * (draw + 1)).contains(count)
    });
    accuracy(&outcomes(&learn(&["en"], chosen.into_iter()), rest.into_iter()))
}

/// What is chosen for few questions is chosen by these.
#[test]
#[ignore = "needs labelled messages from outside the project"]
fn draws() {
    const DRAWS: usize = 9;
    for set in ["clinc150", "hwu64"] {
        let train = load(&format!("{set}/train"));
        for each in [5, 10] {
            let sum: f64 = (0..DRAWS).map(|draw| drawn(&train, each, draw)).sum();
            println!("{set}, {each} questions a class: {:.2}", sum / DRAWS as f64);
        }
    }
}
