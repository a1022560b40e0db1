//! Plain words that YAML readers turn into something else, and readers of single values.

/// What a YAML reader, of version 1.1 or 1.2, makes of a plain scalar that is meant as a text; none where every
/// reader gives back the text as it is written.
pub(crate) fn changed_by_yaml(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "~" | "null" => Some("nothing"),
        "true" | "yes" | "on" => Some("true"),
        "false" | "no" | "off" => Some("false"),
        ".inf" | "+.inf" | "-.inf" | ".nan" => Some("a number"),
        _ if is_date(text) => Some("a date"),
        _ if is_sexagesimal(text) => Some("a number of seconds"),
        _ if looks_numeric(text) && !survives_as_number(text) => Some("another number"),
        _ => None,
    }
}

/// The number that a scalar stands for in every YAML version.
pub(crate) fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let number: f64 = if plain { text.parse().ok()? } else { return None };
    number.is_finite().then_some(number)
}

/// The seconds of `90s`, `1m`, `2h`, `1d`, or several of them: `1h30m`.
pub(crate) fn duration(text: &str) -> Option<u64> {
    let mut total = 0_u64;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let count: u64 = rest.get(..digits)?.parse().ok()?;
        let unit = rest.get(digits..)?.chars().next()?;
        total = total.checked_add(count.checked_mul(unit_seconds(unit)?)?)?;
        rest = rest.get(digits + unit.len_utf8()..)?;
    }
    (!text.is_empty()).then_some(total)
}

fn unit_seconds(unit: char) -> Option<u64> {
    match unit {
        's' => Some(1),
        'm' => Some(60),
        'h' => Some(3_600),
        'd' => Some(86_400),
        _ => None,
    }
}

/// Whether a name is lower-case letters and digits joined by single `-`.
pub(crate) fn is_name(text: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty() && part.chars().all(|letter| letter.is_alphanumeric() && !letter.is_uppercase())
    };
    text.len() <= 100 && text.split('-').all(word)
}

/// Whether a text has the form of a BCP 47 language tag; one of two letters must be the tag of a language.
pub(crate) fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let letters = primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    let known = match primary.len() {
        2 => TWO_LETTERS.split(' ').any(|tag| tag == primary),
        3 => letters && !TWICE.contains(&primary.as_str()),
        _ => false,
    };
    known
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// The tags of two letters: ISO 639-1, and `sh`.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii \
    ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr \
    ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk \
    sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za \
    zh zu";

/// Three letters that are written for a pack's language, but are not its tag.
const TWICE: &[&str] = &["ind", "idn", "eng", "tgl", "zho", "chi", "cmn"];

fn is_date(text: &str) -> bool {
    let date = text.split(['T', 't', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split('-').collect();
    let digits = |part: &&str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    matches!(&parts[..], [year, month, day] if year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2))
}

/// `22:00`, `1:30:00`: base sixty in YAML 1.1.
fn is_sexagesimal(text: &str) -> bool {
    let mut parts = text.strip_prefix(['+', '-']).unwrap_or(text).split(':');
    let first = parts.next().unwrap_or_default();
    let digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let rest: Vec<&str> = parts.collect();
    !rest.is_empty()
        && digits(first)
        && rest.iter().all(|part| digits(part.split('.').next().unwrap_or_default()))
}

fn looks_numeric(text: &str) -> bool {
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    if let Some(digits) = body.strip_prefix("0x").or_else(|| body.strip_prefix("0X")) {
        return !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'_');
    }
    if let Some(digits) = body.strip_prefix("0o").or_else(|| body.strip_prefix("0b")) {
        return !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    }
    let starts = body.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    starts && body.bytes().any(|byte| byte.is_ascii_digit()) && body.replace('_', "").parse::<f64>().is_ok()
}

/// Whether a number printed again is the text it was read from.
fn survives_as_number(text: &str) -> bool {
    let body = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = body.split_once('.').map_or((body, None), |(whole, rest)| (whole, Some(rest)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(|part| digits(part) && !part.ends_with('0'))
        && body.len() <= 15
        && text != "-0"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_a_yaml_reader_changes_are_known() {
        let changed = [
            "no",
            "Yes",
            "ON",
            "off",
            "true",
            "False",
            "null",
            "~",
            "NULL",
            "1.0",
            "1_000",
            "0x1F",
            "0o17",
            "017",
            "22:00",
            "1:30:00",
            "190:20:30.15",
            "2024-01-01",
            "2024-1-1",
            "2024-01-01T10:00:00Z",
            "1e3",
            ".5",
            "+62",
            "12345678901234567890",
            ".inf",
            "-0",
            "1.",
            "1.50",
        ];
        let kept = [
            "ya",
            "y",
            "n",
            "nope",
            "123",
            "-5",
            "1.5",
            "0.6",
            "0",
            "50rb",
            "24/7",
            "22:00-06:00",
            "3-5",
            "0812-333",
            "halo: ya",
            "a:b",
            "e",
            "-",
            ".",
            "1.2.3",
            "2024-01",
            "inf",
            "nan",
            "最低",
            "",
            "0xZZ",
            ">3",
        ];
        for text in changed {
            assert!(changed_by_yaml(text).is_some(), "{text} is changed");
        }
        for text in kept {
            assert_eq!(changed_by_yaml(text), None, "{text} stays");
        }
    }

    #[test]
    fn durations_are_whole_numbers_with_units() {
        let cases = [("90s", 90), ("1m", 60), ("2h", 7_200), ("1d", 86_400), ("1h30m", 5_400), ("0s", 0)];
        for (text, seconds) in cases {
            assert_eq!(duration(text), Some(seconds), "{text}");
        }
        for text in ["", "1", "m", "1 m", "-1m", "1.5h", "1w", "99999999999999999999d", "1m2", "一m"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn names_are_lower_case_words_joined_by_hyphens() {
        for name in ["deposit", "deposit-missing", "2fa-lost", "存款", "a-1"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "Deposit", "a b", "-a", "a-", "a--b", "a_b", "a.b", &"x".repeat(101)] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn language_tags_have_two_or_three_letters_and_parts() {
        for tag in ["id", "fil", "zh-Hans", "en_US", "ms-MY", "zh-Hant-TW"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for tag in [
            "",
            "i",
            "indonesian",
            "i1",
            "en-",
            "en-toolongpart",
            "zh--Hans",
            "印尼",
            "xx",
            "in",
            "cn",
            "eng",
            "idn",
        ] {
            assert!(!is_language_tag(tag), "{tag}");
        }
    }
}
