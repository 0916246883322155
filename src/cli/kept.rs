//! Packs of a project as they were linked before. What takes long to link is kept in the user's cache folder, one file a
//! project, and read from there as long as everything that was read to link it is what it was.
//!
//! The file may be deleted at any time. Where none can be written, packs are linked at each start.

use super::gather::{self, Unsaved};
use super::trail::Trail;
use super::write;
use crate::config::Config;
use crate::image::{Image, Reader, Stored as _, Writer};
use crate::pack::Packs;
use crate::text::Source;
use etcetera::BaseStrategy as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// The texts of files as they are now; nothing where one is not as it was.
fn unchanged(files: &[(String, u64)]) -> Option<Vec<Arc<Source>>> {
    let read = |(path, hash): &(String, u64)| {
        let source = gather::source(Path::new(path), &Unsaved::default()).ok()?;
        (xxh3_64(source.text().as_bytes()) == *hash).then_some(source)
    };
    files.iter().map(read).collect()
}

/// The place where the packs of a project are kept.
pub(super) struct Shelf(PathBuf);

impl Shelf {
    /// The place for the packs that a configuration names and those given, as they are on the disk, laid over all built-in
    /// ones. There is none for a project without packs of its own.
    pub(super) fn of(config: &Config, given: &[PathBuf], unsaved: &Unsaved) -> Option<Shelf> {
        let mut named = config.packs.iter().map(|pack| &pack.value).chain(given).peekable();
        if named.peek().is_none() || !config.without.is_empty() || !unsaved.is_empty() {
            return None;
        }
        let here = std::env::current_dir().ok()?;
        let mut key = here.to_str()?.to_owned();
        for path in named {
            key.push('\0');
            key.push_str(path.to_str()?);
        }
        let folder = etcetera::choose_base_strategy().ok()?.cache_dir();
        Some(Shelf(folder.join("factlint").join(format!("{:016x}.packs", xxh3_64(key.as_bytes())))))
    }

    /// The packs that are kept here, where everything that they were made of is as it was.
    pub(super) fn find(&self) -> Option<Packs> {
        let mut bytes = std::fs::read(&self.0).ok()?;
        let hash = u64::from_le_bytes(*bytes.last_chunk()?);
        bytes.truncate(bytes.len() - size_of::<u64>());
        if xxh3_64(&bytes) != hash ^ program() {
            return None;
        }
        let image = u32::from_le_bytes(*bytes.last_chunk()?) as usize;
        let trail = bytes.get(image..)?.to_vec();
        let trail = Trail::load(&mut Reader::new(&Image::new(trail, Vec::new())))?;
        if !trail.is_there() {
            return None;
        }
        bytes.truncate(image);
        Packs::of_bytes(bytes, unchanged(&trail.packs)?, unchanged(&trail.tables)?)
    }

    /// Keeps packs without mistakes that were linked, with what was read for them. Where they cannot be kept, nothing is
    /// lost but time.
    pub(super) fn keep(&self, packs: Vec<u8>, trail: &Trail) {
        let Ok(image) = u32::try_from(packs.len()) else { return };
        let mut bytes = packs;
        let mut trailing = Writer::new(&[]);
        trail.store(&mut trailing);
        bytes.extend(trailing.into_bytes());
        bytes.extend(image.to_le_bytes());
        bytes.extend((xxh3_64(&bytes) ^ program()).to_le_bytes());
        let _ = write::kept(&self.0, &bytes);
    }
}

/// What only this build of the program writes and reads: its version, and the built-in packs as it links them.
fn program() -> u64 {
    xxh3_64(concat!(env!("CARGO_PKG_VERSION"), env!("PACKS_HASH")).as_bytes())
}
