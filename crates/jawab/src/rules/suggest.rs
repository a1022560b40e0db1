//! "Did you mean": the known word nearest to an unknown one.

use std::cmp::Reverse;

use rapidfuzz::distance::osa;

/// Most known words that are looked at: beyond, a suggestion would take longer than it is worth.
const LOOKED_AT: usize = 10_000;

/// The nearest of the known words, if it is near enough to be what was meant. Of several, one that lost a letter, then one
/// with the longest common beginning, then the first.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let mut best = None;
    for candidate in known.into_iter().take(LOOKED_AT).filter(|_| length <= 100) {
        let other = candidate.chars().count();
        let most = (length.max(other) / 3).clamp(1, 3);
        if length.abs_diff(other) > most {
            continue;
        }
        let distance = osa::distance(word.chars(), candidate.to_lowercase().chars());
        let beginning = word.chars().zip(candidate.chars()).take_while(|(one, other)| one == other).count();
        let rank = (distance, other <= length, Reverse(beginning));
        if distance <= most && best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Advice with the nearest known word, else with all of them where they are few.
pub(crate) fn advice<'k>(word: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Option<String> {
    if let Some(near) = nearest(word, known.clone()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let mut all: Vec<&str> = known.into_iter().take(17).collect();
    all.sort_unstable();
    (!all.is_empty() && all.len() < 17).then(|| format!("known here: `{}`", all.join("`, `")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_known_word_is_offered_if_it_is_near() {
        let known = ["questions", "answer", "any", "all"];
        for (word, near) in [("qestions", "questions"), ("awnser", "answer"), ("Any", "any"), ("ank", "any")]
        {
            assert_eq!(nearest(word, known), Some(near), "{word}");
        }
        assert_eq!(nearest("acount", ["amount", "account"]), Some("account"));
        assert_eq!(nearest("handoff", known), None);
        assert_eq!(advice("xyz", known).as_deref(), Some("known here: `all`, `answer`, `any`, `questions`"));
    }
}
