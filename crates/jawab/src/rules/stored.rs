//! Rule sets as bytes. Templates are not written: their texts are parsed again.

use std::sync::Arc;

use crate::codec::{Reader, Stored, Writer, stored_fields, stored_one_of};
use crate::diagnostic::{Place, SourceText};
use crate::pattern::{self, Template};
use crate::rules::condition::{Bounds, Condition, Test};
use crate::rules::kept::Rules;
use crate::rules::model::{
    Collected, Contents, ConversationLimits, Entry, Escalation, Handoff, List, Macro, OutOfHours, Outcome,
    Pattern, Priority, Question, Rule, ServiceTimes, Settings, SlotType, Synonym, Team, Tests, Texts, Tone,
    Variant, Vocabulary,
};
use crate::rules::text_template::TextTemplate;
use crate::text::EntityKind;
use crate::text::Language;

stored_fields!(Bounds { least, most, open });
stored_fields!(Collected { name, slot_type, ask });
stored_fields!(ConversationLimits { topic, same_answer, not_understood, ask });
stored_fields!(Escalation { cause, when, level, priority });
stored_fields!(Handoff { team, level, priority, reason, collect, say, times, tags });
stored_fields!(List { name, values });
stored_fields!(OutOfHours { team, say });
stored_fields!(Rule {
    id,
    title,
    questions,
    any,
    all,
    none,
    when,
    priority,
    slots,
    outcome,
    category,
    tests
});
stored_fields!(ServiceTimes { respond_within, update_every, resolve_within });
stored_fields!(Settings {
    languages,
    threshold,
    margin,
    clarify,
    fallback,
    masked,
    out_of_scope,
    asks,
    openings,
    escalation,
    limits
});
stored_fields!(Synonym { word, others });
stored_fields!(Team { id, times, hours, zone, out_of_hours });
stored_fields!(Tests { matches, rejects });
stored_fields!(Texts { variants });
stored_fields!(Vocabulary { fillers, synonyms, lists, macros });

stored_one_of!(Priority, [Priority::Low, Priority::Normal, Priority::High, Priority::Urgent]);

const _: () = assert!(Tone::ALL.len() == 4, "openings are written for each tone");

impl Stored for Entry {
    fn write(&self, out: &mut Writer) {
        self.place.write_with(&self.text, out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let (place, text) = Place::read_with(from)?;
        Some(Entry { text: text.to_owned(), place })
    }

    fn pass(from: &mut Reader) -> Option<()> {
        Place::pass_with(from)
    }
}

impl Stored for Question {
    fn write(&self, out: &mut Writer) {
        self.place.write_with(&self.text, out);
        self.language.write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let (place, text) = Place::read_with(from)?;
        Some(Question { text: text.to_owned(), language: Stored::read(from)?, place })
    }

    fn pass(from: &mut Reader) -> Option<()> {
        Place::pass_with(from)?;
        Language::pass(from)
    }
}

/// A text that no rule file could hold is said as it stands.
impl Stored for Variant {
    fn write(&self, out: &mut Writer) {
        let Variant { language, text, when, place } = self;
        place.write_with(text.source(), out);
        language.write(out);
        when.write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let (place, source) = Place::read_with(from)?;
        let text = TextTemplate::parse(source).unwrap_or_else(|_| TextTemplate::literal(source));
        Some(Variant { text, language: Stored::read(from)?, when: Stored::read(from)?, place })
    }

    fn pass(from: &mut Reader) -> Option<()> {
        Place::pass_with(from)?;
        Language::pass(from)?;
        Vec::<Condition>::pass(from)
    }
}

impl Stored for Language {
    fn write(&self, out: &mut Writer) {
        self.shared().write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Arc::<str>::read(from).map(Language::from_shared)
    }

    fn pass(from: &mut Reader) -> Option<()> {
        Arc::<str>::pass(from)
    }
}

/// What is found of a pattern stands in the program; here it is shown and asked for its slots.
impl Stored for Pattern {
    fn write(&self, out: &mut Writer) {
        let Pattern { source, language, template: _ } = self;
        source.write(out);
        language.write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let (source, language) = (Entry::read(from)?, Language::read(from)?);
        let template = pattern::parse(&source.text).unwrap_or_else(|_| Template::nothing());
        Some(Pattern { source, language, template })
    }

    fn pass(from: &mut Reader) -> Option<()> {
        Entry::pass(from)?;
        Language::pass(from)
    }
}

impl Stored for Macro {
    fn write(&self, out: &mut Writer) {
        self.source.write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let source = Entry::read(from)?;
        let template = pattern::parse(&source.text).ok()?;
        Some(Macro { source, template })
    }
}

impl Stored for Condition {
    fn write(&self, out: &mut Writer) {
        out.stretch(self.fact().as_bytes());
        self.tests().write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Some(Condition::new(from.text()?, Stored::read(from)?))
    }
}

impl Stored for Test {
    fn write(&self, out: &mut Writer) {
        match self {
            Test::Text(text) => {
                out.number(0);
                text.write(out);
            }
            Test::Truth(truth) => out.number(1 + u64::from(*truth)),
            Test::Number(bounds) => {
                out.number(3);
                bounds.write(out);
            }
            Test::Time { from, until } => {
                out.number(4);
                (*from, *until).write(out);
            }
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        match from.number()? {
            0 => String::read(from).map(Test::Text),
            truth @ (1 | 2) => Some(Test::Truth(truth == 2)),
            3 => Bounds::read(from).map(Test::Number),
            4 => {
                let (from, until) = <(u32, u32)>::read(from)?;
                (from.max(until) <= 86_400).then_some(Test::Time { from, until })
            }
            _ => None,
        }
    }
}

impl Stored for SlotType {
    fn write(&self, out: &mut Writer) {
        match self {
            SlotType::List(name) => {
                out.number(0);
                name.write(out);
            }
            SlotType::BuiltIn(kind) => out.number(built_in_number(*kind)),
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        match from.index()? {
            0 => Arc::<str>::read(from).map(SlotType::List),
            number => SlotType::BUILT_IN.get(number - 1).map(|&(_, kind)| SlotType::BuiltIn(kind)),
        }
    }
}

/// From 1 on.
fn built_in_number(kind: EntityKind) -> u64 {
    SlotType::BUILT_IN.iter().position(|&(_, known)| known == kind).map_or(0, |at| at as u64 + 1)
}

impl Stored for Outcome {
    fn write(&self, out: &mut Writer) {
        match self {
            Outcome::Answer(texts) => {
                out.number(0);
                texts.write(out);
            }
            Outcome::Handoff(handoff) => {
                out.number(1);
                handoff.write(out);
            }
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        match from.number()? {
            0 => Texts::read(from).map(Outcome::Answer),
            1 => Handoff::read(from).map(Outcome::Handoff),
            _ => None,
        }
    }

    fn pass(from: &mut Reader) -> Option<()> {
        match from.number()? {
            0 => Texts::pass(from),
            1 => Handoff::pass(from),
            _ => None,
        }
    }
}

impl Rule {
    /// A rule that nothing speaks for.
    pub(super) fn silent() -> Self {
        let id = Entry { text: String::new(), place: SourceText::new("", "").place(0..0) };
        Rule {
            id,
            title: Vec::new(),
            questions: Vec::new(),
            any: Vec::new(),
            all: Vec::new(),
            none: Vec::new(),
            when: Vec::new(),
            priority: 0,
            slots: std::collections::BTreeMap::new(),
            outcome: Outcome::Answer(Texts::default()),
            category: None,
            tests: Tests::default(),
        }
    }
}

impl Contents {
    /// Writes all but the rules.
    pub(crate) fn write_frame(&self, out: &mut Writer) {
        let Contents { settings, vocabulary, teams, rules: _, language } = self;
        out.number(teams.len() as u64);
        teams.write(out);
        settings.write(out);
        vocabulary.write(out);
        language.write(out);
    }

    /// What [`Contents::write_frame`] wrote, without any rule, and the reader that knows how many teams there are.
    pub(crate) fn read_frame(from: &mut Reader) -> Option<Self> {
        let count = from.index()?;
        let mut from_here = from.clone().below(count);
        let teams = Vec::<Team>::read(&mut from_here)?;
        let contents = Contents {
            teams,
            settings: Stored::read(&mut from_here)?,
            vocabulary: Stored::read(&mut from_here)?,
            language: Stored::read(&mut from_here)?,
            rules: Rules::Made(Vec::new()),
        };
        *from = from_here;
        (contents.teams.len() == count).then_some(contents)
    }
}
