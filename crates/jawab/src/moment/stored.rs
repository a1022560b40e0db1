//! Hours and zones as bytes.

use super::{Hours, Zone};
use crate::codec::{Reader, Stored, Writer};

impl Stored for Hours {
    fn write(&self, out: &mut Writer) {
        self.stretches().write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Hours::from_stretches(Stored::read(from)?)
    }
}

impl Stored for Zone {
    fn write(&self, out: &mut Writer) {
        self.minutes().write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Zone::from_minutes(i32::read(from)?)
    }
}
