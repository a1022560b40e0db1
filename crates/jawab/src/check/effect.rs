//! What is written and changes nothing.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::rules::{Contents, Entry, Synonym, Team};
use crate::text::{Lexicon, Utterance};

pub(super) fn check(contents: &Contents, lexicon: &Lexicon) -> Vec<Diagnostic> {
    let mut warnings = negations(contents, lexicon);
    warnings.extend(synonyms(&contents.vocabulary.synonyms));
    warnings.extend(out_of_hours(contents));
    warnings
}

fn idle(entry: &Entry, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Code::NoEffect, entry.place.clone(), message).help(help)
}

/// Fillers and synonyms that carry negation: it always counts.
fn negations(contents: &Contents, lexicon: &Lexicon) -> Vec<Diagnostic> {
    let mut utterance = Utterance::default();
    let mut negates = |entry: &Entry| {
        lexicon.read(&entry.text, &mut utterance);
        matches!(utterance.tokens.as_slice(), [token] if token.negation)
    };
    let mut warnings = Vec::new();
    for entry in contents.vocabulary.fillers.iter().filter(|entry| negates(entry)) {
        let message = format!("the filler `{}` carries negation, so it is never ignored", entry.text);
        warnings.push(idle(entry, message, "remove it"));
    }
    for synonym in &contents.vocabulary.synonyms {
        for entry in std::iter::once(&synonym.word).chain(&synonym.others).filter(|entry| negates(entry)) {
            let message = format!("`{}` carries negation, so it always counts as itself", entry.text);
            warnings.push(idle(entry, message, "remove it: words of negation have no synonyms"));
        }
    }
    warnings
}

/// Words that are synonyms of themselves, at once or by way of another word.
fn synonyms(synonyms: &[Synonym]) -> Vec<Diagnostic> {
    let heads: FxHashMap<String, FxHashMap<String, &Entry>> =
        synonyms.iter().map(|synonym| (synonym.word.text.to_lowercase(), others(synonym))).collect();
    let mut warnings = Vec::new();
    for synonym in synonyms {
        let own = synonym.word.text.to_lowercase();
        for other in &synonym.others {
            let written = other.text.to_lowercase();
            if written == own {
                let message = format!("`{}` is a synonym of itself", other.text);
                warnings.push(idle(other, message, "remove it"));
            } else if let Some(back) = heads.get(&written).and_then(|others| others.get(&own)) {
                let message =
                    format!("`{}` and `{}` are synonyms of each other", synonym.word.text, other.text);
                let warning = idle(other, message, "keep one of the two entries");
                warnings.push(warning.label(back.place.clone(), "the other one"));
            }
        }
    }
    warnings
}

/// The synonyms of a word by how they are written; the first of those that are written alike.
fn others(synonym: &Synonym) -> FxHashMap<String, &Entry> {
    synonym.others.iter().rev().map(|other| (other.text.to_lowercase(), other)).collect()
}

/// What teams do out of their hours, where they are never out of them, or take the handoffs themselves.
fn out_of_hours(contents: &Contents) -> Vec<Diagnostic> {
    let own = |(number, team): (usize, &Team)| {
        let (name, out_of_hours) = (&team.id.text, &team.out_of_hours);
        let planned = out_of_hours.team.is_some() || !out_of_hours.say.variants.is_empty();
        if team.hours.is_none() && planned {
            let message = format!("the team `{name}` has `out_of_hours`, but no `hours`: it always works");
            return Some(idle(&team.id, message, "add its `hours`, or remove `out_of_hours`"));
        }
        (out_of_hours.team == Some(number)).then(|| {
            let message = format!("out of its hours, the team `{name}` takes the handoffs itself");
            idle(&team.id, message, "name another team in `out_of_hours`, or leave its `team` out")
        })
    };
    contents.teams.iter().enumerate().filter_map(own).collect()
}
