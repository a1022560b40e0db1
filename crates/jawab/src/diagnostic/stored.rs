//! Places and problems as bytes.

use super::{Code, Diagnostic, Label, Place};
use crate::codec::{Reader, Stored, Writer, stored_fields, stored_one_of};

stored_fields!(Label { place, note });
stored_one_of!(Code, Code::ALL);

impl Stored for Place {
    fn write(&self, out: &mut Writer) {
        let Place { file, line, column, start, end } = self;
        file.write(out);
        out.steps([*line, *start]);
        [*column, end.saturating_sub(*start)].write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let file = from.clone().shared()?.clone();
        let (_, [line, column, start, end]) = numbers(from)?;
        Some(Place { file, line, column, start, end })
    }

    fn pass(from: &mut Reader) -> Option<()> {
        from.clone().shared()?;
        numbers(from).map(drop)
    }
}

/// Number of the file's name, and line, column, start and end of a place.
fn numbers(from: &mut Reader) -> Option<(usize, [u32; 4])> {
    let file = from.index()?;
    let [line, start] = from.steps()?;
    let column = from.word()?;
    let end = start.checked_add(from.word()?)?;
    Some((file, [line, column, start, end]))
}

impl Place {
    /// Writes the place and the text that stands there.
    pub(crate) fn write_with(&self, text: &str, out: &mut Writer) {
        self.write(out);
        out.quote(text, &self.file, [self.start, self.end]);
    }

    /// A place and the text that stands there.
    pub(crate) fn read_with<'b>(from: &mut Reader<'b>) -> Option<(Self, &'b str)> {
        let (name, place) = (from.clone().index()?, Place::read(from)?);
        let text = from.quote(name, [place.start, place.end])?;
        Some((place, text))
    }

    /// The text that stands at a place, without making the place.
    pub(crate) fn read_text<'b>(from: &mut Reader<'b>) -> Option<&'b str> {
        let (name, [.., start, end]) = numbers(from)?;
        from.quote(name, [start, end])
    }

    /// Passes over a place and the text that stands there.
    pub(crate) fn pass_with(from: &mut Reader) -> Option<()> {
        from.clone().shared()?;
        let (name, [.., start, end]) = numbers(from)?;
        from.pass_quote(name, [start, end])
    }
}

/// The severity is the code's.
impl Stored for Diagnostic {
    fn write(&self, out: &mut Writer) {
        let Diagnostic { code, severity: _, message, place, labels, help } = self;
        code.write(out);
        message.write(out);
        place.write(out);
        labels.write(out);
        help.write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let code = Code::read(from)?;
        Some(Diagnostic {
            code,
            severity: code.severity(),
            message: Stored::read(from)?,
            place: Stored::read(from)?,
            labels: Stored::read(from)?,
            help: Stored::read(from)?,
        })
    }
}
