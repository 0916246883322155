//! Packs that were linked before: the built-in ones when the program was built (`build.rs`), and any others that somebody keeps.

use super::built_in::built_in_sources;
use super::model::Packs;
use crate::image::{Image, Reader, Stored as _, Writer};
use crate::text::Source;
use std::sync::Arc;

impl Packs {
    /// The packs that come with factlint, to lay others over them. Nothing, while the program is being built.
    pub(super) fn linked() -> Option<Packs> {
        Packs::load(&mut Reader::new(&Image::new(crate::PACKS, built_in_sources())))
    }

    /// Packs without mistakes that were linked over the built-in ones by the same build, with their sources and tables.
    pub fn of_bytes(bytes: Vec<u8>, own: Vec<Arc<Source>>, tables: Vec<Arc<Source>>) -> Option<Packs> {
        Packs::load(&mut Reader::new(&Image::new(bytes, [built_in_sources(), own, tables].concat())))
    }

    /// Linked packs as bytes, for [`Packs::of_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let sources = [self.sources.as_slice(), &self.tables].concat();
        let mut bytes = Writer::new(&sources);
        self.store(&mut bytes);
        bytes.into_bytes()
    }
}
