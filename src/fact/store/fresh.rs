//! A base where there is none yet: it is made under another name, and takes its own when it is whole.
//!
//! Only whose turn it is makes one. So what lies under the other name was left by a run that was killed; nobody reads it, and
//! SQLite needs no log beside it. Who looks for the base finds none, or all of it.

use super::error::StoreError;
use super::turn::Turn;
use super::{beside, seal};
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;
use tempfile::TempPath;

/// A base that is being made. Dropped, it is gone.
#[derive(Debug)]
pub(super) struct Fresh(TempPath);

impl Fresh {
    /// Makes an empty one.
    pub(super) fn make(base: &Path) -> Result<(Fresh, Connection), StoreError> {
        let name = beside::fresh(base)?;
        let empty = || -> io::Result<TempPath> {
            match std::fs::remove_file(&name) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => File::create_new(&name)?,
            };
            TempPath::try_from_path(name)
        };
        let name = empty().map_err(|error| StoreError::from_io(base, error))?;
        let sqlite = |error| StoreError::from_sqlite(base, error);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&name, flags).map_err(sqlite)?;
        // Where it fails it is thrown away, so that nothing need be undone; sealing brings it to the disk.
        connection
            .execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            .map_err(sqlite)?;
        Ok((Fresh(name), connection))
    }

    /// Seals it, and gives it its name where nothing has that.
    pub(super) fn put(self, connection: Connection, base: &Path, turn: &Turn) -> Result<(), StoreError> {
        connection.close().map_err(|(_, error)| StoreError::from_sqlite(base, error))?;
        let failed = |error| StoreError::from_io(base, error);
        seal::write(&self.0).map_err(failed)?;
        if !turn.lasts().map_err(failed)? {
            return Err(StoreError::Busy(base.display().to_string()));
        }
        beside::clear(base)?;
        self.0.persist_noclobber(base).map_err(|refused| failed(refused.error))
    }
}
