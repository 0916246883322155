//! Whether a file is a fact base, of which version, and all there.

use super::error::StoreError;
use super::seal::{self, Seal};
use super::{APPLICATION_ID, MIGRATIONS, PATIENCE, SEALED_ID, beside};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Who finds a seal broken looks again so often: `learn` may just have written it. It takes a few milliseconds.
const LOOKS: usize = 10;

/// Opens a file as it is, and says which version it has; 0 is an empty file.
pub(super) fn open(path: &Path, flags: OpenFlags) -> Result<(Connection, usize), StoreError> {
    let sqlite = |error| StoreError::from_sqlite(path, error);
    beside::check(path)?;
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(sqlite)?;
    connection.busy_timeout(PATIENCE).map_err(sqlite)?;
    let version = version(path, &connection)?;
    Ok((connection, version))
}

/// Which version a base has; 0 is an empty file.
pub(super) fn version(path: &Path, connection: &Connection) -> Result<usize, StoreError> {
    let sqlite = |error| StoreError::from_sqlite(path, error);
    // In one statement, since another process may commit its first tables between two.
    let said = connection.query_row(
        "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema) \
         FROM pragma_user_version, pragma_application_id",
        [],
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)),
    );
    let (version, id, tables) = said.map_err(sqlite)?;
    let version = usize::try_from(version).unwrap_or(usize::MAX);
    let ours = [APPLICATION_ID, SEALED_ID].map(i64::from).contains(&id);
    let path = || path.display().to_string();
    match version {
        _ if !ours && (tables > 0 || version > 0) => Err(StoreError::Foreign(path())),
        0 if tables > 0 => Err(StoreError::Unversioned(path())),
        version if version > MIGRATIONS.len() => Err(StoreError::Newer(path(), version)),
        version => Ok(version),
    }
}

/// Whether the seal of a base is whole; else what it says of itself decides, which SQLite reads.
pub(super) fn is_sealed(path: &Path) -> Result<bool, StoreError> {
    if path.metadata().is_ok_and(|about| !about.is_file()) {
        return Err(StoreError::NoFile(path.display().to_string()));
    }
    match seal::read(path) {
        Ok(Seal::Broken) => Err(StoreError::Corrupt(path.display().to_string())),
        Ok(seal) => Ok(seal == Seal::Whole),
        // A file that cannot be read is refused by SQLite, which says why.
        Err(_) => Ok(false),
    }
}

/// Looks through a base whose seal is not whole. Only one that learning committed and did not seal has none: what is in a log
/// says so too, as far as SQLite takes it for one.
pub(super) fn look_through(path: &Path, connection: &Connection) -> Result<(), StoreError> {
    let sqlite = |error| StoreError::from_sqlite(path, error);
    let corrupt = || Err(StoreError::Corrupt(path.display().to_string()));
    for look in 0.. {
        let id: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(sqlite)?;
        if id != i64::from(SEALED_ID) {
            break;
        }
        match seal::read(path) {
            Ok(Seal::Whole) => return Ok(()),
            _ if look == LOOKS => return corrupt(),
            _ => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    let found = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0));
    match found.map_err(sqlite)?.as_str() {
        "ok" => is_complete(path, connection),
        _ => corrupt(),
    }
}

/// Looks whether all is there that a base of this version holds.
pub(super) fn is_complete(path: &Path, connection: &Connection) -> Result<(), StoreError> {
    let sqlite = |error| StoreError::from_sqlite(path, error);
    let whole = Connection::open_in_memory().map_err(sqlite)?;
    MIGRATIONS.iter().try_for_each(|migration| whole.execute_batch(migration)).map_err(sqlite)?;
    let parts = |connection: &Connection| -> rusqlite::Result<Vec<(String, Option<String>)>> {
        let mut query = connection.prepare("SELECT name, sql FROM sqlite_schema ORDER BY type DESC, name")?;
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    let found = parts(connection).map_err(sqlite)?;
    match parts(&whole).map_err(sqlite)?.into_iter().find(|part| !found.contains(part)) {
        Some((name, _)) => Err(StoreError::Lacks(path.display().to_string(), name)),
        None => Ok(()),
    }
}
