//! Writes the files of people: fixed drafts, packs, baselines, what is allowed, pages.
//!
//! In goes a path and what its file is to hold. Out comes that file, or the one that was there and an error that says what
//! to do. The text goes to a fresh file beside the target, whose name nobody can guess or have made before, and takes
//! its place in one step once it is on the disk. Links are followed, not replaced; mode and owner are kept; what is
//! read-only stays as it is. Who changes a file holds a lock on it from before it is read until the new one is there, so that
//! of many at once nobody's change is lost.

use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{Error, ErrorKind, Read as _, Result, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::NamedTempFile;

/// Who finds a file locked looks again after so long, and so often: half a minute. A change takes a few hundredths of a
/// second, so that hundreds at once have their turn.
const LOOK_AGAIN: Duration = Duration::from_millis(10);
const LOOKS: usize = 3_000;

/// Writes a file whole or not at all, whether it is there or not.
pub(super) fn whole(path: &Path, text: &str) -> Result<()> {
    match Known::find(path)? {
        Some(known) => known.write(text),
        None => new(path, text),
    }
}

/// Changes a file by what it holds, nothing where it is not there. Where that comes to nothing new it stays as it is. Nobody
/// else changes it so meanwhile; where somebody made or replaced it, `make` is asked again.
pub(super) fn change(path: &Path, mut make: impl FnMut(Option<&str>) -> Result<Option<String>>) -> Result<()> {
    loop {
        let Some(mut known) = Known::find(path)? else {
            let Some(text) = make(None)? else { return Ok(()) };
            match new(path, &text) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                done => return done,
            }
        };
        known.lock()?;
        if !known.is_there()? {
            continue;
        }
        let mut before = String::new();
        known.file.read_to_string(&mut before)?;
        return match make(Some(&before))? {
            Some(text) => known.write(&text),
            None => Ok(()),
        };
    }
}

/// Writes a file over the text that was read from it; one that somebody changed meanwhile stays as it is.
pub(super) fn over(path: &Path, before: &str, text: &str) -> Result<()> {
    change(path, |now| match now == Some(before) {
        true => Ok(Some(text.to_owned())),
        false => Err(Error::other("it was changed meanwhile; run this again")),
    })
}

/// Writes a file where there is none; [`ErrorKind::AlreadyExists`] where there is one, or a link.
pub(super) fn new(path: &Path, text: &str) -> Result<()> {
    let mut open = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any new file: what the mask of the process leaves of it.
        open.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let fresh = fresh(&mut open, path, text)?;
    fresh.persist_noclobber(path).map_err(|error| error.error)?;
    settle(path);
    Ok(())
}

/// Writes a file that is nobody's and may be lost, in folders that are made for it.
pub(super) fn kept(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().ok_or(ErrorKind::NotFound)?;
    std::fs::create_dir_all(folder)?;
    let mut fresh = NamedTempFile::new_in(folder)?;
    fresh.write_all(bytes)?;
    fresh.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Says whether a file that is there may be written to; one that is not there may be.
pub(super) fn may_write(path: &Path) -> Result<()> {
    Known::find(path).map(|_| ())
}

/// What a file is, whatever the name that leads to it.
#[derive(PartialEq, Eq)]
pub(super) struct Identity(#[cfg(unix)] (u64, u64), #[cfg(not(unix))] PathBuf);

impl Identity {
    /// That of the file behind a path.
    #[cfg(unix)]
    pub(super) fn of(path: &Path) -> Result<Identity> {
        use std::os::unix::fs::MetadataExt as _;
        std::fs::metadata(path).map(|about| Identity((about.dev(), about.ino())))
    }

    #[cfg(not(unix))]
    pub(super) fn of(path: &Path) -> Result<Identity> {
        path.canonicalize().map(Identity)
    }
}

/// A file that is there and may be written to.
struct Known {
    /// Its own path, behind all links.
    path: PathBuf,
    file: File,
    about: Metadata,
}

impl Known {
    /// The file behind a path; nothing where there is none.
    fn find(path: &Path) -> Result<Option<Known>> {
        let about = match std::fs::metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound && path.is_symlink() => {
                return Err(Error::new(
                    ErrorKind::NotFound,
                    "it is a link to a file that is not there; make that file",
                ));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            about => about?,
        };
        if !about.is_file() {
            return Err(Error::other("it is no plain file; name one"));
        }
        // Who may write to the folder could replace the file all the same, and so could the superuser.
        let read_only = || Error::new(ErrorKind::PermissionDenied, "it is read-only; make it writable first");
        if about.permissions().readonly() {
            return Err(read_only());
        }
        let path = path.canonicalize()?;
        let file = OpenOptions::new().read(true).write(true).open(&path).map_err(|error| match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => read_only(),
            _ => error,
        })?;
        Ok(Some(Known { path, file, about }))
    }

    /// Waits until nobody else changes the file. Where the system has no locks, what was read is compared at least.
    fn lock(&self) -> Result<()> {
        for _ in 0..LOOKS {
            match self.file.try_lock() {
                Err(TryLockError::WouldBlock) => std::thread::sleep(LOOK_AGAIN),
                Err(TryLockError::Error(error)) if error.kind() != ErrorKind::Unsupported => return Err(error),
                Ok(()) | Err(TryLockError::Error(_)) => return Ok(()),
            }
        }
        Err(Error::new(ErrorKind::TimedOut, "another program holds a lock on it; run this again when that is done"))
    }

    /// Whether its path leads to this file still, and not to one that was put in its place.
    #[cfg(unix)]
    fn is_there(&self) -> Result<bool> {
        use std::os::unix::fs::MetadataExt as _;
        let about = self.file.metadata()?;
        match Identity::of(&self.path) {
            Ok(there) => Ok(there == Identity((about.dev(), about.ino()))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// A file that is open is not replaced on other systems.
    #[cfg(not(unix))]
    fn is_there(&self) -> Result<bool> {
        Ok(true)
    }

    /// Writes the file whole.
    fn write(self, text: &str) -> Result<()> {
        if self.has_more_names() {
            return self.overwrite(text);
        }
        let fresh = fresh(&mut tempfile::Builder::new(), &self.path, text)?;
        self.dress(fresh.as_file())?;
        fresh.persist(&self.path).map_err(|error| error.error)?;
        settle(&self.path);
        Ok(())
    }

    /// Whether the file has other names, which are to see what is written.
    #[cfg(unix)]
    fn has_more_names(&self) -> bool {
        use std::os::unix::fs::MetadataExt as _;
        self.about.nlink() > 1
    }

    #[cfg(not(unix))]
    fn has_more_names(&self) -> bool {
        false
    }

    /// Writes into the file itself. Until that is done the text is on the disk beside it, and what was there comes back
    /// where it fails.
    fn overwrite(mut self, text: &str) -> Result<()> {
        let kept = fresh(&mut tempfile::Builder::new(), &self.path, text)?;
        self.dress(kept.as_file())?;
        let before = std::fs::read(&self.path)?;
        if let Err(error) = put(&mut self.file, text.as_bytes()) {
            let _ = put(&mut self.file, &before);
            return Err(error);
        }
        kept.close()
    }

    /// Gives a fresh file the mode of this one, and its owner and group as far as that is allowed.
    #[cfg(unix)]
    fn dress(&self, fresh: &File) -> Result<()> {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
        let (user, group) = (self.about.uid(), self.about.gid());
        let same_group = fchown(fresh, Some(user), Some(group)).is_ok() || fchown(fresh, None, Some(group)).is_ok();
        // What its group was allowed, another group is not.
        let lost = if same_group { 0 } else { 0o2070 };
        let mode = self.about.permissions().mode() & 0o7777 & !lost;
        fresh.set_permissions(std::fs::Permissions::from_mode(mode))
    }

    #[cfg(not(unix))]
    fn dress(&self, _: &File) -> Result<()> {
        Ok(())
    }
}

/// A text in a file of its own beside a path, on the disk; it is its owner's alone unless said otherwise. Dropped, it is gone.
fn fresh(open: &mut tempfile::Builder<'_, '_>, path: &Path, text: &str) -> Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let refused = |error: Error| Error::new(error.kind(), format!("its folder takes no file ({})", error.kind()));
    let mut fresh = open.prefix(".factlint-").tempfile_in(folder).map_err(refused)?;
    put(fresh.as_file_mut(), text.as_bytes())?;
    Ok(fresh)
}

/// Makes bytes all that a file holds, on the disk.
fn put(file: &mut File, bytes: &[u8]) -> Result<()> {
    file.rewind()?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

/// Brings the new entry of a folder to the disk. Where that cannot be, the file is whole all the same.
fn settle(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
