//! The files of how messages are put, and the tables that the build script makes of them.

use std::collections::BTreeMap;

use super::sign::{
    ACT, ASKS_WHY, Act, FIRST, REFUSES, REFUSES_FIRST, SECOND, STAND, STANDS, Sign, Stand, TROUBLES, WISHES,
};
use crate::text::keys::{join_words, word_key};
use crate::text::languages::concepts::written::{listed, sections, words};
use crate::text::languages::glosses::written::Numbers;
use crate::text::languages::yaml::Pair;

/// As where words are looked up.
const BEGINS: u16 = 1;
/// Words that hold a refusal and are none: they are only longer.
const REFUSES_NOTHING: u16 = 1 << 10;

impl Sign {
    const FIRST_PERSON: Sign = Sign(FIRST);
    const SECOND_PERSON: Sign = Sign(SECOND);
    const BEGINNING: Sign = Sign(BEGINS);
    const REFUSAL: Sign = Sign(REFUSES);
    const FIRST_REFUSAL: Sign = Sign(REFUSES_FIRST);
    const NO_REFUSAL: Sign = Sign(REFUSES_NOTHING);
    const TROUBLE: Sign = Sign(TROUBLES);
    const WHY: Sign = Sign(ASKS_WHY);
    const WISH: Sign = Sign(WISHES);

    /// Of words that tell an act, or of lead-ins that tell none, where they stand.
    fn of(stand: Stand, act: Option<Act>) -> Self {
        let number = |place: Option<usize>| place.map_or(0, |place| place as u16 + 1);
        let act = number(Act::ALL.iter().position(|&known| Some(known) == act));
        Sign(number(STANDS.iter().position(|&known| known == stand)) << STAND | act << ACT)
    }

    fn and(self, other: Sign) -> Self {
        Sign(self.0 | other.0)
    }
}

/// The phrases of one language by their keys. A phrase names the persons that its words name.
pub(crate) fn table(file: &str) -> Result<Numbers, String> {
    let phrases = phrases(file)?;
    let named = phrases.iter().filter(|(_, sign)| sign.names_first_person() || sign.names_second_person());
    let persons: BTreeMap<u64, Sign> = named.map(|(word, sign)| (word_key(word), *sign)).collect();
    let mut signs = BTreeMap::new();
    for (phrase, sign) in &phrases {
        let named = words(phrase).filter_map(|word| persons.get(&word_key(word)));
        let named = named.filter(|_| sign.stand().is_some());
        let sign = named.fold(*sign, |sign, person| sign.and(*person));
        add(&mut signs, phrase, sign).map_err(|()| format!("`{phrase}` is there twice"))?;
    }
    Ok(signs.into_iter().map(|(key, sign)| (key, sign.0)).collect())
}

/// Every phrase of a file with what it says.
pub(super) fn phrases(file: &str) -> Result<Vec<(Box<str>, Sign)>, String> {
    let [lead_ins, anywhere, starts, persons, refusals, reports] =
        sections(file, ["lead_ins", "anywhere", "starts", "persons", "refusals", "reports"])?;
    let mut phrases = Vec::new();
    let of = |stand| move |name: &str| Some(Sign::of(stand, Some(act(name)?)));
    let lead_in = |name: &str| {
        if name == "none" { Some(Sign::of(Stand::LeadIn, None)) } else { of(Stand::LeadIn)(name) }
    };
    collect(lead_ins, lead_in, &mut phrases)?;
    collect(anywhere, of(Stand::Anywhere), &mut phrases)?;
    collect(starts, of(Stand::Start), &mut phrases)?;
    collect(persons, person, &mut phrases)?;
    collect(refusals, refusal, &mut phrases)?;
    collect(reports, report, &mut phrases)?;
    Ok(phrases)
}

fn act(name: &str) -> Option<Act> {
    Act::ALL.into_iter().find(|act| act.name() == name)
}

fn person(name: &str) -> Option<Sign> {
    match name {
        "first" => Some(Sign::FIRST_PERSON),
        "second" => Some(Sign::SECOND_PERSON),
        _ => None,
    }
}

fn refusal(name: &str) -> Option<Sign> {
    match name {
        "anywhere" => Some(Sign::REFUSAL),
        "starts" => Some(Sign::FIRST_REFUSAL),
        "none" => Some(Sign::NO_REFUSAL),
        _ => None,
    }
}

fn report(name: &str) -> Option<Sign> {
    match name {
        "trouble" => Some(Sign::TROUBLE),
        "why" => Some(Sign::WHY),
        "none" => Some(Sign::WISH),
        _ => None,
    }
}

/// The phrases of one map of a file.
fn collect(
    map: Vec<Pair>,
    sign: impl Fn(&str) -> Option<Sign>,
    phrases: &mut Vec<(Box<str>, Sign)>,
) -> Result<(), String> {
    for (name, list) in map {
        let sign = sign(&name).ok_or_else(|| format!("unknown key `{name}`"))?;
        phrases.extend(listed(&list).map(|phrase| (phrase.into(), sign)));
    }
    Ok(())
}

/// Adds what a phrase says; it may tell an act once, and persons and refusals besides.
fn add(signs: &mut BTreeMap<u64, Sign>, phrase: &str, sign: Sign) -> Result<(), ()> {
    let mut key = None;
    for word in words(phrase) {
        if let Some(begun) = key {
            let begun: &mut Sign = signs.entry(begun).or_default();
            *begun = begun.and(Sign::BEGINNING);
        }
        key = Some(join_words(key, word_key(word)));
    }
    let Some(key) = key else { return Ok(()) };
    let known = signs.entry(key).or_default();
    if known.stand().is_some() && sign.stand().is_some() {
        return Err(());
    }
    *known = known.and(sign);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::pack_words::words_of;
    use crate::text::scan::Units;

    const FILES: [(&str, &str); 4] = [
        ("id", include_str!("id.yaml")),
        ("en", include_str!("en.yaml")),
        ("fil", include_str!("fil.yaml")),
        ("zh", include_str!("zh.yaml")),
    ];

    #[test]
    fn a_sign_tells_what_it_was_made_of() {
        for stand in STANDS {
            for act in Act::ALL.map(Some).into_iter().chain([None]) {
                let sign = Sign::of(stand, act).and(Sign::BEGINNING).and(Sign::SECOND_PERSON);
                assert_eq!((sign.stand(), sign.act(), sign.0 & BEGINS), (Some(stand), act, BEGINS));
                assert_eq!((sign.names_first_person(), sign.names_second_person()), (false, true));
                assert_eq!(Sign::from_number(sign.0), sign);
            }
        }
        assert_eq!((Sign::FIRST_PERSON.stand(), Sign::FIRST_PERSON.act()), (None, None));
        assert_eq!([true, false].map(|first| Sign::REFUSAL.refuses(first)), [true, true]);
        assert_eq!([true, false].map(|first| Sign::FIRST_REFUSAL.refuses(first)), [true, false]);
        assert_eq!(Sign::from_number(u16::MAX).act(), None, "no act has such a number");
    }

    #[test]
    fn phrases_are_written_as_messages_are_read_and_every_act_has_some() {
        for (language, file) in FILES {
            let phrases = phrases(file).expect(language);
            for (phrase, _) in &phrases {
                let read: Vec<Box<str>> =
                    words_of(phrase, &Units::default()).into_iter().map(|(_, word)| word).collect();
                assert!(words(phrase).eq(read.iter().map(AsRef::as_ref)), "{language}: `{phrase}`");
            }
            for act in Act::ALL {
                let told = phrases.iter().filter(|(_, sign)| sign.act() == Some(act)).count();
                assert!(told >= 10, "{language}: {told} phrases for {act:?}");
            }
            let count = |said: fn(Sign) -> bool| phrases.iter().filter(|(_, sign)| said(*sign)).count();
            let persons = count(|sign| sign.names_first_person() || sign.names_second_person());
            assert!(persons >= 4, "{language} names {persons} persons");
            let refusals = count(|sign| sign.refuses(true));
            assert!(refusals >= 10, "{language}: {refusals} refusals");
            let reports = count(Sign::troubles);
            assert!(reports >= 10, "{language}: {reports} phrases of reports");
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let refused = [
            ("starts: {ask: who, tell: \"i, who\"}", "`who` is there twice"),
            ("starts: {order: who}", "unknown key `order`"),
            ("persons: {third: he}", "unknown key `third`"),
            ("ends: {ask: who}", "unknown key `ends`"),
        ];
        for (file, error) in refused {
            assert_eq!(table(file).err().as_deref(), Some(error));
        }
    }
}
