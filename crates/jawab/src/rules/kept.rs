use std::hash::BuildHasher;
use std::ops::{Index, Range};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxBuildHasher;

use crate::codec::{Quoted, Reader, Stored, Writer};
use crate::diagnostic::Place;
use crate::rules::model::Rule;
use crate::rules::on_demand::OnDemand;

/// The rules of a set by their numbers, in the order of the files.
///
/// Those of an engine stand as in a compiled file and are made when they are first asked for: a message looks at few of
/// them.
#[derive(Debug)]
pub(crate) enum Rules {
    Made(Vec<Rule>),
    Written(WrittenRules),
}

/// Rules as bytes: those of a compiled file, or written as they would be there.
#[derive(Debug)]
pub(crate) struct WrittenRules {
    pub(super) file: Arc<Vec<u8>>,
    /// Where in the file they stand.
    pub(super) stretch: Range<usize>,
    /// Where each begins in the stretch; one more at the end.
    pub(super) starts: Vec<u32>,
    pub(super) shared: Arc<[Arc<str>]>,
    /// Where in the file the sources stand that the rules quote.
    pub(super) texts: Arc<[Range<usize>]>,
    pub(super) teams: usize,
    pub(super) made: OnDemand<Box<Rule>>,
    /// Hashes of their ids with their numbers, sorted when a rule is first asked for by its id.
    pub(super) by_id: OnceLock<Box<[(u64, u32)]>>,
}

impl Rules {
    pub(crate) fn len(&self) -> usize {
        match self {
            Rules::Made(rules) => rules.len(),
            Rules::Written(rules) => rules.made.len(),
        }
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Rule> + Clone {
        (0..self.len()).map(|number| &self[number])
    }

    /// The id of a rule.
    pub(crate) fn id(&self, number: usize) -> &str {
        match self {
            Rules::Made(rules) => &rules[number].id.text,
            Rules::Written(rules) => rules.id(number),
        }
    }

    /// The number of the rule with an id.
    pub(crate) fn number_of(&self, id: &str) -> Option<u32> {
        match self {
            Rules::Made(rules) => rules.iter().position(|rule| rule.id.text == id).map(|at| at as u32),
            Rules::Written(rules) => rules.number_of(id),
        }
    }

    /// The rule with an id.
    pub(crate) fn named(&self, id: &str) -> Option<&Rule> {
        self.number_of(id).map(|number| &self[number as usize])
    }

    /// Writes the rules; where each begins, and one more at the end.
    pub(super) fn write(&self, out: &mut Writer) -> Vec<u32> {
        let from = out.len();
        let mut starts = vec![0];
        for rule in self.iter() {
            out.begin();
            rule.write(out);
            starts.push((out.len() - from) as u32);
        }
        starts
    }
}

impl Index<usize> for Rules {
    type Output = Rule;

    fn index(&self, number: usize) -> &Rule {
        match self {
            Rules::Made(rules) => &rules[number],
            Rules::Written(rules) => rules.made.get(number, || Box::new(rules.make(number))),
        }
    }
}

fn hash(id: &str) -> u64 {
    FxBuildHasher.hash_one(id)
}

impl WrittenRules {
    fn id(&self, number: usize) -> &str {
        Place::read_text(&mut self.reader(number)).unwrap_or_default()
    }

    fn number_of(&self, id: &str) -> Option<u32> {
        let sorted = || {
            let hashed = |number| (hash(self.id(number as usize)), number);
            let mut numbers: Box<[(u64, u32)]> = (0..self.made.len() as u32).map(hashed).collect();
            numbers.sort_unstable();
            numbers
        };
        let (numbers, hash) = (self.by_id.get_or_init(sorted), hash(id));
        let from = numbers.partition_point(|&(known, _)| known < hash);
        let alike = numbers[from..].iter().take_while(|&&(known, _)| known == hash);
        { alike }.map(|&(_, number)| number).find(|&number| self.id(number as usize) == id)
    }

    fn reader(&self, number: usize) -> Reader<'_> {
        let start = self.stretch.start + self.starts[number] as usize;
        let bytes = self.file.get(start..self.stretch.end).unwrap_or_default();
        let quoted = Quoted { bytes: &self.file, stretches: &self.texts };
        Reader::new(bytes, &self.shared).quoting(quoted).below(self.teams)
    }

    /// Every rule was passed over when the file was opened: there is one.
    fn make(&self, number: usize) -> Rule {
        Rule::read(&mut self.reader(number)).unwrap_or_else(Rule::silent)
    }
}
