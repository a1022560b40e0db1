use std::ops::{Index, Range};
use std::sync::{Arc, OnceLock};

use crate::codec::{Reader, Stored, Writer};
use crate::rules::model::Rule;

/// The rules of a set by their numbers, in the order of the files.
///
/// Those of a compiled file are made when they are first asked for: a message looks at few of them.
#[derive(Debug)]
pub(crate) enum Rules {
    Made(Vec<Rule>),
    Written(WrittenRules),
}

/// Rules as they stand in a compiled file.
#[derive(Debug)]
pub(crate) struct WrittenRules {
    pub(super) file: Arc<Vec<u8>>,
    /// Where in the file they stand.
    pub(super) stretch: Range<usize>,
    /// Where each begins in the stretch; one more at the end.
    pub(super) starts: Vec<u32>,
    pub(super) shared: Arc<[Arc<str>]>,
    pub(super) teams: usize,
    pub(super) made: Box<[OnceLock<Box<Rule>>]>,
}

impl Rules {
    pub(crate) fn len(&self) -> usize {
        match self {
            Rules::Made(rules) => rules.len(),
            Rules::Written(rules) => rules.made.len(),
        }
    }

    pub(crate) fn get(&self, number: usize) -> Option<&Rule> {
        (number < self.len()).then(|| &self[number])
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Rule> + Clone {
        (0..self.len()).map(|number| &self[number])
    }

    /// The id of a rule.
    pub(crate) fn id(&self, number: usize) -> &str {
        match self {
            Rules::Made(rules) => &rules[number].id.text,
            Rules::Written(rules) => rules.reader(number).text().unwrap_or_default(),
        }
    }

    /// The number of the rule with an id.
    pub(crate) fn number_of(&self, id: &str) -> Option<u32> {
        (0..self.len()).find(|&number| self.id(number) == id).map(|number| number as u32)
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
            Rules::Written(rules) => rules.made[number].get_or_init(|| Box::new(rules.make(number))),
        }
    }
}

impl WrittenRules {
    fn reader(&self, number: usize) -> Reader<'_> {
        let start = self.stretch.start + self.starts[number] as usize;
        let bytes = self.file.get(start..self.stretch.end).unwrap_or_default();
        Reader::new(bytes, &self.shared).below(self.teams)
    }

    /// Every rule was passed over when the file was opened: there is one.
    fn make(&self, number: usize) -> Rule {
        Rule::read(&mut self.reader(number)).unwrap_or_else(Rule::silent)
    }
}
