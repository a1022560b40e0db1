//! Details that a handoff needs: taken from what was said, and asked for one at a time.

use super::answer::{Occasion, is_small_talk};
use super::state::{Collecting, Detail, Pending};
use super::values::{Found, known_name};
use super::{Conversation, Signal, Turn, joined, rule_number};
use crate::decision::{Ask, Decision, Facts, Languages, Phrases, Scored, Slots, Verdict, mark, say};
use crate::engine::Engine;
use crate::rules::{Collected, Handoff, Language, Outcome, Rule, SlotType, Texts, Tone};
use crate::signals;
use crate::text::EntityKind;

/// Words beside a value from which on a message is a question of its own.
const QUESTION_WORDS: u32 = 3;
/// Words up to which a message with a greeting is no more than that.
const GREETING_WORDS: u32 = 3;
/// Values of a list that are named as examples.
const EXAMPLES: usize = 3;

impl Conversation {
    /// Begins to prepare the handoff of a rule: takes what is known, asks for the first detail that is not.
    pub(super) fn prepare(&mut self, rule: u32, slots: Slots, turn: &Turn) -> Decision {
        let engine = self.engine();
        let of = &engine.contents().rules[rule as usize];
        let Outcome::Handoff(handoff) = &of.outcome else { return self.fall_back("no-match", turn) };
        self.state.counts.not_understood = 0;
        let mut collecting = Collecting { rule: of.id.text.clone(), ..Collecting::default() };
        let found = self.values(&handoff.collect, None, turn);
        let (certain, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| found.certain);
        collecting.fill(certain, false);
        self.take_known(&mut collecting, handoff);
        collecting.fill(others, false);
        let again = self.state.topic(&of.id.text).is_some_and(|topic| topic.handed);
        let patience = self.state.counts.anger < 2 && !turn.wants_no_questions();
        if again || !patience || handoff.collect.is_empty() {
            return self.hand_off(rule, slots, &collecting, turn);
        }
        self.state.touch(&of.id.text);
        self.next(rule, slots, collecting, turn)
    }

    /// Takes values of earlier messages; each for one detail.
    fn take_known(&self, collecting: &mut Collecting, handoff: &Handoff) {
        let mut known: Vec<&Detail> = self.state.details.iter().collect();
        for wanted in &handoff.collect {
            if collecting.has(&wanted.name) {
                continue;
            }
            let called = |name: &str| known.iter().position(|detail| detail.name == name);
            if let Some(at) = called(&known_name(wanted)).or_else(|| called(wanted.slot_type.name())) {
                let detail = known.swap_remove(at);
                let told = collecting.fields.iter().any(|field| field.text == detail.text);
                if !told {
                    collecting.fields.push(Detail { name: wanted.name.clone(), ..detail.clone() });
                }
            }
        }
    }

    /// Asks for the first detail that is missing, or hands off.
    fn next(&mut self, rule: u32, slots: Slots, mut collecting: Collecting, turn: &Turn) -> Decision {
        let engine = self.engine();
        let contents = engine.contents();
        let Outcome::Handoff(handoff) = &contents.rules[rule as usize].outcome else {
            return self.fall_back("no-match", turn);
        };
        let limit = contents.settings.limits.ask;
        for wanted in &handoff.collect {
            if collecting.has(&wanted.name) || collecting.skipped.contains(&wanted.name) {
                continue;
            }
            let asked = collecting.times_asked(&wanted.name);
            if asked >= limit {
                collecting.skipped.push(wanted.name.clone());
            } else if let Some((text, language)) = self.question_for(wanted, asked, turn) {
                collecting.ask(&wanted.name);
                return self.wait_for(collecting, text, &language, turn);
            }
        }
        self.hand_off(rule, slots, &collecting, turn)
    }

    /// Says a text and waits for the detail that was asked for.
    fn wait_for(
        &mut self,
        collecting: Collecting,
        text: String,
        language: &Language,
        turn: &Turn,
    ) -> Decision {
        let question = self.case(turn.context).question(language, text);
        let rule = Some(collecting.rule.as_str().into());
        let slot = Some(collecting.slot.as_str().into());
        self.state.pending = Some(Pending::Detail(collecting));
        Decision::Ask(Ask { rule, slot, ..question })
    }

    /// Gives a customer time who wants it; none where he was told so last.
    fn give_time(&mut self, collecting: &Collecting, turn: &Turn) -> Option<Decision> {
        let engine = self.engine();
        let (language, phrases) = self.phrases(&engine, turn)?;
        let told = self.state.last == Some(mark(&phrases.patience));
        (!told).then(|| self.wait_for(collecting.clone(), phrases.patience.clone(), &language, turn))
    }

    /// Decides a message while details are collected; none where it is about something else that comes first.
    pub(super) fn collect(&mut self, mut collecting: Collecting, turn: &Turn) -> Option<Decision> {
        let engine = self.engine();
        let rule = rule_number(engine.contents(), &collecting.rule)?;
        let Outcome::Handoff(handoff) = &engine.contents().rules[rule as usize].outcome else { return None };
        let asked = collecting.slot.clone();
        let found = self.values(&handoff.collect, Some(&asked), turn);
        // A secret is no question: its sender is warned, and asked again for what may be told.
        let other = self
            .best()
            .filter(|best| turn.verdict == Verdict::Win && best.rule != rule && !turn.tells_a_secret());
        if turn.wants_no_questions() || turn.signals.tone() == Some(Tone::Anger) {
            collecting.fill(found, true);
            return Some(self.hand_off(rule, Slots::default(), &collecting, turn));
        }
        if found.is_empty() && self.is_settled(turn) && other.is_none_or(|best| self.answers(best.rule)) {
            return Some(self.settle(other, turn));
        }
        if let Some(best) = other.filter(|best| self.is_question(best, &found, &asked, turn)) {
            return self.in_between(&best, rule, collecting, turn);
        }
        let told = found.iter().any(|found| found.detail.name == asked);
        let nothing = found.is_empty();
        collecting.fill(found, turn.signals.has(Signal::Correction) || !told);
        if nothing && turn.signals.has(Signal::Unknown) {
            collecting.skipped.push(asked);
        } else if let (true, Some(best)) = (nothing, other) {
            return self.in_between(&best, rule, collecting, turn);
        } else if nothing
            && turn.signals.has(Signal::Patience)
            && let Some(decision) = self.give_time(&collecting, turn)
        {
            return Some(decision);
        }
        Some(self.next(rule, Slots::default(), collecting, turn))
    }

    /// Whether the customer says that the matter is over: "it came through, thanks", "ga jadi".
    pub(super) fn is_settled(&self, turn: &Turn) -> bool {
        let asks = turn.text.contains(['?', '？']);
        !asks && signals::is_settled(self.matcher.utterance(), self.engine().lexicon().pack_languages())
    }

    fn answers(&self, rule: u32) -> bool {
        matches!(self.engine().contents().rules[rule as usize].outcome, Outcome::Answer(_))
    }

    /// Closes a matter that is over: with the answer to what else was said, without a person.
    pub(super) fn settle(&mut self, other: Option<Scored>, turn: &Turn) -> Decision {
        self.begin_anew();
        self.state.counts.not_understood = 0;
        let Some(best) = other else {
            let engine = self.engine();
            let texts = self.phrases(&engine, turn).map(|(_, phrases)| phrases.settled.as_slice());
            let said = texts.and_then(<[_]>::first).is_some_and(|text| self.state.last == Some(mark(text)));
            return self.ask_for(|phrases| &phrases.settled, u32::from(said), turn);
        };
        let slots = self.captured(&best, turn);
        self.answer_or_hand_off(&best, slots, turn)
    }

    /// Whether the message is a question of its own rather than the detail that was asked for.
    fn is_question(&self, best: &Scored, found: &[Found], asked: &str, turn: &Turn) -> bool {
        let beside = self.words_beside(found);
        let certain = turn.is_certain(Some(*best));
        if found.iter().any(|found| found.detail.name == asked) {
            return beside >= if certain { QUESTION_WORDS } else { 2 * QUESTION_WORDS };
        }
        let corrects = turn.signals.has(Signal::Correction) && !found.is_empty();
        let unknown = turn.signals.has(Signal::Unknown) && !certain;
        !corrects && !unknown && (certain || beside >= QUESTION_WORDS)
    }

    /// A message of a customer who waits for a person and tells little more than details: they go where he was handed.
    pub(super) fn add_to_handoff(&mut self, turn: &Turn) -> Option<Decision> {
        let engine = self.engine();
        let handed = self.state.handed.as_ref()?.rule.as_deref()?;
        let rule = rule_number(engine.contents(), handed)?;
        let Outcome::Handoff(_) = &engine.contents().rules[rule as usize].outcome else { return None };
        let found = self.details(turn);
        let more = turn.is_certain(self.best()) || self.words_beside(&found) >= QUESTION_WORDS;
        let tells = if found.is_empty() { self.is_about_an_account(turn) } else { !more };
        tells.then(|| {
            // He tells more of the same contact, which is no other one.
            self.state.counts.handoffs = self.state.counts.handoffs.saturating_sub(1);
            self.hand_off_again("requested", turn)
        })
    }

    /// Whether a message tells the number of an account that is none of the details, and little else.
    fn is_about_an_account(&self, turn: &Turn) -> bool {
        let utterance = self.matcher.utterance();
        let account = utterance.entities.iter().any(|entity| entity.kind == EntityKind::Account);
        account && !turn.is_certain(self.best()) && utterance.content_words() <= 2 * QUESTION_WORDS
    }

    /// Whether a message is no more than "halo?", which in an open matter asks for no welcome.
    fn only_greets(&self) -> bool {
        let utterance = self.matcher.utterance();
        let short = utterance.content_words() <= GREETING_WORDS;
        short && signals::greets(utterance, self.engine().lexicon().pack_languages())
    }

    /// Answers a question and asks for the detail again, but not who only wants time; another handoff takes the place of
    /// this one.
    fn in_between(
        &mut self,
        best: &Scored,
        rule: u32,
        mut collecting: Collecting,
        turn: &Turn,
    ) -> Option<Decision> {
        let engine = self.engine();
        let contents = engine.contents();
        let other = &contents.rules[best.rule as usize];
        if let Outcome::Handoff(_) = other.outcome {
            self.keep_fields(&collecting);
            return None;
        }
        let asks = collecting.times_asked(&collecting.slot) < contents.settings.limits.ask;
        if is_small_talk(other) && asks && self.only_greets() {
            return Some(self.next(rule, Slots::default(), collecting, turn));
        }
        let slots = self.captured(best, turn);
        let Some(mut decision) = self.answer(best, slots, turn, Occasion::Asked) else {
            return Some(self.hand_off(rule, Slots::default(), &collecting, turn));
        };
        let asked = collecting.times_asked(&collecting.slot);
        let wanted = wanted(contents.rules.get(rule as usize)?, &collecting.slot);
        let waits = is_small_talk(other) && turn.signals.has(Signal::Patience);
        let asks = !waits && asked < contents.settings.limits.ask;
        let question = wanted.filter(|_| asks).and_then(|wanted| self.question_for(wanted, asked, turn));
        if let (Some((question, _)), Some(text)) = (question, decision.text_mut()) {
            *text = format!("{text}\n\n{question}");
            collecting.ask(&collecting.slot.clone());
        }
        self.state.pending = Some(Pending::Detail(collecting));
        Some(decision)
    }

    /// How to ask for a detail: in the rule's words, else the set's, else the engine's; another time in other words.
    fn question_for(&self, wanted: &Collected, asked: u32, turn: &Turn) -> Option<(String, Language)> {
        let engine = self.engine();
        let settings = &engine.contents().settings;
        let of_set = settings.asks.iter().find(|(name, _)| *name == wanted.name).map(|(_, texts)| texts);
        let own = Some(&wanted.ask).filter(|texts| !texts.variants.is_empty()).or(of_set);
        let languages = self.case(turn.context).languages;
        let (language, phrases) = self.phrases(&engine, turn)?;
        // The engine's own words are better than another language.
        let own = own.filter(|texts| texts.variants.iter().any(|variant| variant.language == language));
        if let Some(texts) = own
            && let Some(question) =
                self.in_new_words(asked, |asked| own_question(texts, &languages, asked, turn))
        {
            return Some(question);
        }
        let texts = built_in(phrases, &wanted.slot_type)?;
        let examples = examples(&wanted.slot_type, &engine);
        self.in_new_words(asked, |asked| {
            let text = texts.get(asked as usize % texts.len().max(1))?;
            Some((text.replace("{examples}", &examples), language.clone()))
        })
    }

    /// A question in other words than were said last: the same may have been asked for another detail or rule.
    fn in_new_words(
        &self,
        asked: u32,
        question: impl Fn(u32) -> Option<(String, Language)>,
    ) -> Option<(String, Language)> {
        let first = question(asked)?;
        let said = self.state.last == Some(mark(&first.0));
        if said { question(asked.saturating_add(1)) } else { Some(first) }
    }
}

fn wanted<'r>(rule: &'r Rule, slot: &str) -> Option<&'r Collected> {
    let Outcome::Handoff(handoff) = &rule.outcome else { return None };
    handoff.collect.iter().find(|wanted| wanted.name == slot)
}

/// The question in the author's words: the variants in turn.
fn own_question(texts: &Texts, languages: &Languages, asked: u32, turn: &Turn) -> Option<(String, Language)> {
    let slots = Slots::default();
    let mut said = Vec::new();
    for _ in 0..asked {
        let (text, _) = say(texts, languages.iter(), &Facts::new(turn.context, &slots).with_said(&said))?;
        said.push(mark(&text));
    }
    let (text, language) = say(texts, languages.iter(), &Facts::new(turn.context, &slots).with_said(&said))?;
    let again = said.contains(&mark(&text));
    Some((if again { joined("…", &text, "zh") } else { text }, language.clone()))
}

fn built_in<'p>(phrases: &'p Phrases, slot_type: &SlotType) -> Option<&'p Vec<String>> {
    match slot_type {
        SlotType::BuiltIn(_) => phrases.ask.get(slot_type.name()),
        SlotType::List(_) => Some(&phrases.ask_list),
    }
}

/// Some values of a list, as customers write them.
fn examples(slot_type: &SlotType, engine: &Engine) -> String {
    let lists = &engine.contents().vocabulary.lists;
    let list = lists.iter().find(|list| list.name.text == slot_type.name());
    let values = list.map(|list| list.values.as_slice()).unwrap_or_default().iter().take(EXAMPLES);
    let written = values.map(|(value, written)| written.first().unwrap_or(value).text.as_str());
    written.collect::<Vec<_>>().join(", ")
}

impl Collecting {
    fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    fn times_asked(&self, name: &str) -> u32 {
        self.asked.iter().find(|(asked, _)| asked == name).map_or(0, |(_, times)| *times)
    }

    fn ask(&mut self, name: &str) {
        name.clone_into(&mut self.slot);
        match self.asked.iter_mut().find(|(asked, _)| asked == name) {
            Some((_, times)) => *times = times.saturating_add(1),
            None => self.asked.push((name.to_owned(), 1)),
        }
    }

    /// Takes values; those that are known only where the customer corrects them.
    fn fill(&mut self, found: Vec<Found>, correct: bool) {
        for found in found {
            match self.fields.iter_mut().find(|field| field.name == found.detail.name) {
                Some(known) if correct && found.certain => *known = found.detail,
                Some(_) => {}
                None => self.fields.push(found.detail),
            }
        }
    }
}
