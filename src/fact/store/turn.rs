//! Whose turn it is to learn into a base: one process at a time, from before the base is looked for until it is left.
//!
//! SQLite's own lock would not do where there is no base yet: somebody would have to make the file that is locked, and would
//! take it from under those who opened it meanwhile when he gives up. So the lock is on a file beside it. It ends with the
//! process, however that ends; the file goes with it, or with the next turn where the process was killed.

use super::beside;
use super::error::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;
#[cfg(unix)]
use tempfile::TempPath;

/// Who finds it somebody else's looks again after so long, and so often: a fifth of a second.
const LOOK_AGAIN: Duration = Duration::from_millis(10);
const LOOKS: usize = 20;

/// A turn. Dropped, it is over.
#[derive(Debug)]
pub(super) struct Turn {
    /// The name goes before the lock does. Where nobody can tell of a file that he locked whether it still has its name, it
    /// stays.
    #[cfg(unix)]
    _name: TempPath,
    file: File,
}

impl Turn {
    /// Takes the turn of a base, or says that it is somebody else's.
    pub(super) fn take(base: &Path) -> Result<Turn, StoreError> {
        let failed = |error| StoreError::from_io(base, error);
        let name = beside::lock(base)?;
        for _ in 0..LOOKS {
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(&name).map_err(failed)?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => std::thread::sleep(LOOK_AGAIN),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
                // Somebody's turn was just over, and with it this file.
                Ok(()) if !has_name(&file).map_err(failed)? => {}
                Ok(()) => {
                    return Ok(Turn {
                        #[cfg(unix)]
                        _name: TempPath::try_from_path(name).map_err(failed)?,
                        file,
                    });
                }
            }
        }
        Err(StoreError::Busy(base.display().to_string()))
    }

    /// Whether it still is; nobody but a person ends that of another.
    pub(super) fn lasts(&self) -> io::Result<bool> {
        has_name(&self.file)
    }
}

#[cfg(unix)]
fn has_name(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().map(|about| about.nlink() > 0)
}

#[cfg(not(unix))]
fn has_name(_: &File) -> io::Result<bool> {
    Ok(true)
}
