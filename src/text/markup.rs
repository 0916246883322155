//! Tags and text of HTML, where they stand. The standard's own tokenizer finds them, so that a page is cut as browsers cut
//! it; nothing is expanded here, and what is open is the reader's business.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Error, Span, Tokenizer};
use std::convert::Infallible;
use std::ops::Range;

/// What stands at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text with character references in it.
    Text(Range<usize>),
    /// The inside of a CDATA section: text without.
    Raw(Range<usize>),
    /// A start tag.
    Start(Tag),
    /// An end tag: its name, and where it stands.
    End(String, Range<usize>),
    /// What begins at a byte offset is not closed or no markup, and the rest was not read.
    Broken(usize, String),
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tag {
    /// Its name: in HTML in lower case, in XML as it is written, with its prefix.
    pub(super) name: String,
    /// Names and where the values stand.
    pub(super) attributes: Vec<(String, Range<usize>)>,
    /// Where it stands.
    pub(super) at: Range<usize>,
    /// Whether it says that nothing is inside: `<br/>`.
    pub(super) empty: bool,
}

impl Tag {
    /// Where the value of an attribute stands.
    pub(super) fn value(&self, name: &str) -> Option<Range<usize>> {
        self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, at)| at.clone())
    }
}

/// The pieces of HTML, in order; comments and declarations are left out.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut cutter = Cutter::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        cutter.take(event, span.start..span.end);
        None
    });
    emitter.naively_switch_states(true);
    // Reading from memory cannot fail, and nothing is handed out on the way.
    for _ in Tokenizer::new_with_emitter(text, emitter) {}
    cutter.finish(text)
}

#[derive(Default)]
struct Cutter {
    pieces: Vec<Piece>,
    tag: Option<Tag>,
    attribute: String,
    /// What the end of the text cuts off: a tag or a comment.
    cut: Option<&'static str>,
}

impl Cutter {
    fn take(&mut self, event: CallbackEvent<'_>, span: Range<usize>) {
        let said = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Some(Tag { name: said(name), at: span, ..Tag::default() });
            }
            CallbackEvent::AttributeName { name } => self.attribute = said(name),
            CallbackEvent::AttributeValue { .. } => {
                let name = std::mem::take(&mut self.attribute);
                self.tag.iter_mut().for_each(|tag| tag.attributes.push((name.clone(), span.clone())));
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let tag = self.tag.take().map(|tag| Tag { at: tag.at.start..span.end, empty: self_closing, ..tag });
                self.pieces.extend(tag.map(Piece::Start));
            }
            CallbackEvent::EndTag { name } => self.pieces.push(Piece::End(said(name), span)),
            CallbackEvent::String { .. } => self.pieces.push(Piece::Text(span)),
            CallbackEvent::Comment { .. } if self.cut.take().is_some() => {
                self.pieces.push(Piece::Broken(span.start, unclosed("comment")));
            }
            CallbackEvent::Error(Error::EofInTag) => self.cut = Some("tag"),
            CallbackEvent::Error(Error::EofInComment) => self.cut = Some("comment"),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn finish(mut self, text: &str) -> Vec<Piece> {
        if let Some(what) = self.cut {
            let at = self.tag.map(|tag| tag.at.start).or_else(|| text.rfind('<')).unwrap_or(text.len());
            self.pieces.push(Piece::Broken(at, unclosed(what)));
        }
        self.pieces
    }
}

/// That something has no end.
pub(super) fn unclosed(what: &str) -> String {
    format!("the {what} that begins here is not closed")
}
