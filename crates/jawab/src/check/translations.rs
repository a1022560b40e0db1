//! Languages that a rule lacks.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::quoted;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::rules::{Contents, Language, Outcome, Rule, Texts, Variant};
use crate::text::LanguagePack;

/// Checks that every rule speaks the languages in which customers ask.
pub(super) fn check(contents: &Contents) -> Vec<Diagnostic> {
    let languages = &contents.settings.languages;
    let asked: Vec<&Language> = languages.iter().filter(|l| asked_by(contents, l) > 0).collect();
    let mostly: Vec<&Language> =
        languages.iter().filter(|l| 2 * asked_by(contents, l) > askable(contents)).collect();
    let mut warnings = Vec::new();
    for rule in contents.rules.iter() {
        warnings.extend(unanswered(rule, &asked));
        warnings.extend(unasked(rule, &mostly));
    }
    warnings.extend(fallback(contents, &asked));
    warnings.extend(unlisted(contents));
    let spoken: BTreeSet<&Language> =
        contents.rules.iter().flat_map(Rule::asked_in).map(|(l, _)| l).collect();
    warnings.extend(contents.rules.iter().flat_map(|rule| unheard(rule, languages, &spoken)));
    warnings
}

/// Languages of questions and patterns whose packs are there but not in use.
fn unlisted(contents: &Contents) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&Language, &Place> = BTreeMap::new();
    for (language, place) in contents.rules.iter().flat_map(Rule::asked_in) {
        first.entry(language).or_insert(place);
    }
    let languages = &contents.settings.languages;
    let known = |language: &Language| LanguagePack::built_in(language.as_str()).is_some();
    first.retain(|language, _| !languages.contains(language) && known(language));
    let warning_at = |(language, place): (&Language, &Place)| {
        let message = format!(
            "texts are in `{}`, which is not among the `languages` of the settings",
            language.as_str()
        );
        warning(place.clone(), message, "add it there, or leave `languages` out: the texts tell them")
    };
    first.into_iter().map(warning_at).collect()
}

/// Texts of a rule in languages in which nothing is asked.
fn unheard(rule: &Rule, languages: &[Language], spoken: &BTreeSet<&Language>) -> Vec<Diagnostic> {
    let (texts, _) = said(rule);
    let mut told = BTreeSet::new();
    let unheard = texts.variants.iter().filter(|variant| {
        let language = &variant.language;
        !languages.contains(language) && !spoken.contains(language) && told.insert(language)
    });
    let warning_at = |variant: &Variant| {
        let tag = variant.language.as_str();
        let message = format!("no question and no pattern is in `{tag}`, the language of this text");
        warning(variant.place.clone(), message, "add some in it, or remove the text")
    };
    unheard.map(warning_at).collect()
}

/// How many rules have questions.
fn askable(contents: &Contents) -> usize {
    contents.rules.iter().filter(|rule| !rule.questions.is_empty()).count()
}

fn asked_by(contents: &Contents, language: &Language) -> usize {
    contents.rules.iter().filter(|rule| has_question(rule, language)).count()
}

fn has_question(rule: &Rule, language: &Language) -> bool {
    rule.questions.iter().any(|question| question.language == *language)
}

/// What a rule says, and its key.
fn said(rule: &Rule) -> (&Texts, &'static str) {
    match &rule.outcome {
        Outcome::Answer(texts) => (texts, "answer"),
        Outcome::Handoff(handoff) => (&handoff.say, "`say`"),
    }
}

fn unanswered(rule: &Rule, asked: &[&Language]) -> Option<Diagnostic> {
    let (texts, what) = said(rule);
    let mut asked = asked.to_vec();
    for question in &rule.questions {
        if !asked.contains(&&question.language) {
            asked.push(&question.language);
        }
    }
    let missing = missing_texts(texts, &asked)?;
    let message = format!("the {what} of {} is missing in {missing}", quoted(&rule.id.text));
    Some(warning(rule.id.place.clone(), message, "add it; until then these customers read another language"))
}

/// The languages in which the texts say nothing; none where there are no texts at all, so that the engine speaks.
fn missing_texts(texts: &Texts, asked: &[&Language]) -> Option<String> {
    let said = |language: &Language| texts.variants.iter().any(|variant| variant.language == *language);
    let missing = asked.iter().filter(|language| !said(language)).map(|language| language.as_str());
    list(missing).filter(|_| !texts.variants.is_empty())
}

fn unasked(rule: &Rule, mostly: &[&Language]) -> Option<Diagnostic> {
    if rule.questions.is_empty() {
        return None;
    }
    let missing = mostly.iter().filter(|language| !has_question(rule, language));
    let missing = list(missing.map(|language| language.as_str()))?;
    let message = format!("{} has no questions in {missing}, most rules have", quoted(&rule.id.text));
    Some(warning(rule.id.place.clone(), message, "add some: customers who write it are not recognised"))
}

fn fallback(contents: &Contents, asked: &[&Language]) -> Option<Diagnostic> {
    let say = &contents.settings.fallback.say;
    let missing = missing_texts(say, asked)?;
    let place = say.variants.first()?.place.clone();
    let message = format!("the fallback's `say` is missing in {missing}");
    Some(warning(place, message, "add it; until then these customers read another language"))
}

fn warning(place: Place, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Code::UntranslatedRule, place, message).help(help)
}

fn list<'l>(languages: impl Iterator<Item = &'l str>) -> Option<String> {
    let tags: Vec<String> = languages.map(|tag| format!("`{tag}`")).collect();
    (!tags.is_empty()).then(|| tags.join(", "))
}
