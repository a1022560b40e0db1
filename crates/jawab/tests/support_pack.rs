//! What the support pack promises: its size, its languages, and messages that measure it rather than repeat it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

#[derive(Default, Deserialize)]
struct RuleFile {
    #[serde(default)]
    settings: Settings,
    #[serde(default)]
    faq: BTreeMap<String, Rule>,
    #[serde(default)]
    intents: BTreeMap<String, Rule>,
}

#[derive(Default, Deserialize)]
struct Settings {
    #[serde(default)]
    out_of_scope: BTreeMap<String, Vec<String>>,
}

#[derive(Default, Deserialize)]
struct Rule {
    #[serde(default)]
    questions: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    tests: Tests,
}

#[derive(Default, Deserialize)]
struct Tests {
    #[serde(default)]
    matches: Vec<String>,
}

#[derive(Default, Deserialize)]
struct ScenarioFile {
    #[serde(default)]
    messages: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    unanswerable: Vec<String>,
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/support").join(folder);
    let entries =
        fs::read_dir(folder).expect("a folder of the support pack").flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect()
}

fn read<T: for<'y> Deserialize<'y>>(folder: &str) -> Vec<(String, T)> {
    let parse = |path: PathBuf| {
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let text = fs::read_to_string(&path).expect("a file of the support pack");
        (name, serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    };
    files(folder).into_iter().map(parse).collect()
}

/// Without case and the punctuation around it.
fn plain(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[test]
fn every_faq_has_enough_questions_in_each_language() {
    let rule_files: Vec<(String, RuleFile)> = read("");
    let rules = rule_files.iter().map(|(_, file)| file.faq.len() + file.intents.len()).sum::<usize>();
    assert!(rules >= 80, "{rules} rules");
    for (id, rule) in rule_files.iter().flat_map(|(_, file)| &file.faq) {
        for (language, least) in [("id", 8), ("en", 8), ("fil", 5), ("zh", 5)] {
            let count = rule.questions.get(language).map_or(0, Vec::len);
            assert!(count >= least, "{id} has {count} questions in {language}");
        }
    }
}

#[test]
fn every_rule_has_tests_beside_it() {
    let rule_files: Vec<(String, RuleFile)> = read("");
    for (id, rule) in rule_files.iter().flat_map(|(_, file)| file.faq.iter().chain(&file.intents)) {
        assert!(rule.tests.matches.len() >= 3, "{id} has {} tests", rule.tests.matches.len());
    }
}

#[test]
fn the_scenarios_are_many_and_a_third_of_them_are_noisy() {
    let scenarios: BTreeMap<String, ScenarioFile> = read("tests").into_iter().collect();
    let count = |file: &ScenarioFile| file.messages.values().map(Vec::len).sum::<usize>();
    let (plain, noisy) = (count(&scenarios["plain"]), count(&scenarios["noisy"]));
    let unanswerable = scenarios["unanswerable"].unanswerable.len();
    assert!(plain + noisy + unanswerable >= 600, "{plain} plain, {noisy} noisy, {unanswerable} unanswerable");
    assert!(noisy * 3 >= plain + noisy, "{noisy} of {} are noisy", plain + noisy);
    assert!(unanswerable >= 100, "{unanswerable} are unanswerable");
}

#[test]
fn no_scenario_message_is_a_question_of_the_pack() {
    let rule_files: Vec<(String, RuleFile)> = read("");
    let rules = rule_files.iter().flat_map(|(_, file)| file.faq.values().chain(file.intents.values()));
    let questions = rules.flat_map(|rule| rule.questions.values().flatten());
    let out_of_scope = rule_files.iter().flat_map(|(_, file)| file.settings.out_of_scope.values().flatten());
    let known: BTreeSet<String> = questions.chain(out_of_scope).map(|text| plain(text)).collect();
    let scenarios: Vec<(String, ScenarioFile)> = read("tests");
    let messages =
        scenarios.iter().flat_map(|(_, file)| file.messages.values().flatten().chain(&file.unanswerable));
    let copied: Vec<&String> = messages.filter(|message| known.contains(&plain(message))).collect();
    assert!(copied.is_empty(), "questions, too: {copied:#?}");
}
