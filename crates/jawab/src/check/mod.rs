//! Warnings about a rule set that loads: what works, but probably not as its author wants.
//!
//! Every check is near-linear in the rule set: rules are never compared pair by pair, but through an index of their
//! readings or by asking the engine itself.

mod duplicates;
mod effect;
mod judge;
mod outline;
mod patterns;
mod placeholders;
mod quotes;
mod reach;
mod samples;
mod style;
#[cfg(test)]
mod tests;
mod translations;
mod vocabulary;
mod words;

use crate::diagnostic::Diagnostic;
use crate::engine::Engine;
use duplicates::Duplicates;
use judge::Judge;

/// Most further places that one warning points at.
const LABELS: usize = 5;

/// Looks for what authors of rules commonly regret: duplicates, rules that others overrule, tests that fail, missing
/// translations, impolite or unreadable texts, unused vocabulary. Sorted by place.
///
/// ```
/// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// # jawab: 1
/// # language: en
/// # settings: {fallback: {say: One moment.}}
/// # faq:
/// #   hours: {questions: [when are you open], answer: 'Obviously always.'}
/// # ")?;
/// let warnings = jawab::check(&jawab::Engine::new(&rules)?);
/// assert_eq!(warnings[0].code.as_str(), "impolite-word");
/// # Ok::<(), jawab::Error>(())
/// ```
pub fn check(engine: &Engine) -> Vec<Diagnostic> {
    let contents = engine.rules().contents();
    let duplicates = Duplicates::of(contents, engine.lexicon());
    let mut warnings = duplicates.warnings(contents);
    warnings.extend(reach::check(&mut Judge::new(engine), &duplicates));
    warnings.extend(patterns::check(contents));
    warnings.extend(translations::check(contents));
    warnings.extend(style::check(contents));
    warnings.extend(vocabulary::check(contents, engine.lexicon()));
    warnings.extend(effect::check(contents, engine.lexicon()));
    warnings.extend(quotes::check(contents));
    warnings.extend(placeholders::check(contents));
    warnings.sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
    warnings
}
