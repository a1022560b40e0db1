//! What patterns and classifier found -> candidates.

use super::types::Evidence;
use crate::classifier::Guess;
use crate::context::Context;
use crate::pattern::{PatternMatch, Scratch};
use crate::rules::{Language, Rule, Rules};

/// Chance that a rule is right whose pattern matches, where the pattern explains next to nothing of the message,
/// and where it explains all of it.
const PATTERN_CONFIDENCE: (f64, f64) = (0.90, 0.99);
/// Chance that a rule is right whose question is the message, word for word.
const IDENTICAL_CONFIDENCE: f64 = 0.99;

/// What a pattern does in its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Any,
    All,
    None,
}

impl Part {
    fn numbered(number: u32) -> Self {
        match number {
            0 => Part::Any,
            1 => Part::All,
            _ => Part::None,
        }
    }
}

/// Where a pattern belongs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Role {
    pub(crate) rule: u32,
    pub(crate) part: Part,
    /// Place within its part of the rule.
    pub(crate) index: u32,
}

/// Where each pattern belongs, by its number, in eight bytes each.
#[derive(Debug)]
pub(crate) struct Roles(Box<[(u32, u32)]>);

impl Roles {
    pub(crate) fn of(&self, pattern: u32) -> Role {
        let (rule, place) = self.0[pattern as usize];
        Role { rule, part: Part::numbered(place & 3), index: place >> 2 }
    }
}

/// A rule has fewer than 2^30 patterns: its file has fewer bytes.
impl FromIterator<Role> for Roles {
    fn from_iter<T: IntoIterator<Item = Role>>(roles: T) -> Self {
        Roles(roles.into_iter().map(|role| (role.rule, role.index << 2 | role.part as u32)).collect())
    }
}

/// A rule with all that speaks for it in a message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scored {
    pub(crate) rule: u32,
    pub(crate) evidence: Evidence,
    pub(crate) confidence: f64,
    /// Share of the message's words that patterns of the rule name, 0 to 1.
    pub(crate) specificity: f64,
    /// Confidence from likeness to questions alone.
    pub(crate) likeness: f64,
    /// Index of the pattern match that explains most.
    pub(crate) pattern: Option<u32>,
    /// The rule's question most like the message.
    pub(crate) nearest: Option<u32>,
}

impl Scored {
    /// A rule that the conversation says is meant.
    pub(crate) fn chosen(rule: u32) -> Self {
        Scored {
            rule,
            evidence: Evidence::Conversation,
            confidence: IDENTICAL_CONFIDENCE,
            specificity: 0.0,
            likeness: 0.0,
            pattern: None,
            nearest: None,
        }
    }
}

/// The patterns that were found in one message.
pub(crate) struct Findings<'f> {
    pub(crate) patterns: &'f Scratch,
    pub(crate) roles: &'f Roles,
    /// Words of the message that carry meaning.
    pub(crate) words: u32,
}

/// Collects the candidates that patterns speak for: every rule whose `any`, `all` and `none` allow it.
pub(crate) fn matched(
    found: &Findings,
    rules: &Rules,
    scored: &mut Vec<Scored>,
    stretches: &mut Vec<(u32, u32)>,
) {
    scored.clear();
    let mut from = 0;
    while from < found.patterns.matches.len() {
        let rule = role(found.roles, &found.patterns.matches[from]).rule;
        let same_rule = |matched: &&PatternMatch| role(found.roles, matched).rule == rule;
        let to = from + found.patterns.matches[from..].iter().take_while(same_rule).count();
        scored.extend(by_patterns(found, from..to, &rules[rule as usize], stretches));
        from = to;
    }
}

/// Adds what likeness to questions says, but for rules whose `none` forbids them.
pub(crate) fn add_guesses(found: &Findings, guesses: &[Guess], scored: &mut Vec<Scored>) {
    let known = scored.len();
    scored.sort_unstable_by_key(|scored| scored.rule);
    for guess in guesses {
        if !vetoed(&found.patterns.matches, found.roles, guess.class) {
            add_guess(scored, known, guess);
        }
    }
}

/// Leaves the candidates whose `when` holds; `previous` is the rule that the conversation is about.
pub(crate) fn keep_allowed(
    scored: &mut Vec<Scored>,
    rules: &Rules,
    context: &Context,
    previous: Option<&str>,
) {
    scored.retain(|scored| {
        rules[scored.rule as usize].when.iter().all(|when| when.holds_after(context, previous))
    });
}

/// Whether every `all` pattern of one of the languages was found, given by its place; true where there is none.
pub(crate) fn all_match(rule: &Rule, found: impl Fn(u32) -> bool) -> bool {
    let complete = |language: &Language| {
        let mut numbered = rule.all.iter().zip(0..);
        numbered.all(|(pattern, index)| pattern.language != *language || found(index))
    };
    rule.all.is_empty() || rule.all.iter().any(|pattern| complete(&pattern.language))
}

fn role(roles: &Roles, found: &PatternMatch) -> Role {
    roles.of(found.pattern)
}

/// The candidate that the matches `range`, all of one rule's patterns, make.
fn by_patterns(
    found: &Findings,
    range: std::ops::Range<usize>,
    rule: &Rule,
    stretches: &mut Vec<(u32, u32)>,
) -> Option<Scored> {
    let roles = found.roles;
    let matches = &found.patterns.matches[range.clone()];
    let count = |part| matches.iter().filter(|found| role(roles, found).part == part).count();
    let any = rule.any.is_empty() || count(Part::Any) > 0;
    // Patterns are numbered part by part.
    let place = |found: &PatternMatch| (role(roles, found).part, role(roles, found).index);
    let is_found = |index| matches.binary_search_by_key(&(Part::All, index), place).is_ok();
    if count(Part::None) > 0 || !any || !all_match(rule, is_found) {
        return None;
    }
    let best = (range.start..range.end).rev().max_by_key(|&at| found.patterns.matches[at].explained)?;
    let all = matches.iter().filter(|found| role(roles, found).part == Part::All);
    stretches.clear();
    stretches.extend(all.flat_map(|of_all| found.patterns.named(of_all)));
    let explained = covered(stretches).max(found.patterns.matches[best].explained);
    let specificity = f64::from(explained.min(found.words)) / f64::from(found.words.max(1));
    let (least, most) = PATTERN_CONFIDENCE;
    Some(Scored {
        rule: role(roles, &matches[0]).rule,
        evidence: Evidence::Pattern,
        confidence: least + (most - least) * specificity,
        specificity,
        likeness: 0.0,
        pattern: Some(best as u32),
        nearest: None,
    })
}

/// How many tokens the stretches cover together.
fn covered(stretches: &mut [(u32, u32)]) -> u32 {
    stretches.sort_unstable();
    let (mut count, mut end) = (0, 0);
    for &mut (from, to) in stretches {
        count += to.saturating_sub(from.max(end));
        end = end.max(to);
    }
    count
}

/// Whether a `none` pattern of the rule matches.
fn vetoed(matches: &[PatternMatch], roles: &Roles, rule: u32) -> bool {
    let first = matches.partition_point(|found| role(roles, found).rule < rule);
    let of_rule =
        matches[first..].iter().map(|found| role(roles, found)).take_while(|role| role.rule == rule);
    of_rule.into_iter().any(|role| role.part == Part::None)
}

/// Adds a guess to the first `known` candidates, which are in the order of their rules; there is one guess at each rule.
fn add_guess(scored: &mut Vec<Scored>, known: usize, guess: &Guess) {
    let confidence = if guess.identical { IDENTICAL_CONFIDENCE } else { guess.confidence };
    if let Ok(at) = scored[..known].binary_search_by_key(&guess.class, |scored| scored.rule) {
        let known = &mut scored[at];
        known.likeness = confidence;
        known.nearest = guess.nearest;
        known.confidence = known.confidence.max(confidence);
        known.evidence = if guess.identical { Evidence::Identical } else { known.evidence };
        known.specificity = if guess.identical { 1.0 } else { known.specificity };
        return;
    }
    scored.push(Scored {
        rule: guess.class,
        evidence: if guess.identical { Evidence::Identical } else { Evidence::Question },
        confidence,
        specificity: if guess.identical { 1.0 } else { 0.0 },
        likeness: confidence,
        pattern: None,
        nearest: guess.nearest,
    });
}
