//! Why a fact base cannot be used, and what to do about it.

use super::MIGRATIONS;
use crate::fact::error::BaseError;
use rusqlite::{ErrorCode as Code, ffi};
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

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
    /// A run was killed while it wrote, and what it left may not be undone here.
    BrokenOff(String),
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
    /// There was no such file when learning began, and now there is.
    Appeared(String),
    /// Under a name beside the base that is written to and deleted lies this, which is none of its files.
    Beside(String, String, &'static str),
    /// The system could not read or write.
    System(String, String),
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
            StoreError::BrokenOff(path) => write!(
                f,
                "{path}: a `factlint learn` was broken off, and this file or its folder may not be written, so that it cannot be undone; run `factlint learn` where they may"
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
            StoreError::Appeared(path) => {
                write!(f, "{path}: a file was put here meanwhile, and left as it is; learn again to learn into it")
            }
            StoreError::Beside(path, name, what) => write!(
                f,
                "{path}: beside it lies {name}, which is {what} and would be written to or deleted; nothing was touched. Move it away"
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
    pub(super) fn from_sqlite(path: &Path, error: rusqlite::Error) -> StoreError {
        let path = path.display().to_string();
        if error.sqlite_error().is_some_and(|error| error.extended_code == ffi::SQLITE_READONLY_ROLLBACK) {
            return StoreError::BrokenOff(path);
        }
        match error.sqlite_error_code() {
            Some(Code::NotADatabase) => StoreError::Foreign(path),
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => StoreError::Busy(path),
            Some(Code::DiskFull) => StoreError::Full(path),
            Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen) => StoreError::ReadOnly(path),
            Some(Code::DatabaseCorrupt) => StoreError::Corrupt(path),
            Some(Code::SystemIoFailure) => StoreError::System(path, error.to_string()),
            // A value that is not what `learn` writes there.
            None => StoreError::Corrupt(path),
            Some(_) => StoreError::Other(path, error),
        }
    }

    /// Of what befell a file beside the base, or the base as a file.
    pub(super) fn from_io(path: &Path, error: io::Error) -> StoreError {
        let path = path.display().to_string();
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => StoreError::Full(path),
            // A folder that is not there takes no file either.
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::NotFound => {
                StoreError::ReadOnly(path)
            }
            ErrorKind::AlreadyExists => StoreError::Appeared(path),
            _ => StoreError::System(path, error.to_string()),
        }
    }
}
