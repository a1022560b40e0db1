//! Finds phrases of several words: one walk from every token, as deep as the longest phrase that fits.

use rustc_hash::FxHashMap;

/// A tree of phrases over the keys of their words. `T` is what a phrase stands for.
#[derive(Debug)]
pub(super) struct Trie<T> {
    children: FxHashMap<(u32, u32), u32>,
    /// What ends at each node; almost always nothing or one thing.
    outputs: Vec<Vec<T>>,
    /// A bit for every key that a phrase starts with.
    starts: Vec<u64>,
}

/// Longest phrase in tokens; a longer one is found by its first so many.
pub(super) const LONGEST: usize = 16;

impl<T: Copy + Ord> Trie<T> {
    pub(super) fn new() -> Self {
        Trie { children: FxHashMap::default(), outputs: vec![Vec::new()], starts: Vec::new() }
    }

    pub(super) fn insert(&mut self, keys: &[u32], output: T) {
        let Some(&first) = keys.first() else { return };
        self.mark(first);
        let mut node = 0;
        for &key in keys.iter().take(LONGEST) {
            let fresh = self.outputs.len() as u32;
            node = *self.children.entry((node, key)).or_insert(fresh);
            if node == fresh {
                self.outputs.push(Vec::new());
            }
        }
        if let Some(outputs) = self.outputs.get_mut(node as usize)
            && let Err(at) = outputs.binary_search(&output)
        {
            outputs.insert(at, output);
        }
    }

    /// Parent and key of each node but the first, and what ends at each node.
    pub(super) fn parts(&self) -> (Vec<(u32, u32)>, &[Vec<T>]) {
        let mut branches = vec![(0, 0); self.outputs.len() - 1];
        // Each node has one parent: the order of the map does not show.
        for (&branch, &node) in &self.children {
            branches[node as usize - 1] = branch;
        }
        (branches, &self.outputs)
    }

    /// The tree of such parts; none where they are none.
    pub(super) fn from_parts(branches: &[(u32, u32)], ends: Vec<(u32, Vec<T>)>) -> Option<Self> {
        let mut trie = Trie { outputs: vec![Vec::new(); branches.len() + 1], ..Trie::new() };
        let mut depths = vec![0];
        for (&(parent, key), node) in branches.iter().zip(1..) {
            let depth = depths.get(parent as usize).filter(|&&depth| depth < LONGEST)? + 1;
            depths.push(depth);
            if depth == 1 {
                trie.mark(key);
            }
            if trie.children.insert((parent, key), node).is_some() {
                return None;
            }
        }
        for (node, outputs) in ends {
            *trie.outputs.get_mut(node as usize)? = outputs;
        }
        Some(trie)
    }

    fn mark(&mut self, key: u32) {
        let word = key as usize / 64;
        if self.starts.len() <= word {
            self.starts.resize(word + 1, 0);
        }
        if let Some(bits) = self.starts.get_mut(word) {
            *bits |= 1 << (key % 64);
        }
    }

    /// Calls back for every phrase that a sequence of keys starts with: its length and meaning, shortest first.
    pub(super) fn prefixes(&self, keys: impl Iterator<Item = u32>, mut found: impl FnMut(usize, T)) {
        let mut node = 0;
        for (at, key) in keys.enumerate() {
            let Some(&child) = self.children.get(&(node, key)) else { return };
            node = child;
            for &output in self.outputs.get(node as usize).into_iter().flatten() {
                found(at + 1, output);
            }
        }
    }

    /// Whether a phrase starts with a key: few do.
    pub(super) fn can_start(&self, key: u32) -> bool {
        self.starts.get(key as usize / 64).is_some_and(|bits| bits >> (key % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_that_fits_is_found_shortest_first() {
        let mut trie = Trie::new();
        for (keys, output) in
            [(vec![1, 2], 'a'), (vec![1], 'b'), (vec![1, 2, 3], 'c'), (vec![1, 2], 'a'), (vec![1, 2], 'A')]
        {
            trie.insert(&keys, output);
        }
        let mut found = Vec::new();
        trie.prefixes([1, 2, 4].into_iter(), |len, output| found.push((len, output)));
        assert_eq!(found, [(1, 'b'), (2, 'A'), (2, 'a')]);
        trie.prefixes([2, 1].into_iter(), |_, _| panic!("no phrase starts with 2"));
    }
}
