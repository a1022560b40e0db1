use std::fs;

use crate::eval::folder;
use crate::run::jawab;

/// Rules whose confidence is known: 0.9 and up, the more of the message a pattern names.
const RULES: &str = "\
jawab: 1
language: en
# the desk's own
settings:
  languages: [en]   # packs
  threshold: 0.95   # careful
  fallback: {say: One moment.}
intents:
  parcel: {any: [parcel], answer: It is on its way.}
";

/// A message that no rule answers.
const FOREIGN: &str = "{\"text\": \"siapa presiden\", \"intent\": null}\n";

/// So many right messages, so many wrong ones, all of them below the threshold, and five foreign ones.
fn data(right: usize, wrong: usize) -> String {
    let line = |at: usize, intent: &str| {
        format!(r#"{{"text": "please where is parcel {}", "intent": {intent}}}"#, nonsense(at)) + "\n"
    };
    let right = (0..right).map(|at| line(at, r#""parcel""#));
    right.chain((0..wrong).map(|at| line(at, "null"))).collect::<String>() + &FOREIGN.repeat(5)
}

/// A word that no rule knows, another for each number.
fn nonsense(number: usize) -> String {
    let letter = |place: u32| char::from(b'a' + (number / 26_usize.pow(place) % 26) as u8);
    format!("zzq{}x{}x{}", letter(2), letter(1), letter(0))
}

#[test]
fn a_lower_threshold_that_holds_is_found_and_written_and_nothing_else_changes() {
    let folder = folder("tune-write", &[("r.yaml", RULES), ("d.jsonl", &data(400, 0))]);
    let rules = folder.join("r.yaml").display().to_string();
    let ran = jawab(&["tune", &rules, "--data", &folder.join("d.jsonl").display().to_string(), "--write"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("holds: with 95 % confidence at most 2 %"), "{}", ran.out);
    assert!(ran.out.contains("+98.8 points answered"), "{}", ran.out);
    let written = fs::read_to_string(&rules).unwrap();
    assert_eq!(written, RULES.replace("threshold: 0.95", "threshold: 0.00"));
}

#[test]
fn what_cannot_be_shown_says_how_many_messages_would_show_it() {
    let mini = data(2, 1);
    let folder = folder(
        "tune-few",
        &[
            ("r.yaml", RULES),
            ("few.jsonl", &data(100, 0)),
            ("bad.jsonl", &data(100, 50)),
            ("mini.jsonl", &mini),
        ],
    );
    let rules = folder.join("r.yaml").display().to_string();
    let few = jawab(&["tune", &rules, "--data", &folder.join("few.jsonl").display().to_string(), "--write"]);
    assert_eq!(few.code, Some(1));
    assert!(few.out.contains("about 277 labelled messages"), "{}", few.out);
    let bad = jawab(&["tune", &rules, "--data", &folder.join("bad.jsonl").display().to_string()]);
    assert!(bad.out.contains("mend the rules first"), "{}", bad.out);
    let mini = jawab(&["tune", &rules, "--data", &folder.join("mini.jsonl").display().to_string()]);
    assert!(mini.out.contains("too few to tell how often the surest answers are wrong"), "{}", mini.out);
    assert_eq!(fs::read_to_string(&rules).unwrap(), RULES);
}

#[test]
fn settings_in_force_that_hold_are_kept_where_none_answer_more() {
    for threshold in ["0.6", "0.575", "0.85"] {
        let rules = RULES.replace("0.95", threshold);
        let folder = folder("tune-keep", &[("r.yaml", &rules), ("d.jsonl", &data(400, 0))]);
        let path = |file: &str| folder.join(file).display().to_string();
        let ran = jawab(&["tune", &path("r.yaml"), "--data", &path("d.jsonl"), "--write"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{threshold}");
        assert!(ran.out.contains("those in force stay as they are"), "{threshold}: {}", ran.out);
        assert_eq!(fs::read_to_string(path("r.yaml")).unwrap(), rules, "{threshold}");
    }
}

#[test]
fn figures_of_questions_and_copies_are_warned_of() {
    let rules = RULES
        .replace("any: [parcel]", "questions: [where is my parcel], any: [parcel]")
        .replace("threshold: 0.95", "threshold: 0.5");
    let line = |text: &str| format!("{{\"text\": \"{text}\", \"intent\": \"parcel\"}}\n");
    let (own, copy) = (line("Where is my PARCEL").repeat(3), line("a parcel please").repeat(4));
    let others: String =
        (0..5).map(|at| line(&format!("parcel {}", nonsense(at)))).collect::<String>() + FOREIGN;
    let most = own + &copy + &others;
    let folder = folder(
        "tune-copies",
        &[
            ("r.yaml", &rules),
            ("half.jsonl", &most),
            ("few.jsonl", &(copy + &others)),
            ("most.jsonl", &(most.clone() + &line("a parcel please"))),
        ],
    );
    let path = |file: &str| folder.join(file).display().to_string();
    let tuned = |file: &str| jawab(&["tune", &path("r.yaml"), "--data", &path(file)]).err;
    assert_eq!(tuned("few.jsonl"), "");
    assert_eq!(tuned("half.jsonl"), "", "half of them is not most");
    let warned = tuned("most.jsonl");
    let told = "warning: of 13 answered messages, 3 are questions of the rules and 4 are copies of others: these figures \
                promise nothing";
    assert!(warned.contains(told), "{warned}");
    assert!(warned.contains("help: take messages as customers wrote them"), "{warned}");
}

#[test]
fn where_most_answered_messages_are_copies_nothing_holds_and_nothing_is_written() {
    let line = |number: &str| format!("{{\"text\": \"where is parcel {number}\", \"intent\": \"parcel\"}}\n");
    let copies = line("").repeat(400);
    let numbers: String = (0..400).map(|number| line(&number.to_string())).collect();
    let foreign = FOREIGN.repeat(500);
    let folder = folder(
        "tune-void",
        &[("r.yaml", RULES), ("same.jsonl", &(copies + &foreign)), ("number.jsonl", &(numbers + &foreign))],
    );
    let path = |file: &str| folder.join(file).display().to_string();
    for file in ["same.jsonl", "number.jsonl"] {
        let ran = jawab(&["tune", &path("r.yaml"), "--data", &path(file), "--write"]);
        assert_eq!(ran.code, Some(1), "{}", ran.out);
        assert!(ran.out.contains("not shown: most of the answered messages are"), "{}", ran.out);
        assert!(!ran.out.contains("holds") && !ran.out.contains("chosen"), "{}", ran.out);
        let told = "of 400 answered messages, 0 are questions of the rules and 399";
        assert!(ran.err.contains(told), "{}", ran.err);
        assert_eq!(fs::read_to_string(path("r.yaml")).unwrap(), RULES);
    }
}

#[test]
fn data_in_which_hardly_a_message_is_out_of_scope_is_warned_of() {
    let inside = data(400, 0).replace(FOREIGN, "");
    let few = inside.clone() + FOREIGN;
    let folder = folder(
        "tune-scope",
        &[("r.yaml", RULES), ("in.jsonl", &inside), ("few.jsonl", &few), ("all.jsonl", &data(400, 0))],
    );
    let path = |file: &str| folder.join(file).display().to_string();
    for (file, told, scope) in [
        ("in.jsonl", "warning: none of 400 messages is out of scope", "400 messages: 400 in scope, 0 out of"),
        (
            "few.jsonl",
            "warning: only 1 of 401 messages is out of scope",
            "401 messages: 400 in scope, 1 out of",
        ),
        ("all.jsonl", "", "405 messages: 400 in scope, 5 out of scope"),
    ] {
        let ran = jawab(&["tune", &path("r.yaml"), "--data", &path(file)]);
        assert!(ran.err.starts_with(told) && ran.err.is_empty() == told.is_empty(), "{}", ran.err);
        assert!(ran.out.starts_with(scope), "{}", ran.out);
    }
}

#[test]
fn where_nothing_is_answered_no_answer_is_called_wrong() {
    let data =
        "{\"text\": \"siapa presiden\", \"intent\": null}\n{\"text\": \"harga emas\", \"intent\": null}\n";
    let folder = folder("tune-nothing", &[("r.yaml", RULES), ("d.jsonl", data)]);
    let path = |file: &str| folder.join(file).display().to_string();
    let ran = jawab(&["tune", &path("r.yaml"), "--data", &path("d.jsonl")]);
    assert!(ran.code == Some(1) && ran.out.contains("help: nothing was answered"), "{}", ran.out);
    assert!(!ran.out.contains("wrong more often"), "{}", ran.out);
}

#[test]
fn shares_that_mean_nothing_are_refused() {
    let folder = folder("tune-shares", &[("r.yaml", RULES), ("d.jsonl", &data(3, 0))]);
    let (rules, data) =
        (folder.join("r.yaml").display().to_string(), folder.join("d.jsonl").display().to_string());
    for (flag, value, told) in [
        ("--max-wrong", "2", "2 is no share of wrong answers that can be asked for"),
        ("--max-wrong", "0", "0 is no share"),
        ("--max-wrong", "nan", "NaN is no share"),
        ("--max-wrong", "few", "write a number from 0 to 1"),
        ("--confidence", "95", "95 is no confidence"),
        ("--confidence", "1", "1 is no confidence"),
    ] {
        let ran = jawab(&["tune", &rules, "--data", &data, flag, value]);
        assert_eq!(ran.code, Some(2), "{value}");
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    let ran = jawab(&["tune", &rules]);
    assert!(ran.code == Some(2) && ran.err.contains("no labelled messages are named"), "{}", ran.err);
}

#[test]
fn the_result_is_data_too() {
    let folder = folder("tune-json", &[("r.yaml", RULES), ("d.jsonl", &data(400, 1))]);
    let (rules, data) =
        (folder.join("r.yaml").display().to_string(), folder.join("d.jsonl").display().to_string());
    let ran = jawab(&["tune", &rules, "--data", &data, "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(found["chosen"]["wrong"]["number"], 1);
    assert!(found["chosen"]["wrong_at_most"].as_f64().unwrap() <= 0.02);
    assert_eq!(found["now"]["answered"]["number"], 0);
    assert_eq!((&found["in_scope"], &found["out_of_scope"]), (&400.into(), &6.into()));
    assert_eq!(found["repeats"]["messages"], 401);
}
