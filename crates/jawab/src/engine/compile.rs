//! Rule set -> lexicon, program and model.

use std::sync::Arc;

use crate::classifier::{Example, Model, Options};
use crate::decision::{Part, Phrasebook, Role};
use crate::error::Error;
use crate::pattern::{Expansion, Macros, Program, ProgramBuilder, SlotName};
use crate::rules::{Contents, Language, Pattern, Question, Rule, RuleSet, SlotType};
use crate::text::{EntityKind, Lexicon, LexiconBuilder, Utterance};

/// How much more a word of a question counts than one of a pattern when a typo could mean either.
const QUESTION_WEIGHT: u32 = 1;

/// Everything an engine needs, immutable.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) rules: RuleSet,
    pub(super) lexicon: Lexicon,
    pub(super) program: Program,
    pub(super) model: Model,
    /// Where each pattern of the program belongs.
    pub(super) roles: Vec<Role>,
    /// Rule and place in the rule of each question of the model.
    pub(super) questions: Vec<(u32, u32)>,
    pub(super) phrasebook: Phrasebook,
    pub(super) fingerprint: Arc<str>,
}

impl Compiled {
    pub(super) fn new(rules: &RuleSet) -> Result<Self, Error> {
        let contents = rules.contents();
        let macros = contents.macros();
        let patterns = Patterns::of(contents, &macros);
        let lexicon = lexicon(contents, &patterns);
        let program = patterns.compile(contents, &lexicon);
        let (model, questions) = train(contents, &lexicon);
        Ok(Compiled {
            lexicon,
            program,
            model,
            roles: patterns.roles,
            questions,
            phrasebook: Phrasebook::built_in(),
            fingerprint: rules.fingerprint().into(),
            rules: rules.clone(),
        })
    }

    pub(super) fn contents(&self) -> &Contents {
        self.rules.contents()
    }

    /// The question of a model's question number.
    pub(super) fn question(&self, number: u32) -> Option<&Question> {
        let &(rule, index) = self.questions.get(number as usize)?;
        self.contents().rules[rule as usize].questions.get(index as usize)
    }

    pub(super) fn pattern(&self, role: Role) -> &Pattern {
        let rule = &self.contents().rules[role.rule as usize];
        &part_of(rule, role.part)[role.index as usize]
    }

    /// The language of a pack by its number in the lexicon.
    pub(super) fn pack_language(&self, pack: u8) -> Option<Language> {
        self.lexicon.pack_languages().get(pack as usize).map(|tag| Language::new(tag))
    }
}

fn part_of(rule: &Rule, part: Part) -> &[Pattern] {
    match part {
        Part::Any => &rule.any,
        Part::All => &rule.all,
        Part::None => &rule.none,
    }
}

/// All patterns of a rule set, numbered rule by rule.
struct Patterns<'r> {
    roles: Vec<Role>,
    expansions: Vec<Expansion<'r>>,
}

impl<'r> Patterns<'r> {
    fn of(contents: &'r Contents, macros: &Macros<'r>) -> Self {
        let mut patterns = Patterns { roles: Vec::new(), expansions: Vec::new() };
        for (rule, number) in contents.rules.iter().zip(0..) {
            for part in [Part::Any, Part::All, Part::None] {
                for (pattern, index) in part_of(rule, part).iter().zip(0..) {
                    patterns.roles.push(Role { rule: number, part, index });
                    patterns.expansions.push(Expansion::new(&pattern.template, macros));
                }
            }
        }
        patterns
    }

    fn compile(&self, contents: &Contents, lexicon: &Lexicon) -> Program {
        let mut builder = ProgramBuilder::new(lexicon);
        for (number, (role, expansion)) in self.roles.iter().zip(&self.expansions).enumerate() {
            let rule = &contents.rules[role.rule as usize];
            builder.add(number as u32, expansion, &|slot| slot_kind(rule, slot, lexicon));
        }
        builder.finish()
    }
}

/// What a slot of a rule's pattern takes: the type after its colon, else the rule's type for its name, else the
/// built-in type or list of its name.
fn slot_kind(rule: &Rule, slot: &SlotName, lexicon: &Lexicon) -> Option<EntityKind> {
    let slot_type = rule.slot_type(&slot.name, slot.type_name.as_deref());
    entity_kind(&slot_type, lexicon)
}

pub(super) fn entity_kind(slot_type: &SlotType, lexicon: &Lexicon) -> Option<EntityKind> {
    match slot_type {
        SlotType::BuiltIn(kind) => Some(*kind),
        SlotType::List(name) => lexicon.list(name).map(EntityKind::List),
    }
}

fn lexicon(contents: &Contents, patterns: &Patterns) -> Lexicon {
    let languages: Vec<&str> = contents.settings.languages.iter().map(Language::as_str).collect();
    let mut builder = LexiconBuilder::new(&languages);
    let vocabulary = &contents.vocabulary;
    vocabulary.fillers.iter().for_each(|filler| builder.filler(&filler.text));
    for synonym in &vocabulary.synonyms {
        let others: Vec<&str> = synonym.others.iter().map(|other| other.text.as_str()).collect();
        builder.synonym(&synonym.word.text, &others);
    }
    for list in &vocabulary.lists {
        let written = |entries: &'_ [crate::rules::Entry]| entries.iter().map(|e| e.text.clone()).collect();
        let values: Vec<(String, Vec<String>)> =
            list.values.iter().map(|(value, entries)| (value.text.clone(), written(entries))).collect();
        builder.list(&list.name.text, &values);
    }
    let questions = contents.rules.iter().flat_map(|rule| &rule.questions).chain(&contents.settings.out_of_scope);
    questions.for_each(|question| builder.text(&question.text, QUESTION_WEIGHT));
    patterns.expansions.iter().flat_map(Expansion::texts).for_each(|text| builder.text(text, 1));
    builder.build()
}

fn train(contents: &Contents, lexicon: &Lexicon) -> (Model, Vec<(u32, u32)>) {
    let mut numbers = Vec::new();
    let mut examples = Vec::new();
    let mut utterance = Utterance::default();
    for (rule, number) in contents.rules.iter().zip(0..) {
        for (question, index) in rule.questions.iter().zip(0..) {
            lexicon.read(&question.text, &mut utterance);
            examples.push(Example::new(number, numbers.len() as u32, &utterance));
            numbers.push((number, index));
        }
    }
    let rejects = contents.rules.iter().flat_map(|rule| rule.tests.rejects.iter().map(|test| test.text.as_str()));
    let _ = rejects;
    let mut negatives = Vec::new();
    for question in &contents.settings.out_of_scope {
        lexicon.read(&question.text, &mut utterance);
        negatives.push(Example::new(u32::MAX, u32::MAX, &utterance));
    }
    (Model::train(lexicon, &examples, &negatives, &Options::default()), numbers)
}
