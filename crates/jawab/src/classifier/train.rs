//! Learns weights from questions: a multiclass support vector machine after Crammer and Singer, by dual coordinate
//! ascent (Keerthi and others, "A sequential dual method for large scale multi-class linear SVMs", 2008).
//!
//! Every question holds a few multipliers: a positive one for its own class, negative ones for the rivals that come
//! too near. The weights are the questions times their multipliers. Frequent features have their weights written
//! out; those of rare ones are computed from the few questions that show them, so that memory grows with the
//! questions and not with features times classes.

use super::lanes::{LANES, Lanes};
use super::math::tops;
use super::vectors::Vectors;
use super::weights::{Draft, Weights};

/// What a question must end in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    /// The class that shall win.
    pub(super) class: u32,
    /// The only class it shall win against; none: all.
    pub(super) against: Option<u32>,
}

/// How training goes about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// Times that the questions are gone through.
    pub(super) epochs: usize,
    /// Largest multiplier of a question.
    pub(super) cost: f32,
}

/// Largest number of dense weights: 128 MiB.
const DENSE_WEIGHTS: usize = 1 << 25;
/// A feature of at least so many questions gets a dense row, if there is room.
const FREQUENT: u32 = 3;
/// Changes of a multiplier below this share of the cost are none.
const STILL: f32 = 1e-2;
/// Most classes that share the multipliers of a question.
const RIVALS: usize = 8;

struct Machine<'a> {
    targets: &'a [Target],
    classes: usize,
    cost: f32,
    weights: Draft,
    examples: Examples,
    multipliers: Vec<Vec<(u32, f32)>>,
    rare: Rare,
    scores: Vec<f32>,
    rivals: Vec<(f32, u32)>,
    change: Vec<(u32, f32)>,
}

/// The chosen questions, divided by how their features are stored.
#[derive(Default)]
struct Examples {
    /// Starts of dense rows.
    frequent: Vectors,
    rare: Vectors,
    squares: Vec<Squares>,
}

/// What a question is like itself.
#[derive(Clone, Copy, Default)]
struct Squares {
    all: f32,
    /// By features that another chosen question shows, too.
    shared: f32,
}

/// Questions that show each rare feature.
struct Rare {
    starts: Vec<u32>,
    shown: Vec<(u32, f32)>,
    /// Likeness of the message to each question by rare features; all 0 between messages.
    likeness: Vec<f32>,
    touched: Vec<u32>,
}

/// Learns from those questions whose numbers `chosen` holds.
pub(super) fn train(
    vectors: &Vectors,
    targets: &[Target],
    chosen: &[u32],
    sizes: (usize, usize),
    effort: Effort,
) -> Weights {
    let (classes, features) = sizes;
    let mut machine = Machine::new(vectors, targets, chosen, sizes, effort.cost);
    let mut order = chosen.to_vec();
    let mut random = 0x2545_f491_4f6c_dd1d;
    let mut rest = vec![(0u8, 0u8); vectors.len()];
    for _ in 0..effort.epochs {
        shuffle(&mut order, &mut random);
        for &question in &order {
            let (wait, still) = &mut rest[question as usize];
            if *wait > 0 {
                *wait -= 1;
            } else if machine.improve(question as usize) {
                *still = 0;
            } else {
                *still = (*still * 2 + 1).min(7);
                *wait = *still;
            }
        }
    }
    debug_assert!(features == machine.weights.features() && classes <= machine.weights.width);
    machine.finish()
}

/// Fisher and Yates with a fixed xorshift generator: the order is the same everywhere.
fn shuffle(order: &mut [u32], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(last, (*random % (last as u64 + 1)) as usize);
    }
}

impl<'a> Machine<'a> {
    fn new(
        vectors: &'a Vectors,
        targets: &'a [Target],
        chosen: &[u32],
        sizes: (usize, usize),
        cost: f32,
    ) -> Self {
        let (classes, features) = sizes;
        let mut frequency = vec![0u32; features];
        for &question in chosen {
            for &(feature, _) in vectors.get(question as usize) {
                frequency[feature as usize] += 1;
            }
        }
        let frequent = frequent_from(&frequency, classes);
        let weights = Draft::new(classes, features, |feature| frequency[feature] >= frequent);
        let rare = Rare::new(vectors, chosen, &frequency, &weights);
        let mut examples = Examples::default();
        for question in 0..vectors.len() {
            examples.push(vectors.get(question), &frequency, &weights);
        }
        Machine {
            examples,
            targets,
            classes,
            cost,
            weights,
            multipliers: vec![Vec::new(); vectors.len()],
            rare,
            scores: Vec::new(),
            rivals: Vec::new(),
            change: Vec::new(),
        }
    }

    /// Finds the best multipliers of one question, all others fixed; whether they changed.
    fn improve(&mut self, question: usize) -> bool {
        let squares = self.examples.squares[question];
        if squares.all <= 0.0 {
            return false;
        }
        self.score(question);
        self.solve(question, squares);
        if self.change.iter().all(|change| change.1.abs() < STILL * self.cost) {
            return false;
        }
        self.apply(question);
        true
    }

    /// Scores of a question but for what only itself shows.
    fn score(&mut self, question: usize) {
        self.weights.score(self.examples.frequent.get(question), &mut self.scores);
        for &(feature, value) in self.examples.rare.get(question) {
            self.rare.touch(feature, value);
        }
        for &question in &self.rare.touched {
            let likeness = std::mem::take(&mut self.rare.likeness[question as usize]);
            for &(class, multiplier) in &self.multipliers[question as usize] {
                self.scores[class as usize] += multiplier * likeness;
            }
        }
        self.rare.touched.clear();
    }

    /// Puts the change of the multipliers of a question into `change`.
    fn solve(&mut self, question: usize, squares: Squares) {
        let target = self.targets[question];
        let old = &self.multipliers[question];
        for &(class, multiplier) in old {
            self.scores[class as usize] -= squares.shared * multiplier;
        }
        // Every rival must stay 1 behind; the own class may take up to `cost` away from them.
        let volume = squares.all * self.cost;
        let own = self.scores[target.class as usize] - 1.0 + volume;
        self.scores[target.class as usize] = f32::MIN;
        let scores = &self.scores[..self.classes];
        collect_rivals(self.weights.lanes, scores, target, (own, volume), &mut self.rivals);
        let level = water_level(self.rivals.iter().map(|rival| rival.0), own, volume);
        self.change.clear();
        self.change.push((target.class, self.cost - (own - level).max(0.0) / squares.all));
        for &(height, class) in self.rivals.iter().take_while(|rival| rival.0 > level) {
            self.change.push((class, -(height - level) / squares.all));
        }
        for &(class, multiplier) in old {
            match self.change.iter_mut().find(|change| change.0 == class) {
                Some(change) => change.1 -= multiplier,
                None => self.change.push((class, -multiplier)),
            }
        }
        self.change.retain(|change| change.1 != 0.0);
    }

    fn apply(&mut self, question: usize) {
        let Machine { weights, examples, multipliers, change, .. } = self;
        for &(start, value) in examples.frequent.get(question) {
            weights.add_to_row(start, value, change);
        }
        let multipliers = &mut multipliers[question];
        for &(class, change) in &*change {
            match multipliers.iter_mut().find(|multiplier| multiplier.0 == class) {
                Some(multiplier) => multiplier.1 += change,
                None => multipliers.push((class, change)),
            }
        }
        multipliers.retain(|multiplier| multiplier.1.abs() > 1e-7);
    }

    /// Writes the lists of the rare features.
    fn finish(mut self) -> Weights {
        let mut sums: Vec<(u32, f32)> = Vec::new();
        for multipliers in &mut self.multipliers {
            multipliers.sort_unstable_by_key(|multiplier| multiplier.0);
        }
        let features = self.weights.features();
        let mut weights = Weights::new(self.weights);
        for feature in 0..features {
            let shown = self.rare.showing(feature);
            sums.clear();
            for &(question, value) in shown {
                for &(class, multiplier) in &self.multipliers[question as usize] {
                    sums.push((class, multiplier * value));
                }
            }
            if shown.len() > 1 {
                sums.sort_by_key(|sum| sum.0);
            }
            weights.push_list(&sums);
        }
        weights
    }
}

impl Examples {
    fn push(&mut self, vector: &[(u32, f32)], frequency: &[u32], weights: &Draft) {
        let mut squares = Squares::default();
        self.frequent.open();
        self.rare.open();
        for &(feature, value) in vector {
            squares.all += value * value;
            if let Some(start) = weights.row_start(feature) {
                self.frequent.entries.push((start as u32, value));
            } else if frequency[feature as usize] > 1 {
                self.rare.entries.push((feature, value));
            } else {
                continue;
            }
            squares.shared += value * value;
        }
        self.squares.push(squares);
    }
}

/// Collects the classes that can hold a multiplier beside the own one, highest first.
fn collect_rivals(
    lanes: Lanes,
    scores: &[f32],
    target: Target,
    (own, volume): (f32, f32),
    rivals: &mut Vec<(f32, u32)>,
) {
    rivals.clear();
    if let Some(only) = target.against {
        rivals.push((scores[only as usize], only));
        return;
    }
    let least = least_height(own, scores, volume);
    // From the own class on: while all scores are alike, others come first for every class, and none for all.
    let (before, after) = scores.split_at(target.class as usize);
    lanes.above(least, after, target.class, rivals);
    lanes.above(least, before, 0, rivals);
    rivals.sort_by(|one, two| two.0.total_cmp(&one.0));
    rivals.truncate(RIVALS - 1);
}

/// A height that all classes exceed that can hold a multiplier, judged by some of the highest scores: what some of
/// the heights give as a level is never above that of all.
fn least_height(own: f32, scores: &[f32], volume: f32) -> f32 {
    let mut some = tops(scores);
    some.sort_unstable_by(|one, two| two.total_cmp(one));
    let last = some[RIVALS - 2];
    let level = water_level(some[..RIVALS - 1].iter().copied(), own, volume);
    level.max(last.next_down())
}

/// The level above which the heights, highest first, and the own one together hold `volume`.
fn water_level(heights: impl Iterator<Item = f32>, own: f32, volume: f32) -> f32 {
    let mut sum = own - volume;
    let mut level = sum;
    for (count, height) in (2u8..).zip(heights) {
        if height <= level {
            break;
        }
        sum += height;
        level = sum / f32::from(count);
    }
    level
}

/// From which frequency on a feature gets a dense row.
fn frequent_from(frequency: &[u32], classes: usize) -> u32 {
    let rows = DENSE_WEIGHTS / classes.next_multiple_of(LANES).max(1);
    let mut from = FREQUENT;
    while frequency.iter().filter(|&&frequency| frequency >= from).count() > rows {
        from = from.saturating_mul(2);
    }
    from
}

impl Rare {
    fn new(vectors: &Vectors, chosen: &[u32], frequency: &[u32], weights: &Draft) -> Self {
        let features = weights.features();
        let mut starts = vec![0u32; features + 1];
        for feature in 0..features {
            let shown = if weights.row_start(feature as u32).is_none() { frequency[feature] } else { 0 };
            starts[feature + 1] = starts[feature] + shown;
        }
        let mut next = starts.clone();
        let mut shown = vec![(0, 0.0); starts[features] as usize];
        for &question in chosen {
            for &(feature, value) in vectors.get(question as usize) {
                if weights.row_start(feature).is_none() {
                    let at = &mut next[feature as usize];
                    shown[*at as usize] = (question, value);
                    *at += 1;
                }
            }
        }
        Rare { starts, shown, likeness: vec![0.0; vectors.len()], touched: Vec::new() }
    }

    fn showing(&self, feature: usize) -> &[(u32, f32)] {
        &self.shown[self.starts[feature] as usize..self.starts[feature + 1] as usize]
    }

    fn touch(&mut self, feature: u32, value: f32) {
        let range = self.starts[feature as usize] as usize..self.starts[feature as usize + 1] as usize;
        for &(question, shown) in &self.shown[range] {
            let likeness = &mut self.likeness[question as usize];
            if *likeness == 0.0 {
                self.touched.push(question);
            }
            *likeness += value * shown;
        }
    }
}
