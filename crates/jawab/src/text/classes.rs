//! Which forms are one word.

/// A partition of the first so many numbers into classes.
#[derive(Debug)]
pub(super) struct Classes {
    parents: Vec<u32>,
}

impl Classes {
    pub(super) fn new(len: usize) -> Self {
        Classes { parents: (0..len as u32).collect() }
    }

    /// Joins two classes. The order of joining never shows.
    pub(super) fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        if let Some(parent) = self.parents.get_mut(one.max(other) as usize) {
            *parent = one.min(other);
        }
    }

    /// The smallest member of a class.
    pub(super) fn find(&mut self, mut member: u32) -> u32 {
        while let Some(&parent) = self.parents.get(member as usize) {
            if parent == member {
                break;
            }
            // Halving the path keeps later walks short.
            let grandparent = self.parents.get(parent as usize).copied().unwrap_or(parent);
            if let Some(slot) = self.parents.get_mut(member as usize) {
                *slot = grandparent;
            }
            member = grandparent;
        }
        member
    }

    /// The member that stands for each number's class: the one whose rank is smallest, then the smallest.
    pub(super) fn representatives<R: Ord>(&mut self, rank: impl Fn(u32) -> R) -> Vec<u32> {
        let roots: Vec<u32> = (0..self.parents.len() as u32).map(|member| self.find(member)).collect();
        let mut best = roots.clone();
        for (member, &root) in (0..).zip(&roots) {
            if let Some(slot) = best.get_mut(root as usize)
                && (rank(member), member) < (rank(*slot), *slot)
            {
                *slot = member;
            }
        }
        roots.iter().map(|&root| best.get(root as usize).copied().unwrap_or(root)).collect()
    }
}
