//! Entries of the vocabulary, and teams, that nothing uses.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::pattern::{Lowered, Template};
use crate::rules::{Contents, Entry, Handoff, Outcome, SlotType};
use crate::text::{LanguagePack, Lexicon, Utterance, WordId};

/// Finds what can be removed without any change.
pub(super) fn check(contents: &Contents, lexicon: &Lexicon) -> Vec<Diagnostic> {
    let mut warnings = fillers(contents);
    warnings.extend(synonyms(contents, lexicon));
    warnings.extend(lists(contents));
    warnings.extend(macros(contents));
    warnings.extend(teams(contents));
    warnings
}

fn unused(entry: &Entry, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Code::UnusedVocabulary, entry.place.clone(), message).help(help)
}

/// Fillers are for messages, so rules need not name them; but those of the language packs are ignored anyway.
fn fillers(contents: &Contents) -> Vec<Diagnostic> {
    let languages = contents.settings.languages.iter();
    let packs: Vec<_> = languages.filter_map(|language| LanguagePack::built_in(language.as_str())).collect();
    let known = |entry: &&Entry| packs.iter().find(|pack| pack.fillers.contains(&entry.text.as_str()));
    let redundant = contents.vocabulary.fillers.iter().filter_map(|entry| {
        let pack = known(&entry)?;
        let message = format!("the filler `{}` is ignored in `{}` anyway", entry.text, pack.language);
        Some(unused(entry, message, "remove it: the language pack has it"))
    });
    redundant.collect()
}

fn synonyms(contents: &Contents, lexicon: &Lexicon) -> Vec<Diagnostic> {
    let mut words = Words { lexicon, utterance: Utterance::default(), used: FxHashSet::default() };
    words.collect(contents);
    let synonyms = contents.vocabulary.synonyms.iter().filter(|synonym| !words.uses(&synonym.word.text));
    let warning = |entry: &Entry| {
        let message = format!("no question and no pattern uses `{}` or a synonym of it", entry.text);
        unused(entry, message, "use it in a rule, or remove the entry")
    };
    synonyms.map(|synonym| warning(&synonym.word)).collect()
}

/// The words that questions and patterns use, as the engine reads them.
struct Words<'l> {
    lexicon: &'l Lexicon,
    utterance: Utterance,
    used: FxHashSet<WordId>,
}

impl Words<'_> {
    fn collect(&mut self, contents: &Contents) {
        let questions = contents.rules.iter().flat_map(|rule| &rule.questions);
        for question in questions.chain(&contents.settings.out_of_scope) {
            self.add(&question.text);
        }
        let macros = contents.macros();
        let patterns =
            contents.rules.iter().flat_map(|rule| rule.any.iter().chain(&rule.all).chain(&rule.none));
        for pattern in patterns {
            Lowered::new(&pattern.template, &macros).texts().into_iter().for_each(|text| self.add(text));
        }
    }

    fn add(&mut self, text: &str) {
        self.lexicon.read(text, &mut self.utterance);
        self.used.extend(self.utterance.tokens.iter().map(|token| token.word));
        self.used.extend(self.utterance.phrases.iter().map(|phrase| phrase.word));
    }

    /// Whether the word, which may be several, is among them.
    fn uses(&mut self, word: &str) -> bool {
        self.lexicon.read(word, &mut self.utterance);
        let tokens = self.utterance.tokens.len() as u32;
        let whole = self.utterance.phrases.iter().find(|phrase| phrase.start == 0 && phrase.len == tokens);
        let single = self.utterance.tokens.first().filter(|_| tokens == 1).map(|token| token.word);
        whole.map(|phrase| phrase.word).or(single).is_none_or(|word| self.used.contains(&word))
    }
}

fn lists(contents: &Contents) -> Vec<Diagnostic> {
    let named = contents.rules.iter().flat_map(|rule| rule.slots.values());
    let collected = handoffs(contents).flat_map(|handoff| &handoff.collect).map(|detail| &detail.slot_type);
    let used: FxHashSet<&str> = named.chain(collected).filter_map(list_name).collect();
    let unnamed = contents.vocabulary.lists.iter().map(|list| &list.name);
    let unnamed = unnamed.filter(|name| !used.contains(name.text.as_str()));
    let warning = |name| {
        unused(
            name,
            format!("no pattern and no `collect` names the list `{}`", name.text),
            "name it, or remove it",
        )
    };
    unnamed.map(warning).collect()
}

fn list_name(slot_type: &SlotType) -> Option<&str> {
    if let SlotType::List(name) = slot_type { Some(name) } else { None }
}

fn handoffs(contents: &Contents) -> impl Iterator<Item = &Handoff> {
    let of_rules = contents.rules.iter().filter_map(|rule| match &rule.outcome {
        Outcome::Handoff(handoff) => Some(handoff),
        Outcome::Answer(_) => None,
    });
    of_rules.chain([&contents.settings.fallback])
}

fn macros(contents: &Contents) -> Vec<Diagnostic> {
    let patterns = contents.rules.iter().flat_map(|rule| rule.any.iter().chain(&rule.all).chain(&rule.none));
    let templates = patterns.map(|pattern| &pattern.template);
    let inner = contents.vocabulary.macros.values().map(|known| &known.template);
    let used: FxHashSet<&str> =
        templates.chain(inner).flat_map(Template::macros).map(|reference| reference.name.as_str()).collect();
    let unnamed = contents.vocabulary.macros.iter().filter(|(name, _)| !used.contains(name.as_str()));
    let warning = |name: &str, source| {
        unused(source, format!("no pattern names the macro `<{name}>`"), "name it, or remove it")
    };
    unnamed.map(|(name, known)| warning(name, &known.source)).collect()
}

fn teams(contents: &Contents) -> Vec<Diagnostic> {
    let standing_in = contents.teams.iter().zip(0..).filter_map(|(team, number)| {
        let other = team.out_of_hours.team?;
        (other != number).then_some(other)
    });
    let used: FxHashSet<usize> =
        handoffs(contents).filter_map(|handoff| handoff.team).chain(standing_in).collect();
    let idle = contents.teams.iter().enumerate().filter(|(number, _)| !used.contains(number));
    let warning = |id: &Entry| {
        unused(
            id,
            format!("no rule hands off to the team `{}`", id.text),
            "name it in a `handoff`, or remove it",
        )
    };
    idle.map(|(_, team)| warning(&team.id)).collect()
}
