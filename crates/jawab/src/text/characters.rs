//! Classes of characters.

use unicode_normalization::char::is_combining_mark;

/// A character that words are made of, Chinese ones too.
pub(super) fn is_word(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphanumeric()
    } else {
        character.is_alphanumeric() || is_combining_mark(character)
    }
}

/// The apostrophe as packs write it.
pub(super) const APOSTROPHE: char = '\'';

/// Ways to write the apostrophe of "don't".
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | 'ʼ' | '′' | '＇' | '`' | '´')
}

/// Characters that are not seen: control characters (but for white space), joiners, marks of direction.
pub(crate) fn is_invisible(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' => false,
        // U+20E3 is the frame of keycap digits: what is left is the digit.
        '\u{ad}'
        | '\u{20e3}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        other => other.is_control(),
    }
}

/// Whether there is nothing to see.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|character| character.is_whitespace() || is_invisible(character))
}

/// A character of the blocks that hold nothing but emoji: most of them.
pub(crate) fn is_picture(character: char) -> bool {
    matches!(character, '\u{1f300}'..='\u{1faff}')
}

fn is_emoji(character: char) -> bool {
    is_picture(character)
        || matches!(character,
        '\u{1f000}'..='\u{1f0ff}' | '\u{1f18e}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{2600}'..='\u{27bf}' | '\u{231a}'..='\u{231b}' | '\u{23e9}'..='\u{23f3}' | '\u{23f8}'..='\u{23fa}'
        | '\u{2b05}'..='\u{2b07}' | '\u{2b1b}'..='\u{2b1c}' | '\u{2b50}' | '\u{2b55}' | '\u{25b6}' | '\u{25c0}'
        | '\u{203c}' | '\u{2049}' | '\u{303d}')
}

fn is_regional_indicator(character: char) -> bool {
    matches!(character, '\u{1f1e6}'..='\u{1f1ff}')
}

/// Most code points of one emoji: a family with skin tones has eleven, a flag of a region eight.
const EMOJI_PARTS: usize = 16;

/// Length in bytes of the emoji that a text starts with, with skin tone, joined parts and variation; 0 for none.
pub(super) fn emoji_len(text: &str) -> usize {
    let Some(first) = text.chars().next().filter(|&first| is_emoji(first)) else { return 0 };
    let mut end = first.len_utf8();
    // What belongs to it is never of ASCII, and mostly nothing does.
    if text.as_bytes().get(end).is_none_or(u8::is_ascii) {
        return end;
    }
    let mut parts = text.char_indices().take(EMOJI_PARTS).skip(1);
    if is_regional_indicator(first) {
        let second = parts.next().filter(|&(_, second)| is_regional_indicator(second));
        return end + second.map_or(0, |(_, second)| second.len_utf8());
    }
    let mut joined = false;
    for (at, part) in parts {
        let belongs = matches!(part, '\u{200d}' | '\u{fe0e}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}');
        if !belongs && !(joined && (is_emoji(part) || matches!(part, '\u{2640}' | '\u{2642}'))) {
            break;
        }
        joined = part == '\u{200d}';
        end = at + part.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_neither_letters_nor_digits() {
        for character in ('\0'..=char::MAX).filter(|&character| is_picture(character)) {
            assert!(!character.is_alphanumeric() && !character.is_whitespace(), "{character}");
        }
    }

    #[test]
    fn an_emoji_is_one_piece_with_all_that_belongs_to_it() {
        for emoji in ["😭", "👍🏽", "👨‍👩‍👧", "🇮🇩", "❤️", "🏴\u{e0067}\u{e0062}\u{e007f}", "🏃🏻‍♀️", "⏰"]
        {
            assert_eq!(emoji_len(&format!("{emoji}a")), emoji.len(), "{emoji}");
            assert_eq!(emoji_len(&format!("{emoji}😀")), emoji.len(), "{emoji}");
        }
        for text in ["a", "", "充", "1️⃣", "\u{fe0f}", "™"] {
            assert_eq!(emoji_len(text), 0, "{text}");
        }
    }
}
