//! Collects the problems of a rule set.

use crate::diagnostic::{Code, Diagnostic, Severity};

/// The problems found so far, at most a given number.
#[derive(Debug)]
pub(crate) struct Problems {
    found: Vec<Diagnostic>,
    most: usize,
    left_out: usize,
    incomplete: bool,
}

impl Problems {
    pub(crate) fn new(most: usize) -> Self {
        Problems { found: Vec::new(), most: most.max(1), left_out: 0, incomplete: false }
    }

    pub(crate) fn add(&mut self, problem: Diagnostic) {
        self.add_with(|| problem);
    }

    /// Adds a problem that is made only if it is kept: a file can hold millions.
    pub(crate) fn add_with(&mut self, problem: impl FnOnce() -> Diagnostic) {
        if self.found.len() < self.most {
            self.found.push(problem());
        } else {
            self.left_out += 1;
        }
    }

    /// Adds the problems of a part of the set, found behind those that are here.
    pub(crate) fn append(&mut self, part: Problems) {
        let kept = part.found.len().min(self.most - self.found.len());
        self.left_out += part.found.len() - kept + part.left_out;
        self.found.extend(part.found.into_iter().take(kept));
        self.incomplete |= part.incomplete;
    }

    /// Notes that a part of the set could not be read, so that what is missing may stand there.
    pub(crate) fn cut_off(&mut self) {
        self.incomplete = true;
    }

    /// How many were found.
    pub(crate) fn count(&self) -> usize {
        self.found.len() + self.left_out
    }

    pub(crate) fn incomplete(&self) -> bool {
        self.incomplete
    }

    /// The problems by place; errors or warnings only in one of the two.
    pub(crate) fn finish(mut self) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        self.found.sort_by(|a, b| a.place.cmp(&b.place));
        if let (true, Some(last)) = (self.left_out > 0, self.found.last()) {
            let message = format!("{} more problems are not shown", self.left_out);
            let rest = Diagnostic::new(Code::TooManyProblems, last.place.clone(), message);
            self.found.push(rest.help("mend the ones above first"));
        }
        let failed = self.found.iter().any(|problem| problem.severity == Severity::Error);
        if failed { Err(self.found) } else { Ok(self.found) }
    }
}
