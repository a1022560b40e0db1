//! Learns weights from questions: a multiclass support vector machine after Crammer and Singer, by dual coordinate
//! ascent (Keerthi and others, "A sequential dual method for large scale multi-class linear SVMs", 2008).
//!
//! Every question holds a few multipliers: a positive one for its own class, negative ones for the rivals that come
//! too near. The weights are the questions times their multipliers. Where the classes are few, every class may be a
//! rival; where they are many, only those of the likest questions may be, so that the cost does not grow with the
//! classes.

mod contenders;
mod machine;
mod multipliers;
mod rare;
mod rivals;
mod shown;

pub(super) use contenders::Contenders;

use super::vectors::Vectors;
use super::weights::Weights;
use machine::Machine;

/// What a question must end in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Target {
    /// The class that shall win.
    pub(super) class: u32,
    /// The only class it shall win against; none: all.
    pub(super) against: Option<u32>,
    /// What each of its features adds to its weight for the class, needed to tell the class from others or not.
    pub(super) familiar: f32,
}

/// How training goes about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// Times that the questions are gone through.
    pub(super) epochs: usize,
    /// Largest multiplier of a question.
    pub(super) cost: f32,
}

/// What is learned from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lesson<'a> {
    pub(super) vectors: &'a Vectors,
    pub(super) targets: &'a [Target],
    pub(super) classes: usize,
    pub(super) features: usize,
    /// Possible rivals of each question; none: every class.
    pub(super) contenders: Option<&'a Contenders>,
}

/// Learns from those questions whose numbers `chosen` holds.
pub(super) fn train(lesson: &Lesson, chosen: &[u32], effort: Effort) -> Weights {
    let mut machine = Machine::new(lesson, chosen, effort.cost);
    let mut order: Vec<(u32, u8, u8)> = chosen.iter().map(|&question| (question, 0, 0)).collect();
    let mut random = 0x2545_f491_4f6c_dd1d;
    for _ in 0..effort.epochs {
        shuffle(&mut order, &mut random);
        // Those that stand still are passed over more and more often.
        for (question, wait, still) in &mut order {
            if *wait > 0 {
                *wait -= 1;
            } else if machine.improve(*question as usize) {
                *still = 0;
            } else {
                *still = (*still * 2 + 1).min(7);
                *wait = *still;
            }
        }
    }
    machine.finish(chosen)
}

/// Fisher and Yates with a fixed xorshift generator: the order is the same everywhere.
fn shuffle<T>(order: &mut [T], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(last, (*random % (last as u64 + 1)) as usize);
    }
}
