//! The classes whose questions are most like each question: where classes are many, only these are its rivals.

use super::super::vectors::Vectors;
use super::Target;
use super::shown::Shown;
use crate::parallel::join;

/// Questions that are looked at for one, those that share its rarest features first.
const LOOKED_AT: usize = 1024;
/// Of them, the likest that name their classes.
const LIKEST: usize = 128;
/// Most classes that may be rivals of a question.
const CLASSES: usize = 8;

/// Possible rivals of every question.
#[derive(Debug)]
pub(in super::super) struct Contenders {
    starts: Vec<u32>,
    classes: Vec<u32>,
}

impl Contenders {
    /// Finds them for all questions; the class of what belongs to no rule, if there is one, is among all of them.
    pub(in super::super) fn new(
        vectors: &Vectors,
        targets: &[Target],
        features: usize,
        nothing: Option<u32>,
    ) -> Self {
        let all = vectors.len() as u32;
        let shown = Shown::new(vectors, 0..all, features, |_| true);
        let half = |range: std::ops::Range<u32>| {
            let mut search = Search::new(vectors, targets, &shown, nothing);
            range.for_each(|question| search.find(question));
            (search.ends, search.classes)
        };
        let ((mut ends, mut classes), (more_ends, more)) = join(|| half(0..all / 2), || half(all / 2..all));
        ends.extend(more_ends.iter().map(|end| end + classes.len() as u32));
        classes.extend(more);
        Contenders { starts: std::iter::once(0).chain(ends).collect(), classes }
    }

    /// Classes that may be rivals of a question's own class.
    pub(super) fn of(&self, question: usize) -> &[u32] {
        &self.classes[self.starts[question] as usize..self.starts[question + 1] as usize]
    }
}

/// The search for the classes of the likest questions.
struct Search<'a> {
    vectors: &'a Vectors,
    targets: &'a [Target],
    shown: &'a Shown,
    nothing: Option<u32>,
    ends: Vec<u32>,
    classes: Vec<u32>,
    /// Likeness of each question by the features looked at so far; all 0 between questions.
    likeness: Vec<f32>,
    touched: Vec<u32>,
    rarest: Vec<(u32, u32, f32)>,
    likest: Vec<(f32, u32)>,
}

impl<'a> Search<'a> {
    fn new(vectors: &'a Vectors, targets: &'a [Target], shown: &'a Shown, nothing: Option<u32>) -> Self {
        Search {
            vectors,
            targets,
            shown,
            nothing,
            ends: Vec::new(),
            classes: Vec::new(),
            likeness: vec![0.0; vectors.len()],
            touched: Vec::new(),
            rarest: Vec::new(),
            likest: Vec::new(),
        }
    }

    fn find(&mut self, question: u32) {
        let target = self.targets[question as usize];
        if let Some(only) = target.against {
            self.classes.push(only);
        } else {
            self.look(question);
            self.take_classes(target.class);
        }
        self.ends.push(self.classes.len() as u32);
    }

    /// Measures how like others are by the features that they share, the rarest first.
    fn look(&mut self, question: u32) {
        self.rarest.clear();
        for &(feature, value) in self.vectors.get(question as usize) {
            self.rarest.push((self.shown.by(feature).len() as u32, feature, value));
        }
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

    /// Takes the classes of the likest questions but the own one.
    fn take_classes(&mut self, own: u32) {
        let Search { targets, likeness, touched, likest, classes, .. } = self;
        likest.clear();
        for other in touched.drain(..) {
            let class = targets[other as usize].class;
            let likeness = std::mem::take(&mut likeness[other as usize]);
            if class != own {
                likest.push((likeness, class));
            }
        }
        let likest_first =
            |one: &(f32, u32), two: &(f32, u32)| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1));
        if likest.len() > LIKEST {
            likest.select_nth_unstable_by(LIKEST, likest_first);
            likest.truncate(LIKEST);
        }
        likest.sort_unstable_by(likest_first);
        let start = classes.len();
        for class in likest.iter().map(|other| other.1).chain(self.nothing.filter(|&nothing| nothing != own))
        {
            if !classes[start..].contains(&class)
                && (classes.len() < start + CLASSES || Some(class) == self.nothing)
            {
                classes.push(class);
            }
        }
    }
}
