//! Models as bytes.

use std::ops::Range;
use std::sync::Arc;

use super::calibration::Calibration;
use super::contrast::Signs;
use super::features::{BlockWeights, Features};
use super::ids::Ids;
use super::insides::Insides;
use super::lanes::{LANES, Lanes};
use super::meaning_ids::MeaningIds;
use super::model::Model;
use super::questions::{Question, Questions};
use super::weights::{NONE, POSTING, Weights, posting};
use crate::codec::{Reader, Rows, Stored, Writer};

/// Postings that are looked at together.
const PART: usize = 256;

/// The large tables of a model, which stay where they stand in a file.
#[derive(Debug)]
pub(crate) struct ModelRows {
    ids: Ids,
    postings: Rows<POSTING>,
}

impl ModelRows {
    /// Reads where they stand, in a section of a file.
    pub(crate) fn read(file: &[u8], section: Range<usize>) -> Option<Self> {
        let mut from = Reader::new(file.get(section.clone())?, &[]);
        let rows = ModelRows {
            ids: Ids::read(&mut from, section.end)?,
            postings: Rows::read(&mut from, section.end)?,
        };
        from.is_at_end().then_some(rows)
    }
}

impl Model {
    /// Writes its [`ModelRows`].
    pub(crate) fn write_rows(&self, out: &mut Writer) {
        self.features.ids.write(out);
        self.weights.postings.write(out);
    }

    /// Writes all else.
    pub(crate) fn write(&self, out: &mut Writer) {
        self.features.write(out);
        self.questions.write(out);
        self.weights.write(out);
        out.rows(self.rules.iter().map(|&rule| [rule]));
        self.calibration.weights().write(out);
        self.threshold.write(out);
    }

    pub(crate) fn read_with(rows: ModelRows, from: &mut Reader) -> Option<Self> {
        let ModelRows { ids, postings } = rows;
        Some(Model {
            features: Features::read_with(ids, from)?,
            questions: Stored::read(from)?,
            weights: Weights::read_with(postings, from)?,
            rules: from.numbers()?,
            calibration: Calibration::from_weights(Stored::read(from)?),
            threshold: Stored::read(from)?,
        })
    }

    /// Gives its rows the file that they stand in.
    pub(crate) fn keep(&mut self, file: &Arc<Vec<u8>>) {
        self.features.keep(file);
        self.weights.postings.keep(file);
    }
}

impl Model {
    /// Whether every number in it and its file leads to something, for so many rules and questions.
    pub(crate) fn is_sound(&self, file: &[u8], rules: usize, questions: usize) -> bool {
        let (features, classes) = (self.features.len(), self.rules.len());
        self.features.is_sound(file)
            && self.questions.is_sound(classes, questions)
            && self.weights.is_sound(file, features)
            && self.weights.classes() >= classes
            && self.weights.classes() <= classes + 1
            && self.rules.iter().all(|&rule| (rule as usize) < rules)
            && self.calibration.weights().iter().all(|weight| weight.is_finite())
            && (0.0..=1.0).contains(&self.threshold)
    }
}

impl Features {
    fn write(&self, out: &mut Writer) {
        out.rows(self.idf.iter().map(|idf| [idf.to_bits()]));
        out.rows(self.worth.iter().map(|worth| [worth.to_bits()]));
        out.rows([[self.rarest.to_bits()]].into_iter());
        out.rows(self.weights.iter().map(|weight| [weight.to_bits()]));
        self.insides.write(out);
        self.concepts.write(out);
    }

    fn read_with(ids: Ids, from: &mut Reader) -> Option<Self> {
        let (idf, worth) = (floats(from)?, floats(from)?);
        let [rarest] = *floats(from)?.first_chunk()?;
        let weights = BlockWeights::try_from(floats(from)?).ok()?;
        let (insides, concepts) = (Stored::read(from)?, Stored::read(from)?);
        let meaning_ids = MeaningIds::default();
        Some(Features { ids, idf, worth, rarest, weights, insides, concepts, meaning_ids })
    }

    /// Gives its ids the file that they stand in.
    fn keep(&mut self, file: &Arc<Vec<u8>>) {
        self.ids.keep(file);
        self.meaning_ids = MeaningIds::of(self.ids.slots());
    }

    fn is_sound(&self, file: &[u8]) -> bool {
        let Insides { ranges, pieces, .. } = &self.insides;
        let len = self.len();
        self.ids.is_sound(file, len)
            && self.worth.len() == len
            && all_finite(&self.idf)
            && all_finite(&self.worth)
            && self.rarest.is_finite()
            && all_finite(&self.weights)
            && ranges.len() <= len
            && pieces.iter().all(|&piece| (piece as usize) < len)
    }
}

/// Feature by feature: pieces of words that are forgotten are left out.
impl Stored for Insides {
    fn write(&self, out: &mut Writer) {
        let of = |range: &Range<u32>| &self.pieces[range.start as usize..range.end as usize];
        out.rows(self.ranges.iter().map(|range| [range.end - range.start]));
        let pieces: Vec<u32> = self.ranges.iter().flat_map(of).copied().collect();
        out.rows(pieces.into_iter().map(|piece| [piece]));
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let mut end = 0_u32;
        let ranges = from.valid_rows(|[length]| {
            let start = end;
            end = start.checked_add(length)?;
            Some(start..end)
        })?;
        let pieces = from.numbers()?;
        (pieces.len() == end as usize).then_some(Insides { ranges, pieces })
    }
}

impl Stored for Questions {
    fn write(&self, out: &mut Writer) {
        let row = |question: &Question| {
            let Question { id, class, mass, signs, sequence } = *question;
            let [low, high] = halves(sequence);
            let [told, opposed] = halves(signs.number());
            [id, class, mass.to_bits(), told, opposed, low, high]
        };
        out.rows(self.list.iter().map(row));
        out.rows(self.words.iter().map(|&(feature, question)| [feature, question]));
        out.rows(self.showing.iter().map(|&start| [start]));
        out.rows(self.starts.iter().map(|&start| [start]));
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let question = |[id, class, mass, told, opposed, low, high]: [u32; 7]| Question {
            id,
            class,
            mass: f32::from_bits(mass),
            signs: Signs::from_number(whole([told, opposed])),
            sequence: whole([low, high]),
        };
        let mut questions = Questions {
            list: from.rows(question)?,
            words: from.rows(|[feature, question]| (feature, question))?,
            showing: from.numbers()?,
            starts: from.numbers()?,
            ..Questions::default()
        };
        questions.derive();
        Some(questions)
    }
}

impl Questions {
    fn is_sound(&self, classes: usize, questions: usize) -> bool {
        let known = |question: &Question| {
            (question.id as usize) < questions
                && (question.class as usize) < classes
                && question.mass.is_finite()
        };
        self.list.iter().all(known)
            && divides(&self.showing, classes, self.words.len())
            && divides(&self.starts, classes, self.list.len())
            && (0..classes as u32).all(|class| self.words_are_sound(class))
    }

    /// Whether the words of a class stand in their order, each with questions of the class.
    fn words_are_sound(&self, class: u32) -> bool {
        let (words, questions) = (&self.words[self.words_of(class)], self.of_class(class));
        words.is_sorted() && words.iter().all(|&(_, question)| questions.contains(&(question as usize)))
    }
}

impl Weights {
    fn write(&self, out: &mut Writer) {
        let Weights { lanes: _, classes, width: _, rows, scales, dense, starts, postings: _ } = self;
        out.number(*classes as u64);
        out.rows(rows.iter().map(|&row| [row]));
        out.rows(scales.iter().map(|scale| [scale.to_bits()]));
        let steps: Vec<u8> = dense.iter().map(|step| step.cast_unsigned()).collect();
        out.stretch(&steps);
        out.rows(starts.iter().map(|&start| [start]));
    }

    fn read_with(postings: Rows<POSTING>, from: &mut Reader) -> Option<Self> {
        let classes = from.word()? as usize;
        Some(Weights {
            lanes: Lanes::new(),
            classes,
            width: classes.next_multiple_of(LANES),
            rows: from.numbers()?,
            scales: floats(from)?,
            dense: from.stretch()?.iter().map(|step| step.cast_signed()).collect(),
            starts: from.numbers()?,
            postings,
        })
    }

    fn is_sound(&self, file: &[u8], features: usize) -> bool {
        let postings = self.postings.within(file);
        let row = |&row: &u32| row == NONE || (row as usize) < self.scales.len();
        self.rows.len() == features
            && self.rows.iter().all(row)
            && self.scales.len().checked_mul(self.width) == Some(self.dense.len())
            && all_finite(&self.scales)
            && divides(&self.starts, features, postings.len())
            && postings.chunks(PART).all(|part| self.are_postings(part))
    }

    /// Without a branch for each: there are millions.
    fn are_postings(&self, part: &[[u8; POSTING]]) -> bool {
        let sound = |(class, weight): (u32, f32)| ((class as usize) < self.classes) & weight.is_finite();
        part.iter().copied().map(posting).fold(true, |all, posting| all & sound(posting))
    }
}

/// Whether these are the starts of so many parts of `len` things, and where the last part ends.
fn divides(starts: &[u32], parts: usize, len: usize) -> bool {
    starts.len() == parts + 1 && starts.is_sorted() && starts.last().is_some_and(|&last| last as usize == len)
}

fn all_finite(numbers: &[f32]) -> bool {
    numbers.iter().all(|number| number.is_finite())
}

fn floats(from: &mut Reader) -> Option<Vec<f32>> {
    from.rows(|[bits]| f32::from_bits(bits))
}

fn halves(number: u64) -> [u32; 2] {
    [number as u32, (number >> 32) as u32]
}

fn whole([low, high]: [u32; 2]) -> u64 {
    u64::from(low) | u64::from(high) << 32
}
