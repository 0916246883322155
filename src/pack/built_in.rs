//! The packs that come with factlint, as texts.

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
