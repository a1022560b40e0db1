//! What is measured, and the table of it.

use std::error::Error;
use std::hint::black_box;
use std::path::Path;

use cpu_time::{ProcessTime, ThreadTime};
use jawab::eval::{Evaluation, Labelled, cross_validate, evaluate};
use jawab::{Engine, RuleSet};

use crate::sets::{Part, first, messages, rules};
use crate::spoil::{Misspellings, with_typos};

/// Small sets without a part to choose on, with what others reached on their test parts.
const SMALL: [(&str, &str, &str); 5] = [
    ("Braun 2017 Chatbot", "braun2017-chatbot", "Watson 97"),
    ("Braun 2017 AskUbuntu", "braun2017-askubuntu", "Watson 92"),
    ("Braun 2017 WebApplications", "braun2017-webapplications", "Watson 83"),
    ("DSTC11 insurance", "dstc11-insurance", "–"),
    ("DSTC11 banking", "dstc11-banking", "–"),
];
/// Translations of the same 300 messages.
const TRANSLATED: [(&str, &str, &str); 3] = [
    ("xSID Indonesian", "xsid-id", "id"),
    ("xSID Mandarin", "xsid-zh", "zh"),
    ("xSID English", "xsid-en", "en"),
];
/// On the test part of CLINC150 (Larson et al. 2019; SVM and fastText as reported with other data sets).
const CLINC: &str = "Rasa 91.5, Dialogflow 91.7, SVM 91.0, fastText 89.0, BERT 96.9";

/// Prints the table row by row, as the figures come.
pub(crate) fn print(data: &Path, part: Part) -> Result<(), Box<dyn Error>> {
    println!("| set | figure | reached | published by others, on test |\n|---|---|---|---|");
    clinc(data, part)?;
    let train = required(data, "hwu64", "train")?;
    let engine = Engine::new(&rules("en", &train)?)?;
    let hwu = evaluate(&engine, &required(data, "hwu64", part.file())?);
    row("HWU64", "accuracy", &percent(hwu.accuracy.share), "–");
    for (name, set, others) in SMALL {
        small(data, part, name, set, others)?;
    }
    for (name, set, language) in TRANSLATED {
        let folds = cross_validate(&rules(language, &required(data, set, "train")?)?, 5)?;
        row(name, "accuracy, 5-fold", &percent(folds.evaluation.accuracy.share), "–");
    }
    Ok(())
}

fn clinc(data: &Path, part: Part) -> Result<(), Box<dyn Error>> {
    let (train, test) = (required(data, "clinc150", "train")?, required(data, "clinc150", part.file())?);
    let rules_of_all = rules("en", &train)?;
    let (engine, seconds) = timed(&rules_of_all)?;
    let all = evaluate(&engine, &test);
    row("CLINC150", "accuracy in scope", &percent(all.accuracy.share), CLINC);
    row("CLINC150", "AUROC in/out of scope", &percent(all.auroc), "–");
    row(
        "CLINC150",
        "own threshold: in scope answered right / out of scope handed off",
        &at_threshold(&all),
        "–",
    );
    let error = all.calibration_error.map_or("–".to_owned(), |error| format!("{error:.3}"));
    row("CLINC150", "calibration error, in and out of scope", &error, "–");
    row("CLINC150", "compile and learn 15,000 questions, one core", &format!("{seconds:.2} s"), "–");
    row("CLINC150", "a message, one core", &format!("{:.1} µs", microseconds(&engine, &test)), "–");
    let accuracy = |messages: &[Labelled]| {
        let share = evaluate(&engine, messages).accuracy.share;
        let less = all.accuracy.share.zip(share).map_or(0.0, |(all, share)| 100.0 * (all - share));
        format!("{}, {less:.2} less than without", percent(share))
    };
    row("CLINC150, a typo in a fifth of the words", "accuracy in scope", &accuracy(&with_typos(&test)), "–");
    let (misspelt, share) = Misspellings::read(data)?.spoil(&test);
    let name = format!("CLINC150, {} of the words misspelt as people do", percent(Some(share)));
    row(&name, "accuracy in scope", &accuracy(&misspelt), "–");
    for questions in [5, 10] {
        let engine = Engine::new(&rules("en", &first(&train, questions))?)?;
        let few = evaluate(&engine, &test);
        row(
            &format!("CLINC150, first {questions} questions a rule"),
            "accuracy in scope",
            &percent(few.accuracy.share),
            "–",
        );
    }
    Ok(())
}

fn small(data: &Path, part: Part, name: &str, set: &str, others: &str) -> Result<(), Box<dyn Error>> {
    let rules = rules("en", &required(data, set, "train")?)?;
    if let Some(test) = messages(data, set, part.file())? {
        let found = evaluate(&Engine::new(&rules)?, &test);
        row(name, "accuracy", &percent(found.accuracy.share), others);
    } else {
        let found = cross_validate(&rules, 10)?;
        row(name, "accuracy, 10-fold", &percent(found.evaluation.accuracy.share), others);
    }
    Ok(())
}

fn required(data: &Path, set: &str, part: &str) -> Result<Vec<Labelled>, Box<dyn Error>> {
    messages(data, set, part)?.ok_or_else(|| format!("{set} has no {part}.jsonl").into())
}

fn row(set: &str, figure: &str, reached: &str, others: &str) {
    println!("| {set} | {figure} | {reached} | {others} |");
}

fn percent(share: Option<f64>) -> String {
    share.map_or("–".to_owned(), |share| format!("{:.1} %", 100.0 * share))
}

fn at_threshold(of: &Evaluation) -> String {
    format!("{} / {}", percent(of.answered_right.share), percent(of.out_of_scope_recall.share))
}

/// The engine, and the processor time that it took to compile and learn, that of all threads: what one core would take.
fn timed(rules: &RuleSet) -> Result<(Engine, f64), jawab::Error> {
    let mut best = f64::INFINITY;
    let mut engine = Engine::new(rules)?;
    for _ in 0..3 {
        let start = ProcessTime::now();
        engine = Engine::new(rules)?;
        best = best.min(start.elapsed().as_secs_f64());
    }
    Ok((engine, best))
}

fn microseconds(engine: &Engine, messages: &[Labelled]) -> f64 {
    let mut matcher = engine.matcher();
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = ThreadTime::now();
        for message in messages {
            black_box(matcher.decide(black_box(message.text.as_str())));
        }
        best = best.min(start.elapsed().as_secs_f64() * 1e6 / messages.len() as f64);
    }
    best
}
