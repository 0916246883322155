//! Tags and text of HTML, where they stand. The standard's own tokenizer finds them, so that a page is cut as browsers cut
//! it; nothing is expanded here, and what is open is the reader's business.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Error, Readable as _, Reader, Span, StringReader, Tokenizer};
use std::convert::Infallible;
use std::fmt;
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
        cutter.take(event, span.start..span.end, text);
        None
    });
    emitter.naively_switch_states(true);
    // Nothing is handed out on the way, and behind a pause it goes on.
    for _ in Tokenizer::new_with_emitter(Pausing::new(text), emitter) {}
    cutter.finish(text)
}

/// So many attributes are read between two pauses; each takes some hundred bytes of the stack.
const ATTRIBUTES: usize = 64;

/// A text that is read with pauses. From one value in double quotes to the next the tokenizer (html5gum 0.9.0) calls itself
/// and does not return, so that a tag of ten thousand attributes would take all of a thread's stack. Where reading fails
/// at the first byte of such a value it does return; its state is that of the value then, and there it goes on.
struct Pausing<'a> {
    text: StringReader<'a>,
    /// Whether what was read last is an equals sign, but for white space.
    equals: bool,
    /// How many values began.
    values: usize,
    /// Whether reading fails next.
    due: bool,
}

/// That reading pauses.
#[derive(Debug)]
struct Pause;

impl fmt::Display for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("reading pauses")
    }
}

impl std::error::Error for Pause {}

impl<'a> Pausing<'a> {
    fn new(text: &'a str) -> Pausing<'a> {
        Pausing { text: text.to_reader(), equals: false, values: 0, due: false }
    }
}

impl Reader for Pausing<'_> {
    type Error = Pause;

    fn read_byte(&mut self) -> Result<Option<u8>, Pause> {
        let Ok(byte) = self.text.read_byte();
        let opens = self.equals && byte == Some(b'"');
        self.values += usize::from(opens);
        self.due = opens && self.values.is_multiple_of(ATTRIBUTES);
        self.equals = byte.is_some_and(|byte| byte == b'=' || self.equals && byte.is_ascii_whitespace());
        Ok(byte)
    }

    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Pause> {
        (self.equals, self.due) = (false, false);
        let Ok(read) = self.text.try_read_string(text, case_sensitive);
        Ok(read)
    }

    fn read_until<'b>(&'b mut self, needle: &[u8], buffer: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Pause> {
        if std::mem::take(&mut self.due) {
            return Err(Pause);
        }
        let Ok(read) = self.text.read_until(needle, buffer);
        self.equals = read == Some(b"=");
        Ok(read)
    }
}

#[derive(Default)]
struct Cutter {
    pieces: Vec<Piece>,
    tag: Option<Tag>,
    attribute: String,
    /// What the end of the text cuts off: a tag, a comment or a declaration.
    cut: Option<&'static str>,
}

impl Cutter {
    fn take(&mut self, event: CallbackEvent<'_>, span: Range<usize>, text: &str) {
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
            CallbackEvent::Error(Error::EofInTag) => self.cut = Some("tag"),
            CallbackEvent::Error(Error::EofInComment) => self.cut = Some("comment"),
            CallbackEvent::Error(Error::EofInDoctype) => self.cut = Some("declaration"),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => {
                // What is a comment to browsers (`<?`, `<![CDATA[`, `<!x`) ends with the text without an error.
                let ended = text.get(..span.end).is_some_and(|before| before.ends_with('>'));
                let cut = self.cut.take().or((!ended).then_some("declaration"));
                self.pieces.extend(cut.map(|what| Piece::Broken(span.start, unclosed(what))));
            }
            CallbackEvent::Error(_) => {}
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_may_have_any_number_of_attributes() {
        for (attribute, name, value) in [
            ("a=\"bc\" ", "a", "bc"),
            ("a = \"b>\"\n", "a", "b>"),
            ("a=\"\u{e9}\"", "a", "\u{e9}"),
            ("a=='b' ", "a", "='b'"),
            ("a='\"' b==c\" ", "b", "=c\""),
            ("a=b\t", "a", "b"),
        ] {
            let text = format!("<p {}>x", attribute.repeat(100_000));
            let pieces = pieces(&text);
            let [Piece::Start(tag), Piece::Text(words)] = pieces.as_slice() else {
                panic!("{attribute}: {} pieces", pieces.len())
            };
            assert_eq!(text.get(words.clone()), Some("x"), "{attribute}");
            let named: Vec<&Range<usize>> =
                tag.attributes.iter().filter(|(known, _)| known == name).map(|(_, at)| at).collect();
            assert_eq!(named.len(), 100_000, "{attribute}");
            assert!(named.iter().all(|at| text.get((*at).clone()) == Some(value)), "{attribute}");
        }
    }
}
