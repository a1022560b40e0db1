//! What a message says beside its matter: how the customer sounds, and words that only a conversation makes sense of.

mod book;

use book::{BOOK, Book, MARGIN, Spoken};

use crate::rules::Tone;
use crate::text::{TokenKind, Utterance};

/// What a message says beside its matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Signals {
    /// Each signal is a bit.
    found: u32,
    /// The option that is named by its place, from 0.
    pub(crate) ordinal: Option<usize>,
    /// Whether several options are named by their places.
    pub(crate) several: bool,
}

/// A kind of expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    Tone(Tone),
    /// The answer did not help.
    Unhelpful,
    /// Wants a person.
    Person,
    /// Wants no more questions.
    Stop,
    /// Does not know what he is asked for.
    Unknown,
    /// Wants time.
    Patience,
    /// The matter is over: it came, or the customer gives it up.
    Settled,
    /// Does not want any more what is asked for where that undoes something: "don't cancel it".
    TakenBack,
    /// Is content to wait: "ok", "i'll wait".
    Agrees,
    /// Corrects himself.
    Correction,
    /// None of the options.
    Other,
    /// Several of the options.
    Both,
    /// Asks which one.
    Which,
    /// The same with something else: "kalau bca?"
    About,
    /// The last option.
    Last,
    /// Sent by a machine.
    Automatic,
    /// The option of that place.
    Ordinal(usize),
    /// What follows is a detail of this type.
    Cue(&'static str),
    /// What stands before is a count of these: "2 jam".
    Unit,
    /// What stands before was a slip: "bca eh mandiri".
    Slip,
    /// Greets, or asks whether anybody is there.
    Greeting,
    /// Beside it, nothing is over: "sudah masuk tapi cuma separuh".
    Doubt,
    /// May stand beside another value for the same question: "bni gimana?"
    Aside,
}

impl Signal {
    /// Whether every message is searched for it.
    fn is_heard(self) -> bool {
        self.bit() != 0 || matches!(self, Signal::Ordinal(_))
    }

    fn book(self) -> &'static Book {
        if self.is_heard() { &BOOK } else { &MARGIN }
    }

    fn bit(self) -> u32 {
        let place = match self {
            Signal::Tone(tone) => tone as u32,
            Signal::Unhelpful => 4,
            Signal::Person => 5,
            Signal::Stop => 6,
            Signal::Unknown => 7,
            Signal::Correction => 8,
            Signal::Other => 9,
            Signal::Which => 10,
            Signal::About => 11,
            Signal::Last => 12,
            Signal::Automatic => 13,
            Signal::Patience => 14,
            Signal::Both => 15,
            Signal::Ordinal(_)
            | Signal::Cue(_)
            | Signal::Unit
            | Signal::Slip
            | Signal::Settled
            | Signal::TakenBack
            | Signal::Agrees
            | Signal::Doubt
            | Signal::Greeting
            | Signal::Aside => return 0,
        };
        1 << place
    }
}

/// Words before an expression of tone in which a negation turns it, if only softeners stand between: "hindi naman po ako
/// galit", but not "belum masuk, saya marah".
const NEGATION_REACH: usize = 4;
/// Most fillers that are passed over between two words of an expression, and between one and what turns it.
const FILLERS: usize = 8;
/// Words before a detail in which its name may stand: "akun saya 88120045".
const CUE_REACH: usize = 2;
/// An automatic reply says so among its first words; later on, a customer speaks about one.
const AUTOMATIC_START: usize = 3;

impl Signals {
    pub(crate) fn has(self, signal: Signal) -> bool {
        self.found & signal.bit() != 0
    }

    /// How the customer sounds; of several tones, the one that matters most.
    pub(crate) fn tone(self) -> Option<Tone> {
        Tone::ALL.into_iter().rev().find(|tone| self.has(Signal::Tone(*tone)))
    }

    /// Finds the signals of a message, in the languages whose packs are in use. Linear in the message.
    pub(crate) fn of(utterance: &Utterance, languages: &[&str]) -> Self {
        let mut signals = Signals::default();
        let spoken = Spoken::of(languages);
        for at in 0..utterance.tokens.len() {
            for found in BOOK.at(utterance, at, spoken) {
                signals.add(found.0.signal, utterance, at);
            }
        }
        signals
    }

    fn add(&mut self, signal: Signal, utterance: &Utterance, at: usize) {
        match signal {
            Signal::Tone(_) | Signal::Patience if is_negated(utterance, at) => {}
            Signal::Automatic if at >= AUTOMATIC_START => {}
            Signal::Ordinal(place) => {
                self.several |= self.ordinal.is_some_and(|first| first != place);
                self.ordinal = Some(self.ordinal.map_or(place, |first| first.max(place)));
            }
            other => self.found |= other.bit(),
        }
    }
}

/// A word that says what the value after it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cue {
    pub(crate) slot_type: &'static str,
    /// Its first token.
    pub(crate) start: usize,
}

/// The type that words before a token name: "akun saya" before a number; not over another number. The last words do, but
/// of "transaction id" not the second one alone.
pub(crate) fn cue_before(utterance: &Utterance, token: usize, languages: &[&str]) -> Option<Cue> {
    let spoken = Spoken::of(languages);
    let near = |end: usize| {
        let mut between = utterance.tokens.get(end..token).unwrap_or_default().iter();
        end <= token
            && token - end <= CUE_REACH
            && !between.any(|token| matches!(token.kind, TokenKind::Number | TokenKind::Entity))
    };
    let cue_at = |start: usize| {
        let cues = MARGIN.at(utterance, start, spoken).filter_map(|(found, end)| match found.signal {
            Signal::Cue(slot_type) if near(end) => Some((Cue { slot_type, start }, end)),
            _ => None,
        });
        cues.max_by_key(|cue| cue.1)
    };
    let (last, end) = (token.saturating_sub(CUE_REACH + LONGEST_CUE)..token).rev().find_map(cue_at)?;
    let mut before = (last.start.saturating_sub(LONGEST_CUE)..last.start).filter_map(cue_at);
    Some(before.find(|longer| longer.1 >= end).map_or(last, |longer| longer.0))
}

/// Most words of a cue, and of an expression that is looked for backwards.
const LONGEST_CUE: usize = 4;
/// What an account at a bank is called: a cue, but no type of its own.
pub(crate) const BANK: &str = "bank";

/// Whether a value that begins at a token is denied: "bukan 50rb", "不是5万"; not by a negation that stands for itself:
/// "bukan, 500rb".
pub(crate) fn is_denied(utterance: &Utterance, token: usize, languages: &[&str]) -> bool {
    let negation = |at: usize| utterance.tokens.get(at).is_some_and(|token| token.negation);
    token > 0
        && (negation(token - 1)
            || start_before(utterance, token, languages, Signal::Correction).is_some_and(negation))
}

/// Whether a message says that its matter is over, without any doubt; where that was to undo something, also that it is
/// not to be undone.
pub(crate) fn is_settled(utterance: &Utterance, languages: &[&str], undoes: impl Fn() -> bool) -> bool {
    let spoken = Spoken::of(languages);
    let (mut at, mut settled) = (0, false);
    while let Some(token) = utterance.tokens.get(at) {
        let (mut over, mut doubt) = (None, token.negation);
        for (found, end) in MARGIN.at(utterance, at, spoken) {
            match found.signal {
                Signal::Settled => over = over.max(Some(end)),
                Signal::TakenBack if undoes() => over = over.max(Some(end)),
                Signal::Doubt => doubt = true,
                _ => {}
            }
        }
        match over {
            Some(end) => (at, settled) = (end, true),
            None if doubt => return false,
            None => at += 1,
        }
    }
    settled
}

/// Whether words, such as those of a rule, are about undoing something: `cancel`.
pub(crate) fn is_about_undoing(text: &str) -> bool {
    BOOK.cancels.iter().any(|part| text.contains(part))
}

/// Whether a message says no more than that its writer agrees, or is thankful: "ok, i'll wait".
pub(crate) fn agrees(utterance: &Utterance, languages: &[&str]) -> bool {
    let spoken = Spoken::of(languages);
    let end = |at: usize, signal| end_in(utterance, at, spoken, signal);
    let (mut at, mut agrees) = (0, false);
    while at < utterance.tokens.len() {
        let thanks = end(at, Signal::Tone(Tone::Thanks));
        match end(at, Signal::Agrees).max(thanks) {
            Some(end) => (at, agrees) = (end, true),
            None if utterance.skippable(at as u32) => at += 1,
            None => return false,
        }
    }
    agrees
}

/// Whether a token stands in an expression by which a customer says that he does not know, or takes none or several.
pub(crate) fn chooses_none(utterance: &Utterance, token: usize, languages: &[&str]) -> bool {
    let signals = [Signal::Unknown, Signal::Other, Signal::Both];
    let (spoken, mut starts) = (Spoken::of(languages), token.saturating_sub(LONGEST_CUE)..=token);
    starts.any(|start| {
        let mut ends = signals.iter().filter_map(|&signal| end_in(utterance, start, spoken, signal));
        ends.any(|end| end > token)
    })
}

/// Whether a message is a negation and nothing else: "no", "tidak kak".
pub(crate) fn only_denies(utterance: &Utterance) -> bool {
    let mut words = (0..utterance.tokens.len()).filter(|&at| !utterance.skippable(at as u32)).peekable();
    words.peek().is_some() && words.all(|at| utterance.tokens.get(at).is_some_and(|token| token.negation))
}

/// Whether a message greets, or asks whether anybody is there.
pub(crate) fn greets(utterance: &Utterance, languages: &[&str]) -> bool {
    let spoken = Spoken::of(languages);
    (0..utterance.tokens.len()).any(|at| end_in(utterance, at, spoken, Signal::Greeting).is_some())
}

/// Where the longest expression of a signal ends that begins at a token.
pub(crate) fn end_of(utterance: &Utterance, at: usize, languages: &[&str], signal: Signal) -> Option<usize> {
    end_in(utterance, at, Spoken::of(languages), signal)
}

fn end_in(utterance: &Utterance, at: usize, spoken: Spoken, signal: Signal) -> Option<usize> {
    let found = signal.book().at(utterance, at, spoken);
    found.filter(|(found, _)| found.signal == signal).map(|(_, end)| end).max()
}

/// Whether what stands before a value that begins at a token takes back the one before it.
pub(crate) fn is_after_slip(utterance: &Utterance, token: usize, languages: &[&str]) -> bool {
    start_before(utterance, token, languages, Signal::Slip).is_some()
}

/// Where an expression of a signal begins that ends right before a token.
fn start_before(utterance: &Utterance, token: usize, languages: &[&str], signal: Signal) -> Option<usize> {
    let (spoken, mut starts) = (Spoken::of(languages), token.saturating_sub(LONGEST_CUE)..token);
    starts.find(|&start| end_in(utterance, start, spoken, signal) == Some(token))
}

/// Whether a token begins what a number before it counts: hours, days, times.
pub(crate) fn is_unit(utterance: &Utterance, token: usize, languages: &[&str]) -> bool {
    end_of(utterance, token, languages, Signal::Unit).is_some()
}

fn is_negated(utterance: &Utterance, at: usize) -> bool {
    let mut left = NEGATION_REACH;
    for before in (at.saturating_sub(NEGATION_REACH + FILLERS)..at).rev() {
        let Some(token) = utterance.tokens.get(before) else { return false };
        if token.negation {
            return true;
        }
        let soft = BOOK.softeners.contains(utterance.surface(before));
        if left == 1 || !(token.filler || soft) {
            return false;
        }
        left -= usize::from(!token.filler);
    }
    false
}

/// Whether a message is what chat programs write in place of a sticker or a picture: `[Sticker]`, `image omitted`.
pub(crate) fn is_media(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{200e}').to_lowercase();
    let brackets = [('[', ']'), ('<', '>'), ('【', '】')];
    let bracketed = brackets.iter().find_map(|&(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    let inner = bracketed.or_else(|| text.strip_suffix(" omitted"));
    inner.is_some_and(|inner| {
        let inner = inner.strip_suffix(" omitted").unwrap_or(inner).trim();
        BOOK.media.iter().any(|name| name == inner)
    })
}

#[cfg(test)]
mod tests {
    use super::book::{FILES, File};
    use super::*;
    use crate::text::{LANGUAGES, LanguagePack, Lexicon, LexiconBuilder};

    fn lexicon() -> Lexicon {
        let packs: Vec<_> = LANGUAGES.iter().filter_map(|tag| LanguagePack::built_in(tag)).collect();
        LexiconBuilder::new(&packs).build()
    }

    fn read(text: &str) -> Utterance {
        let mut utterance = Utterance::default();
        lexicon().read(text, &mut utterance);
        utterance
    }

    fn signals(text: &str) -> Signals {
        Signals::of(&read(text), &LANGUAGES)
    }

    #[test]
    fn every_language_has_its_expressions() {
        for ((_, text), least) in FILES.iter().zip([30, 20, 20, 20]) {
            let file: File = serde_json::from_str(text).expect("a file of signals");
            for tone in [&file.anger, &file.worry, &file.urgency, &file.thanks] {
                let different: std::collections::BTreeSet<_> = tone.iter().collect();
                assert!(different.len() >= least && different.len() == tone.len(), "{tone:?}");
            }
            assert!(file.patience.len() >= 12, "{:?}", file.patience);
            assert!(file.ordinals.len() >= 4 && !file.cues.account.is_empty() && !file.cues.bank.is_empty());
            let beside =
                [&file.units, &file.slips, &file.asides, &file.settled, &file.doubts, &file.greetings];
            let asked = [&file.both, &file.taken_back, &file.agrees];
            assert!(asked.iter().all(|expressions| expressions.len() >= 4) && !file.cancels.is_empty());
            assert!(beside.iter().all(|expressions| expressions.len() >= 4), "{beside:?}");
        }
    }

    #[test]
    fn a_tone_is_heard_in_every_language_and_turned_by_negation() {
        let cases = [
            ("gue kesel bgt", Some(Tone::Anger)),
            ("kecewaaaa", Some(Tone::Anger)),
            ("saya tidak marah", None),
            ("deposit belum masuk saya marah", Some(Tone::Anger)),
            ("takut uang hilang", Some(Tone::Worry)),
            ("ga usah khawatir", None),
            ("tolong segera ya", Some(Tone::Urgency)),
            ("makasih banyak", Some(Tone::Thanks)),
            ("tidak puas sama layanannya", Some(Tone::Anger)),
            ("I am so angry", Some(Tone::Anger)),
            ("not really angry", None),
            ("don't worry", None),
            ("i'm worried", Some(Tone::Worry)),
            ("need it now", Some(Tone::Urgency)),
            ("galit na galit na po ako", Some(Tone::Anger)),
            ("hindi naman po ako galit", None),
            ("nag-aalala po ako", Some(Tone::Worry)),
            ("maraming salamat", Some(Tone::Thanks)),
            ("气死我了", Some(Tone::Anger)),
            ("我不生气", None),
            ("我很担心", Some(Tone::Worry)),
            ("不用担心", None),
            ("请尽快处理", Some(Tone::Urgency)),
            ("谢谢", Some(Tone::Thanks)),
            ("makasih tapi gue marah", Some(Tone::Anger)),
            ("cara deposit", None),
        ];
        for (text, tone) in cases {
            assert_eq!(signals(text).tone(), tone, "{text}");
        }
    }

    #[test]
    fn a_customer_who_wants_time_is_heard_in_every_language() {
        let waits = [
            "sebentar ya",
            "oke kak, bntr",
            "saya cari dulu ya",
            "wait",
            "ok hold on please",
            "give me a minute",
            "teka lang po",
            "sandali",
            "wait lang po",
            "等一下",
            "好的，请稍等",
            "我找一下",
        ];
        for text in waits {
            assert!(signals(text).has(Signal::Patience), "{text}");
        }
        for text in
            ["I can't wait", "nunggunya tidak sebentar", "still waiting for my deposit", "ok", "不等了"]
        {
            assert!(!signals(text).has(Signal::Patience), "{text}");
        }
    }

    #[test]
    fn a_matter_is_over_where_nothing_stands_against_it() {
        let cases = [
            ("oh udah masuk barusan, makasih", true),
            ("ga jadi, udah masuk", true),
            ("ga usah, udah cair", true),
            ("it came through, thanks", true),
            ("oh never mind it came through", true),
            ("pumasok na po, salamat", true),
            ("wag na lang po", true),
            ("不用了，已经到了", true),
            ("udah masuk tapi cuma separuh", false),
            ("uangnya sudah masuk ke rekening kalian", false),
            ("udah masuk belum", false),
            ("it has not come through", false),
            ("only half of it came", false),
            ("hindi pa pumasok", false),
            ("到账了吗", false),
            ("cara deposit", false),
        ];
        for (text, over) in cases {
            assert_eq!(is_settled(&read(text), &LANGUAGES, || false), over, "{text}");
        }
    }

    #[test]
    fn what_was_to_be_undone_is_taken_back() {
        let cases = [
            ("算了不取消了", true),
            ("还是不要取消了吧", true),
            ("jangan dibatalin deh", true),
            ("actually don't cancel it", true),
            ("wag na po i-cancel", true),
            ("never mind, keep it", true),
            ("不能取消", false),
            ("why can't i cancel it", false),
            ("kenapa tidak dibatalkan", false),
            ("tolong batalkan", false),
        ];
        for (text, over) in cases {
            assert_eq!(is_settled(&read(text), &LANGUAGES, || true), over, "{text}");
        }
        assert!(!is_settled(&read("jangan dibatalin deh"), &LANGUAGES, || false));
        assert!(is_about_undoing("mau batalkan pesanan") && !is_about_undoing("paket belum sampai"));
    }

    #[test]
    fn a_customer_who_agrees_says_nothing_else() {
        for text in
            ["ok", "ok ditunggu ya", "siap kak", "sure, i'll wait", "ok po, salamat", "好的，我等着", "嗯"]
        {
            assert!(agrees(&read(text), &LANGUAGES), "{text}");
        }
        for text in ["ok tapi kapan", "ok but when", "mana nih", "paket saya belum sampai", "好慢", "👍"]
        {
            assert!(!agrees(&read(text), &LANGUAGES), "{text}");
        }
    }

    #[test]
    fn a_negation_alone_is_known() {
        for text in ["no", "tidak kak", "nggak", "不", "hindi po", "没有"] {
            assert!(only_denies(&read(text)) || signals(text).has(Signal::Unknown), "{text}");
        }
        for text in ["not yet paid", "belum masuk", "halo"] {
            assert!(!only_denies(&read(text)), "{text}");
        }
    }

    #[test]
    fn a_denial_is_bound_to_what_it_stands_before() {
        for (text, denied) in [
            ("bukan 50rb", true),
            ("not 50k", true),
            ("hindi 50k", true),
            ("不是5万", true),
            ("mau 50rb", false),
            ("是5万", false),
        ] {
            let utterance = read(text);
            let number = utterance.tokens.iter().position(|token| token.kind == TokenKind::Number);
            assert_eq!(is_denied(&utterance, number.unwrap_or_default(), &LANGUAGES), denied, "{text}");
        }
    }

    #[test]
    fn the_last_words_before_a_value_name_its_type() {
        for (text, named) in [
            ("trx id nya ABC12345", "reference"),
            ("the transaction id is 88123456", "reference"),
            ("id transaksi 88123456", "reference"),
            ("交易id 88123456", "reference"),
            ("my id is 88123456", "account"),
            ("transaction of my account 88123456", "account"),
            ("rek saya 88123456", "bank"),
            ("nomor akun rekening 88123456", "account"),
            ("银行卡号 88123456", "bank"),
        ] {
            let utterance = read(text);
            let cue = cue_before(&utterance, utterance.tokens.len() - 1, &LANGUAGES);
            assert_eq!(cue.map(|cue| cue.slot_type), Some(named), "{text}");
        }
    }

    #[test]
    fn an_option_is_named_by_its_place() {
        let cases =
            [("yang pertama", 0), ("第二个", 1), ("the third one", 2), ("yung una po", 0), ("pangalawa", 1)];
        for (text, place) in cases {
            assert_eq!(signals(text).ordinal, Some(place), "{text}");
        }
    }

    #[test]
    fn a_placeholder_of_media_is_known_and_a_word_for_it_is_not() {
        for media in ["[Sticker]", "<Media omitted>", "\u{200e}image omitted", "[图片]", "[Pesan suara]"] {
            assert!(is_media(media), "{media}");
        }
        for text in ["sticker", "cara kirim foto", "[akun saya]", "foto omitted kok", ""] {
            assert!(!is_media(text), "{text}");
        }
    }
}
