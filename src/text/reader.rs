//! The list of readers: one file a format, chosen by the name of the source.

#[cfg(feature = "formats")]
use super::docx;
use super::{Document, Language, Source, asciidoc, feed, html, json, markdown, plain, rst};
use std::sync::Arc;

/// Reads one format.
#[derive(Clone, Copy)]
pub struct Reader {
    /// What people call the format.
    pub name: &'static str,
    /// File name endings, without the dot.
    pub extensions: &'static [&'static str],
    /// What begins and ends a comment that people write by hand and readers never see; a line ends one without an end.
    pub comment: Option<(&'static str, &'static str)>,
    read: fn(Arc<Source>, &Language) -> Document,
}

/// A comment of HTML.
pub const HTML_COMMENT: (&str, &str) = ("<!-- ", " -->");

/// Every format that is read. The first one reads what no other claims.
pub const READERS: &[Reader] = &[
    Reader { name: "plain text", extensions: &["txt", "text"], comment: None, read: plain::read },
    Reader { name: "Markdown", extensions: &["md", "markdown"], comment: Some(HTML_COMMENT), read: markdown::read },
    Reader { name: "HTML", extensions: &["html", "htm", "xhtml"], comment: Some(HTML_COMMENT), read: html::read },
    Reader { name: "JSON", extensions: &["json", "jsonl", "ndjson"], comment: None, read: json::read },
    Reader {
        name: "RSS, Atom, WordPress export",
        extensions: &["xml", "rss", "atom"],
        comment: None,
        read: feed::read,
    },
    Reader { name: "reStructuredText", extensions: &["rst"], comment: Some((".. ", "")), read: rst::read },
    Reader { name: "AsciiDoc", extensions: &["adoc", "asciidoc"], comment: Some(("// ", "")), read: asciidoc::read },
    #[cfg(feature = "formats")]
    Reader { name: "DOCX", extensions: &["docx"], comment: None, read: docx::read },
];

/// The reader of the format that a file's name says.
fn reader(path: &str) -> Option<&'static Reader> {
    let extension = super::extension(path);
    READERS.iter().find(|reader| reader.extensions.contains(&extension.as_str())).or(READERS.first())
}

/// What begins and ends a comment in the format that a file's name says, where it has any.
pub fn comment(path: &str) -> Option<(&'static str, &'static str)> {
    reader(path)?.comment
}

/// Reads a source as prose by the format that its name says. Reading never fails.
pub fn read(source: Arc<Source>, language: &Language) -> Document {
    match reader(source.path()) {
        Some(reader) => (reader.read)(source, language),
        None => Document { source, articles: Vec::new(), unread: Vec::new() },
    }
}
