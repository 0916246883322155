//! What lies beside a base under the names of files that come and go with it: those of SQLite (log, journal, shared memory),
//! and those of learning (its lock, and a base that is being made).
//!
//! Whatever has such a name is written to, and deleted in the end. So a link, a file with other names and anything that does
//! not begin as such a file does is refused before.

use super::error::StoreError;
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// A name: how it ends, and how such a file begins. It may be empty too.
struct Name {
    end: &'static str,
    heads: &'static [[u8; 4]],
    other: &'static str,
}

const fn sqlites(end: &'static str, heads: &'static [[u8; 4]]) -> Name {
    Name { end, heads, other: "no file of SQLite's" }
}

/// Those of SQLite (sqlite.org, "Database File Format" and "WAL-mode File Format"), which begin with zeros where nothing is in
/// them any more.
const SQLITES: [Name; 3] = [
    sqlites("-wal", &[[0x37, 0x7f, 0x06, 0x82], [0x37, 0x7f, 0x06, 0x83], [0; 4]]),
    sqlites("-journal", &[[0xd9, 0xd5, 0x05, 0xf9], [0; 4]]),
    // Its version, 3007000, as the processor writes numbers.
    sqlites("-shm", &[3_007_000_u32.to_le_bytes(), 3_007_000_u32.to_be_bytes(), [0; 4]]),
];
/// A base that is being made. Its first page may be written last.
const FRESH: Name = sqlites("-new", &[[b'S', b'Q', b'L', b'i'], [0; 4]]);
const LOCK: Name = Name { end: "-lock", heads: &[], other: "not empty" };

/// Looks at what has one of SQLite's names.
pub(super) fn check(base: &Path) -> Result<(), StoreError> {
    SQLITES.iter().try_for_each(|name| name.beside(base).map(drop))
}

/// Takes away what has one of SQLite's names where there is no base: the log of one that was deleted would be read into the
/// next.
pub(super) fn clear(base: &Path) -> Result<(), StoreError> {
    check(base)?;
    SQLITES.iter().try_for_each(|name| match std::fs::remove_file(name.beside(base)?) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(StoreError::from_io(base, error)),
        _ => Ok(()),
    })
}

/// Where a base is made that is not there yet.
pub(super) fn fresh(base: &Path) -> Result<PathBuf, StoreError> {
    check(base)?;
    let fresh = FRESH.beside(base)?;
    clear(&fresh)?;
    Ok(fresh)
}

/// What is locked while somebody learns into a base.
pub(super) fn lock(base: &Path) -> Result<PathBuf, StoreError> {
    LOCK.beside(base)
}

impl Name {
    /// The name beside a base, behind all links, if nothing else has it.
    fn beside(&self, base: &Path) -> Result<PathBuf, StoreError> {
        let mut name = base.canonicalize().unwrap_or_else(|_| base.to_owned()).into_os_string();
        name.push(self.end);
        let name = PathBuf::from(name);
        let what = match std::fs::symlink_metadata(&name) {
            Err(_) => return Ok(name),
            Ok(about) if about.is_symlink() => "a link",
            Ok(about) if !about.is_file() => "no plain file",
            Ok(about) if has_more_names(&about) => "a file with another name too",
            Ok(_) if !self.begins(&name) => self.other,
            Ok(_) => return Ok(name),
        };
        Err(StoreError::Beside(base.display().to_string(), name.display().to_string(), what))
    }

    /// Whether a file begins as such files do, as far as it goes. One that cannot be read is refused by whoever opens it, who
    /// says why.
    fn begins(&self, file: &Path) -> bool {
        let mut head = Vec::new();
        match File::open(file).and_then(|file| file.take(4).read_to_end(&mut head)) {
            Ok(_) => head.is_empty() || self.heads.iter().any(|known| known.starts_with(&head)),
            Err(_) => true,
        }
    }
}

#[cfg(unix)]
fn has_more_names(about: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    about.nlink() > 1
}

#[cfg(not(unix))]
fn has_more_names(_: &Metadata) -> bool {
    false
}
