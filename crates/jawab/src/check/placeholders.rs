//! Names in single braces: the syntax of patterns, which texts say as it stands.

use std::collections::BTreeSet;
use std::ops::Range;

use super::outline::within;
use super::style::{texts, texts_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::pattern::Template;
use crate::rules::{Contents, Rule, Variant};

/// Longest name that is looked at.
const NAME_BYTES: usize = 100;
/// How the names of facts begin that every host may pass.
const FACTS: [&str; 8] = ["channel", "language", "customer.", "time", "queue.", "owner", "sender", "slots."];

pub(super) fn check(contents: &Contents) -> Vec<Diagnostic> {
    let macros = contents.vocabulary.macros.values().map(|known| &known.template);
    let of_macros = macros.flat_map(Template::captures).collect();
    let mut known = Known { facts: BTreeSet::new(), slots: BTreeSet::new(), of_macros };
    known.facts.extend(texts(contents).flat_map(|texts| &texts.variants).flat_map(|said| said.text.facts()));
    let conditions = contents.rules.iter().flat_map(|rule| &rule.when);
    known.facts.extend(conditions.map(crate::rules::Condition::fact));
    let mut warnings = Vec::new();
    for rule in contents.rules.iter() {
        known.slots = slots(rule);
        let said = texts_of(rule).into_iter().flat_map(|texts| &texts.variants);
        warnings.extend(said.flat_map(|variant| known.braces(variant)));
    }
    warnings
}

/// The slots that patterns of a rule capture.
fn slots(rule: &Rule) -> BTreeSet<&str> {
    let patterns = rule.any.iter().chain(&rule.all).map(|pattern| &pattern.template);
    patterns.flat_map(Template::captures).collect()
}

/// Names that a text may use.
struct Known<'c> {
    facts: BTreeSet<&'c str>,
    slots: BTreeSet<&'c str>,
    /// The slots that macros capture.
    of_macros: BTreeSet<&'c str>,
}

impl Known<'_> {
    fn braces(&self, variant: &Variant) -> Vec<Diagnostic> {
        let source = variant.text.source();
        let literals = variant.text.literals();
        let found = literals.flat_map(|part| braces(source, part));
        let warnings = found.filter_map(|(range, name)| {
            let written = source.get(range.clone())?;
            let meant = self.meant(name, written.starts_with('$'))?;
            let place = within(&variant.place, source, &range);
            let message = format!("`{written}` is said as it stands");
            let warning = Diagnostic::new(Code::LiteralPlaceholder, place, message);
            Some(warning.help(format!("did you mean `{{{{ {meant} }}}}`?")))
        });
        warnings.collect()
    }

    /// The name in double braces, where it is certain that one is meant.
    fn meant(&self, name: &str, dollar: bool) -> Option<String> {
        if self.slots.contains(name) || self.of_macros.contains(name) {
            let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            return Some(if plain { format!("slots.{name}") } else { format!("slots[\"{name}\"]") });
        }
        let usual = |fact: &str| if fact.ends_with('.') { name.starts_with(fact) } else { name == fact };
        let known = dollar || self.facts.contains(name) || FACTS.into_iter().any(usual);
        known.then(|| name.to_owned())
    }
}

/// The names in single braces in a part of a text, with the bytes of the braces and of a `$` before them.
fn braces(source: &str, part: Range<usize>) -> Vec<(Range<usize>, &str)> {
    let text = source.get(part.clone()).unwrap_or_default();
    let found = text.match_indices('{').filter_map(|(open, _)| {
        let rest = text.get(open + 1..)?;
        let length = rest.bytes().take(NAME_BYTES).position(|byte| byte == b'}')?;
        let name = rest.get(..length)?.split(':').next()?.trim_start_matches('*');
        let letter = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-');
        let start = open - usize::from(text.get(..open)?.ends_with('$'));
        let range = part.start + start..part.start + open + length + 2;
        (!name.is_empty() && name.chars().all(letter)).then_some((range, name))
    });
    found.collect()
}
