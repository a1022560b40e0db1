//! Questions as the learner reads them: many sparse vectors in one buffer.

/// Questions as vectors.
#[derive(Debug)]
pub(super) struct Vectors {
    starts: Vec<u32>,
    pub(super) entries: Vec<(u32, f32)>,
}

impl Vectors {
    /// Without any vector, with room for so many and all their entries.
    pub(super) fn with_room(vectors: usize, entries: usize) -> Self {
        Vectors { starts: Vec::with_capacity(vectors), entries: Vec::with_capacity(entries) }
    }

    /// Starts a vector.
    pub(super) fn open(&mut self) {
        self.starts.push(self.entries.len() as u32);
    }

    /// Adds a vector.
    pub(super) fn push(&mut self, vector: &[(u32, f32)]) {
        self.open();
        self.entries.extend_from_slice(vector);
    }

    /// The vector of a question.
    pub(super) fn get(&self, question: usize) -> &[(u32, f32)] {
        let end = self.starts.get(question + 1).map_or(self.entries.len(), |&end| end as usize);
        &self.entries[self.starts[question] as usize..end]
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }
}
