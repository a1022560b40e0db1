//! Groups messages that are alike.
//!
//! One pass in which each message joins the group whose first message is most like it, or opens a group (leader
//! clustering, Hartigan 1975). First messages are found by the rarest words of a message, so that the work grows with
//! the messages, not with their pairs. Whole numbers only: the same groups come out everywhere.

use std::collections::{BTreeMap, BTreeSet};

/// Most words of a message that count.
const WORDS: usize = 32;
/// How many of its rarest words a message looks for groups by.
const LOOKUPS: usize = 6;
/// How many groups it is compared with by each of them.
const LEADS: usize = 64;

/// Words by number, ascending, with how much each tells.
type Weighed = Vec<(u32, u64)>;

/// The places of the messages, group by group; groups in the order in which they were opened. How common words are is
/// learned from others, too: a few messages alone would take `how` for a rare word.
pub(super) fn cluster(messages: &[Vec<String>], others: &[Vec<String>]) -> Vec<Vec<usize>> {
    let vectors = weigh(messages, others);
    let mut groups = Groups::default();
    for (at, vector) in vectors.iter().enumerate() {
        match groups.nearest(vector, &vectors) {
            Some(group) => groups.members[group].push(at),
            None => groups.open(at, vector),
        }
    }
    groups.members
}

/// In how few of the texts a word stands.
pub(super) struct Rarity<'t> {
    counts: BTreeMap<&'t str, u64>,
    texts: u64,
}

impl<'t> Rarity<'t> {
    pub(super) fn of(texts: impl IntoIterator<Item = &'t Vec<String>>) -> Self {
        let mut rarity = Rarity { counts: BTreeMap::new(), texts: 0 };
        for words in texts {
            let words: BTreeSet<&str> = words.iter().take(WORDS).map(String::as_str).collect();
            words.into_iter().for_each(|word| *rarity.counts.entry(word).or_default() += 1);
            rarity.texts += 1;
        }
        rarity
    }

    /// The number of bits of the ratio of all texts to those that have the word.
    pub(super) fn bits(&self, word: &str) -> u64 {
        let count = self.counts.get(word).copied().unwrap_or(1);
        1 + u64::from((self.texts / count).max(1).ilog2())
    }
}

/// Words weigh by how few of the messages have them.
fn weigh(messages: &[Vec<String>], others: &[Vec<String>]) -> Vec<Weighed> {
    let rarity = Rarity::of(messages.iter().chain(others));
    let mut numbers = BTreeMap::<&str, u32>::new();
    let mut vectors = Vec::with_capacity(messages.len());
    for words in messages {
        let mut vector = Weighed::new();
        for word in words.iter().take(WORDS) {
            let next = numbers.len() as u32;
            vector.push((*numbers.entry(word).or_insert(next), rarity.bits(word)));
        }
        vector.sort_unstable();
        vector.dedup();
        vectors.push(vector);
    }
    vectors
}

#[derive(Default)]
struct Groups {
    /// Places of the messages of each group, its first one first.
    members: Vec<Vec<usize>>,
    /// Groups whose first message has a word, the oldest first.
    by_word: BTreeMap<u32, Vec<u32>>,
}

impl Groups {
    fn open(&mut self, at: usize, vector: &Weighed) {
        let group = self.members.len() as u32;
        self.members.push(vec![at]);
        for (word, _) in vector {
            let leads = self.by_word.entry(*word).or_default();
            if leads.len() < LEADS {
                leads.push(group);
            }
        }
    }

    /// The group whose first message is most like this one, if it is alike at all; the oldest of equals.
    fn nearest(&self, vector: &Weighed, vectors: &[Weighed]) -> Option<usize> {
        let mut rarest = vector.clone();
        rarest.sort_by_key(|&(word, weight)| (std::cmp::Reverse(weight), word));
        let leads = rarest.iter().take(LOOKUPS).filter_map(|(word, _)| self.by_word.get(word)).flatten();
        let mut groups: Vec<u32> = leads.copied().collect();
        groups.sort_unstable();
        groups.dedup();
        let likeness = |group: u32| Likeness::of(vector, &vectors[self.members[group as usize][0]]);
        let alike =
            groups.into_iter().map(|group| (group, likeness(group))).filter(|(_, like)| like.is_alike());
        let nearest = alike.reduce(|best, other| if other.1.is_more_than(best.1) { other } else { best });
        nearest.map(|(group, _)| group as usize)
    }
}

/// The cosine of two messages as a fraction, squared.
#[derive(Clone, Copy)]
struct Likeness {
    product: u128,
    norms: u128,
}

impl Likeness {
    fn of(one: &Weighed, other: &Weighed) -> Self {
        let norm =
            |vector: &Weighed| vector.iter().map(|(_, weight)| u128::from(weight * weight)).sum::<u128>();
        let mut rest = other.as_slice();
        let mut common = 0_u128;
        for &(word, weight) in one {
            let skipped = rest.partition_point(|(known, _)| *known < word);
            rest = &rest[skipped..];
            common +=
                rest.first().filter(|(known, _)| *known == word).map_or(0, |_| u128::from(weight * weight));
        }
        Likeness { product: common * common, norms: norm(one) * norm(other) }
    }

    /// Whether the cosine is at least two fifths.
    fn is_alike(self) -> bool {
        self.product > 0 && 25 * self.product >= 4 * self.norms
    }

    fn is_more_than(self, other: Likeness) -> bool {
        self.product * other.norms > other.product * self.norms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(texts: &[&str]) -> Vec<Vec<String>> {
        texts.iter().map(|text| text.split(' ').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn messages_with_rare_words_in_common_are_one_group() {
        let texts = words(&[
            "change phone number",
            "how change phone number",
            "open an account",
            "phone number change",
            "open account",
        ]);
        assert_eq!(cluster(&texts, &[]), [vec![0, 1, 3], vec![2, 4]]);
    }

    #[test]
    fn a_common_word_alone_joins_nothing() {
        let texts =
            words(&["please refund shoes", "please cancel flight", "please book hotel", "please rent car"]);
        assert_eq!(cluster(&texts, &[]).len(), 4);
    }

    #[test]
    fn a_message_without_words_is_alone() {
        assert_eq!(cluster(&[vec![], vec![]], &[]), [vec![0], vec![1]]);
    }
}
