//! The features of concepts and topics by their numbers, so that messages need not look them up.

use super::gram::{Place, concept_key, topic_key};
use crate::codec::Slots;
use crate::text::{Concept, Topic};

/// Features of all concepts and topics; [`NONE`] of those that no question shows.
#[derive(Debug, Default)]
pub(super) struct MeaningIds {
    concepts: Box<[u32]>,
    topics: Box<[u32]>,
}

const NONE: u32 = u32::MAX;

impl MeaningIds {
    /// Of features with these numbers.
    pub(super) fn of(ids: Slots) -> Self {
        let id = |key| ids.id(key).unwrap_or(NONE);
        MeaningIds {
            concepts: Concept::all().iter().map(|concept| id(concept_key(concept))).collect(),
            topics: Topic::all().iter().map(|topic| id(topic_key(topic))).collect(),
        }
    }

    /// The feature of a concept or topic.
    pub(super) fn at(&self, place: Place) -> Option<u32> {
        let id = match place {
            Place::Concept(_, _, concept, _) => self.concepts.get(usize::from(concept.number)),
            Place::Topic(_, _, topic) => self.topics.get(usize::from(topic.number)),
            _ => None,
        };
        id.copied().filter(|&id| id != NONE)
    }
}
