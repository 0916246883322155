//! What lies beside a base under the names that SQLite takes for its own files: log, journal, shared memory.
//!
//! SQLite writes to whatever has such a name, and deletes it when it is done. So a link, a file with other names and
//! anything that does not begin as SQLite's do is refused before the base is opened.

use super::error::StoreError;
use std::fs::{File, Metadata};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The ends of the names, each with how such a file begins (sqlite.org, "Database File Format" and "WAL-mode File Format"). It may
/// be empty, and begin with zeros where nothing is in it any more.
const OWN: [(&str, [[u8; 4]; 2]); 3] = [
    ("-wal", [[0x37, 0x7f, 0x06, 0x82], [0x37, 0x7f, 0x06, 0x83]]),
    ("-journal", [[0xd9, 0xd5, 0x05, 0xf9], [0; 4]]),
    // Its version, 3007000, as the processor writes numbers.
    ("-shm", [3_007_000_u32.to_le_bytes(), 3_007_000_u32.to_be_bytes()]),
];

/// SQLite's own names beside a base, behind all links.
pub(super) fn names(base: &Path) -> impl Iterator<Item = PathBuf> {
    let base = base.canonicalize().unwrap_or_else(|_| base.to_owned());
    OWN.iter().map(move |(end, _)| {
        let mut name = base.clone().into_os_string();
        name.push(end);
        PathBuf::from(name)
    })
}

/// Looks at what has one of SQLite's names.
pub(super) fn check(base: &Path) -> Result<(), StoreError> {
    for (name, (_, heads)) in names(base).zip(OWN) {
        let Ok(about) = std::fs::symlink_metadata(&name) else { continue };
        let what = if about.is_symlink() {
            "a link"
        } else if !about.is_file() {
            "no plain file"
        } else if has_more_names(&about) {
            "a file with another name too"
        } else if !begins(&name, &heads) {
            "no file of SQLite's"
        } else {
            continue;
        };
        return Err(StoreError::Beside(base.display().to_string(), name.display().to_string(), what));
    }
    Ok(())
}

/// Whether a file begins as one of these, as far as it goes. One that cannot be read is refused by SQLite, which says why.
fn begins(file: &Path, heads: &[[u8; 4]]) -> bool {
    let mut head = Vec::new();
    match File::open(file).and_then(|file| file.take(4).read_to_end(&mut head)) {
        Ok(_) => head.iter().all(|byte| *byte == 0) || heads.iter().any(|known| known.starts_with(&head)),
        Err(_) => true,
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
