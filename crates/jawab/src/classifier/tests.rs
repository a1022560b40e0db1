mod behaviour;
mod figures;
mod many;
mod mending;

use super::gram::{WordKind, Wording};

/// Words of a plain text, as the tests need them: split at what is neither letter nor digit.
#[derive(Debug, Default)]
pub(crate) struct Plain(Vec<String>);

impl Plain {
    pub(crate) fn new(text: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut open = false;
        for c in text.chars().flat_map(char::to_lowercase).filter(|&c| c != '\'' && c != '’') {
            let joins = open && c.is_alphanumeric() && !is_han(c);
            match words.last_mut() {
                Some(word) if joins => word.push(c),
                _ if c.is_alphanumeric() => words.push(c.into()),
                _ => {}
            }
            open = c.is_alphanumeric() && !is_han(c);
        }
        Plain(words)
    }
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

impl Wording for Plain {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn text(&self, word: usize) -> &str {
        &self.0[word]
    }

    fn read(&self, word: usize) -> &str {
        &self.0[word]
    }

    fn kind(&self, word: usize) -> WordKind {
        if self.0[word].starts_with(is_han) { WordKind::Han } else { WordKind::Word }
    }

    fn negation(&self, word: usize) -> bool {
        ["belum", "tidak", "not", "hindi", "没"].contains(&self.0[word].as_str())
    }

    fn trust(&self, _: usize) -> f32 {
        1.0
    }
}
