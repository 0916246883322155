//! The list of readers: one file a format, chosen by the name of the source.

#[cfg(feature = "formats")]
use super::docx;
use super::front::{self, Part};
use super::{Document, Language, Source, Span, asciidoc, carried, feed, html, json, markdown, plain, rst};
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
    /// Characters by which its syntax goes on where words stand, so that none of them is written there.
    special: &'static [char],
    /// The front matter that a text has.
    fronts: fn(&str) -> Vec<Part>,
    read: fn(Arc<Source>, &Language) -> Document,
}

/// A comment of HTML.
pub const HTML_COMMENT: (&str, &str) = ("<!-- ", " -->");

/// Every format that is read. The first one reads what no other claims.
pub const READERS: &[Reader] = &[
    Reader {
        name: "plain text",
        extensions: &["txt", "text"],
        comment: None,
        special: &[],
        fronts: front_of_head,
        read: plain::read,
    },
    Reader {
        name: "Markdown",
        extensions: &["md", "markdown", "mdx"],
        comment: Some(HTML_COMMENT),
        special: &[],
        fronts: front::parts,
        read: markdown::read,
    },
    Reader {
        name: "HTML",
        extensions: &["html", "htm", "xhtml"],
        comment: Some(HTML_COMMENT),
        special: &XML,
        fronts: front_of_head,
        read: html::read,
    },
    Reader {
        name: "JSON",
        extensions: &["json", "jsonl", "ndjson"],
        comment: None,
        special: &['"', '\\'],
        fronts: no_front,
        read: json::read,
    },
    Reader {
        name: "RSS, Atom, WordPress export",
        extensions: &["xml", "rss", "atom"],
        comment: None,
        special: &XML,
        fronts: no_front,
        read: feed::read,
    },
    Reader {
        name: "reStructuredText",
        extensions: &["rst"],
        comment: Some((".. ", "")),
        special: &[],
        fronts: front_of_head,
        read: rst::read,
    },
    Reader {
        name: "AsciiDoc",
        extensions: &["adoc", "asciidoc"],
        comment: Some(("// ", "")),
        special: &[],
        fronts: front_of_head,
        read: asciidoc::read,
    },
    #[cfg(feature = "formats")]
    Reader { name: "DOCX", extensions: &["docx"], comment: None, special: &XML, fronts: no_front, read: docx::read },
];

/// What begins tags and references of XML and HTML, and what ends them.
const XML: [char; 3] = ['<', '&', '>'];

fn front_of_head(text: &str) -> Vec<Part> {
    front::head(text).into_iter().collect()
}

fn no_front(_: &str) -> Vec<Part> {
    Vec::new()
}

/// The syntax around the words of a text: what may be written among them without being read as more than words.
pub struct Syntax<'a> {
    text: &'a str,
    special: &'static [char],
    fronts: Vec<Part>,
}

impl Syntax<'_> {
    /// The syntax of a source, by the format that its name says.
    pub fn of(source: &Source) -> Syntax<'_> {
        let (text, reader) = (source.text(), reader(source.path()));
        let fronts = reader.map(|reader| (reader.fronts)(text)).unwrap_or_default();
        Syntax { text, special: reader.map_or(&[], |reader| reader.special), fronts }
    }

    /// Whether words may stand at a place instead of those that do, so that whoever reads the text reads it as before but
    /// for them.
    pub fn admits(&self, span: Span, words: &str) -> bool {
        let place = span.range();
        let front = self.fronts.iter().find(|part| part.front.contains(&place.start));
        !words.contains(|c: char| c.is_control() || self.special.contains(&c))
            && front.is_none_or(|part| front::admits(self.text, part, &place, words))
    }
}

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
    let Some(reader) = reader(source.path()) else {
        return Document { source, articles: Vec::new(), unread: Vec::new() };
    };
    let mut document = (reader.read)(source, language);
    document.articles.iter_mut().for_each(|article| carried::carry(&mut article.blocks, language));
    document
}
