//! Places and problems as bytes.

use std::sync::Arc;

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
        let file = Arc::<str>::read(from)?;
        let [line, start] = from.steps()?;
        let column = from.word()?;
        let end = start.checked_add(from.word()?)?;
        Some(Place { file, line, column, start, end })
    }

    fn pass(from: &mut Reader) -> Option<()> {
        Arc::<str>::pass(from)?;
        let [_, start] = from.steps()?;
        from.word()?;
        start.checked_add(from.word()?).map(drop)
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
