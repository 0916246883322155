//! Values as SQLite keeps them, and back.

use crate::text::{Date, fold};
use rusqlite::Row;
use rusqlite::types::Type;

/// An id: a hash of what it names. Ids are positive.
pub(super) fn id(parts: &[&str]) -> i64 {
    i64::try_from(fold::stable_hash(parts) >> 1).unwrap_or_default()
}

/// A hash as SQLite keeps it.
pub(super) fn as_stored(hash: u64) -> i64 {
    i64::from_ne_bytes(hash.to_ne_bytes())
}

pub(super) fn as_hash(stored: i64) -> u64 {
    u64::from_ne_bytes(stored.to_ne_bytes())
}

/// A number as SQLite keeps it.
pub(super) fn stored(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number that is no less than nothing.
pub(super) fn count(row: &Row<'_>, at: usize) -> rusqlite::Result<usize> {
    let count: i64 = row.get(at)?;
    usize::try_from(count).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(at, count))
}

/// A date, where there is one.
pub(super) fn date(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Date>> {
    let date: Option<String> = row.get(at)?;
    let wrong = |_| rusqlite::Error::InvalidColumnType(at, "date".to_owned(), Type::Text);
    date.map(|date| date.parse().map_err(wrong)).transpose()
}
