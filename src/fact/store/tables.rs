//! The tables of a base that is being written: SQL goes in, and rows or an error that names the base come out.

use super::error::StoreError;
use rusqlite::{Connection, Params, Row};
use std::path::PathBuf;
use std::time::Duration;

/// A connection by which a base is written.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) connection: Connection,
    /// The base, as errors name it.
    pub(super) path: PathBuf,
}

impl Tables {
    /// Runs statements that take no values and give no rows.
    pub(super) fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.connection.execute_batch(sql).map_err(|error| self.error(error))
    }

    /// Runs a statement, and says how many rows it changed.
    pub(super) fn run(&self, sql: &str, values: impl Params) -> Result<usize, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.error(error))?;
        statement.execute(values).map_err(|error| self.error(error))
    }

    /// The rows of a query.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = || self.connection.prepare(sql)?.query_map([], read)?.collect::<rusqlite::Result<Vec<T>>>();
        rows().map_err(|error| self.error(error))
    }

    /// The number that a query counts.
    pub(super) fn count(&self, sql: &str) -> Result<usize, StoreError> {
        let found = self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        found.map(|count| usize::try_from(count).unwrap_or_default()).map_err(|error| self.error(error))
    }

    /// Says how long to wait for others who have the base open.
    pub(super) fn wait(&self, at_most: Duration) -> Result<(), StoreError> {
        self.connection.busy_timeout(at_most).map_err(|error| self.error(error))
    }

    /// An error of SQLite, as one of the base.
    pub(super) fn error(&self, error: rusqlite::Error) -> StoreError {
        StoreError::from_sqlite(&self.path, error)
    }
}
