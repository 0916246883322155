//! The packs that come with factlint: as texts, and linked when the program is built (`build.rs`).

use super::link::load;
use super::model::Packs;
use crate::image::{Image, Reader, Stored as _, Writer};
use crate::text::Source;
use std::sync::Arc;

/// Name and text of every built-in pack, in the order of loading.
pub fn built_in() -> &'static [(&'static str, &'static str)] {
    &[
        ("rules/en.toml", include_str!("../../rules/en.toml")),
        ("rules/world.toml", include_str!("../../rules/world.toml")),
        ("rules/organisations.toml", include_str!("../../rules/organisations.toml")),
        ("rules/offices.toml", include_str!("../../rules/offices.toml")),
        ("rules/outlets.toml", include_str!("../../rules/outlets.toml")),
        ("rules/politics.toml", include_str!("../../rules/politics.toml")),
        ("rules/events.toml", include_str!("../../rules/events.toml")),
        ("rules/leaders.toml", include_str!("../../rules/leaders.toml")),
        ("rules/house.toml", include_str!("../../rules/house.toml")),
    ]
}

/// The short name of a built-in pack: `en` for `rules/en.toml`.
pub fn built_in_name(path: &'static str) -> &'static str {
    path.trim_start_matches("rules/").trim_end_matches(".toml")
}

/// The built-in pack of a short name.
pub fn built_in_named(name: &str) -> Option<&'static str> {
    built_in().iter().map(|(path, _)| *path).find(|path| built_in_name(path) == name)
}

/// Whether a pack of this name comes with factlint.
pub fn is_built_in(name: &str) -> bool {
    built_in().iter().any(|(known, _)| *known == name)
}

/// The built-in packs as sources, in the order of loading.
pub fn built_in_sources() -> Vec<Arc<Source>> {
    built_in().iter().map(|(name, text)| Arc::new(Source::fixed(name, text))).collect()
}

impl Packs {
    /// The packs that come with factlint, as they were linked when the program was built.
    pub fn built_in() -> Arc<Packs> {
        Arc::new(Packs::linked())
    }

    /// The same, to lay others over them.
    pub(super) fn linked() -> Packs {
        let sources = built_in_sources();
        let image = Image::new(crate::PACKS, sources.clone());
        let mut packs = Packs::load(&mut Reader::new(&image)).unwrap_or_else(|| load(&sources).0);
        // Their own tests have read them.
        packs.facts.sound = packs.facts.len();
        packs
    }

    /// Linked packs as bytes, for [`Packs::of_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let sources = [self.sources.as_slice(), &self.tables].concat();
        let mut bytes = Writer::new(&sources);
        self.store(&mut bytes);
        bytes.into_bytes()
    }

    /// Packs without mistakes that were linked over the built-in ones by the same build, with their sources and tables.
    pub fn of_bytes(bytes: Vec<u8>, own: Vec<Arc<Source>>, tables: Vec<Arc<Source>>) -> Option<Packs> {
        let image = Image::new(bytes, [built_in_sources(), own, tables].concat());
        let mut packs = Packs::load(&mut Reader::new(&image))?;
        packs.facts.sound = packs.facts.len();
        Some(packs)
    }
}
