//! Problems for people: the lines that each is about, underlined.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use jawab::{Diagnostic, Place, Severity};

use super::source::{Excerpt, Sources};
use crate::screen;

/// Prints each problem with its lines, further places and help.
pub(crate) fn human(out: &mut impl Write, problems: &[Diagnostic]) -> io::Result<()> {
    let (mut sources, renderer) = (Sources::default(), renderer());
    for problem in problems {
        writeln!(out, "{}\n", renderer.render(&report(problem, &mut sources)))?;
    }
    Ok(())
}

fn renderer() -> Renderer {
    screen::columns().map_or(Renderer::styled(), |columns| Renderer::styled().term_width(columns))
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

/// The lines around a place with the place underlined; where the file cannot be shown, where it is.
fn shown<'p>(
    place: &'p Place,
    kind: AnnotationKind,
    note: Option<&'p str>,
    sources: &mut Sources,
) -> Element<'p> {
    let Some(Excerpt { text, span }) = sources.excerpt(place) else {
        let file = Origin::path(&*place.file);
        if !sources.is_text(&place.file) {
            return file.into();
        }
        return file.line(place.line as usize).char_column(place.column as usize).into();
    };
    Snippet::source(text)
        .line_start(place.line as usize)
        .path(&*place.file)
        .annotation(kind.span(span).label(note))
        .into()
}
