use crate::eval::folder;
use crate::run::{SHOP, jawab};

const LOG: &str = "hello\nwhere is my parcel\nwhen are you open\nqwxv zzgrm\n";

#[test]
fn the_cost_of_a_rule_set_is_told_with_its_slowest_messages_and_costliest_rules() {
    let folder = folder("bench", &[("log.txt", LOG)]);
    let log = folder.join("log.txt").display().to_string();
    let ran = jawab(&["bench", SHOP, "--messages", &log, "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let report: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let number = |pointer: &str| report.pointer(pointer).and_then(serde_json::Value::as_f64).expect(pointer);
    assert_eq!((number("/messages"), report["slowest_messages"].as_array().map(Vec::len)), (4.0, Some(4)));
    assert!(number("/load_seconds") > 0.0 && number("/rules") >= 3.0);
    assert!(number("/micros/p50") > 0.0 && number("/micros/p50") <= number("/micros/p99"));
    assert!(number("/micros/p99") <= number("/micros/max"));
    let rules = report["costliest_rules"].as_array().expect("rules");
    assert!(rules.iter().any(|rule| rule["rule"] == "parcel-missing"), "{rules:?}");
    let human = jawab(&["bench", SHOP, "--messages", &log, "--limit", "1"]).out;
    assert!(!human.contains("bytes a rule"), "most of them are the engine's own: {human}");
    for part in ["load ", "µs a message (p50", "slowest messages", "rules by the time"] {
        assert!(human.contains(part), "{part}\n{human}");
    }
}

#[test]
fn a_rule_set_without_messages_asks_for_some() {
    let folder = folder(
        "bench-none",
        &[("r.yaml", "jawab: 1\nlanguage: en\nfaq: {a: {questions: [hello], answer: Hi.}}\n")],
    );
    for path in [folder.clone(), folder.join("r.yaml")] {
        let ran = jawab(&["bench", &path.display().to_string()]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains("no messages to decide") && ran.err.contains("--messages"), "{}", ran.err);
    }
}
