//! What a base answered already, so that it is read once.

use crate::fact::base::Revision;
use crate::fact::model::{Fact, KnownName, Printed};
use crate::fact::remembering::Kept;
use crate::pattern::{RelationId, SlotId};
use rusqlite::Row;
use std::sync::Arc;

/// So many facts, and as many names, are kept in memory, and as many that were wanted before them.
const FACTS: usize = 1_024;

/// What was asked for already, of one revision of the file.
#[derive(Default)]
pub(super) struct Remembered {
    pub(super) of: Revision,
    pub(super) statements: Kept<(RelationId, SlotId, String), Arc<Keyed>>,
    pub(super) facts: Kept<i64, Arc<Fact>, FACTS>,
    pub(super) names: Kept<String, Arc<Keyed>>,
    pub(super) known: Kept<i64, Arc<KnownName>, FACTS>,
    pub(super) articles: Kept<i64, Arc<Printed>, FACTS>,
    /// The hashes of the words of all articles, sorted.
    pub(super) hashes: Option<Arc<[u64]>>,
}

/// Rows with the folded names by which they are compared before they are read. Of a first name there are thousands, so
/// the names stand in one text.
pub(super) struct Keyed {
    /// The rows, each with the byte at which its name ends.
    rows: Vec<(i64, usize)>,
    keys: String,
}

impl Keyed {
    pub(super) fn new(rows: Vec<(i64, String)>) -> Keyed {
        let mut keyed = Keyed { rows: Vec::with_capacity(rows.len()), keys: String::new() };
        for (id, key) in rows {
            keyed.keys.push_str(&key);
            keyed.rows.push((id, keyed.keys.len()));
        }
        keyed.keys.shrink_to_fit();
        keyed
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = i64> {
        self.rows.iter().map(|(id, _)| *id)
    }

    /// The rows whose names fit.
    pub(super) fn fitting(&self, fits: impl Fn(&str) -> bool) -> impl Iterator<Item = i64> {
        let mut start = 0;
        self.rows.iter().filter_map(move |(id, end)| {
            let key = self.keys.get(std::mem::replace(&mut start, *end)..*end)?;
            fits(key).then_some(*id)
        })
    }
}

pub(super) fn keyed(row: &Row<'_>) -> rusqlite::Result<(i64, String)> {
    Ok((row.get(0)?, row.get(1)?))
}
