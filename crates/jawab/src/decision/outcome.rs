//! The winner's outcome, or the fallback, as a [`Decision`].

use std::fmt::Write as _;
use std::sync::Arc;

use super::evidence::Scored;
use super::names::Names;
use super::phrases::Phrasebook;
use super::service::Service;
use super::speak::{Facts, say};
use super::types::{Answer, Ask, AskOption, Candidate, Decision, Handoff, Ignore, Slots, Ticket};
use crate::context::Context;
use crate::rules::{self, Contents, Language, Outcome, Rule};

/// Most candidates in a decision.
const CANDIDATES: usize = 5;

/// Languages to speak in; some may be named again.
#[derive(Debug)]
pub(crate) struct Languages<'m> {
    pub(crate) first: [Option<&'m Language>; 4],
    /// The language that the host names.
    pub(crate) then: Option<Language>,
    pub(crate) last: &'m Language,
}

impl Languages<'_> {
    /// First choice first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Language> {
        self.first.iter().copied().flatten().chain(&self.then).chain([self.last])
    }
}

/// What is known about a message once its candidates are ranked.
pub(crate) struct Case<'m> {
    pub(crate) contents: &'m Contents,
    pub(crate) phrasebook: &'m Phrasebook,
    pub(crate) names: &'m Names,
    pub(crate) fingerprint: &'m Arc<str>,
    pub(crate) context: &'m Context,
    /// Candidates, best first.
    pub(crate) scored: &'m [Scored],
    /// In which language to speak, first choice first.
    pub(crate) languages: Languages<'m>,
    /// Marks of the texts that the winner has said before in this conversation.
    pub(crate) said: &'m [u32],
}

impl Case<'_> {
    /// The outcome of the best candidate, with what its patterns captured and the details found for its handoff.
    pub(crate) fn win(&self, best: &Scored, slots: Slots, details: Slots) -> Decision {
        let rule = &self.contents.rules[best.rule as usize];
        match &rule.outcome {
            Outcome::Answer(texts) => self.answer(best, texts, slots),
            Outcome::Handoff(handoff) => {
                let about = About { rule: Some((rule, best)), reason: None };
                self.handoff(handoff, &about, slots, details)
            }
        }
    }

    fn answer(&self, best: &Scored, texts: &rules::Texts, slots: Slots) -> Decision {
        let facts = Facts::new(self.context, &slots).with_said(self.said);
        let Some((text, language)) = say(texts, self.languages.iter(), &facts) else {
            return self.fallback("no-text");
        };
        Decision::Answer(Answer {
            rule: self.names.rule(self.contents, best.rule),
            confidence: rounded(best.confidence),
            language: language.shared(),
            tone: None,
            text,
            slots,
            masked: Vec::new(),
            candidates: self.candidates(),
            rules: Arc::clone(self.fingerprint),
        })
    }

    /// The handoff where no rule may answer.
    pub(crate) fn fallback(&self, reason: &'static str) -> Decision {
        let about = About { rule: None, reason: Some(reason) };
        self.handoff(&self.contents.settings.fallback, &about, Slots::default(), Slots::default())
    }

    fn handoff(&self, handoff: &rules::Handoff, about: &About, slots: Slots, details: Slots) -> Decision {
        let service = Service::of(self.contents, handoff, self.context);
        let facts = Facts::new(self.context, &slots).with_opening(service.opening());
        let said = service.say(handoff).and_then(|texts| say(texts, self.languages.iter(), &facts));
        let (text, language) = match said.or_else(|| say(&handoff.say, self.languages.iter(), &facts)) {
            Some((text, language)) => (Some(text), Some(language.clone())),
            None => self.announced(),
        };
        let (times, reason) = (service.times, self.reason(handoff, about));
        Decision::Handoff(Handoff {
            rule: about.rule.map(|(_, best)| self.names.rule(self.contents, best.rule)),
            ticket: self.ticket(handoff, about, &reason, details),
            reason,
            confidence: about.rule.map(|(_, best)| rounded(best.confidence)),
            language: language.as_ref().unwrap_or(&self.contents.language).shared(),
            tone: None,
            text,
            team: service.team.map(|team| self.names.shared(&team.id.text)),
            level: handoff.level.unwrap_or(1),
            priority: handoff.priority,
            escalation: Vec::new(),
            respond_within: times.respond_within,
            update_every: times.update_every,
            resolve_within: times.resolve_within,
            respond_by: service.due(times.respond_within),
            update_by: service.due(times.update_every),
            resolve_by: service.due(times.resolve_within),
            slots,
            masked: Vec::new(),
            candidates: self.candidates(),
            rules: Arc::clone(self.fingerprint),
        })
    }

    /// What happened, else the rule's own `reason`, else the rule's id.
    fn reason(&self, handoff: &rules::Handoff, about: &About) -> Arc<str> {
        let named = about.reason.or(handoff.reason.as_deref()).map(|name| self.names.shared(name));
        let id = || about.rule.map(|(_, best)| self.names.rule(self.contents, best.rule));
        named.or_else(id).unwrap_or_else(|| self.names.shared("no-match"))
    }

    /// The engine's own announcement of a person.
    fn announced(&self) -> (Option<String>, Option<Language>) {
        self.phrasebook
            .in_first_of(self.languages.iter())
            .map(|(l, phrases)| (phrases.handoff.clone(), l))
            .unzip()
    }

    fn ticket(&self, handoff: &rules::Handoff, about: &About, reason: &str, fields: Slots) -> Ticket {
        let rule = about.rule.map(|(rule, _)| rule);
        let subject = rule.map_or_else(|| reason.to_owned(), |rule| self.title(rule));
        let wanted = handoff.collect.iter().map(|detail| detail.name.as_str());
        let missing =
            wanted.filter(|name| fields.get(name).is_none()).map(|name| self.names.shared(name)).collect();
        let id = about.rule.map(|(_, best)| self.names.rule(self.contents, best.rule));
        let tags = handoff.tags.iter().map(|tag| self.names.shared(tag));
        let category = rule.and_then(|rule| rule.category.as_deref()).map(|name| self.names.shared(name));
        Ticket {
            subject,
            category,
            missing,
            tags: id.into_iter().chain(tags).collect(),
            fields,
            ..Ticket::default()
        }
    }

    /// Asks which of the first `count` candidates was meant.
    pub(crate) fn ask(&self, count: usize) -> Decision {
        let Some((language, phrases)) = self.phrasebook.in_first_of(self.languages.iter()) else {
            return self.fallback("ambiguous");
        };
        let option = |scored: &Scored| AskOption {
            rule: self.names.rule(self.contents, scored.rule),
            title: self.title(&self.contents.rules[scored.rule as usize]),
        };
        let options: Vec<AskOption> = self.scored.iter().take(count).map(option).collect();
        let titles = options.iter().map(|option| option.title.as_str()).chain([phrases.other.as_str()]);
        let length = titles.clone().map(|title| title.len() + "\n1. ".len()).sum::<usize>();
        let mut text = String::with_capacity(phrases.which.len() + length);
        text.push_str(&phrases.which);
        for (at, title) in titles.enumerate() {
            // A string takes what is written to it.
            let _ = write!(text, "\n{}. {title}", at + 1);
        }
        Decision::Ask(Ask { options, ..self.question(&language, text) })
    }

    /// A question to the customer.
    pub(crate) fn question(&self, language: &Language, text: String) -> Ask {
        Ask {
            rule: None,
            slot: None,
            language: language.shared(),
            tone: None,
            text,
            options: Vec::new(),
            masked: Vec::new(),
            candidates: self.candidates(),
            rules: Arc::clone(self.fingerprint),
        }
    }

    /// The rule's name for the customer: its title, else its first question, else its id.
    fn title(&self, rule: &Rule) -> String {
        title(rule, self.languages.iter()).to_owned()
    }

    /// A message that is not for the bot.
    pub(crate) fn ignore(&self, reason: &'static str) -> Decision {
        let (candidates, rules) = (self.candidates(), Arc::clone(self.fingerprint));
        Decision::Ignore(Ignore { reason: self.names.shared(reason), masked: Vec::new(), candidates, rules })
    }

    fn candidates(&self) -> Vec<Candidate> {
        self.scored.iter().take(CANDIDATES).map(|scored| self.candidate(scored)).collect()
    }

    fn candidate(&self, scored: &Scored) -> Candidate {
        Candidate {
            rule: self.names.rule(self.contents, scored.rule),
            confidence: rounded(scored.confidence),
            evidence: scored.evidence,
        }
    }
}

/// The rule's name in the first of the languages that it has one in: its title, else its first question, else its id.
pub(crate) fn title<'r, 'l>(rule: &'r Rule, languages: impl IntoIterator<Item = &'l Language>) -> &'r str {
    let titled = |language: &Language| rule.title.iter().find(|(of, _)| of == language);
    let title = languages.into_iter().find_map(titled).or(rule.title.first()).map(|(_, title)| title);
    let question = || rule.questions.first().map(|question| &question.text);
    title.or_else(question).unwrap_or(&rule.id.text)
}

/// The rule that hands off, with its candidate; or why the fallback does.
struct About<'m> {
    rule: Option<(&'m Rule, &'m Scored)>,
    reason: Option<&'static str>,
}

/// To four decimals, so that the same decision is the same text everywhere.
pub(crate) fn rounded(confidence: f64) -> f64 {
    (confidence * 10_000.0).round() / 10_000.0
}
