use crate::run::{SHOP, jawab, jawab_reading};

#[test]
fn an_answer_is_its_text_alone() {
    let ran = jawab(&["ask", SHOP, "when are you open?"]);
    assert_eq!(
        (ran.code, ran.lines()),
        (Some(0), vec!["We are here from Monday to Saturday, 9:00 to 18:00."])
    );
}

#[test]
fn words_need_no_quotes() {
    assert_eq!(
        jawab(&["ask", SHOP, "when", "are", "you", "open"]).out,
        jawab(&["ask", SHOP, "when are you open"]).out
    );
}

#[test]
fn a_handoff_says_to_whom_how_urgent_and_how_soon() {
    let ran = jawab(&["ask", SHOP, "where is my parcel"]);
    let route = "→ handoff to orders: parcel-missing, priority high, \
                 respond within 1m, update every 10m, resolve within 1h";
    assert_eq!(ran.lines().last(), Some(&route), "{}", ran.out);
}

#[test]
fn what_is_not_understood_goes_to_the_fallback() {
    let ran = jawab(&["ask", SHOP, "what is the capital of france"]);
    let route = ran.lines()[1];
    assert!(route.starts_with("→ handoff to general: ") && route.ends_with(", respond within 5m"), "{route}");
}

#[test]
fn facts_fill_texts() {
    let ran = jawab(&["ask", SHOP, "hello", "--context", "customer.name=Sari"]);
    assert_eq!(ran.out, "Hello, Sari! How may I help?\n");
    let ran = jawab(&["ask", SHOP, "hello", "--context", "owner=human"]);
    assert_eq!(ran.out, "(ignored: human-owner)\n");
}

#[test]
fn json_is_one_line_with_the_decision_or_the_explanation() {
    let decision = &jawab(&["ask", SHOP, "where is my parcel", "--json"]).json()[0];
    assert_eq!((&decision["action"], &decision["respond_within"]), (&"handoff".into(), &60.into()));
    let explanation = &jawab(&["ask", SHOP, "where is my parcel", "--json", "--explain"]).json()[0];
    assert_eq!(&explanation["decision"], decision);
}

#[test]
fn an_explanation_tells_words_candidates_and_the_decision() {
    let ran = jawab(&["ask", SHOP, "wheres my package", "--explain"]);
    for part in ["read:", "candidate:", "policy:", "decision:   handoff by parcel-missing"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
}

#[test]
fn why_not_tells_what_failed_or_that_nothing_did() {
    let why_not = |rule| jawab(&["ask", SHOP, "where is my parcel", "--why-not", rule]);
    assert!(why_not("greeting").out.contains("\nwhy not greeting: "));
    assert!(why_not("parcel-missing").out.ends_with("parcel-missing decided this message\n"));
    let ran = why_not("parcel-mising");
    assert_eq!(
        (ran.code, ran.err.lines().next()),
        (Some(2), Some("error: the rule set has no rule `parcel-mising`"))
    );
}

#[test]
fn without_a_message_each_line_of_input_is_one() {
    let ran = jawab_reading(&["ask", SHOP, "--json"], b"hello\n\nwhere is my parcel\n\xff\xfe");
    let actions: Vec<_> = ran.json().iter().map(|decision| decision["action"].to_string()).collect();
    assert_eq!(actions[..3], [r#""answer""#, r#""ignore""#, r#""handoff""#]);
    assert_eq!((actions.len(), ran.code), (4, Some(0)));
}

#[test]
fn what_cannot_run_says_why_and_exits_with_two() {
    let cases: [(&[&str], &str); 4] = [
        (&["ask", "no-such-folder", "hi"], "error: there is no file or folder `no-such-folder`"),
        (
            &["ask", "tests/mistakes/unknown-key.yaml", "hi"],
            "error: the rules cannot be used: 1 error in 1 file",
        ),
        (&["ask", SHOP, "hi", "--context", "name"], "write it as key=value, such as customer.name=Sari"),
        (&["ask"], "required arguments were not provided"),
    ];
    for (arguments, message) in cases {
        let ran = jawab(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.err.contains(message), "{arguments:?}: {}", ran.err);
    }
}
