use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Cases {
    masked: Vec<(String, String)>,
    kept: Vec<String>,
}

fn cases() -> BTreeMap<String, Cases> {
    serde_yaml::from_str(include_str!("tests/cases.yaml")).expect("valid cases")
}

#[test]
fn what_is_private_is_masked_and_what_only_looks_so_is_not() {
    let (masker, mut wrong, mut count) = (Masker::default(), Vec::new(), 0);
    for (language, cases) in cases() {
        let kept = cases.kept.into_iter().map(|text| (text.clone(), text));
        for (text, expected) in cases.masked.into_iter().chain(kept) {
            let masked = masker.mask(&text, &[]).text;
            count += 1;
            if masked != expected {
                wrong.push(format!("{language}: {text}\n  wanted {expected}\n  got    {masked}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 300, "only {count} cases");
}

/// Texts made of what masking turns on.
fn pieces() -> impl Strategy<Value = String> {
    let words = [
        "password",
        "pw",
        "pin",
        "otp",
        "kode",
        "cvv",
        "is",
        "adalah",
        "ay",
        "sy",
        "nya",
        ":",
        "=",
        " ",
        "  ",
        "\n",
        "-",
        ".",
        "(",
        ")",
        "\"",
        "[",
        "]",
        "[pin]",
        "123456",
        "1234",
        "4111 1111 1111 1111",
        "081234567890",
        "0812",
        "12",
        "50000",
        "abc123",
        "Kucing99",
        "budi",
        "@",
        "gmail.com",
        "rek",
        "1234567890",
        "nik",
        "3201014507900001",
        "密码",
        "是",
        "验证码",
        "itu",
        "+",
        "62",
        "rp",
        "rb",
        "/",
        "&",
        "é",
        "\u{301}",
        "\u{200b}",
        "😀",
        "lupa",
        "①",
        "ﬁ",
        "１２",
    ];
    prop::collection::vec((0..words.len(), any::<bool>()), 0..14).prop_map(move |parts| {
        let part = |(word, spaced): (usize, bool)| words[word].to_owned() + if spaced { " " } else { "" };
        parts.into_iter().map(part).collect()
    })
}

/// What stands outside of the spans, and whether these lie in order at character bounds.
fn outside(text: &str, masked: &Masked) -> Option<String> {
    let (mut left, mut at) = (String::new(), 0);
    for found in &masked.found {
        let (start, end) = found.span;
        left.push_str(text.get(at..start).filter(|_| start < end)?);
        left.push_str(text.get(start..end).map(|_| found.kind.mask())?);
        at = end;
    }
    Some(left + text.get(at..)?)
}

fn redacted(text: &[u8]) -> Vec<u8> {
    let mut output = Vec::new();
    redact(&Masker::default(), text, &mut output, |_| ()).expect("memory takes everything");
    output
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn masking_again_changes_nothing(text in pieces()) {
        let once = Masker::default().mask(&text, &[]).text;
        prop_assert_eq!(&Masker::default().mask(&once, &[]).text, &once);
    }

    #[test]
    fn nothing_outside_the_spans_changes(text in pieces()) {
        let masked = Masker::default().mask(&text, &[]);
        prop_assert_eq!(outside(&text, &masked), Some(masked.text));
    }

    #[test]
    fn any_text_can_be_masked(text in any::<String>()) {
        let masked = Masker::default().mask(&text, &[]);
        prop_assert_eq!(outside(&text, &masked), Some(masked.text));
    }

    #[test]
    fn a_stream_is_masked_as_its_text_is(text in pieces()) {
        prop_assert_eq!(redacted(text.as_bytes()), Masker::default().mask(&text, &[]).text.into_bytes());
    }

    #[test]
    fn bytes_that_are_no_text_come_out_as_they_are(bytes in prop::collection::vec(128_u8.., 0..200)) {
        prop_assert_eq!(redacted(&bytes), bytes);
    }
}

#[test]
fn a_secret_in_a_line_without_end_is_masked_wherever_the_line_is_cut() {
    for filler in ["x ", "a1b2 ", "词 ", "-"] {
        for before in (131_000..131_200).step_by(7) {
            let filled = filler.repeat(before / filler.len());
            let text = format!("{filled} pw sy Kucing99 hp 081234567890 {filled}");
            let output = String::from_utf8(redacted(text.as_bytes())).expect("text");
            let expected = format!("{filled} pw sy [password] hp [phone] {filled}");
            assert!(output == expected, "`{filler}` after {before} bytes");
        }
    }
}

/// Hands out a few bytes at a time.
struct Trickle<'b>(&'b [u8], usize);

impl std::io::Read for Trickle<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let most = self.1.min(into.len());
        std::io::Read::read(&mut self.0, &mut into[..most])
    }
}

#[test]
fn a_secret_longer_than_what_is_looked_at_together_is_masked_to_its_end_and_all_behind_it_comes_out() {
    let behind = [" after, hp 081234567890\npin 1234\nend", "\",\"hp\":\"081234567890\"", "\nend\n", "", " "];
    for length in [60_000, 63_400, 63_480, 64_000, 65_500, 65_600, 120_000, 200_000] {
        for (before, behind) in behind.iter().flat_map(|behind| ["", "halo\n", "x y "].map(|of| (of, behind)))
        {
            let text = format!("{before}{{\"password\": \"{}{behind}", "k1".repeat(length / 2));
            let mut told = Vec::new();
            for most in [7, 4_096, usize::MAX] {
                let mut output = Vec::new();
                told.clear();
                redact(&Masker::default(), Trickle(text.as_bytes(), most), &mut output, |redaction| {
                    told.push(redaction.span);
                })
                .expect("memory takes everything");
                let whole = Masker::default().mask(&text, &[]);
                assert_eq!(String::from_utf8_lossy(&output), whole.text, "{length} {behind:?} {most}");
                let spans = whole.found.iter().map(|found| (found.span.0 as u64, found.span.1 as u64));
                assert_eq!(told, spans.collect::<Vec<_>>(), "{length} {behind:?} {most}");
            }
        }
    }
}

#[test]
fn what_a_stream_held_is_told_with_its_line_and_bytes() {
    let mut told = Vec::new();
    let text = "halo\nhp 081234567890\n\npin 1234, otp 482913\n";
    redact(&Masker::default(), text.as_bytes(), std::io::sink(), |redaction| told.push(redaction))
        .expect("written");
    let told: Vec<_> = told.iter().map(|told| (told.kind, told.line, told.span)).collect();
    assert_eq!(told, [(Kind::Phone, 2, (8, 20)), (Kind::Pin, 4, (26, 30)), (Kind::Otp, 4, (36, 42))]);
}

#[test]
fn what_a_rule_collects_is_kept_but_never_a_secret() {
    let text = "rek 1234567890 hp 081234567890 sari@mail.id pin 1234";
    let masked = Masker::default().mask(text, &[Kind::Account, Kind::Email, Kind::Pin]);
    assert_eq!(masked.text, "rek 1234567890 hp [phone] sari@mail.id pin [pin]");
    assert_eq!(masked.found.len(), 2);
}

#[test]
fn a_megabyte_of_hostile_text_is_masked_in_time() {
    let texts = [
        "pw:",
        "pin ",
        "@a.",
        "1 ",
        "password is ",
        "\"pw\":\"",
        "4111 ",
        "a@",
        "[pin]",
        "密码",
        "-1",
        "is itu ",
    ];
    for text in texts {
        let long = text.repeat(1_000_000 / text.len());
        assert!(Masker::default().mask(&long, &[]).text.len() < 8_000_000);
    }
}
