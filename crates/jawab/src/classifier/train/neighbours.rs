//! The questions most like each question: where classes are many, only these matter to it.

use super::super::vectors::Vectors;
use super::Target;
use super::shown::Shown;
use crate::parallel::join;

/// Questions that are looked at for neighbours of one, those that share its rarest features first.
const LOOKED_AT: usize = 2048;
/// Of them, the likest are compared in full.
const COMPARED: usize = 256;
/// Most classes of neighbours beside the own one, and most neighbours of each class.
const CLASSES: usize = 16;
const OF_CLASS: u8 = 8;

/// Neighbours of every question.
#[derive(Debug)]
pub(in super::super) struct Neighbours {
    pub(super) shown: Shown,
    starts: Vec<u32>,
    /// Question and likeness.
    list: Vec<(u32, f32)>,
}

impl Neighbours {
    /// Finds them for all questions.
    pub(in super::super) fn new(vectors: &Vectors, targets: &[Target], features: usize) -> Self {
        let all = vectors.len() as u32;
        let shown = Shown::new(vectors, 0..all, features, |_| true);
        let half = |range: std::ops::Range<u32>| {
            let mut search = Search::new(vectors, targets, &shown);
            range.for_each(|question| search.find(question));
            (search.ends, search.found)
        };
        let ((mut ends, mut list), (more_ends, more)) = join(|| half(0..all / 2), || half(all / 2..all));
        ends.extend(more_ends.iter().map(|end| end + list.len() as u32));
        list.extend(more);
        let starts = std::iter::once(0).chain(ends).collect();
        Neighbours { shown, starts, list }
    }

    /// The neighbours of a question with their likeness.
    pub(super) fn of(&self, question: usize) -> &[(u32, f32)] {
        &self.list[self.starts[question] as usize..self.starts[question + 1] as usize]
    }
}

/// The search for neighbours, with buffers that are all 0 between questions.
struct Search<'a> {
    vectors: &'a Vectors,
    targets: &'a [Target],
    shown: &'a Shown,
    ends: Vec<u32>,
    found: Vec<(u32, f32)>,
    /// Likeness of each question by the features looked at so far.
    likeness: Vec<f32>,
    touched: Vec<u32>,
    /// The question, written out.
    values: Vec<f32>,
    rarest: Vec<(u32, u32, f32)>,
    classes: Vec<(u32, u8)>,
}

impl<'a> Search<'a> {
    fn new(vectors: &'a Vectors, targets: &'a [Target], shown: &'a Shown) -> Self {
        Search {
            vectors,
            targets,
            shown,
            ends: Vec::new(),
            found: Vec::new(),
            likeness: vec![0.0; vectors.len()],
            touched: Vec::new(),
            values: vec![0.0; shown.features()],
            rarest: Vec::new(),
            classes: Vec::new(),
        }
    }

    fn find(&mut self, question: u32) {
        self.look(question);
        self.keep_likest(question);
        for &other in &self.touched {
            self.likeness[other as usize] = 0.0;
        }
        self.touched.clear();
        self.ends.push(self.found.len() as u32);
    }

    /// Measures how like others are by the features that they share, the rarest first.
    fn look(&mut self, question: u32) {
        self.rarest.clear();
        let vector = self.vectors.get(question as usize);
        self.rarest.extend(
            vector.iter().map(|&(feature, value)| (self.shown.by(feature).len() as u32, feature, value)),
        );
        self.rarest.sort_unstable_by_key(|&(questions, feature, _)| (questions, feature));
        let mut left = LOOKED_AT;
        for &(questions, feature, value) in &self.rarest {
            for &(other, shown) in self.shown.by(feature).iter().take(left) {
                let likeness = &mut self.likeness[other as usize];
                if *likeness == 0.0 {
                    self.touched.push(other);
                }
                *likeness += value * shown;
            }
            left = left.saturating_sub(questions as usize);
        }
    }

    /// Takes the likest of the likest classes, with their full likeness.
    fn keep_likest(&mut self, question: u32) {
        let Search { vectors, targets, likeness, touched, values, classes, found, .. } = self;
        let by_likeness = |one: &u32, two: &u32| {
            likeness[*two as usize].total_cmp(&likeness[*one as usize]).then(one.cmp(two))
        };
        let mut likest: Vec<u32> = touched.iter().copied().filter(|&other| other != question).collect();
        if likest.len() > COMPARED {
            likest.select_nth_unstable_by(COMPARED, by_likeness);
            likest.truncate(COMPARED);
        }
        likest.sort_unstable_by(by_likeness);
        vectors.get(question as usize).iter().for_each(|&(feature, value)| values[feature as usize] = value);
        classes.clear();
        for other in likest {
            if takes(classes, targets[other as usize].class) {
                let shared = vectors.get(other as usize).iter();
                found.push((other, shared.map(|&(feature, value)| values[feature as usize] * value).sum()));
            }
        }
        vectors.get(question as usize).iter().for_each(|&(feature, _)| values[feature as usize] = 0.0);
    }
}

/// Whether there is room for one more question of a class; if so, it is counted.
fn takes(classes: &mut Vec<(u32, u8)>, class: u32) -> bool {
    let room = classes.len() <= CLASSES;
    match classes.iter_mut().find(|(known, _)| *known == class) {
        Some((_, count)) if *count < OF_CLASS => *count += 1,
        None if room => classes.push((class, 1)),
        _ => return false,
    }
    true
}
