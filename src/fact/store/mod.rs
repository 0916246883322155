//! The fact base in a file: one SQLite database (<https://sqlite.org>), described in `docs/fact-base.md`.
//!
//! Documents and what their articles say are rows; facts, support and disputes are views over them. Ids are hashes of what
//! they name, so any order and partition of the corpus gives the same rows, and forgetting a document is deleting its
//! own. [`Learning`] writes, in one transaction; [`Store`] reads.

mod beside;
mod opened;
mod read;
mod seal;
mod write;

pub use read::{Dispute, Side, Store};
pub use write::{Learning, Rows, Summary};

use super::error::BaseError;
use crate::text::fold;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use seal::Seal;
use std::fmt;
use std::path::Path;
use std::time::Duration;

/// The steps from an empty file to the present version, one a version.
const MIGRATIONS: &[&str] = &[include_str!("schema.sql"), include_str!("witnesses.sql"), include_str!("years.sql")];
/// "fctl": this file is a fact base. What learning commits says so, until it is sealed.
const APPLICATION_ID: u32 = 0x6663_746c;
/// "fcts": and it has a seal, without which it is damaged. No slip of a bit leads from one to the other.
const SEALED_ID: u32 = 0x6663_7473;
/// Who finds a seal broken looks again so often: `learn` may just have written it. It takes a few milliseconds.
const LOOKS: usize = 10;
/// How long a reader waits for a writer that is just committing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a fact base cannot be used.
#[derive(Debug)]
pub enum StoreError {
    /// There is no such file.
    Missing(String),
    /// The file is no database, or another program's.
    Foreign(String),
    /// It was made by a newer version.
    Newer(String, usize),
    /// It was made by an older version, and only `learn` may change it.
    Older(String, usize),
    /// Another process is learning.
    Busy(String),
    /// The disk is full.
    Full(String),
    /// The folder or file may not be written.
    ReadOnly(String),
    /// The file is damaged.
    Corrupt(String),
    /// What it said before is there no more.
    Changed(String),
    /// Nothing was learned into it yet.
    Unfinished(String),
    /// It has tables, and no version.
    Unversioned(String),
    /// A part of what every base holds is not there.
    Lacks(String, String),
    /// What has this name is a folder, or something else that is no file.
    NoFile(String),
    /// Under a name that SQLite takes for its own beside the base lies this, which is none of its files.
    Beside(String, String, &'static str),
    /// The system could not read or write.
    System(String, rusqlite::Error),
    /// Anything else.
    Other(String, rusqlite::Error),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Missing(path) => {
                write!(f, "{path}: there is no fact base here; make one with `factlint learn CORPUS --facts {path}`")
            }
            StoreError::Foreign(path) => {
                write!(f, "{path}: this file is no fact base; it was left as it is. Name another with `--facts`")
            }
            StoreError::Newer(path, version) => write!(
                f,
                "{path}: this fact base has version {version}, and this factlint knows versions up to {}; update factlint",
                MIGRATIONS.len()
            ),
            StoreError::Older(path, version) => write!(
                f,
                "{path}: this fact base has the old version {version}; run `factlint learn` on its corpus to renew it"
            ),
            StoreError::Busy(path) => {
                write!(f, "{path}: another `factlint learn` is writing this fact base; run this one when it is done")
            }
            StoreError::Full(path) => {
                write!(f, "{path}: the disk is full; nothing was changed. Make room and learn again")
            }
            StoreError::ReadOnly(path) => write!(
                f,
                "{path}: this file or its folder may not be written; nothing was changed. Name another place with `--facts`"
            ),
            StoreError::Corrupt(path) => {
                write!(f, "{path}: this fact base is damaged; delete it and learn again")
            }
            StoreError::Changed(path) => {
                write!(f, "{path}: this fact base was changed while it was asked; ask again")
            }
            StoreError::Unfinished(path) => write!(
                f,
                "{path}: this fact base is empty: its first `factlint learn` is at work or was broken off; run `factlint learn` on the corpus"
            ),
            StoreError::Unversioned(path) => write!(
                f,
                "{path}: this fact base has lost its version: something else changed it or it is damaged; delete it and learn again"
            ),
            StoreError::Lacks(path, what) => {
                write!(f, "{path}: this fact base is damaged: it lacks `{what}`; delete it and learn again")
            }
            StoreError::NoFile(path) => {
                write!(f, "{path}: a fact base is a file, and this is a folder or a device; name one with `--facts`")
            }
            StoreError::Beside(path, name, what) => write!(
                f,
                "{path}: beside it lies {name}, which is {what}, and SQLite would write to it or delete it; nothing was touched. Move it away"
            ),
            StoreError::System(path, error) => write!(
                f,
                "{path}: the system could not read or write it ({error}); nothing was changed. See whether the disk is full or a limit is set"
            ),
            StoreError::Other(path, error) => write!(f, "{path}: {error}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<StoreError> for BaseError {
    fn from(error: StoreError) -> BaseError {
        BaseError::new(error.to_string())
    }
}

impl StoreError {
    fn from_sqlite(path: &Path, error: rusqlite::Error) -> StoreError {
        let path = path.display().to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreError::Foreign(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(path),
            Some(ErrorCode::DiskFull) => StoreError::Full(path),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                StoreError::ReadOnly(path)
            }
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Corrupt(path),
            Some(ErrorCode::SystemIoFailure) => StoreError::System(path, error),
            // A value that is not what `learn` writes there.
            None => StoreError::Corrupt(path),
            Some(_) => StoreError::Other(path, error),
        }
    }
}

/// Opens a file as it is, and says which version it has; 0 is an empty file.
fn open(path: &Path, flags: OpenFlags) -> Result<(Connection, usize), StoreError> {
    let sqlite = |error| StoreError::from_sqlite(path, error);
    beside::check(path)?;
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(sqlite)?;
    connection.busy_timeout(PATIENCE).map_err(sqlite)?;
    let version = version(path, &connection)?;
    Ok((connection, version))
}

/// Which version a base has; 0 is an empty file.
fn version(path: &Path, connection: &Connection) -> Result<usize, StoreError> {
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
fn is_sealed(path: &Path) -> Result<bool, StoreError> {
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
fn look_through(path: &Path, connection: &Connection) -> Result<(), StoreError> {
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
fn is_complete(path: &Path, connection: &Connection) -> Result<(), StoreError> {
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

/// An id: a hash of what it names. Ids are positive.
fn id(parts: &[&str]) -> i64 {
    i64::try_from(fold::stable_hash(parts) >> 1).unwrap_or_default()
}

/// A hash as SQLite keeps it.
fn as_stored(hash: u64) -> i64 {
    i64::from_ne_bytes(hash.to_ne_bytes())
}

fn as_hash(stored: i64) -> u64 {
    u64::from_ne_bytes(stored.to_ne_bytes())
}
