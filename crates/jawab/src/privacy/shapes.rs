//! Numbers that tell by their shape what they are.

use crate::text;

/// The Luhn check digit (ISO/IEC 7812-1, annex B).
fn is_luhn(digits: &str) -> bool {
    let doubled = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let numbers = digits.bytes().rev().map(|byte| u32::from(byte - b'0')).enumerate();
    let sum: u32 = numbers.map(|(at, digit)| if at % 2 == 0 { digit } else { doubled(digit) }).sum();
    sum.is_multiple_of(10)
}

fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(0)
}

fn part(digits: &str, from: usize, to: usize) -> u32 {
    digits.get(from..to).map_or(0, number)
}

/// The number of a payment card: an issuer's first digits, a length the issuer uses, the check digit.
pub(super) fn is_card(digits: &str) -> bool {
    let issued = match (part(digits, 0, 2), digits.len()) {
        (40..=49, 13 | 16 | 19)
        | (34 | 37, 15)
        | (30 | 36 | 38 | 39, 14..=19)
        | (35 | 50..=59, 16)
        | (60..=69, 16..=19) => true,
        (22..=27, 16) => (2221..=2720).contains(&part(digits, 0, 4)),
        _ => false,
    };
    issued && is_luhn(digits)
}

/// Two first digits of the provinces of Indonesia.
fn is_province(code: u32) -> bool {
    matches!(code, 11..=19 | 21 | 31..=36 | 51..=53 | 61..=65 | 71..=76 | 81 | 82 | 91..=97)
}

/// An Indonesian NIK: province, regency, district, day of birth (women's plus 40), month, year, running number.
pub(super) fn is_nik(digits: &str) -> bool {
    let day = part(digits, 6, 8);
    digits.len() == 16
        && is_province(part(digits, 0, 2))
        && part(digits, 2, 4) > 0
        && part(digits, 4, 6) > 0
        && matches!(day, 1..=31 | 41..=71)
        && (1..=12).contains(&part(digits, 8, 10))
        && part(digits, 12, 16) > 0
}

/// A Chinese resident identity number: region, date of birth, serial, check character (GB 11643-1999, ISO 7064
/// MOD 11-2).
pub(super) fn is_resident_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some((check, digits)) = bytes.split_last().filter(|_| bytes.len() == 18) else { return false };
    if !digits.iter().all(u8::is_ascii_digit) || !is_birthday(part(text, 6, 14)) {
        return false;
    }
    let weighted = digits.iter().rev().fold((0, 1), |(sum, weight), digit| {
        let weight = weight * 2 % 11;
        (sum + u32::from(digit - b'0') * weight, weight)
    });
    let expected = (12 - weighted.0 % 11) % 11;
    match check {
        b'x' => expected == 10,
        digit => digit.is_ascii_digit() && u32::from(digit - b'0') == expected,
    }
}

/// `19491231`.
fn is_birthday(date: u32) -> bool {
    (1900..=2099).contains(&(date / 10_000))
        && (1..=12).contains(&(date / 100 % 100))
        && (1..=31).contains(&(date % 100))
}

/// `20240115103000`: a moment, as machines write it.
pub(super) fn is_moment(digits: &str) -> bool {
    matches!(digits.len(), 12 | 14)
        && (1990..=2099).contains(&part(digits, 0, 4))
        && is_birthday(part(digits, 0, 8))
        && part(digits, 8, 10) < 24
        && part(digits, 10, 12) < 60
}

/// Mobile numbers, also with the two zeros that stand for `+`.
pub(super) fn is_mobile(digits: &str) -> bool {
    let dialled = || ["0062", "0063", "0086"].iter().any(|code| digits.starts_with(code));
    text::is_mobile(digits) || (12..=16).contains(&digits.len()) && dialled()
}

/// Whether a number ends in so many zeros that it is an amount.
pub(super) fn is_round(digits: &str) -> bool {
    let zeros = digits.bytes().rev().take_while(|&byte| byte == b'0').count();
    zeros >= 3 && digits.len() <= zeros + 4 || zeros >= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_tell_numbers_from_others_of_their_length() {
        for card in [
            "4111111111111111",
            "5500005555555559",
            "340000000000009",
            "6200000000000005",
            "2223003122003222",
        ] {
            assert!(is_card(card), "{card}");
        }
        for other in ["4111111111111112", "1234567890123452", "0000000000000000", "9111111111111111"] {
            assert!(!is_card(other), "{other}");
        }
        for mobile in
            ["0812345678", "628123456789", "09171234567", "13812345678", "0062812345678", "00628123456789"]
        {
            assert!(is_mobile(mobile), "{mobile}");
        }
        for other in ["081234567", "0062812", "00491711234567", "12812345678"] {
            assert!(!is_mobile(other), "{other}");
        }
        assert!(is_resident_number("11010519491231002x"));
        assert!(!is_resident_number("110105194912310021"));
        assert!(is_nik("3201014507900001") && !is_nik("3201013207900001") && !is_nik("9901014507900001"));
    }
}
