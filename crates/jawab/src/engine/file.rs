//! Compiled rule sets as files.
//!
//! A file begins with [`MAGIC`], the number of its format, and the BLAKE3 checksum of all that follows: a head (the version
//! that wrote it, how long each section is, the texts that values share), then the sections. What is large or seldom
//! needed (rules, sources, the large tables of the model) comes first and is kept as it is; the rest is made anew, and its
//! bytes are given back.
//!
//! A checksum tells of accidents only. So nothing in a file is believed: every number that leads somewhere is looked at
//! before the file is used.

use std::ops::Range;
use std::sync::Arc;

use super::Engine;
use super::compile::{Compiled, entity_kind};
use crate::classifier::{Model, ModelRows};
use crate::codec::{MAGIC, Quoted, Reader, Stored, Writer};
use crate::decision::{Names, Part, Role, Roles};
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::error::Error;
use crate::parallel::join;
use crate::pattern::Program;
use crate::rules::{Frame, Parts, RuleFile, RuleSet, SlotType, source_texts};
use crate::text::{EntityKind, Lexicon};

/// The number of the format, changed with it.
const FORMAT: u32 = 14;
/// A model learned by one version is not what another would learn.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Where the checksum stands, and what it is of begins.
const CHECKSUM: Range<usize> = 12..44;
/// How many sections there are.
const SECTIONS: usize = 7;

/// Why bytes are no compiled rule set that can be used.
enum Unusable {
    NotCompiled,
    OtherVersion(String),
    Damaged(&'static str),
}

impl Engine {
    /// The engine as the bytes of a compiled file, the same for the same rules. Settings that were changed by
    /// [`Engine::with_settings`] are no part of it.
    ///
    /// ```
    /// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
    /// # jawab: 1
    /// # language: en
    /// # settings: {fallback: {say: One moment.}}
    /// # faq: {hours: {questions: [when are you open], answer: Always.}}
    /// # ")?;
    /// let bytes = jawab::Engine::new(&rules)?.to_compiled();
    /// let engine = jawab::Engine::from_compiled(&bytes)?;
    /// assert_eq!(engine.decide("when are you open?").rule(), Some("hours"));
    /// assert_eq!(engine.to_compiled(), bytes);
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn to_compiled(&self) -> Vec<u8> {
        let (sections, ends, shared) = sections(&self.compiled);
        let mut head = Writer::default();
        VERSION.to_owned().into_boxed_str().write(&mut head);
        ends.iter().for_each(|&end| head.number(end as u64));
        shared.iter().map(|text| Box::from(&**text)).collect::<Vec<Box<str>>>().write(&mut head);
        let (head, _) = head.finish();
        let hash = blake3::Hasher::new().update(&head).update(&sections).finalize();
        [&MAGIC[..], &FORMAT.to_le_bytes(), hash.as_bytes(), &head, &sections].concat()
    }

    /// The engine of the bytes that [`Engine::to_compiled`] made, without compiling or learning anything. It decides as
    /// the engine that they were made of, to the byte.
    ///
    /// Compiled rules are read by the version of jawab that made them.
    ///
    /// # Errors
    ///
    /// Where the bytes are no compiled rule set (`not-compiled-rules`), one of another version (`other-compiled-version`),
    /// or damaged (`damaged-compiled-rules`): an error of the kind `Rules`, with a diagnostic of that code.
    pub fn from_compiled(bytes: &[u8]) -> Result<Self, Error> {
        Engine::open("compiled rules", bytes.to_vec())
    }

    /// The same of a file with a name.
    pub(super) fn open(name: &str, bytes: Vec<u8>) -> Result<Self, Error> {
        let compiled = open(bytes).map_err(|unusable| unusable.told(name))?;
        Ok(Engine::of(compiled))
    }
}

/// The sections, where each ends, and the texts that they share.
fn sections(compiled: &Compiled) -> (Vec<u8>, [usize; SECTIONS], Vec<Arc<str>>) {
    let mut out = Writer::default();
    let mut ends = [0; SECTIONS];
    let starts = compiled.rules.write_rules(&mut out);
    ends[0] = out.len();
    compiled.rules.write_sources(&mut out);
    ends[1] = out.len();
    compiled.model.write_rows(&mut out);
    ends[2] = out.len();
    compiled.rules.write_frame(&starts, &mut out);
    compiled.names.write_others(&mut out);
    compiled.collected.iter().map(|(of, _)| of.clone()).collect::<Vec<SlotType>>().write(&mut out);
    compiled.questions_priority.write(&mut out);
    ends[3] = out.len();
    compiled.lexicon.write(&mut out);
    ends[4] = out.len();
    compiled.program.write(&mut out);
    ends[5] = out.len();
    compiled.model.write(&mut out);
    ends[6] = out.len();
    let (sections, shared) = out.finish();
    (sections, ends, shared)
}

/// Where the sections of a file stand, and what they share.
struct Layout {
    sections: [Range<usize>; SECTIONS],
    shared: Arc<[Arc<str>]>,
}

impl Layout {
    fn of(bytes: &[u8]) -> Result<Self, Unusable> {
        if !bytes.starts_with(&MAGIC) {
            return Err(Unusable::NotCompiled);
        }
        let format = bytes.get(MAGIC.len()..CHECKSUM.start).ok_or(Unusable::Damaged(SHORT))?;
        if format != FORMAT.to_le_bytes() {
            return Err(Unusable::OtherVersion("of another format".to_owned()));
        }
        let body = bytes.get(CHECKSUM.end..).ok_or(Unusable::Damaged(SHORT))?;
        let mut head = Reader::new(body, &[]);
        let version = head.text().ok_or(Unusable::Damaged(HEAD))?;
        if version != VERSION {
            return Err(Unusable::OtherVersion(format!("made by jawab {}", version.escape_debug())));
        }
        Layout::read(&mut head, bytes.len()).ok_or(Unusable::Damaged(HEAD))
    }

    fn read(head: &mut Reader, len: usize) -> Option<Self> {
        let ends = (0..SECTIONS).map(|_| head.index()).collect::<Option<Vec<usize>>>()?;
        let shared: Vec<Box<str>> = Stored::read(head)?;
        let start = len - head.left();
        let mut from = 0;
        let mut sections = [const { 0..0 }; SECTIONS];
        for (section, end) in sections.iter_mut().zip(ends) {
            *section = (from <= end && end <= head.left()).then_some(start + from..start + end)?;
            from = end;
        }
        (from == head.left())
            .then(|| Layout { sections, shared: shared.into_iter().map(Arc::from).collect() })
    }

    /// Reads a section to its end.
    fn read_section<T>(
        &self,
        bytes: &[u8],
        section: usize,
        quoted: Quoted,
        read: impl FnOnce(&mut Reader) -> Option<T>,
    ) -> Option<T> {
        let section = bytes.get(self.sections[section].clone())?;
        let mut from = Reader::new(section, &self.shared).quoting(quoted);
        let value = read(&mut from)?;
        from.is_at_end().then_some(value)
    }
}

const SHORT: &str = "it is too short";
const HEAD: &str = "their head cannot be read";

/// What a file says of its rules.
struct ReadRules {
    frame: Frame,
    names: Vec<String>,
    /// Types of the details that rules collect.
    collected: Vec<SlotType>,
    /// The highest priority of a rule with questions.
    questions_priority: i32,
    parts: Vec<Parts>,
    /// Where the texts of the sources stand.
    texts: Vec<Range<usize>>,
}

/// What was compiled of the rules and learned from them.
struct Compilates {
    lexicon: Lexicon,
    program: Program,
    model: Model,
}

/// What fits together.
struct Opened {
    told: ReadRules,
    compilates: Compilates,
    collected: Vec<(SlotType, EntityKind)>,
}

fn open(mut bytes: Vec<u8>) -> Result<Compiled, Unusable> {
    let layout = Layout::of(&bytes)?;
    let compiled = || join(|| is_whole(&bytes), || Compilates::read(&bytes, &layout));
    let ((whole, compilates), told) = join(compiled, || ReadRules::read(&bytes, &layout));
    if !whole {
        return Err(Unusable::Damaged("their checksum does not fit"));
    }
    let opened = told.zip(compilates).and_then(|(told, compilates)| Opened::of(&bytes, told, compilates));
    let opened = opened.ok_or(Unusable::Damaged("their checksum fits, but what they hold is no rule set"))?;
    let [rules, sources, rows, ..] = layout.sections;
    bytes.truncate(rows.end);
    bytes.shrink_to_fit();
    Ok(opened.compiled(Arc::new(bytes), layout.shared, [rules, sources]))
}

fn is_whole(bytes: &[u8]) -> bool {
    let sum = bytes.get(CHECKSUM).and_then(|sum| <[u8; 32]>::try_from(sum).ok());
    sum.is_some_and(|sum| blake3::hash(bytes.get(CHECKSUM.end..).unwrap_or_default()) == sum)
}

impl ReadRules {
    fn read(bytes: &[u8], layout: &Layout) -> Option<Self> {
        let [rules, sources, ..] = layout.sections.clone();
        let told = |from: &mut Reader| {
            Some((Frame::read(from)?, Stored::read(from)?, Stored::read(from)?, Stored::read(from)?))
        };
        let texts = source_texts(bytes, sources, &layout.shared)?;
        let quoted = Quoted { bytes, stretches: &texts };
        let (frame, names, collected, questions_priority) = layout.read_section(bytes, 3, quoted, told)?;
        let parts = frame.pass(bytes.get(rules)?, &layout.shared, quoted)?;
        Some(ReadRules { frame, names, collected, questions_priority, parts, texts })
    }
}

impl Compilates {
    fn read(bytes: &[u8], layout: &Layout) -> Option<Self> {
        let none = Quoted::default();
        let [_, _, rows, ..] = layout.sections.clone();
        let rows = ModelRows::read(bytes, rows)?;
        Some(Compilates {
            lexicon: layout.read_section(bytes, 4, none, <Lexicon as Stored>::read)?,
            program: layout.read_section(bytes, 5, none, Program::read)?,
            model: layout.read_section(bytes, 6, none, |from| Model::read_with(rows, from))?,
        })
    }
}

impl Opened {
    /// None where a number leads nowhere.
    fn of(bytes: &[u8], told: ReadRules, compilates: Compilates) -> Option<Self> {
        let Compilates { lexicon, program, model } = &compilates;
        let (mut patterns, mut questions) = (0, 0);
        for parts in &told.parts {
            patterns += (parts.any + parts.all + parts.none) as usize;
            questions += parts.questions as usize;
        }
        let kind = |of: &SlotType| Some((of.clone(), entity_kind(of, lexicon)?));
        let collected = told.collected.iter().map(kind).collect::<Option<_>>()?;
        let sound =
            join(|| program.is_sound(patterns), || model.is_sound(bytes, told.parts.len(), questions));
        (sound == (true, true)).then_some(Opened { told, compilates, collected })
    }

    fn compiled(
        self,
        bytes: Arc<Vec<u8>>,
        shared: Arc<[Arc<str>]>,
        [rules, sources]: [Range<usize>; 2],
    ) -> Compiled {
        let Opened { told, compilates, collected } = self;
        let ReadRules { frame, names, questions_priority, parts, texts, .. } = told;
        let Compilates { lexicon, program, mut model } = compilates;
        model.keep(&bytes);
        let file = RuleFile { bytes, rules, sources, shared, texts: texts.into() };
        let rules = RuleSet::from_file(frame, file);
        let names = Names::of_file(rules.contents(), names);
        let (roles, questions) = (roles(&parts), (questions(&parts), questions_priority));
        Compiled::of(rules, names, roles, questions, collected, (lexicon, program, model))
    }
}

/// Where each pattern belongs: they are numbered rule by rule.
fn roles(parts: &[Parts]) -> Roles {
    let of_rule = |(parts, rule): (&Parts, u32)| {
        let counts = [(Part::Any, parts.any), (Part::All, parts.all), (Part::None, parts.none)];
        counts
            .into_iter()
            .flat_map(move |(part, count)| (0..count).map(move |index| Role { rule, part, index }))
    };
    parts.iter().zip(0..).flat_map(of_rule).collect()
}

/// Rule and place of each question.
fn questions(parts: &[Parts]) -> Vec<(u32, u32)> {
    let of_rule = |(parts, rule): (&Parts, u32)| (0..parts.questions).map(move |index| (rule, index));
    parts.iter().zip(0..).flat_map(of_rule).collect()
}

impl Unusable {
    fn told(self, name: &str) -> Error {
        let (code, message) = match self {
            Unusable::NotCompiled => (Code::NotCompiledRules, "this is no compiled rule set".to_owned()),
            Unusable::OtherVersion(which) => (
                Code::OtherCompiledVersion,
                format!("these compiled rules are {which}; this is jawab {VERSION}"),
            ),
            Unusable::Damaged(how) => {
                (Code::DamagedCompiledRules, format!("these compiled rules are damaged: {how}"))
            }
        };
        let help = match code {
            Code::NotCompiledRules => "`jawab compile RULES -o rules.jawab` writes one",
            _ => "compile the rules again: `jawab compile RULES -o rules.jawab`",
        };
        let place = SourceText::new(name, "").place(0..0);
        Error::new(vec![Diagnostic::new(code, place, message).help(help)])
    }
}
