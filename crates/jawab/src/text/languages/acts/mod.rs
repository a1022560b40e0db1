//! What a message asks its reader for, from how it is put, in tables that the build script makes of the files in this
//! folder.

pub(super) mod sign;
#[cfg(test)]
mod written;

use std::ops::Range;

use super::concepts::Concepts;
use super::glosses::{Gloss, Glosses, longest};
pub(crate) use sign::Act;
use sign::{MANNERS, Sign, Stand};

/// How a message is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Manner {
    pub(crate) act: Act,
    /// Whether it names who writes it.
    pub(crate) first_person: bool,
    /// Whether it names who reads it, but for lead-ins such as `can you`.
    pub(crate) second_person: bool,
    /// How many words lead in to what it says, none where it says no more.
    pub(crate) lead_in: usize,
    pub(crate) trouble: Trouble,
}

/// Whether a message tells that something is otherwise than it should be: something did not, or still does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trouble {
    #[default]
    None,
    /// Beside what it asks for.
    Mentioned,
    /// It asks for nothing, or asks why.
    Reported,
}

/// What a word negates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Negation {
    None,
    /// It only asks whether something is so: "bisa refund ga".
    Asks,
    Denies,
}

/// What was heard of a message so far.
#[derive(Debug, Default)]
struct Hearing {
    /// Whether words other than lead-ins came.
    begun: bool,
    /// What the lead-ins tell, the first words behind them, and words anywhere.
    led: Option<Act>,
    told: Option<Act>,
    asked: Option<Act>,
    checked: Option<Act>,
    first_person: bool,
    second_person: bool,
    lead_in: usize,
    report: Report,
}

/// What was heard of trouble so far.
#[derive(Debug, Default)]
struct Report {
    requested: bool,
    troubled: bool,
    why: bool,
}

/// Words behind a refusal among which the one that says what is refused stands.
const REFUSAL_REACH: usize = 4;

impl Concepts {
    /// How words are put, of which some negate. Where they do not say, something is to be done: so do bare orders.
    pub(crate) fn manner(&self, glosses: &Glosses, negation: impl Fn(usize) -> Negation) -> Manner {
        let (mut hearing, mut at) = (Hearing::default(), 0);
        while at < glosses.len() {
            let (len, sign) = self.longest_sign(glosses.from(at), MANNERS).unwrap_or((1, Sign::default()));
            hearing.report.hear(at, len, sign, !hearing.begun, &negation);
            hearing.hear(at, sign);
            at += len;
        }
        hearing.manner()
    }

    /// The words among which a message says what its writer does not want: "do not close", 不想关闭. `lead_in` is as
    /// [`Manner`] has it.
    pub(crate) fn refused(&self, glosses: &Glosses, lead_in: usize) -> Range<usize> {
        let (mut at, mut refused) = (0, false);
        while at < glosses.len() && !refused {
            let (len, sign) = self.longest_sign(glosses.from(at), u16::MAX).unwrap_or((1, Sign::default()));
            refused = sign.refuses(at <= lead_in);
            at += len;
        }
        let end = if refused { glosses.len().min(at + REFUSAL_REACH) } else { at };
        let anew = (at..end).find(|&word| {
            let sign = self.longest_sign(glosses.from(word), MANNERS);
            sign.is_some_and(|(len, sign)| len > 1 && sign.begins_anew() && self.names_writer(glosses, word))
        });
        at..anew.unwrap_or(end)
    }

    /// Whether the word at a place names who writes.
    fn names_writer(&self, glosses: &Glosses, place: usize) -> bool {
        let word = glosses.from(place).get(..1).unwrap_or_default();
        self.longest_sign(word, MANNERS).is_some_and(|(_, sign)| sign.names_first_person())
    }

    /// The most words in a row that tell something together, in any language, of what `bits` tell; of two the first.
    fn longest_sign(&self, glosses: &[&'static Gloss], bits: u16) -> Option<(usize, Sign)> {
        let signs = |language: usize| longest(glosses, |gloss| gloss.signs[language] & bits);
        let longest = self.places().filter_map(signs);
        let (len, number) = longest.reduce(|one, two| if two.0 > one.0 { two } else { one })?;
        Some((len, Sign::from_number(number)))
    }
}

impl Hearing {
    /// Hears what the words from this place on say.
    fn hear(&mut self, at: usize, sign: Sign) {
        self.first_person |= sign.names_first_person();
        if !self.begun && sign.stand() == Some(Stand::LeadIn) {
            self.led = sign.act().or(self.led);
            return;
        }
        self.second_person |= sign.names_second_person();
        let anywhere = sign.stand() == Some(Stand::Anywhere);
        if !self.begun && (anywhere || sign.stand() == Some(Stand::Start) && goes_on(self.led, sign.act())) {
            self.told = sign.act();
        }
        if !self.begun {
            (self.begun, self.lead_in) = (true, at);
        }
        match sign.act().filter(|_| anywhere) {
            Some(Act::Check) => self.checked = Some(Act::Check),
            act => self.asked = self.asked.or(act),
        }
    }

    /// Rather a fact or a way than yes or no, unless the first words say so.
    fn manner(self) -> Manner {
        let Hearing { led, told, asked, checked, first_person, second_person, lead_in, .. } = self;
        let begun = told.filter(|&act| act != Act::Tell);
        let act = begun.or(asked).or(checked).or(told).or(led).unwrap_or(Act::Do);
        Manner { act, first_person, second_person, lead_in, trouble: self.report.trouble() }
    }
}

impl Report {
    /// Hears whether so many words tell of trouble, `first` where the message starts with them. Words that ask for
    /// something, such as `ga ya`, only negate to ask.
    fn hear(&mut self, at: usize, len: usize, sign: Sign, first: bool, negation: impl Fn(usize) -> Negation) {
        let requests = sign.requests(first, len);
        let any = |wanted| (at..at + len).any(|word| negation(word) == wanted);
        self.requested |= requests || any(Negation::Asks);
        self.why |= sign.asks_why();
        self.troubled |= sign.troubles() || !requests && any(Negation::Denies);
    }

    fn trouble(&self) -> Trouble {
        match (self.why || self.troubled, self.why || !self.requested) {
            (false, _) => Trouble::None,
            (true, false) => Trouble::Mentioned,
            (true, true) => Trouble::Reported,
        }
    }
}

/// Whether words at the start of what is said count behind lead-ins: nothing is told behind `show me`, and all that
/// follows `i want` is wanted.
fn goes_on(led: Option<Act>, act: Option<Act>) -> bool {
    led.is_none() || led == Some(Act::Ask) && act == Some(Act::Check)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::keys::word_key;
    use crate::text::pack_words::words_of;
    use crate::text::scan::Units;

    fn manner(language: &'static str, text: &str) -> Manner {
        let words = words_of(text, &Units::default());
        let keys: Vec<u64> = words.iter().map(|(_, word)| word_key(word)).collect();
        let mut glosses = Glosses::default();
        glosses.look_up(&keys);
        Concepts::of(&[language]).manner(&glosses, |_| Negation::None)
    }

    #[test]
    fn what_a_message_asks_for_is_told_by_how_it_is_put() {
        let table = [
            (
                "en",
                Act::Ask,
                "what is my balance; can you tell me my balance; hi, when do you open; show me my cards",
            ),
            ("en", Act::Ask, "i lost my card, where do i call; my account number is which one"),
            ("en", Act::How, "how do i change my pin; i lost my card what should i do; tell me how to pay"),
            (
                "en",
                Act::Check,
                "is my card blocked; did you get it; let me know if it arrived; hello are you open",
            ),
            (
                "en",
                Act::Do,
                "block my card; please block it; i want to block my card; could you please help me pay; block",
            ),
            ("en", Act::Tell, "i lost my card; my card is broken; this is wrong; thanks, it works"),
            (
                "id",
                Act::Ask,
                "berapa saldo saya; saldo saya berapa; kak, kapan buka; tolong cek kenapa gagal",
            ),
            ("id", Act::How, "bagaimana cara ganti pin; kartu saya hilang, saya harus apa; cara bayar"),
            ("id", Act::Check, "apakah kartu saya diblokir; bisa refund gak; min, ada promo"),
            ("id", Act::Do, "blokir kartu saya; tolong blokir; saya mau blokir kartu"),
            ("id", Act::Tell, "saya kehilangan kartu; belum masuk"),
            (
                "fil",
                Act::Ask,
                "magkano ang balance ko; nasaan na ang pera ko; gusto kong malaman kung kailan",
            ),
            ("fil", Act::How, "paano mag withdraw; nawala ko ang card ko, ano gagawin ko"),
            ("fil", Act::Check, "pwede ba mag withdraw; naka block ba ang card ko"),
            ("fil", Act::Do, "i block ang card; paki block; gusto kong mag withdraw"),
            ("fil", Act::Tell, "hindi ko ma open; wala pa ang pera ko"),
            ("zh", Act::Ask, "我的余额是多少; 请问什么时候到账; 告诉我余额; 为什么失败"),
            ("zh", Act::How, "怎么提现; 我的卡丢了怎么办"),
            ("zh", Act::Check, "我的卡被冻结了吗; 能不能提现"),
            ("zh", Act::Do, "冻结我的卡; 请帮我冻结; 我想提现"),
            ("zh", Act::Tell, "我的卡丢了; 还没到账"),
        ];
        for (language, act, texts) in table {
            for text in texts.split("; ") {
                assert_eq!(manner(language, text).act, act, "{language}: {text}");
            }
        }
    }

    #[test]
    fn who_is_spoken_of_is_told_but_for_lead_ins() {
        let table = [
            ("what is my name", (true, false)),
            ("could you say what is your name", (false, true)),
            ("do i owe you", (true, true)),
            ("when is the branch open", (false, false)),
        ];
        for (text, persons) in table {
            let manner = manner("en", text);
            assert_eq!((manner.first_person, manner.second_person), persons, "{text}");
        }
    }

    #[test]
    fn words_that_lead_in_to_what_is_said_are_told() {
        for (text, lead_in) in [
            ("hi, can you please block my card", 4),
            ("block my card please", 0),
            ("i want to know how it works", 4),
            ("please", 0),
            ("", 0),
        ] {
            assert_eq!(manner("en", text).lead_in, lead_in, "{text}");
        }
    }

    /// Negations of this test: the last word only asks.
    fn negation(words: &[&str], word: usize) -> Negation {
        match words[word] {
            "not" | "belum" | "hindi" | "没" if word + 1 == words.len() => Negation::Asks,
            "not" | "belum" | "hindi" | "没" => Negation::Denies,
            _ => Negation::None,
        }
    }

    #[test]
    fn a_report_tells_of_trouble_and_asks_for_nothing_but_why() {
        let table = [
            (
                "en",
                Trouble::Reported,
                "still no refund; my refund did not arrive; i paid but got nothing; why is it so",
            ),
            (
                "en",
                Trouble::Mentioned,
                "my refund did not arrive what can i do; i do not want it anymore; can i still pay",
            ),
            ("en", Trouble::None, "i paid my bill; how do i pay; did it arrive or not"),
            ("id", Trouble::Reported, "saldo belum masuk; saya sudah bayar; kenapa saldo berkurang"),
            ("id", Trouble::Mentioned, "saldo belum masuk gimana; masih bisa bayar"),
            ("id", Trouble::None, "cara bayar; saldo saya berapa; bisa bayar belum"),
            ("fil", Trouble::Reported, "hindi dumating ang pera; nagbayad ako pero nawala; bakit mahal"),
            ("fil", Trouble::Mentioned, "hindi dumating paano na; pwede pa rin ba"),
            ("fil", Trouble::None, "paano magbayad; gusto kong magbayad"),
            ("zh", Trouble::Reported, "钱还没到账; 我已经付款; 为什么扣款"),
            ("zh", Trouble::Mentioned, "钱还没到账怎么办; 已经付款了吗"),
            ("zh", Trouble::None, "怎么付款; 到账了没"),
        ];
        for (language, told, texts) in table {
            for text in texts.split("; ") {
                let words = words_of(text, &Units::default());
                let keys: Vec<u64> = words.iter().map(|(_, word)| word_key(word)).collect();
                let words: Vec<&str> = words.iter().map(|(_, word)| word.as_ref()).collect();
                let mut glosses = Glosses::default();
                glosses.look_up(&keys);
                let manner = Concepts::of(&[language]).manner(&glosses, |word| negation(&words, word));
                assert_eq!(manner.trouble, told, "{language}: {text}");
            }
        }
    }

    #[test]
    fn what_is_refused_stands_behind_the_words_that_refuse_it() {
        let table = [
            ("en", "do not close my account", "close my account"),
            ("en", "hi, please do not close my account", "close my account"),
            ("en", "i do not want to close it", "close it"),
            ("en", "i do not want to wait i want to close it", "wait"),
            ("en", "why do not you close it", ""),
            ("en", "i do not know how to close my account", ""),
            ("en", "my money did not arrive", ""),
            ("id", "jangan tutup akun saya", "tutup akun saya"),
            ("id", "saya tidak mau tutup akun", "tutup akun"),
            ("id", "aplikasinya tidak mau tutup", ""),
            ("fil", "huwag nyo pong isara ang account ko", "pong isara ang account"),
            ("fil", "ayaw kong kanselahin ang order", "kanselahin ang order"),
            ("fil", "ayaw mag login", ""),
            ("zh", "不要关闭我的账户", "关 闭 我 的"),
            ("zh", "我不想取消", "取 消"),
            ("zh", "要不要关闭账户", ""),
            ("zh", "特别想关闭账户", ""),
        ];
        for (language, text, refused) in table {
            let words = words_of(text, &Units::default());
            let keys: Vec<u64> = words.iter().map(|(_, word)| word_key(word)).collect();
            let mut glosses = Glosses::default();
            glosses.look_up(&keys);
            let concepts = Concepts::of(&[language]);
            let found = concepts.refused(&glosses, concepts.manner(&glosses, |_| Negation::None).lead_in);
            let found: Vec<&str> = words[found].iter().map(|(_, word)| word.as_ref()).collect();
            assert_eq!(found.join(" "), refused, "{text}");
        }
    }

    #[test]
    fn without_words_or_language_something_is_to_be_done() {
        for (languages, words) in [(&[] as &[&'static str], [1, 2].as_slice()), (&["en"], &[])] {
            let mut glosses = Glosses::default();
            glosses.look_up(words);
            let manner = Concepts::of(languages).manner(&glosses, |_| Negation::None);
            let nothing = Manner {
                act: Act::Do,
                first_person: false,
                second_person: false,
                lead_in: 0,
                trouble: Trouble::None,
            };
            assert_eq!(manner, nothing);
        }
    }
}
