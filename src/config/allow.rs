//! `factlint.allow.toml`: the findings that a project lets stand.

use super::file::AllowFile;
use crate::pack::{Problems, decode_toml};
use crate::suppress::Allowed;
use crate::text::Source;
use std::sync::Arc;

/// The name of the file in which a project keeps what it lets stand.
pub const ALLOW: &str = "factlint.allow.toml";

/// A finding that a project lets stand.
#[derive(Debug, Clone)]
pub struct AllowEntry {
    /// The file that it is in, from the folder of the allowing file.
    pub path: String,
    /// What is allowed.
    pub allowed: Allowed,
    /// The line of the entry.
    pub line: u32,
}

/// Reads what a project lets stand.
pub fn read_allowed(source: &Arc<Source>) -> (Vec<AllowEntry>, Problems) {
    let mut problems = Problems::default();
    let file: Option<AllowFile> = decode_toml(source, &mut problems);
    let entries = file.into_iter().flat_map(|file| file.allow).map(|table| AllowEntry {
        line: source.position(table.span.start).line,
        allowed: Allowed { rule: table.value.rule, fingerprint: table.value.fingerprint, until: table.value.until },
        path: table.value.path,
    });
    (entries.collect(), problems)
}
