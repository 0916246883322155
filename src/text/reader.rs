//! The list of readers: one file a format, chosen by the name of the source.

use super::{Document, Language, Source, markdown, plain};
use std::sync::Arc;

/// Reads one format.
#[derive(Clone, Copy)]
pub struct Reader {
    /// What people call the format.
    pub name: &'static str,
    /// File name endings, without the dot.
    pub extensions: &'static [&'static str],
    read: fn(Arc<Source>, &Language) -> Document,
}

/// Every format that is read. The first one reads what no other claims.
pub const READERS: &[Reader] = &[
    Reader { name: "plain text", extensions: &["txt", "text"], read: plain::read },
    Reader { name: "Markdown", extensions: &["md", "markdown"], read: markdown::read },
];

/// Reads a source as prose by the format that its name says. Reading never fails.
pub fn read(source: Arc<Source>, language: &Language) -> Document {
    let extension = source.path().rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    let reader = READERS.iter().find(|reader| reader.extensions.contains(&extension.as_str())).or(READERS.first());
    match reader {
        Some(reader) => (reader.read)(source, language),
        None => Document { source, articles: Vec::new() },
    }
}
