//! A conversation: what was said before, and what follows from it. The state belongs to the host.
//!
//! A message passes [`intake`] (is it for the bot?), is judged by the engine, its [`signals`](crate::signals) are read,
//! and then one of these decides: a pending question ([`choice`], [`collect`]), what a customer says who waits for a
//! person ([`after`]), a [`follow_up`] of the topic, or the verdict ([`answer`]). Handoffs get their level ([`escalation`]) and [`ticket`]; texts their [`opening`].

mod after;
mod answer;
mod bounds;
mod burst;
mod choice;
mod collect;
mod collecting;
mod escalation;
mod explain;
mod follow_up;
mod handoff;
mod intake;
mod opening;
mod questions;
mod resume;
mod state;
mod ticket;
mod values;

use std::borrow::Cow;
use std::sync::Arc;

use crate::context::Context;
use crate::decision::{Case, Decision, Phrases, Scored, Verdict, mark};
use crate::engine::{Engine, Matcher, Memory, owner_is_human};
use crate::error::Error;
use crate::message::{MESSAGE_BYTES, Message};
use crate::privacy::{Masked, warning};
use crate::rules::{Contents, Language, Tone};
use crate::signals::{Signal, Signals};
use state::{Pending, Sender, State};

/// A conversation with one customer.
///
/// Decides message after message and remembers what it must; what it remembers is saved as JSON of at most 4,000 bytes
/// and belongs to the host.
///
/// ```
/// let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// jawab: 1
/// language: en
/// settings: {fallback: {say: One moment.}}
/// intents:
///   parcel-lost:
///     any: where is my parcel
///     handoff: {collect: [reference], say: We look for it.}
/// ")?;
/// let engine = jawab::Engine::new(&rules)?;
/// let mut conversation = engine.conversation(jawab::Context::new());
/// let decision = conversation.decide("where is my parcel?");
/// assert_eq!(decision.text(), Some("May I have the reference or transaction number?"));
///
/// let saved = conversation.to_json();
/// let decision = engine.resume(&saved)?.decide("it is JX44812093");
/// assert_eq!((decision.action(), decision.text()), ("handoff", Some("We look for it.")));
/// # Ok::<(), jawab::Error>(())
/// ```
#[derive(Debug)]
pub struct Conversation {
    matcher: Matcher,
    state: State,
    /// Facts that the host gave for all messages.
    facts: Arc<Context>,
    /// The language that the customer writes; the state has its tag.
    spoken: Option<Language>,
}

/// A message that is being decided, and what was found in it.
struct Turn<'t> {
    text: &'t str,
    /// The messages that the text was joined from.
    parts: &'t [&'t str],
    context: &'t Context,
    /// The rule that the conversation was about before.
    previous: Option<&'t str>,
    verdict: Verdict,
    signals: Signals,
    /// The text as it may be shown, and what was masked in it.
    masked: Masked,
}

impl Engine {
    /// A new conversation; the facts hold for all its messages, and a message may bring its own.
    ///
    /// Facts of up to 1 KiB of JSON are saved with the state, as they are: leave out what must not be stored.
    pub fn conversation(&self, facts: Context) -> Conversation {
        let state = State::new(self.rules().fingerprint(), facts.as_object());
        Conversation { matcher: self.matcher(), state, facts: Arc::new(facts), spoken: None }
    }

    /// A conversation that was saved.
    ///
    /// A state that was saved with other rules is brought over: rules are known by their ids, and what depends on
    /// those that are gone is forgotten.
    ///
    /// # Errors
    ///
    /// Where the text is no state, is damaged, or is of another version; see [`Error::kind`].
    pub fn resume(&self, json: &str) -> Result<Conversation, Error> {
        let mut state = State::from_json(json)?;
        resume::bring_over(&mut state, self);
        let facts = Arc::new(Context::from(state.context.clone()));
        let spoken = state.language.as_deref().map(Language::new);
        Ok(Conversation { matcher: self.matcher(), state, facts, spoken })
    }
}

impl Conversation {
    /// The same conversation with other facts for all messages to come.
    ///
    /// ```
    /// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
    /// # jawab: 1
    /// # language: en
    /// # settings: {fallback: {say: One moment.}}
    /// # faq: {hours: {questions: [when are you open], answer: Always.}}
    /// # ")?;
    /// # let engine = jawab::Engine::new(&rules)?;
    /// let saved = engine.conversation(jawab::Context::new()).to_json();
    /// let now = jawab::Context::new().with("owner", "human");
    /// let mut conversation = engine.resume(&saved)?.with_context(now);
    /// assert_eq!(conversation.decide("when are you open?").reason(), Some("human-owner"));
    /// # Ok::<(), jawab::Error>(())
    /// ```
    #[must_use]
    pub fn with_context(mut self, facts: Context) -> Self {
        self.state.set_context(facts.as_object());
        self.state.fit();
        self.facts = Arc::new(facts);
        self
    }

    /// The state, as JSON of at most 4,000 bytes. It holds no secrets: messages are masked, and details are kept only of
    /// types that rules of the set collect.
    pub fn to_json(&self) -> String {
        self.state.to_json()
    }

    /// Decides the next message. Never fails, never panics, takes time linear in the message.
    pub fn decide<'m>(&mut self, message: impl Into<Message<'m>>) -> Decision {
        self.decide_burst(&[message.into()])
    }

    /// Decides several messages that the customer has typed in a burst: judged together, as if they were one, and
    /// apart. Spans are those of the texts that are not ignored, joined by line breaks. What is joined must not be longer
    /// than [`MESSAGE_BYTES`]: else it is handed off as `too-long`.
    ///
    /// ```
    /// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
    /// # jawab: 1
    /// # language: en
    /// # settings: {fallback: {say: One moment.}}
    /// # faq: {hours: {questions: [when are you open], answer: Always.}}
    /// # ")?;
    /// # let engine = jawab::Engine::new(&rules)?;
    /// let mut conversation = engine.conversation(jawab::Context::new());
    /// let decision = conversation.decide_burst(&["hey".into(), "when are you".into(), "open".into()]);
    /// assert_eq!(decision.rule(), Some("hours"));
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn decide_burst(&mut self, messages: &[Message]) -> Decision {
        let mut reason = None;
        let mut taken: Vec<Message> = Vec::with_capacity(messages.len());
        for message in messages {
            match self.refused(message) {
                Some(refused) => reason = Some(refused),
                None => taken.push(*message),
            }
        }
        let facts = Arc::clone(&self.facts);
        // What is known of a message that is not read says nothing of the others.
        let facts = facts_with(&facts, if taken.is_empty() { messages } else { &taken });
        let context = facts.as_ref();
        match taken.as_slice() {
            [] => self.ignore(reason.unwrap_or("empty"), context),
            [message] => self.decide_text(message.text, &[], context),
            several => {
                let parts: Vec<&str> = several.iter().map(|message| message.text).collect();
                self.decide_text(&parts.join("\n"), &parts, context)
            }
        }
    }

    fn ignore(&mut self, reason: &'static str, context: &Context) -> Decision {
        self.matcher.clear();
        self.state.fit();
        self.matcher.case(context, Memory::default()).ignore(reason)
    }

    fn decide_text(&mut self, text: &str, parts: &[&str], context: &Context) -> Decision {
        let engine = self.engine();
        let previous = self.previous(&engine);
        self.state.turn = self.state.turn.saturating_add(1);
        let verdict = self.matcher.judge(text, context, previous);
        let languages = engine.lexicon().pack_languages();
        let signals = Signals::of(self.matcher.utterance(), languages);
        let masked = engine.masker().mask_after(self.state.last_of(Sender::Customer), text);
        let turn = Turn { text, parts, context, previous, verdict, signals, masked };
        self.state.message(Sender::Customer, &turn.masked.text);
        let decision = self.judged(&turn);
        self.state.fit();
        decision
    }

    /// The rule that the next message may follow on.
    fn previous<'e>(&self, engine: &'e Engine) -> Option<&'e str> {
        let contents = engine.contents();
        let topic = self.state.live_topic(contents.settings.limits.topic)?;
        contents.rules.named(&topic.rule).map(|rule| rule.id.text.as_str())
    }

    fn judged(&mut self, turn: &Turn) -> Decision {
        let not_for_the_bot = match () {
            () if turn.signals.has(Signal::Automatic) => Some("automatic-reply"),
            () if self.is_emoji_only() => Some("media-only"),
            () if owner_is_human(turn.context) => Some("human-owner"),
            () => None,
        };
        if let Some(reason) = not_for_the_bot {
            if reason == "human-owner" {
                self.overhear(turn);
            }
            let mut decision = self.case(turn.context).ignore(reason);
            decision.set_masked(turn.masked.found.clone());
            return decision;
        }
        self.learn(turn);
        let mut decision = self.act(turn);
        self.close(turn, &mut decision);
        decision
    }

    /// Notes what the message tells about the customer.
    fn learn(&mut self, turn: &Turn) {
        let tells = self.state.language.is_none() || self.matcher.utterance().content_words() > SHORT;
        if let Some(written) = self.matcher.written().filter(|_| tells)
            && self.spoken.as_ref() != Some(written)
        {
            self.state.language = Some(written.as_str().to_owned());
            self.spoken = Some(written.clone());
        }
        if turn.signals.tone() == Some(Tone::Anger) {
            self.state.counts.anger = self.state.counts.anger.saturating_add(1);
        }
    }

    fn act(&mut self, turn: &Turn) -> Decision {
        if turn.text.len() > MESSAGE_BYTES {
            return self.fall_back("too-long", turn);
        }
        let decision = match self.state.pending.take() {
            Some(Pending::Choice { options }) => self.choose(&options, turn),
            Some(Pending::Detail(collecting)) => self.collect(collecting, turn),
            None => None,
        };
        self.keep_details(turn);
        decision
            .or_else(|| self.add_to_handoff(turn))
            .or_else(|| self.heard_while_waiting(turn))
            .or_else(|| self.follow_up(turn))
            .or_else(|| self.unhelpful(turn))
            .unwrap_or_else(|| self.verdict(turn))
    }

    /// What is done with every decision before it leaves: tone, opening, warning, and what is remembered of it.
    fn close(&mut self, turn: &Turn, decision: &mut Decision) {
        let tone = turn.signals.tone();
        decision.set_tone(tone);
        self.open(tone, turn, decision);
        self.never_twice(turn, decision);
        self.state.last = decision.text().map(mark).or(self.state.last);
        warn(turn, decision);
        decision.set_masked(turn.masked.found.clone());
        self.state.tone = tone;
        let Some(text) = decision.text() else { return };
        // Only what the customer wrote can be private in the desk's own words.
        let repeats = decision.slots().is_some_and(|slots| !slots.is_empty());
        let engine = self.engine();
        let shown = repeats.then(|| engine.masker().mask(text, &[]).text);
        self.state.message(Sender::Desk, shown.as_deref().unwrap_or(text));
    }

    fn is_emoji_only(&self) -> bool {
        use crate::text::TokenKind;
        let tokens = &self.matcher.utterance().tokens;
        self.state.pending.is_none()
            && !tokens.is_empty()
            && tokens.iter().all(|token| token.kind == TokenKind::Emoji)
    }

    fn engine(&self) -> Engine {
        self.matcher.engine().clone()
    }

    fn best(&self) -> Option<Scored> {
        self.matcher.scored().first().copied()
    }

    /// What the conversation knows beside the message.
    fn memory(&self) -> Memory<'_> {
        let too_short_to_tell = self.matcher.utterance().content_words() <= SHORT;
        Memory { spoken: self.spoken.as_ref(), too_short_to_tell, said: &[] }
    }

    fn case<'c>(&'c self, context: &'c Context) -> Case<'c> {
        self.matcher.case(context, self.memory())
    }

    /// The engine's own words in the language of the conversation.
    fn phrases<'e>(&self, engine: &'e Engine, turn: &Turn) -> Option<(Language, &'e Phrases)> {
        engine.phrasebook().in_first_of(self.case(turn.context).languages.iter())
    }
}

/// Words of a message up to which its language does not count against that of the conversation.
const SHORT: u32 = 2;

/// The facts of a conversation with those that messages bring.
fn facts_with<'c>(facts: &'c Context, messages: &[Message<'c>]) -> Cow<'c, Context> {
    let own = messages.iter().filter_map(|message| message.context);
    own.fold(Cow::Borrowed(facts), |facts, context| match context.as_object().is_empty() {
        true => facts,
        false if facts.as_object().is_empty() => Cow::Borrowed(context),
        false => Cow::Owned(facts.and(context)),
    })
}

/// The number of a rule by its id.
fn rule_number(contents: &Contents, id: &str) -> Option<u32> {
    contents.rules.number_of(id)
}

/// A customer who has sent a secret is told never to.
fn warn(turn: &Turn, decision: &mut Decision) {
    let secret = turn.tells_a_secret();
    let warning = decision.language().map(warning);
    if let (true, Some(warning), Some(text)) = (secret, warning, decision.text_mut()) {
        *text = format!("{warning}\n\n{text}");
    }
}

/// A lead and the text after it; Chinese is written without spaces.
fn joined(lead: &str, text: &str, language: &str) -> String {
    let space = if language == "zh" { "" } else { " " };
    format!("{lead}{space}{text}")
}
