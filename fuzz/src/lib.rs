//! In-process fuzz targets: bytes in, nothing out, and a panic where a law of factlint is broken.
//!
//! Each target reads its input as its own format demands and never refuses one. The same bytes always do the same.

mod documents;
mod edits;
pub mod mutate;
mod packs;
mod world;

use std::path::{Path, PathBuf};

/// What is fuzzed.
pub struct Target {
    /// Its name, and that of its folder in `corpus`.
    pub name: &'static str,
    /// Does with an input what the target is for.
    pub run: fn(&[u8]),
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "read", run: documents::read },
    Target { name: "packed", run: documents::packed },
    Target { name: "check", run: documents::check },
    Target { name: "fix", run: documents::fixes },
    Target { name: "locality", run: documents::locality },
    Target { name: "report", run: documents::report },
    Target { name: "pack", run: packs::pack },
    Target { name: "pattern", run: packs::pattern },
    Target { name: "configuration", run: packs::configuration },
    Target { name: "edit", run: edits::edit },
];

/// The inputs that a target begins with, in the order of their names.
pub fn corpus(target: &Target) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files.into_iter().filter_map(|path| Some((path.clone(), std::fs::read(path).ok()?))).collect()
}
