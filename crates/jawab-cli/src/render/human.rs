//! Problems for people: the lines that each is about, underlined.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use jawab::{Diagnostic, Place, Severity};

use super::source::{Excerpt, Sources};

/// Prints each problem with its lines, further places and help.
pub(crate) fn human(out: &mut impl Write, problems: &[Diagnostic]) -> io::Result<()> {
    let (mut sources, renderer) = (Sources::default(), Renderer::styled());
    for problem in problems {
        writeln!(out, "{}\n", renderer.render(&report(problem, &mut sources)))?;
    }
    Ok(())
}

fn report<'p>(problem: &'p Diagnostic, sources: &mut Sources) -> Vec<Group<'p>> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(problem.message.as_str()).id(problem.code.as_str());
    let mut group = title.element(shown(&problem.place, AnnotationKind::Primary, None, sources));
    for label in &problem.labels {
        group = group.element(shown(&label.place, AnnotationKind::Context, Some(&label.note), sources));
    }
    let help = problem.help.as_deref().map(|help| Level::HELP.message(help));
    vec![group.elements(help)]
}

/// The lines around a place with the place underlined; its name alone where the file cannot be shown.
fn shown<'p>(
    place: &'p Place,
    kind: AnnotationKind,
    note: Option<&'p str>,
    sources: &mut Sources,
) -> Snippet<'p, annotate_snippets::Annotation<'p>> {
    let Excerpt { text, span } =
        sources.excerpt(place).unwrap_or(Excerpt { text: String::new(), span: 0..0 });
    Snippet::source(text)
        .line_start(place.line as usize)
        .path(&*place.file)
        .annotation(kind.span(span).label(note))
}
