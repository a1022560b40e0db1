//! The parts of a compiled file that hold the rule set: its frame is read at once, its rules and the texts that it was
//! made of when they are asked for.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::codec::{Quoted, Reader, Stored, Writer};
use crate::diagnostic::Diagnostic;
use crate::rules::condition::Condition;
use crate::rules::kept::{Rules, WrittenRules};
use crate::rules::load::Source;
use crate::rules::model::{Contents, Entry, Outcome, Pattern, Question, SlotType, Tests};
use crate::rules::on_demand::OnDemand;
use crate::rules::rule_set::{Checked, RuleSet, Sources};
use crate::text::Language;

/// A rule set without its rules.
#[derive(Debug)]
pub(crate) struct Frame {
    contents: Contents,
    warnings: Vec<Diagnostic>,
    fingerprint: Arc<str>,
    /// Where each rule begins; one more at the end.
    starts: Vec<u32>,
}

/// A compiled file and where in it the rules and the texts stand.
#[derive(Debug)]
pub(crate) struct RuleFile {
    pub(crate) bytes: Arc<Vec<u8>>,
    pub(crate) rules: Range<usize>,
    pub(crate) sources: Range<usize>,
    /// The texts that values of the file share.
    pub(crate) shared: Arc<[Arc<str>]>,
    /// Where the text of each source stands; see [`source_texts`].
    pub(crate) texts: Arc<[Range<usize>]>,
}

/// How many parts a rule has that others know by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) questions: u32,
    pub(crate) any: u32,
    pub(crate) all: u32,
    pub(crate) none: u32,
}

impl RuleSet {
    /// Writes the rules, which quote the sources; where each begins.
    pub(crate) fn write_rules(&self, out: &mut Writer) -> Vec<u32> {
        self.sources().iter().for_each(|source| out.source(source.shared_name(), source.shared_bytes()));
        self.contents().rules.write(out)
    }

    /// Writes the texts that the set was made of.
    pub(crate) fn write_sources(&self, out: &mut Writer) {
        self.sources().to_vec().write(out);
    }

    /// Writes all else.
    pub(crate) fn write_frame(&self, starts: &[u32], out: &mut Writer) {
        out.begin();
        self.contents().write_frame(out);
        self.warnings().to_vec().write(out);
        self.fingerprint().write(out);
        out.rows(starts.iter().map(|&start| [start]));
    }

    /// The same set as few bytes, of which rules and texts are made anew when they are asked for: an engine looks at few
    /// of them.
    pub(crate) fn packed(&self) -> Self {
        if matches!(self.contents().rules, Rules::Written(_)) {
            return self.clone();
        }
        let mut out = Writer::default();
        let starts = self.write_rules(&mut out);
        let rules = 0..out.len();
        self.write_sources(&mut out);
        let sources = rules.end..out.len();
        self.write_frame(&starts, &mut out);
        let (mut bytes, shared) = out.finish();
        let shared = Arc::from(shared);
        let Some((frame, texts)) = read_packed(&bytes, sources.clone(), &shared) else {
            return self.clone();
        };
        bytes.truncate(sources.end);
        bytes.shrink_to_fit();
        let texts = texts.into();
        Self::from_file(frame, RuleFile { bytes: Arc::new(bytes), rules, sources, shared, texts })
    }

    /// The rule set of a file whose rules [`Frame::pass`] has passed over.
    pub(crate) fn from_file(frame: Frame, file: RuleFile) -> Self {
        let Frame { mut contents, warnings, fingerprint, starts } = frame;
        let RuleFile { bytes, rules, sources, shared, texts } = file;
        let written = WrittenRules {
            file: Arc::clone(&bytes),
            stretch: rules,
            made: OnDemand::new(starts.len().saturating_sub(1)),
            starts,
            shared: Arc::clone(&shared),
            texts,
            teams: contents.teams.len(),
            by_id: OnceLock::new(),
        };
        contents.rules = Rules::Written(written);
        let sources = Sources::Written { file: bytes, stretch: sources, shared, made: OnceLock::new() };
        RuleSet::from(Checked { sources, contents, warnings, fingerprint })
    }
}

impl Frame {
    pub(crate) fn read(from: &mut Reader) -> Option<Self> {
        Some(Frame {
            contents: Contents::read_frame(from)?,
            warnings: Stored::read(from)?,
            fingerprint: Stored::read(from)?,
            starts: from.numbers()?,
        })
    }

    /// Passes over the rules: the parts of each; none where one is no rule.
    pub(crate) fn pass(&self, rules: &[u8], shared: &[Arc<str>], quoted: Quoted) -> Option<Vec<Parts>> {
        let mut from = Reader::new(rules, shared).quoting(quoted).below(self.contents.teams.len());
        let (&last, starts) = self.starts.split_last()?;
        let mut parts = Vec::with_capacity(starts.len());
        for &start in starts {
            let at = rules.len() - from.left();
            parts.push((at == start as usize).then(|| Parts::pass(&mut from))??);
        }
        (from.is_at_end() && last as usize == rules.len()).then_some(parts)
    }
}

impl Parts {
    /// Passes over a rule, in the order in which `stored` writes it.
    fn pass(from: &mut Reader) -> Option<Self> {
        from.begin();
        Entry::pass(from)?;
        Vec::<(Language, String)>::pass(from)?;
        let parts = Parts {
            questions: pass_list::<Question>(from)?,
            any: pass_list::<Pattern>(from)?,
            all: pass_list::<Pattern>(from)?,
            none: pass_list::<Pattern>(from)?,
        };
        Vec::<Condition>::pass(from)?;
        i32::pass(from)?;
        BTreeMap::<String, SlotType>::pass(from)?;
        Outcome::pass(from)?;
        Option::<String>::pass(from)?;
        Tests::pass(from)?;
        Some(parts)
    }
}

/// How many there are.
fn pass_list<T: Stored>(from: &mut Reader) -> Option<u32> {
    let count = from.clone().count()?;
    Vec::<T>::pass(from)?;
    u32::try_from(count).ok()
}

/// The frame of a set whose frame stands behind its sources, and where the texts of these stand.
fn read_packed(
    bytes: &[u8],
    sources: Range<usize>,
    shared: &[Arc<str>],
) -> Option<(Frame, Vec<Range<usize>>)> {
    let frame = bytes.get(sources.end..)?;
    let stretches = source_texts(bytes, sources, shared)?;
    let mut from = Reader::new(frame, shared).quoting(Quoted { bytes, stretches: &stretches });
    Some((Frame::read(&mut from)?, stretches))
}

/// Passes over the texts that a rule set was made of: where in the bytes each stands, by the number of its name among
/// the shared texts. Of two of a name the first counts. None where one is no text.
pub(crate) fn source_texts(
    bytes: &[u8],
    sources: Range<usize>,
    shared: &[Arc<str>],
) -> Option<Vec<Range<usize>>> {
    let mut from = Reader::new(bytes.get(sources.clone())?, shared);
    let mut texts = vec![0..0; shared.len()];
    for _ in 0..from.count()? {
        let (name, text) = (from.index()?, from.text()?);
        let end = sources.end - from.left();
        let known = texts.get_mut(name)?;
        if known.end == 0 {
            *known = end - text.len()..end;
        }
    }
    from.is_at_end().then_some(texts)
}

impl Stored for Source {
    fn write(&self, out: &mut Writer) {
        out.shared(&self.shared_name());
        out.stretch(self.bytes());
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let name = from.shared()?.clone();
        Some(Source::new(&name, from.stretch()?))
    }

    fn pass(from: &mut Reader) -> Option<()> {
        from.shared()?;
        from.stretch().map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::model::Rule;

    const RULES: &str = r#"
jawab: 1
language: en
teams: {money: {respond_within: 1m, hours: "Mon-Fri 09:00-17:00", time_zone: WIB}}
faq:
  hours:
    title: Opening hours
    questions: [when are you open, opening hours]
    answer: [{text: "Always, {{ customer.name | default('dear customer') }}.", when: {vip: true}}, Always.]
intents:
  deposit-missing:
    any: ["deposit ... missing", '/\bTRX\d{6,}\b/']
    all: [money]
    none: [how to deposit]
    when: {channel: [chat, whatsapp], level: ">3", time: "22:00-06:00"}
    handoff: {team: money, priority: high, collect: [amount], say: One moment., tags: [a, b]}
    tests: {matches: [my deposit money is missing], rejects: [how to deposit money]}
"#;
    /// The name of the only source is the first text that the rules share.
    const QUOTED: Quoted<'static> =
        Quoted { bytes: RULES.as_bytes(), stretches: &[Range { start: 0, end: RULES.len() }] };

    #[test]
    fn a_rule_is_passed_over_as_it_is_read() {
        let rules = RuleSet::from_yaml("r.yaml", RULES).expect("rules");
        let mut out = Writer::default();
        let starts = rules.write_rules(&mut out);
        let (bytes, shared) = out.finish();
        let mut from = Reader::new(&bytes, &shared).quoting(QUOTED).below(1);
        let parts: Vec<Parts> = starts[1..].iter().map(|_| Parts::pass(&mut from).expect("a rule")).collect();
        assert!(from.is_at_end());
        assert_eq!(
            parts,
            [
                Parts { questions: 2, any: 0, all: 0, none: 0 },
                Parts { questions: 0, any: 2, all: 1, none: 1 }
            ]
        );
        let mut from = Reader::new(&bytes, &shared).quoting(QUOTED).below(1);
        for rule in rules.contents().rules.iter() {
            from.begin();
            let again = Rule::read(&mut from).expect("a rule");
            assert_eq!(format!("{again:?}"), format!("{rule:?}"));
        }
    }

    #[test]
    fn bytes_of_which_one_is_missing_or_another_are_read_as_they_are_passed_over() {
        let rules = RuleSet::from_yaml("r.yaml", RULES).expect("rules");
        let mut out = Writer::default();
        let starts = rules.write_rules(&mut out);
        let (bytes, shared) = out.finish();
        let rule = &bytes[starts[1] as usize..];
        for at in 0..rule.len() {
            for change in [0, 1, 0x7f, 0x80, 0xff] {
                let mut changed = rule.to_vec();
                changed[at] ^= change;
                changed.truncate(if change == 0 { at } else { rule.len() });
                let reader = || Reader::new(&changed, &shared).quoting(QUOTED).below(1);
                let (mut read, mut passed) = (reader(), reader());
                let (rule, parts) = (Rule::read(&mut read), Parts::pass(&mut passed));
                assert_eq!(rule.is_some(), parts.is_some(), "byte {at} xor {change}");
                assert!(rule.is_none() || read.left() == passed.left(), "byte {at} xor {change}");
            }
        }
    }
}
