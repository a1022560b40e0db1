//! The classes that come nearest to taking a question from its own.

use super::super::lanes::Lanes;
use super::multipliers::{RIVALS, keep_highest, water_level};

/// Collects some classes, highest first.
pub(super) fn among(classes: &[u32], scores: &[f32], rivals: &mut Vec<(f32, u32)>) {
    rivals.clear();
    rivals.extend(classes.iter().map(|&class| (scores[class as usize], class)));
    keep_highest(rivals);
}

/// Collects the classes with the highest scores above 0, at least eight if there are so many, in their order.
pub(super) fn of_highest(lanes: Lanes, scores: &[f32], rivals: &mut Vec<(f32, u32)>) {
    let least = lanes.tops(scores).into_iter().fold(f32::MAX, f32::min);
    rivals.clear();
    lanes.above(least.next_down().max(0.0), scores, 0, rivals);
}

/// Collects the classes of all that can hold a multiplier beside the own one, highest first.
pub(super) fn of_all(
    lanes: Lanes,
    scores: &[f32],
    own_class: u32,
    (own, volume): (f32, f32),
    rivals: &mut Vec<(f32, u32)>,
) {
    rivals.clear();
    let least = least_height(lanes.tops(scores), own, volume);
    // Beginning behind the own class: of equal scores the first are kept, so while all are alike every class has other
    // rivals, and no class is a rival of all.
    let (before, after) = scores.split_at(own_class as usize);
    lanes.above(least, after, own_class, rivals);
    lanes.above(least, before, 0, rivals);
    keep_highest(rivals);
}

/// A height that all classes exceed that can hold a multiplier, judged by some of the highest scores: what some of
/// the heights give as a level is never above that of all.
fn least_height(mut some: [f32; 8], own: f32, volume: f32) -> f32 {
    some.sort_unstable_by(|one, two| two.total_cmp(one));
    let last = some[RIVALS - 2];
    let level = water_level(some[..RIVALS - 1].iter().copied(), own, volume);
    level.max(last.next_down())
}
