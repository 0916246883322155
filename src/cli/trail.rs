//! What was read to link the packs of a project, and whether all of it is still there.

use crate::image::stored;
use crate::text::Source;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// A project's packs of fewer bytes are linked in about two milliseconds, which is no time to keep anything for.
const WORTH_KEEPING: usize = 16 * 1024;

/// What was read to link the packs of a project.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// Paths that were looked for, each with the files that it led to; nothing where nothing was there.
    looked: Vec<(String, Option<Vec<String>>)>,
    /// The packs in the order of loading, with hashes of their texts.
    pub(super) packs: Vec<(String, u64)>,
    /// The tables of facts in the order of the packs.
    pub(super) tables: Vec<(String, u64)>,
    /// Whether a name among them is no text, so that it cannot be written down.
    lost: bool,
    /// How long the texts are, in bytes.
    length: usize,
}

stored! { Trail { looked, packs, tables, lost, length } }

impl Trail {
    /// Notes what a path led to.
    pub(super) fn look(&mut self, path: &Path, files: Option<&[PathBuf]>) {
        let files = files.map(|files| files.iter().map(|file| self.name(file)).collect());
        let name = self.name(path);
        self.looked.push((name, files));
    }

    /// Notes a pack that was read, with its tables.
    pub(super) fn read(&mut self, pack: (&Path, &Source), tables: &[(PathBuf, Arc<Source>)]) {
        let entry = self.entry(pack.0, pack.1);
        self.packs.push(entry);
        for (path, source) in tables {
            let entry = self.entry(path, source);
            self.tables.push(entry);
        }
    }

    fn entry(&mut self, path: &Path, source: &Source) -> (String, u64) {
        self.length += source.text().len();
        (self.name(path), xxh3_64(source.text().as_bytes()))
    }

    fn name(&mut self, path: &Path) -> String {
        self.lost |= path.to_str().is_none();
        path.to_string_lossy().into_owned()
    }

    /// Whether what was linked of it is worth keeping.
    pub(super) fn is_worth_keeping(&self) -> bool {
        self.length >= WORTH_KEEPING && !self.lost
    }

    /// Whether each path leads where it led.
    pub(super) fn is_there(&self) -> bool {
        self.looked.iter().all(|(path, files)| {
            let path = Path::new(path);
            let now = path.exists().then(|| pack_files(path));
            let then = files.as_ref().map(|files| files.iter().map(PathBuf::from).collect());
            now == then
        })
    }
}

/// A pack, or every pack of a folder.
pub(super) fn pack_files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|file| file.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    files
}
