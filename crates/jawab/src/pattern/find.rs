//! Finding all patterns of a [`Program`] in an utterance.

use super::program::{PatternId, Program};
use super::regexes::Candidates;
use super::walk::Walk;
use super::ways::{Taken, Ways};
use crate::text::Utterance;

/// A pattern found in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PatternMatch {
    pub(crate) pattern: PatternId,
    /// Tokens from the first to after the last that the match covers.
    pub(crate) tokens: (u32, u32),
    /// How many tokens the pattern names, those under gaps and wildcards not among them.
    pub(crate) explained: u32,
    /// Which tokens those are, in [`Scratch::named`].
    pub(crate) named: (u32, u32),
    /// Captured slots, in [`Scratch::captures`].
    pub(crate) captures: (u32, u32),
}

/// A slot's value in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Capture {
    /// See [`Program::slot_name`].
    pub(crate) name: u32,
    /// Bytes of the message.
    pub(crate) span: (u32, u32),
    /// Index of the entity; none: words as written.
    pub(crate) entity: Option<u32>,
}

/// Buffers that are reused from message to message, and the last result.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) matches: Vec<PatternMatch>,
    captures: Vec<Capture>,
    /// Stretches of tokens that matches name.
    named: Vec<(u32, u32)>,
    pub(super) ways: Ways,
    pub(super) candidates: Candidates,
}

impl Scratch {
    /// Gives back what an unusual message needed.
    pub(crate) fn let_go(&mut self) {
        self.ways.let_go();
    }

    /// The captured slots of a match.
    pub(crate) fn captures(&self, found: &PatternMatch) -> &[Capture] {
        &self.captures[found.captures.0 as usize..found.captures.1 as usize]
    }

    /// The stretches of tokens that a match names.
    pub(crate) fn named(&self, found: &PatternMatch) -> &[(u32, u32)] {
        &self.named[found.named.0 as usize..found.named.1 as usize]
    }

    /// A match of an expression, which names all that it covers.
    pub(super) fn push(
        &mut self,
        pattern: PatternId,
        tokens: (u32, u32),
        slots: impl Iterator<Item = Capture>,
    ) {
        let (named, captures) = (self.named.len() as u32, self.captures.len() as u32);
        self.named.push(tokens);
        self.captures.extend(slots);
        self.matches.push(PatternMatch {
            pattern,
            tokens,
            explained: tokens.1 - tokens.0,
            named: (named, named + 1),
            captures: (captures, self.captures.len() as u32),
        });
    }

    /// Keeps the best way of each pattern that the walk has found.
    fn keep_best(&mut self, program: &Program, utterance: &Utterance) {
        let Scratch { matches, captures, named, ways, .. } = self;
        ways.settle(&program.names);
        for complete in &ways.complete {
            let (from_named, from_captures) = (named.len(), captures.len());
            for step in ways.steps(complete.state) {
                match step.taken {
                    Taken::Nothing => {}
                    Taken::Words => named.push(step.tokens),
                    Taken::Slot { name, entity } => {
                        named.push(step.tokens);
                        let span = utterance
                            .entities
                            .get(entity as usize)
                            .map_or((0, 0), |of| (of.span.start, of.span.end));
                        captures.push(Capture { name, span, entity: Some(entity) });
                    }
                    Taken::Wildcard { name } => {
                        captures.push(Capture { name, span: utterance.span_of(step.tokens), entity: None });
                    }
                }
            }
            named[from_named..].reverse();
            captures[from_captures..].reverse();
            matches.push(PatternMatch {
                pattern: complete.pattern,
                tokens: complete.tokens,
                explained: complete.explained,
                named: (from_named as u32, named.len() as u32),
                captures: (from_captures as u32, captures.len() as u32),
            });
        }
    }
}

impl Program {
    /// Finds every pattern once, where it explains most, else at its first place; ordered by pattern.
    pub(crate) fn find(&self, message: &str, utterance: &Utterance, scratch: &mut Scratch) {
        scratch.matches.clear();
        scratch.captures.clear();
        scratch.named.clear();
        Walk::new(self, utterance, &mut scratch.ways).run();
        scratch.keep_best(self, utterance);
        let sentences = scratch.matches.len();
        self.regexes.find(message, utterance, scratch);
        if scratch.matches.len() > sentences {
            scratch.matches.sort_unstable_by_key(|found| found.pattern);
        }
    }
}
