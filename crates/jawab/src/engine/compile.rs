//! Rule set -> lexicon, program and model.

use std::borrow::Cow;
use std::sync::Arc;

use crate::classifier::{Model, Trainer};
use crate::decision::{Names, Part, Phrasebook, Role, Roles};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::parallel::{in_parts, join};
use crate::pattern::{Lowered, Macros, Program, ProgramBuilder, SlotName};
use crate::privacy::Masker;
use crate::rules::{Contents, Language, List, Outcome, Pattern, Question, Rule, RuleSet, SlotType};
use crate::text::{EntityKind, LanguagePack, Lexicon, LexiconBuilder, Utterance};

/// Everything an engine needs, immutable.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(super) rules: RuleSet,
    pub(crate) lexicon: Lexicon,
    pub(super) program: Program,
    pub(super) model: Model,
    /// Where each pattern of the program belongs.
    pub(super) roles: Roles,
    /// Rule and place in the rule of each question of the model.
    pub(super) questions: Vec<(u32, u32)>,
    /// The highest priority of a rule with questions.
    pub(super) questions_priority: i32,
    pub(crate) phrasebook: Phrasebook,
    pub(super) names: Names,
    /// The languages of the packs in use, by the number of the pack in the lexicon.
    languages: Vec<Language>,
    pub(super) masker: Masker,
    pub(super) fingerprint: Arc<str>,
    /// Types of the details that rules of the set collect.
    pub(crate) collected: Vec<(SlotType, EntityKind)>,
}

/// Which questions to learn from, by the number of their rule and their own.
type Keep<'k> = &'k dyn Fn(u32, u32) -> bool;

impl Compiled {
    /// Learns from the questions that `keep` names by the number of their rule and their own.
    pub(super) fn new(rules: &RuleSet, keep: Keep) -> Result<Self, Error> {
        let contents = rules.contents();
        let macros = contents.macros();
        let patterns = Patterns::of(contents, &macros);
        let lexicon = lexicon(contents, &patterns, keep);
        let compiled = || patterns.compile(contents, &lexicon);
        let (program, (model, questions)) = join(compiled, || train(contents, &lexicon, keep));
        let program = program.ok_or_else(|| too_complex(contents))?;
        let names = Names::new(contents, program.slot_names());
        let collected = collected(contents, &lexicon);
        let asked = contents.rules.iter().filter(|rule| !rule.questions.is_empty());
        let questions = (questions, asked.map(|rule| rule.priority).max().unwrap_or(i32::MIN));
        let parts = (lexicon, program, model);
        Ok(Compiled::of(
            rules.packed(),
            names,
            patterns.roles.into_iter().collect(),
            questions,
            collected,
            parts,
        ))
    }

    /// Puts together what was made of a rule set.
    pub(super) fn of(
        rules: RuleSet,
        names: Names,
        roles: Roles,
        (questions, questions_priority): (Vec<(u32, u32)>, i32),
        collected: Vec<(SlotType, EntityKind)>,
        (lexicon, program, model): (Lexicon, Program, Model),
    ) -> Self {
        let contents = rules.contents();
        Compiled {
            names,
            languages: lexicon.pack_languages().iter().map(|tag| Language::new(tag)).collect(),
            program,
            model,
            roles,
            questions,
            questions_priority,
            phrasebook: Phrasebook::built_in(),
            masker: Masker::new(&contents.settings.masked),
            fingerprint: Arc::clone(rules.fingerprint()),
            collected,
            rules,
            lexicon,
        }
    }

    pub(crate) fn contents(&self) -> &Contents {
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
    pub(super) fn pack_language(&self, pack: u8) -> Option<&Language> {
        self.languages.get(pack as usize)
    }

    /// Whether the words of a language are known.
    pub(super) fn has_pack(&self, language: &Language) -> bool {
        self.languages.contains(language)
    }
}

fn part_of(rule: &Rule, part: Part) -> &[Pattern] {
    match part {
        Part::Any => &rule.any,
        Part::All => &rule.all,
        Part::None => &rule.none,
    }
}

fn too_complex(contents: &Contents) -> Error {
    let place = contents.rules.iter().next().map(|rule| rule.id.place.clone());
    let message = "the patterns of this rule set have too many optional words in common";
    let help = "use fewer `[…]` in patterns that begin alike, or split them";
    Error::new(
        place.into_iter().map(|place| Diagnostic::new(Code::TooLarge, place, message).help(help)).collect(),
    )
}

fn collected(contents: &Contents, lexicon: &Lexicon) -> Vec<(SlotType, EntityKind)> {
    let mut types: Vec<(SlotType, EntityKind)> = Vec::new();
    for rule in contents.rules.iter() {
        let Outcome::Handoff(handoff) = &rule.outcome else { continue };
        for detail in &handoff.collect {
            if !types.iter().any(|(known, _)| *known == detail.slot_type) {
                types.extend(
                    entity_kind(&detail.slot_type, lexicon).map(|kind| (detail.slot_type.clone(), kind)),
                );
            }
        }
    }
    types
}

/// All patterns of a rule set, numbered rule by rule.
struct Patterns<'r> {
    roles: Vec<Role>,
    lowered: Vec<Lowered<'r>>,
}

impl<'r> Patterns<'r> {
    fn of(contents: &'r Contents, macros: &Macros<'r>) -> Self {
        let mut patterns = Patterns { roles: Vec::new(), lowered: Vec::new() };
        for (rule, number) in contents.rules.iter().zip(0..) {
            for part in [Part::Any, Part::All, Part::None] {
                for (pattern, index) in part_of(rule, part).iter().zip(0..) {
                    patterns.roles.push(Role { rule: number, part, index });
                    patterns.lowered.push(Lowered::new(&pattern.template, macros));
                }
            }
        }
        patterns
    }

    fn compile(&self, contents: &Contents, lexicon: &Lexicon) -> Option<Program> {
        let mut builder = ProgramBuilder::new(lexicon);
        for (number, (role, lowered)) in self.roles.iter().zip(&self.lowered).enumerate() {
            let rule = &contents.rules[role.rule as usize];
            builder.add(number as u32, lowered, &|slot| slot_kind(rule, slot, lexicon));
        }
        builder.finish()
    }
}

/// What a slot of a rule's pattern takes: the type after its colon, else the rule's type for its name, else the
/// built-in type or list of its name.
fn slot_kind(rule: &Rule, slot: &SlotName, lexicon: &Lexicon) -> Option<EntityKind> {
    let slot_type = rule.slot_type(&slot.name, slot.type_name.as_deref())?;
    entity_kind(slot_type, lexicon)
}

pub(crate) fn entity_kind(slot_type: &SlotType, lexicon: &Lexicon) -> Option<EntityKind> {
    match slot_type {
        SlotType::BuiltIn(kind) => Some(*kind),
        SlotType::List(name) => lexicon.list_named(name).map(EntityKind::List),
    }
}

fn lexicon(contents: &Contents, patterns: &Patterns, keep: Keep) -> Lexicon {
    let languages = contents.settings.languages.iter();
    let packs: Vec<_> = languages.filter_map(|language| LanguagePack::built_in(language.as_str())).collect();
    let mut builder = LexiconBuilder::new(&packs);
    let vocabulary = &contents.vocabulary;
    vocabulary.fillers.iter().for_each(|filler| builder.filler(&filler.text));
    for synonym in &vocabulary.synonyms {
        let others: Vec<&str> = synonym.others.iter().map(|other| other.text.as_str()).collect();
        builder.synonym(&synonym.word.text, &others);
    }
    vocabulary.lists.iter().for_each(|list| add_list(&mut builder, list));
    let questions = kept(contents, keep).map(|(_, _, question)| question);
    questions.chain(&contents.settings.out_of_scope).for_each(|question| builder.text(&question.text, 1));
    patterns.lowered.iter().flat_map(Lowered::texts).for_each(|text| builder.text(text, 1));
    builder.build()
}

/// The questions to learn from, with the number of their rule and their own.
fn kept<'c>(contents: &'c Contents, keep: Keep<'c>) -> impl Iterator<Item = (u32, u32, &'c Question)> {
    let numbered = contents.rules.iter().zip(0..).flat_map(|(rule, number)| {
        rule.questions.iter().zip(0..).map(move |(question, index)| (number, index, question))
    });
    numbered.filter(move |&(rule, index, _)| keep(rule, index))
}

fn add_list(builder: &mut LexiconBuilder, list: &List) {
    let written = list.values.iter().map(|(value, written)| {
        (value.text.as_str(), written.iter().map(|entry| entry.text.as_str()).collect())
    });
    builder.list(&list.name.text, &written.collect::<Vec<_>>());
}

/// Place of each rule among all by their ids: what is learned does not depend on the order of the file.
fn ranks(contents: &Contents) -> Vec<u32> {
    let mut rules: Vec<usize> = (0..contents.rules.len()).collect();
    rules.sort_unstable_by_key(|&rule| contents.rules[rule].id.text.as_str());
    let mut ranks = vec![0; rules.len()];
    for (rule, rank) in rules.into_iter().zip(0..) {
        ranks[rule] = rank;
    }
    ranks
}

/// What a rule is called: its id in words, and its titles.
fn names(rule: &Rule) -> impl Iterator<Item = String> {
    let titles = rule.title.iter().map(|(_, title)| title.clone());
    std::iter::once(rule.id.text.replace('-', " ")).chain(titles)
}

/// A text to learn from, and what it is for.
struct Example<'c> {
    text: Cow<'c, str>,
    role: ExampleRole,
}

#[derive(Clone, Copy)]
enum ExampleRole {
    /// A question of a rule, and its number.
    Question(u32, u32),
    /// What a rule is called.
    Name(u32),
    /// What a rule rejects in its tests.
    Reject(u32),
    OutOfScope,
}

/// The questions with the rule and place in the rule of each, what the rules are called, the messages that they reject in
/// their tests, and those out of scope.
fn examples<'c>(contents: &'c Contents, keep: Keep<'c>) -> (Vec<Example<'c>>, Vec<(u32, u32)>) {
    let (mut examples, mut numbers) = (Vec::new(), Vec::new());
    let mut add = |text, role| examples.push(Example { text, role });
    for (rule, index, question) in kept(contents, keep) {
        add(question.text.as_str().into(), ExampleRole::Question(rule, numbers.len() as u32));
        numbers.push((rule, index));
    }
    for (rule, number) in contents.rules.iter().zip(0..) {
        names(rule).for_each(|name| add(name.into(), ExampleRole::Name(number)));
        let rejects = rule.tests.rejects.iter();
        rejects.for_each(|rejected| add(rejected.text.as_str().into(), ExampleRole::Reject(number)));
    }
    let outside = contents.settings.out_of_scope.iter();
    outside.for_each(|message| add(message.text.as_str().into(), ExampleRole::OutOfScope));
    (examples, numbers)
}

/// Bytes of examples that are worth a thread.
const ENOUGH: usize = 1 << 14;

/// Learns from all examples. With the model comes the rule and place in the rule of each question.
fn train(contents: &Contents, lexicon: &Lexicon, keep: Keep) -> (Model, Vec<(u32, u32)>) {
    let mut trainer = Trainer::ranked(ranks(contents), lexicon.concepts());
    let (examples, numbers) = examples(contents, keep);
    trainer.expect(numbers.len(), numbers.chunk_by(|one, two| one.0 == two.0).count());
    let read = |examples: &[Example]| {
        let (mut part, mut utterance) = (trainer.part(), Utterance::new());
        for example in examples {
            lexicon.read(&example.text, &mut utterance);
            add(&mut part, example.role, &utterance);
        }
        part
    };
    let parts = in_parts(&examples, ENOUGH, &|example| example.text.len(), &read);
    parts.into_iter().for_each(|part| trainer.join(part));
    (trainer.train(), numbers)
}

fn add(trainer: &mut Trainer, role: ExampleRole, utterance: &Utterance) {
    match role {
        ExampleRole::Question(rule, number) => trainer.question(rule, number, utterance),
        ExampleRole::Name(rule) => trainer.name(rule, utterance),
        ExampleRole::Reject(rule) => trainer.reject(rule, utterance),
        ExampleRole::OutOfScope => trainer.out_of_scope(utterance),
    }
}
