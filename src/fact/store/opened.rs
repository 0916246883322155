//! A base in a file that is open for reading: its connections, and whether the file is as it was when it was believed.

use super::MIGRATIONS;
use super::error::StoreError;
use super::seal::{self, Stamp};
use super::whole::{is_sealed, look_through, open};
use crate::fact::base::{Extent, Revision};
use crate::fact::error::BaseError;
use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Row};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A base that is open.
pub(super) struct Opened {
    path: PathBuf,
    believed: Mutex<Believed>,
    /// How often it was found changed.
    revision: AtomicU64,
}

/// A file as it was when it was looked at.
struct Believed {
    stamp: Stamp,
    extent: Extent,
    /// One connection a thread: taken for a look-up and put back.
    free: Vec<Connection>,
}

impl Opened {
    /// Opens a base if it is as `learn` left it.
    pub(super) fn new(path: &Path) -> Result<Opened, StoreError> {
        let believed = Mutex::new(believe(path)?);
        Ok(Opened { path: path.to_owned(), believed, revision: AtomicU64::default() })
    }

    /// How much it holds.
    pub(super) fn extent(&self) -> Extent {
        self.believed().extent
    }

    /// Another one where the file was found changed.
    pub(super) fn revision(&self) -> Revision {
        Revision(self.revision.load(Ordering::Acquire))
    }

    /// The rows of a query.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, BaseError> {
        let (revision, connection) = self.connection()?;
        let found = connection
            .prepare_cached(sql)
            .and_then(|mut query| query.query_map(values, read)?.collect::<rusqlite::Result<Vec<T>>>());
        let mut believed = self.believed();
        if revision == self.revision() {
            believed.free.push(connection);
        }
        found.map_err(|error| StoreError::from_sqlite(&self.path, error).into())
    }

    /// The one row of a query that names something by its id.
    pub(super) fn row<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, BaseError> {
        self.rows(sql, values, read)?.pop().ok_or_else(|| self.changed())
    }

    /// That what the base said before is there no more. Whoever asks again is answered by the base as it is now.
    pub(super) fn changed(&self) -> BaseError {
        self.renew(&mut self.believed());
        StoreError::Changed(self.path.display().to_string()).into()
    }

    /// That a value is none that `learn` writes.
    pub(super) fn damaged(&self) -> BaseError {
        StoreError::Corrupt(self.path.display().to_string()).into()
    }

    /// A connection to a file that is believed. Where it was changed since, it is looked at as when it was opened: SQLite
    /// notices damage only where it stumbles over it.
    fn connection(&self) -> Result<(Revision, Connection), StoreError> {
        let stamp = seal::stamp(&self.path).ok();
        let mut believed = self.believed();
        if stamp != Some(believed.stamp) {
            let anew = believe(&self.path)?;
            self.renew(&mut believed);
            *believed = anew;
        }
        let (revision, free) = (self.revision(), believed.free.pop());
        drop(believed);
        Ok((revision, free.map_or_else(|| connect(&self.path), Ok)?))
    }

    /// Begins a revision, which has connections of its own.
    fn renew(&self, believed: &mut Believed) {
        believed.free.clear();
        self.revision.fetch_add(1, Ordering::Release);
    }

    fn believed(&self) -> MutexGuard<'_, Believed> {
        self.believed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn believe(path: &Path) -> Result<Believed, StoreError> {
    let named = || path.display().to_string();
    // What is changed after this is looked at again.
    let stamp = seal::stamp(path).map_err(|_| StoreError::Missing(named()))?;
    let sealed = is_sealed(path)?;
    let connection = connect(path)?;
    if !sealed {
        look_through(path, &connection)?;
    }
    let value = |key: &str| {
        let found = connection.query_row("SELECT value FROM base WHERE key = ?1", [key], |row| row.get::<_, Value>(0));
        found.optional().map_err(|error| StoreError::from_sqlite(path, error))
    };
    let articles = match value("articles")? {
        Some(Value::Integer(count)) => usize::try_from(count).ok(),
        _ => None,
    };
    let newest = match value("newest")? {
        // Where no article has a date, there is an empty one.
        Some(Value::Text(date)) if !date.is_empty() => Some(date.parse().map_err(|_| StoreError::Corrupt(named()))?),
        _ => None,
    };
    let articles = articles.ok_or_else(|| StoreError::Corrupt(named()))?;
    Ok(Believed { stamp, extent: Extent { articles, stated: 0, newest }, free: vec![connection] })
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let read = || open(path, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let (connection, version) = match read() {
        // SQLite undoes what a killed run began as soon as it may write.
        Err(StoreError::BrokenOff(_)) => open(path, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|_| read())?,
        opened => opened?,
    };
    if version < MIGRATIONS.len() {
        return Err(match version {
            0 => StoreError::Unfinished(path.display().to_string()),
            older => StoreError::Older(path.display().to_string(), older),
        });
    }
    connection.set_prepared_statement_cache_capacity(32);
    let sqlite = |error| StoreError::from_sqlite(path, error);
    // Without it SQLite plans a query anew for each value that it is asked with.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(sqlite)?;
    // SQLite maps no file into memory unless it is told to: one that is cut off while it is mapped would end the process
    // (2 of 12 times), where a read says that it is damaged. With a map 400 drafts took 7% less time, and one no less.
    connection.execute_batch("PRAGMA query_only = ON").map_err(sqlite)?;
    Ok(connection)
}
