//! The multipliers of questions, and the best ones of a question when all others stay.

use super::Target;

/// Changes of a multiplier below this share of the cost are none.
const STILL: f32 = 1e-2;
/// Most classes that share the multipliers of a question.
pub(super) const RIVALS: usize = 8;

/// What every question holds for and against classes.
#[derive(Debug)]
pub(super) struct Multipliers {
    of: Vec<Held>,
    /// Largest multiplier of a question.
    cost: f32,
    next: Vec<(u32, f32)>,
    change: Vec<(u32, f32)>,
}

/// Multipliers of a question, in place: they are read in scattered order.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    count: u32,
    list: [(u32, f32); RIVALS],
}

impl Held {
    fn get(&self) -> &[(u32, f32)] {
        &self.list[..self.count as usize % (RIVALS + 1)]
    }
}

/// What the classes score for a question, as far as they matter.
#[derive(Debug)]
pub(super) struct Standing<'r> {
    pub(super) target: Target,
    /// Score of the own class, less the lead that it must have, plus `volume`.
    pub(super) own: f32,
    /// Square of the question's length times the cost: what the own class may take away from its rivals.
    pub(super) volume: f32,
    /// Scores of the rivals, highest first.
    pub(super) rivals: &'r [(f32, u32)],
}

impl Multipliers {
    pub(super) fn new(questions: usize, cost: f32) -> Self {
        Multipliers { of: vec![Held::default(); questions], cost, next: Vec::new(), change: Vec::new() }
    }

    pub(super) fn of(&self, question: u32) -> &[(u32, f32)] {
        self.of[question as usize].get()
    }

    pub(super) fn cost(&self) -> f32 {
        self.cost
    }

    /// Gives a question its best multipliers; what changed, or nothing where all stand still.
    pub(super) fn rebalance(&mut self, question: usize, standing: &Standing) -> &[(u32, f32)] {
        self.find_best(standing);
        self.compare(question);
        if self.change.iter().all(|change| change.1.abs() < STILL * self.cost) {
            self.change.clear();
            return &[];
        }
        let held = &mut self.of[question];
        *held = Held::default();
        for (slot, &multiplier) in held.list.iter_mut().zip(&self.next) {
            *slot = multiplier;
            held.count += 1;
        }
        &self.change
    }

    /// Every rival shall score 1 less than the own class, whose multiplier is at most `cost`; those of the rivals are below 0,
    /// and the sum of all is 0.
    fn find_best(&mut self, standing: &Standing) {
        let &Standing { target, own, volume, rivals } = standing;
        let square = volume / self.cost;
        let level = water_level(rivals.iter().map(|rival| rival.0), own, volume);
        self.next.clear();
        self.next.push((target.class, self.cost - (own - level).max(0.0) / square));
        for &(height, class) in rivals.iter().take_while(|rival| rival.0 > level) {
            self.next.push((class, -(height - level) / square));
        }
        self.next.retain(|multiplier| multiplier.1.abs() > 1e-7);
    }

    /// What the best multipliers change of those that a question has.
    fn compare(&mut self, question: usize) {
        let Multipliers { of, next, change, .. } = self;
        change.clear();
        change.extend_from_slice(next);
        for &(class, multiplier) in of[question].get() {
            match change.iter_mut().find(|change| change.0 == class) {
                Some(change) => change.1 -= multiplier,
                None => change.push((class, -multiplier)),
            }
        }
        change.retain(|change| change.1 != 0.0);
    }

    /// The multipliers of each question by rising class.
    pub(super) fn sort(&mut self) {
        for held in &mut self.of {
            held.list[..held.count as usize].sort_unstable_by_key(|multiplier| multiplier.0);
        }
    }
}

/// Keeps the highest rivals, in order.
pub(super) fn keep_highest(rivals: &mut Vec<(f32, u32)>) {
    rivals.sort_by(|one, two| two.0.total_cmp(&one.0));
    rivals.truncate(RIVALS - 1);
}

/// The level such that what stands above it, of the own height and of the others (highest first), sums up to `volume`.
pub(super) fn water_level(heights: impl Iterator<Item = f32>, own: f32, volume: f32) -> f32 {
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
