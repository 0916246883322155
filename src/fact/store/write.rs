//! Learning into a fact base: documents in, documents out, one transaction.

use super::error::StoreError;
use super::fresh::Fresh;
use super::rows::Rows;
use super::tables::Tables;
use super::turn::Turn;
use super::value::{as_hash, as_stored};
use super::whole::{is_complete, is_sealed, look_through, open, version};
use super::{APPLICATION_ID, MIGRATIONS, PATIENCE, keep, seal, touched};
use rusqlite::{Connection, OpenFlags, params};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// What learning came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Documents in the base.
    pub documents: usize,
    /// Articles in them.
    pub articles: usize,
    /// Claims in those.
    pub claims: usize,
    /// Facts that they come to.
    pub facts: usize,
    /// Pairs of facts that contradict each other.
    pub disputes: usize,
    /// Groups of near-duplicate articles with more than one in them.
    pub near_duplicates: usize,
    /// Documents that were read with other packs or settings than these.
    pub read_otherwise: usize,
}

/// A fact base that is being written. Dropped without [`Learning::finish`] it changes nothing.
#[derive(Debug)]
pub struct Learning {
    tables: Tables,
    changed: bool,
    /// The file in which it is made, where there was none.
    fresh: Option<Fresh>,
    /// Over when all else is done.
    turn: Turn,
}

impl Learning {
    /// Opens a fact base for learning, or makes one. Only one process can at a time; readers go on reading what was there.
    ///
    /// # Errors
    /// A file that is no fact base, one of a newer version and one that may not be written are refused as they are.
    pub fn begin(path: &Path) -> Result<Learning, StoreError> {
        let turn = Turn::take(path)?;
        let sealed = is_sealed(path)?;
        let (fresh, connection) = match path.exists() {
            true => (None, again(path)?),
            false => Fresh::make(path).map(|(fresh, connection)| (Some(fresh), connection))?,
        };
        let tables = Tables { connection, path: path.to_owned() };
        tables.connection.set_prepared_statement_cache_capacity(64);
        tables.batch("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536")?;
        tables.wait(Duration::from_millis(200))?;
        let mut learning = Learning { tables, changed: false, fresh, turn };
        learning.prepare(sealed)?;
        Ok(learning)
    }

    /// Keeps others from writing, looks whether the base is whole, and brings it to the present version.
    fn prepare(&mut self, sealed: bool) -> Result<(), StoreError> {
        let tables = &self.tables;
        tables.batch("BEGIN IMMEDIATE")?;
        let version = version(&tables.path, &tables.connection)?;
        self.changed = version < MIGRATIONS.len();
        if !sealed && version > 0 {
            look_through(&tables.path, &tables.connection)?;
        }
        if version == MIGRATIONS.len() {
            is_complete(&tables.path, &tables.connection)?;
        }
        MIGRATIONS.get(version..).unwrap_or_default().iter().try_for_each(|migration| tables.batch(migration))?;
        // With what is written the seal is gone.
        tables
            .batch(&format!("PRAGMA user_version = {}; PRAGMA application_id = {APPLICATION_ID}", MIGRATIONS.len()))?;
        touched::note(tables, self.changed)
    }

    /// The documents in the base: path, and the hashes of their bytes and of how they were read.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn documents(&self) -> Result<BTreeMap<String, (u64, u64)>, StoreError> {
        let known = self.tables.rows("SELECT path, content, reading FROM documents", |row| {
            Ok((row.get(0)?, (as_hash(row.get(1)?), as_hash(row.get(2)?))))
        })?;
        Ok(known.into_iter().collect())
    }

    /// Takes a document out.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn forget(&mut self, path: &str) -> Result<(), StoreError> {
        self.changed = true;
        keep::forget(&self.tables, path)
    }

    /// Puts a document in, in place of what was known of it.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn keep(&mut self, rows: &Rows) -> Result<(), StoreError> {
        self.forget(&rows.path)?;
        keep::keep(&self.tables, rows)
    }

    /// Takes out what nobody says any more, groups near-duplicates, and makes all of it last.
    ///
    /// # Errors
    /// Those of SQLite; then the base is as it was.
    pub fn finish(self, reading: u64) -> Result<Summary, StoreError> {
        let summary = self.commit(reading)?;
        let Learning { tables: Tables { connection, path }, fresh, turn, .. } = self;
        match fresh {
            Some(fresh) => fresh.put(connection, &path, &turn)?,
            None => settle(connection, &path),
        }
        Ok(summary)
    }

    fn commit(&self, reading: u64) -> Result<Summary, StoreError> {
        let tables = &self.tables;
        if self.changed {
            touched::follow(tables)?;
        }
        let summary = summary(tables, reading)?;
        tables.run(
            "INSERT OR REPLACE INTO base VALUES ('made by', 'factlint ' || ?1)",
            params![env!("CARGO_PKG_VERSION")],
        )?;
        tables.wait(PATIENCE)?;
        tables.batch("COMMIT")?;
        Ok(summary)
    }
}

/// Opens a base that is there. Readers are not held up, and it is one file again when learning is done. Where somebody reads
/// just now the mode stays what it is.
fn again(path: &Path) -> Result<Connection, StoreError> {
    let (connection, _) = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let _ = connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()));
    connection.execute_batch("PRAGMA synchronous = NORMAL").map_err(|error| StoreError::from_sqlite(path, error))?;
    Ok(connection)
}

/// Makes one file of a base again, and seals it. While somebody has it open the log stays, and is emptied; while somebody is
/// reading it cannot be, and there is no seal, which is as good: what is kept was committed.
fn settle(connection: Connection, path: &Path) {
    let _ = connection.busy_timeout(Duration::ZERO);
    let _ = connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()));
    let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    // Nobody may begin to write meanwhile.
    if connection.execute_batch("BEGIN IMMEDIATE").is_ok() {
        let _ = seal::write(path);
        let _ = connection.execute_batch("ROLLBACK");
    }
}

fn summary(tables: &Tables, reading: u64) -> Result<Summary, StoreError> {
    Ok(Summary {
        documents: tables.count("SELECT count(*) FROM documents")?,
        articles: tables.count("SELECT count(*) FROM articles")?,
        claims: tables.count("SELECT count(*) FROM claims")?,
        facts: tables.count("SELECT count(*) FROM statements")?,
        disputes: tables.count("SELECT count(*) FROM disputes")?,
        near_duplicates: tables
            .count("SELECT count(*) FROM (SELECT 1 FROM articles GROUP BY near_duplicates HAVING count(*) > 1)")?,
        read_otherwise: tables
            .count(&format!("SELECT count(*) FROM documents WHERE reading <> {}", as_stored(reading)))?,
    })
}
