//! Texts of files -> [`Document`]s: read as YAML and held against their format, several at the same time.

use crate::diagnostic::SourceText;
use crate::parallel::in_parts;
use crate::rules::build::Document;
use crate::rules::limits::Limits;
use crate::rules::problems::Problems;
use crate::rules::shape::Record;
use crate::rules::walk;
use crate::rules::yaml::{self, Budget};

/// Bytes of files that are worth a thread: some milliseconds.
const ENOUGH: usize = 64 << 10;

/// Files that were read one after the other, and what is wrong with them.
struct Part<'a> {
    documents: Vec<Document<'a>>,
    syntax: Problems,
    format: Problems,
    budget: Budget,
}

/// The files, of one format, as documents. What they are and what is reported does not depend on how many were read at the same time.
pub(super) fn read<'a>(
    files: &'a [SourceText],
    record: &'static Record,
    limits: &Limits,
    problems: &mut Problems,
) -> Vec<Document<'a>> {
    let read = |files| Part::read(files, record, limits);
    let parts = in_parts(files, ENOUGH, &|file| file.text().len(), &read);
    let parts = if parts.len() == 1 || Budget::suffices(limits, parts.iter().map(|part| &part.budget)) {
        parts
    } else {
        // What one file took, the next lacks: only one after the other tells where it ends.
        vec![read(files)]
    };
    let (mut documents, mut of_format) = (Vec::new(), Vec::new());
    for part in parts {
        problems.append(part.syntax);
        of_format.push(part.format);
        documents.extend(part.documents);
    }
    of_format.into_iter().for_each(|of_part| problems.append(of_part));
    documents
}

impl<'a> Part<'a> {
    fn read(files: &'a [SourceText], record: &'static Record, limits: &Limits) -> Self {
        let (mut budget, problems) = (Budget::new(limits), || Problems::new(limits.problems));
        let (mut syntax, mut format) = (problems(), problems());
        let mut read = |source| {
            let root = yaml::read(source, &mut budget, &mut syntax);
            walk::check_file(source, root.as_ref(), record, limits, &mut format);
            Document { source, root }
        };
        let documents = files.iter().map(&mut read).collect();
        Part { documents, syntax, format, budget }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::format::RULE_FILE;

    /// Files of which each is worth a thread, with two mistakes in every other.
    fn files() -> Vec<SourceText> {
        let file = |number: usize| {
            let rules = (0..1_000).map(|rule| {
                format!("  r-{number}-{rule}: {{any: ['deposit kata {rule}'], answer: Jawaban nomor {rule} ya.}}\n")
            });
            let head =
                if number.is_multiple_of(2) { "jawab: 1\nlanguag: id\n" } else { "jawab: 1\nlanguage: id\n" };
            let tail = if number.is_multiple_of(2) { "faq: {x: {answer: !!str x}}\n" } else { "" };
            let text = format!("{head}intents:\n{}{tail}", rules.collect::<String>());
            assert!(text.len() > ENOUGH);
            SourceText::new(&format!("{number}.yaml"), &text)
        };
        (0..9).map(file).collect()
    }

    fn told(documents: &[Document], problems: Problems) -> String {
        let roots: Vec<_> = documents.iter().map(|document| &document.root).collect();
        format!("{roots:?} {:?} {:?}", problems.incomplete(), problems.finish())
    }

    #[test]
    fn files_are_read_together_as_one_after_the_other() {
        let files = files();
        for limits in [
            Limits::default(),
            Limits { problems: 1, ..Limits::default() },
            Limits { problems: 3, ..Limits::default() },
            Limits { nodes: 20_000, ..Limits::default() },
            Limits { nodes: 3, ..Limits::default() },
        ] {
            let mut problems = Problems::new(limits.problems);
            let documents = read(&files, &RULE_FILE, &limits, &mut problems);
            let mut one_by_one = Problems::new(limits.problems);
            let part = Part::read(&files, &RULE_FILE, &limits);
            [part.syntax, part.format].into_iter().for_each(|of_part| one_by_one.append(of_part));
            assert!(
                told(&documents, problems) == told(&part.documents, one_by_one),
                "with {limits:?} files differ from those read one after the other"
            );
        }
    }
}
