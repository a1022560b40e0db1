//! What an agent reads of a conversation, in plain words.

use crate::decision::{Phrases, SummaryPhrases};
use crate::rules::Tone;

/// Longest summary in bytes.
const SUMMARY_BYTES: usize = 900;

/// What happened, as the summary tells it.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// What it is about.
    pub(super) about: Option<String>,
    /// What was answered once, and more than once.
    pub(super) answered: Vec<String>,
    pub(super) again: Vec<String>,
    /// What was handed off before.
    pub(super) handed: Vec<String>,
    /// Details with the customer's words.
    pub(super) fields: Vec<(String, String)>,
    pub(super) missing: Vec<String>,
    /// Details that could not be read, with the customer's words.
    pub(super) unread: Vec<(String, String)>,
    /// What was being prepared for another handoff, with its details.
    pub(super) open: Vec<String>,
    /// Details that the customer does not know.
    pub(super) unknown: Vec<String>,
    /// The customer's last words, where nothing tells what it is about.
    pub(super) words: Option<String>,
    pub(super) not_understood: bool,
    pub(super) unhelpful: bool,
    pub(super) requested: bool,
    pub(super) tone: Option<Tone>,
}

/// The story in the words of a language.
pub(super) fn summary(story: &Story, phrases: &Phrases, language: &str) -> String {
    let comma = if language == "zh" { "，" } else { ", " };
    let told = &phrases.summary;
    let fields: Vec<String> = story.fields.iter().map(|(label, text)| format!("{label} {text}")).collect();
    let quoted = |(label, words): &(String, String)| format!("{label} \"{words}\"");
    let unread: Vec<String> = story.unread.iter().map(quoted).collect();
    let lists: [(&str, &[String]); 9] = [
        (&told.about, story.about.as_slice()),
        (&told.answered, &story.answered),
        (&told.again, &story.again),
        (&told.handed, &story.handed),
        (&told.open, &story.open),
        (&told.fields, &fields),
        (&told.unread, &unread),
        (&told.unknown, &story.unknown),
        (&told.missing, &story.missing),
    ];
    let lists = lists.iter().filter(|(_, items)| !items.is_empty());
    let mut sentences: Vec<String> =
        lists.map(|(sentence, items)| sentence.replacen("{}", &items.join(comma), 1)).collect();
    sentences.extend(story.words.as_ref().map(|words| told.words.replacen("{}", words, 1)));
    sentences.extend(facts(story, told).map(str::to_owned));
    sentences.extend(story.tone.and_then(|tone| phrases.tones.get(&tone)).cloned());
    let space = if language == "zh" { "" } else { " " };
    let mut summary = sentences.join(space);
    if summary.len() > SUMMARY_BYTES {
        summary.truncate(summary.floor_char_boundary(SUMMARY_BYTES));
        summary.push('…');
    }
    summary
}

fn facts<'p>(story: &Story, told: &'p SummaryPhrases) -> impl Iterator<Item = &'p str> {
    let facts = [
        (story.not_understood, &told.not_understood),
        (story.unhelpful, &told.unhelpful),
        (story.requested, &told.requested),
    ];
    facts.into_iter().filter_map(|(holds, sentence)| holds.then_some(sentence.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::Phrasebook;
    use crate::rules::Language;

    #[test]
    fn a_story_is_told_in_the_desks_language() {
        let book = Phrasebook::built_in();
        let story = Story {
            about: Some("Deposit belum masuk".into()),
            answered: vec!["Cara deposit".into()],
            fields: vec![("nominal".into(), "500rb".into()), ("method".into(), "bca".into())],
            open: vec!["Akun diretas (telepon 0812)".into()],
            unread: vec![("tanggal".into(), "pas lebaran".into())],
            unknown: vec!["referensi".into()],
            tone: Some(Tone::Anger),
            ..Story::default()
        };
        let expected = [
            (
                "id",
                "Pelanggan menghubungi tentang: Deposit belum masuk. Sudah dijawab: Cara deposit. Juga belum selesai: Akun diretas (telepon 0812). Data: nominal 500rb, method bca. Belum terbaca: tanggal \"pas lebaran\". Pelanggan tidak tahu: referensi. Pelanggan marah.",
            ),
            (
                "zh",
                "客户咨询：Deposit belum masuk。已回答：Cara deposit。尚未处理：Akun diretas (telepon 0812)。信息：nominal 500rb，method bca。未能识别：tanggal \"pas lebaran\"。客户不知道：referensi。客户很生气。",
            ),
        ];
        for (language, text) in expected {
            let (_, phrases) = book.in_first_of(&[Language::new(language)]).unwrap();
            assert_eq!(summary(&story, phrases, language), text);
        }
    }

    #[test]
    fn a_long_story_is_cut() {
        let book = Phrasebook::built_in();
        let (_, phrases) = book.in_first_of(&[Language::new("en")]).unwrap();
        let story = Story { answered: vec!["最低存款".repeat(40); 8], ..Story::default() };
        assert!(summary(&story, phrases, "en").len() <= SUMMARY_BYTES + 3);
    }
}
