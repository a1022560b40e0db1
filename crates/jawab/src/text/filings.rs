//! Numbers by the hashes that they are filed under, in flat arrays.

/// An index of numbers, each with a tag that tells it from others of its bucket.
#[derive(Debug, Default)]
pub(super) struct Filings {
    /// Where the filings of each bucket start; a power of two and one.
    buckets: Vec<u32>,
    /// Tag and number, grouped by bucket.
    filings: Vec<(u32, u32)>,
}

impl Filings {
    /// Files tags and numbers under hashes.
    pub(super) fn new(filed: &[(u32, (u32, u32))]) -> Self {
        let mask = filed.len().next_power_of_two() as u32 - 1;
        let mut buckets = vec![0u32; mask as usize + 2];
        for (hash, _) in filed {
            buckets[(hash & mask) as usize + 1] += 1;
        }
        for bucket in 0..=mask as usize {
            buckets[bucket + 1] += buckets[bucket];
        }
        let mut next = buckets.clone();
        let mut filings = vec![(0, 0); filed.len()];
        for &(hash, filing) in filed {
            let at = &mut next[(hash & mask) as usize];
            filings[*at as usize] = filing;
            *at += 1;
        }
        Filings { buckets, filings }
    }

    /// What is filed under a hash, and others of its bucket.
    pub(super) fn under(&self, hash: u32) -> &[(u32, u32)] {
        let bucket = hash as usize & self.buckets.len().wrapping_sub(2);
        let ends = (self.buckets.get(bucket), self.buckets.get(bucket + 1));
        let (Some(&start), Some(&end)) = ends else { return &[] };
        self.filings.get(start as usize..end as usize).unwrap_or_default()
    }
}
