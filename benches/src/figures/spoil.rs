//! Messages with typos in them.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use benches::Random;
use jawab::eval::Labelled;

/// Fewest letters of a word that gets a typo.
const LETTERS: usize = 4;

/// The messages with one typo in a fifth of the words of four letters and more, the same ones every time: two letters
/// swapped, one left out, or one typed twice; never the first.
pub(crate) fn with_typos(messages: &[Labelled]) -> Vec<Labelled> {
    let mut random = Random(1);
    each_word(messages, |word| {
        let letters: Vec<char> = word.chars().collect();
        (letters.len() >= LETTERS && random.below(5) == 0).then(|| typo(letters, &mut random))
    })
    .0
}

fn typo(mut letters: Vec<char>, random: &mut Random) -> String {
    let at = 1 + random.below(letters.len() - 2);
    match random.below(3) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        _ => letters.insert(at, letters[at]),
    }
    letters.into_iter().collect()
}

/// Words with the ways in which people misspell them.
pub(crate) struct Misspellings(BTreeMap<String, Vec<String>>);

impl Misspellings {
    /// Reads lines such as `recieve->receive`; where several words may be meant, the first.
    pub(crate) fn read(data: &Path) -> Result<Self, Box<dyn Error>> {
        let path = data.join("typos/codespell.txt");
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut words = BTreeMap::<String, Vec<String>>::new();
        for (wrong, right) in text.lines().filter_map(|line| line.split_once("->")) {
            let right = right.split(',').next().unwrap_or_default().trim().to_lowercase();
            words.entry(right).or_default().push(wrong.to_lowercase());
        }
        Ok(Misspellings(words))
    }

    /// The messages with a fifth of the words of four letters and more misspelt as people misspell them, where they are
    /// known to; and which share of all words that is.
    pub(crate) fn spoil(&self, messages: &[Labelled]) -> (Vec<Labelled>, f64) {
        let mut random = Random(2);
        each_word(messages, |word| {
            let ways = self.0.get(&word.to_lowercase()).filter(|_| word.chars().count() >= LETTERS)?;
            let chosen = ways[random.below(ways.len())].clone();
            (random.below(5) == 0).then_some(chosen)
        })
    }
}

/// The messages with some words replaced, and which share of the words that is.
fn each_word(messages: &[Labelled], mut spoilt: impl FnMut(&str) -> Option<String>) -> (Vec<Labelled>, f64) {
    let (mut words, mut replaced) = (0_u32, 0_u32);
    let mut replace = |word: &str| {
        words += 1;
        let spoilt = spoilt(word);
        replaced += u32::from(spoilt.is_some());
        spoilt.unwrap_or_else(|| word.to_owned())
    };
    let spoil = |message: &Labelled| {
        let text: Vec<String> = message.text.split(' ').map(&mut replace).collect();
        Labelled::new(text.join(" "), message.intent.as_deref())
    };
    let spoilt = messages.iter().map(spoil).collect();
    (spoilt, f64::from(replaced) / f64::from(words.max(1)))
}
