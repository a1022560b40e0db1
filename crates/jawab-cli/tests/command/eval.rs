use std::fs;
use std::path::PathBuf;

use crate::run::{jawab, jawab_reading};

/// Rules whose decisions are known beforehand: patterns alone speak for them.
const RULES: &str = r"
jawab: 1
language: en
settings: {languages: [en], threshold: 0.6, margin: 0.1, fallback: {say: One moment.}}
intents:
  parcel: {any: [parcel], answer: It is on its way.}
  refund: {any: [refund], answer: Within five days.}
  human: {any: [supervisor], handoff: {say: One moment please.}}
";

/// A folder of its own with files in it.
pub(crate) fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    files.iter().for_each(|(file, text)| fs::write(folder.join(file), text).unwrap());
    folder
}

fn path(folder: &std::path::Path, file: &str) -> String {
    folder.join(file).display().to_string()
}

const DATA: &str = r#"{"text": "parcel", "intent": "parcel"}
{"text": "where is my parcel", "intent": "parcel", "context": {"channel": "whatsapp"}}
{"text": "refund for my shoes", "intent": "parcel"}
{"text": "supervisor", "intent": "human"}

{"text": "nothing known", "intent": "refund"}
{"text": "the refund of the king", "intent": null}
{"text": "who is the king", "intent": null}
"#;

#[test]
fn labelled_messages_become_figures() {
    let folder = folder("eval-figures", &[("r.yaml", RULES), ("d.jsonl", DATA)]);
    let ran =
        jawab(&["eval", &path(&folder, "r.yaml"), "--data", &path(&folder, "d.jsonl"), "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let number =
        |figure: &str| (found[figure]["number"].as_u64().unwrap(), found[figure]["of"].as_u64().unwrap());
    assert_eq!(number("accuracy"), (3, 5));
    assert_eq!(number("answered"), (5, 7));
    assert_eq!(number("answered_right"), (3, 5));
    assert_eq!(number("wrong"), (2, 5));
    assert_eq!(number("out_of_scope_recall"), (1, 2));
    assert_eq!(number("out_of_scope_precision"), (1, 2));
    assert_eq!(found["mistakes"].as_array().unwrap().len(), 3);
    assert_eq!(found["mistakes"][2]["verdict"], "unsure");
}

#[test]
fn people_read_the_same_with_what_each_figure_counts() {
    let folder = folder("eval-human", &[("r.yaml", RULES), ("d.jsonl", DATA)]);
    let ran = jawab(&["eval", &path(&folder, "r.yaml"), "--data", &path(&folder, "d.jsonl")]);
    for part in [
        "7 messages: 5 in scope, 2 out of scope",
        "3 of 5  in scope, best right",
        "most costly mistakes  2 of 2",
        "got       answer by refund",
        "messages  answered  precision    recall  rule\n       1         2      0.0 %     0.0 %  refund\n",
        "answered  messages",
        "       1         1  parcel taken for refund",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
}

#[test]
fn csv_several_files_and_standard_input_are_read() {
    let csv = "\u{feff}intent,text,context\r\nparcel,\"where, my parcel\",\"{\"\"channel\"\": \"\"chat\"\"}\"\r\n,\"no\nrule\",\r\n";
    let folder = folder("eval-csv", &[("r.yaml", RULES), ("d.CSV", csv)]);
    let arguments = [
        "eval",
        &path(&folder, "r.yaml"),
        "--data",
        &path(&folder, "d.CSV"),
        "--data",
        "-",
        "--format",
        "json",
    ];
    let ran = jawab_reading(&arguments, br#"{"text": "refund", "intent": "refund"}"#);
    assert_eq!(ran.err, "");
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&found["in_scope"], &found["out_of_scope"]), (&2.into(), &1.into()));
    assert_eq!(found["accuracy"]["number"], 2);
}

/// What a row of CSV needs.
const CELLS: &str = "help: write one cell for each column, with quotes where its text has a comma";

/// A file of data, what it holds, and parts of what is told; a file that holds `-` is not there.
type Case = (&'static str, &'static str, &'static [&'static str]);

fn each_is_told(name: &str, cases: &[Case]) {
    let folder = folder(name, &[("r.yaml", RULES)]);
    for (file, text, told) in cases {
        if *text != "-" {
            fs::write(folder.join(file), text).unwrap();
        }
        let ran = jawab(&["eval", &path(&folder, "r.yaml"), "--data", &path(&folder, file)]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{file}");
        told.iter().for_each(|part| assert!(ran.err.contains(part), "{file}: {part}\n{}", ran.err));
    }
}

#[test]
fn what_is_wrong_with_the_data_is_told_with_its_line_and_what_to_do() {
    let cases: &[Case] = &[
        (
            "bad.jsonl",
            "{\"text\": \"a\", \"intent\": null}\n{\"text\": \n",
            &["bad.jsonl:2: the line is no JSON: it ends too early\n", "help: write a line", "\"intent\""],
        ),
        ("list.jsonl", "[1]\n", &["list.jsonl:1: the line is no JSON object"]),
        ("notext.jsonl", "{\"intent\": null}\n", &["notext.jsonl:1: the object has no `text`"]),
        (
            "nointent.jsonl",
            "\n\n{\"text\": \"a\"}\n",
            &["nointent.jsonl:3: the object has no `intent`", "null is out of scope"],
        ),
        (
            "number.jsonl",
            "{\"text\": \"a\", \"intent\": 3}\n",
            &["`intent` is neither the id of a rule nor null"],
        ),
        (
            "facts.jsonl",
            "{\"text\": \"a\", \"intent\": null, \"context\": 3}\n",
            &["facts.jsonl:1: `context` is no object"],
        ),
        (
            "twice.jsonl",
            "{\"text\": \"a\", \"intent\": null, \"text\": \"b\"}\n",
            &["twice.jsonl:1: the line has the key `text` twice"],
        ),
        (
            "twice-in-facts.jsonl",
            "{\"text\": \"a\", \"intent\": null, \"context\": {\"vip\": 1, \"vip\": 2}}\n",
            &["twice-in-facts.jsonl:1: the line has the key `vip` twice"],
        ),
        ("empty.jsonl", "\n \n", &["the data holds no message", "help:"]),
        (
            "unknown.jsonl",
            "{\"text\": \"a\", \"intent\": \"parcl\"}\n{\"text\": \"b\", \"intent\": \"weather\"}\n",
            &[
                "2 intents are no rule of the set",
                "unknown.jsonl:1: `parcl` (1 message; did you mean `parcel`?)",
                "unknown.jsonl:2: `weather` (1 message)",
                "--skip-unknown",
            ],
        ),
        (
            "quoted-null.jsonl",
            "\n{\"text\": \"a\", \"intent\": \"null\"}\n",
            &["quoted-null.jsonl:2: `null` (1 message; write null without quotes where no rule is right)"],
        ),
        ("missing.jsonl", "-", &["there is no file", "missing.jsonl`"]),
        ("tabs.tsv", "text\tintent\nwhere\tparcel\n", &["tabs.tsv:1: the columns are separated by tabs"]),
        (
            "headless.log",
            "where is it,parcel\n",
            &["headless.log:1: the line is no JSON", "CSV has the names of its columns in the first line"],
        ),
    ];
    each_is_told("eval-mistakes", cases);
}

#[test]
fn csv_is_known_by_its_first_line_where_no_name_tells() {
    let csv = "intent,text\nparcel,\"where, my parcel\"\n\"\",\"\"\"refund\"\" ok\" \n";
    let json = "{\"text\": \"refund, text, please; text ;\", \"intent\": \"refund\"}\n".repeat(2);
    let folder = folder("eval-known", &[("r.yaml", RULES), ("d.data", csv)]);
    let (rules, data) = (path(&folder, "r.yaml"), path(&folder, "d.data"));
    for (input, file) in [(csv, "-"), (json.as_str(), "-"), ("", data.as_str())] {
        let ran = jawab_reading(&["eval", &rules, "--data", file, "--format", "json"], input.as_bytes());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((&found["messages"], &found["answered"]["number"]), (&2.into(), &2.into()), "{input}");
    }
}

#[test]
fn a_file_that_is_named_twice_is_refused() {
    let folder = folder("eval-twice", &[("r.yaml", RULES), ("d.jsonl", DATA)]);
    let (data, again) = (path(&folder, "d.jsonl"), path(&folder, "./d.jsonl"));
    for (command, files) in [("eval", [&data, &again]), ("suggest", [&data, &data])] {
        let ran = jawab(&[command, &path(&folder, "r.yaml"), "--data", files[0], "--data", files[1]]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
        assert!(ran.err.contains("d.jsonl` is named twice") && ran.err.contains("help:"), "{}", ran.err);
    }
}

#[test]
fn labels_of_other_rules_leave_nothing_to_measure() {
    let data = "{\"text\": \"a\", \"intent\": \"parcl\"}\n{\"text\": \"b\", \"intent\": \"weather\"}\n";
    let folder = folder("eval-none-left", &[("r.yaml", RULES), ("d.jsonl", data)]);
    for command in ["eval", "tune"] {
        let ran = jawab(&[
            command,
            &path(&folder, "r.yaml"),
            "--data",
            &path(&folder, "d.jsonl"),
            "--skip-unknown",
        ]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{command}");
        for part in
            ["2 intents are no rule of the set, so that no message is left", "d.jsonl:1: `parcl`", "help:"]
        {
            assert!(ran.err.contains(part), "{part}\n{}", ran.err);
        }
    }
}

#[test]
fn own_questions_and_copies_are_warned_of() {
    let rules = RULES.replace("any: [parcel]", "questions: [where is my parcel], any: [parcel]");
    let line = |text: &str| format!("{{\"text\": \"{text}\", \"intent\": \"parcel\"}}\n");
    let own = line("Where is my PARCEL").repeat(2);
    let folder = folder(
        "eval-own",
        &[
            ("r.yaml", &rules),
            ("own.jsonl", &own),
            ("new.jsonl", &(own.clone() + &line("a parcel") + &line("it"))),
        ],
    );
    let warned = |file: &str| jawab(&["eval", &path(&folder, "r.yaml"), "--data", &path(&folder, file)]).err;
    let told = "warning: of 2 messages, 2 are questions of the rules and 0 are copies of others: these figures promise";
    assert!(warned("own.jsonl").starts_with(told), "{}", warned("own.jsonl"));
    assert_eq!(warned("new.jsonl"), "");
}

#[test]
fn what_is_wrong_with_csv_is_told_with_what_csv_needs() {
    let cases: &[Case] = &[
        (
            "null.csv",
            "text,intent\nparcel,parcel\nking,null\nqueen,null\n",
            &["null.csv:3: `null` (2 messages; leave the cell empty where no rule is right)"],
        ),
        ("head.csv", "parcel,where\n", &["head.csv:1: no column is named `text`", "text,intent"]),
        ("label.csv", "text\nwhere\n", &["label.csv:1: no column is named `intent`", "text,intent"]),
        (
            "short.csv",
            "text,intent\nok,\n\nonly\n",
            &["short.csv:4: the row has no cell for `intent`", CELLS],
        ),
        (
            "long.csv",
            "text,intent\nrefund, please,refund\n",
            &["long.csv:2: the row has 3 cells, the first line names 2", CELLS],
        ),
        (
            "open.csv",
            "text,intent\nok,parcel\n\"where,parcel\nrefund,refund\n",
            &[
                "open.csv:3: a cell of this row begins with a quote that nothing closes",
                "help: write a quote",
            ],
        ),
        (
            "late.csv",
            "text,intent\n\"where,parcel\n\"refund, please\",refund\n",
            &["late.csv:2: text stands behind the quote that closes a cell", "help: write a quote"],
        ),
        (
            "swallowed.csv",
            "text,intent\nok,parcel\n\n\"where,parcel\n\"my refund\",refund\n",
            &["swallowed.csv:4: text stands behind the quote that closes a cell"],
        ),
        (
            "inner.csv",
            "text,intent\n\"he said \"refund\" twice\",refund\n",
            &["inner.csv:2: text stands behind the quote", "two for each quote within"],
        ),
        (
            "long-row.csv",
            "text,intent\n\"where\nis\",parcel,it\n",
            &[
                "long-row.csv:2: the row has 3 cells",
                "help: the row goes on over several lines: look for a quote",
            ],
        ),
        (
            "columns.csv",
            "text,Text,intent\nwhen open,how much,parcel\n",
            &["columns.csv:1: two columns are named `text`", "help: name each column once"],
        ),
        (
            "semicolons.csv",
            "text;intent\nwhere, my parcel;parcel\n",
            &["semicolons.csv:1: the columns are separated by `;`", "help: separate the columns by commas"],
        ),
        ("tabs.csv", "text\tintent\nwhere\tparcel\n", &["tabs.csv:1: the columns are separated by tabs"]),
        (
            "facts.csv",
            "text,intent,context\na,,3\n",
            &["facts.csv:2: `context` is no JSON object", "\"{\"\"channel\"\": \"\"whatsapp\"\"}\""],
        ),
        ("none.csv", "", &["none.csv:1: no column is named `text`", "text,intent"]),
        ("rowless.csv", "text,intent\n", &["the data holds no message", "text,intent"]),
    ];
    each_is_told("eval-csv-mistakes", cases);
}

#[test]
fn bytes_that_are_no_utf8_are_told_with_their_line_and_what_to_do() {
    let folder = folder("eval-utf8", &[("r.yaml", RULES)]);
    let cases: [(&str, &[u8], &str, &str); 3] = [
        (
            "d.jsonl",
            b"{\"text\": \"a\", \"intent\": null}\n{\"text\": \"\xff\"}\n",
            "d.jsonl:2: the line is no UTF-8 from byte 11 on",
            "help: save the file as UTF-8\n",
        ),
        ("row.csv", b"text,intent\nok,\n\ncaf\xe9,\n", "row.csv:4: the row is no UTF-8", "as `CSV UTF-8`"),
        ("head.csv", b"text,caf\xe9\n", "head.csv:1: the row is no UTF-8", "as `CSV UTF-8`"),
    ];
    for (file, bytes, told, help) in cases {
        fs::write(folder.join(file), bytes).unwrap();
        let ran = jawab(&["eval", &path(&folder, "r.yaml"), "--data", &path(&folder, file)]);
        assert!(ran.err.contains(told) && ran.err.contains(help), "{file}: {}", ran.err);
    }
}

#[test]
fn unknown_intents_are_left_out_where_that_is_wished() {
    let data = "{\"text\": \"parcel\", \"intent\": \"parcel\"}\n{\"text\": \"b\", \"intent\": \"weather\"}\n";
    let folder = folder("eval-skip", &[("r.yaml", RULES), ("d.jsonl", data)]);
    let ran =
        jawab(&["eval", &path(&folder, "r.yaml"), "--data", &path(&folder, "d.jsonl"), "--skip-unknown"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.contains("1 message: 1 in scope"), "{}", ran.out);
    assert!(ran.err.contains("warning: 1 intent is no rule of the set"), "{}", ran.err);
}

#[test]
fn a_rule_set_is_tried_on_its_own_questions() {
    let rules = "jawab: 1\nlanguage: en\nfaq:\n  hours:\n    questions: [when are you open, your opening hours, are you open today, are you open]\n    answer: Always.\n  price:\n    questions: [what does it cost, the price please, how much does it cost, how much]\n    answer: Nothing.\n  lone: {questions: [hello there], answer: Hello.}\n";
    let folder = folder("eval-folds", &[("r.yaml", rules)]);
    let ran = jawab(&["eval", &path(&folder, "r.yaml"), "--cross-validate", "2"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for part in
        ["part 1: 4 questions", "part 2: 4 questions", "1 question never held back", "8 messages: 8 in scope"]
    {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
}

#[test]
fn a_number_of_parts_that_splits_nothing_is_refused() {
    let folder = folder("eval-parts", &[("r.yaml", RULES)]);
    let rules = path(&folder, "r.yaml");
    for (parts, told) in [
        ("1", "cannot be split into 1 parts; take 2 to 100"),
        ("5", "no rule has two different questions"),
        ("x", "invalid value"),
    ] {
        let ran = jawab(&["eval", &rules, "--cross-validate", parts]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains(told), "{}", ran.err);
    }
}

#[test]
fn without_messages_both_ways_to_name_them_are_told() {
    let folder = folder("eval-nothing", &[("r.yaml", RULES)]);
    let ran = jawab(&["eval", &path(&folder, "r.yaml")]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("--data <FILE>") && ran.err.contains("--cross-validate <K>"), "{}", ran.err);
}
