//! WordprocessingML as lines of text: the paragraphs of a document and of its notes. What a reviewer took away, comments,
//! fields and headers are left out; text boxes, content controls and tables are read.

use super::entity::push_decoded;
use super::markup::{Piece, Tag, unclosed};
use super::xml::pieces;
use super::{Prose, Unread, span::offset};

/// The part of a DOCX file that holds its paragraphs (ECMA-376, part 1).
pub(super) const DOCUMENT: &str = "word/document.xml";
/// Those that hold its notes.
pub(super) const NOTES: [&str; 2] = ["word/footnotes.xml", "word/endnotes.xml"];
/// What a reviewer took away or moved, and the older form of what stands there anyway.
const LEFT_OUT: [&str; 3] = ["w:del", "w:moveFrom", "mc:Fallback"];
/// A mark of a paragraph's style, which stands before its words; no document holds it.
pub(super) const HEADING: char = '\u{1}';
pub(super) const CAPTION: char = '\u{2}';

/// The paragraphs of the parts of a DOCX file, a line each, and what of them could not be read.
pub(super) fn lines(parts: &[(&str, String)]) -> (String, Vec<Unread>) {
    let (mut text, mut unread) = (String::new(), Vec::new());
    for (name, xml) in parts {
        let mut part = Part { xml, whole: Prose::whole(xml), text, ..Part::default() };
        pieces(xml).into_iter().for_each(|piece| part.take(piece));
        part.end();
        text = part.text;
        let at = offset(text.len().saturating_sub(1));
        unread.extend(part.damage.map(|why| Unread { at, why: format!("{name} in it is damaged: {why}") }));
    }
    (text, unread)
}

/// A part of the file that is being read: WordprocessingML as lines of text.
#[derive(Default)]
struct Part<'a> {
    xml: &'a str,
    whole: Prose,
    text: String,
    /// The names of the elements that are open.
    elements: Vec<String>,
    /// The paragraphs that are open: one of a text box stands inside another.
    paragraphs: Vec<Paragraph>,
    /// How many elements are open whose words are read, and how many whose words are not.
    inside: usize,
    left_out: usize,
    /// What is wrong with it, where something is.
    damage: Option<String>,
}

/// A paragraph that is open.
#[derive(Default)]
struct Paragraph {
    words: Prose,
    style: Option<String>,
}

impl Part<'_> {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Start(tag) => self.start(tag),
            Piece::End(name, _) => self.close(&name),
            Piece::Text(range) if self.inside > 0 && self.left_out == 0 => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    push_decoded(&mut paragraph.words, &self.whole, range);
                }
            }
            Piece::Broken(_, why) => self.damage = self.damage.take().or(Some(why)),
            Piece::Text(_) | Piece::Raw(_) => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            match tag.name.as_str() {
                "w:tab" | "w:br" | "w:cr" => paragraph.words.push_break(0),
                "w:noBreakHyphen" => paragraph.words.push("-", 0),
                "w:pStyle" => {
                    let style = tag.value("w:val").and_then(|at| self.xml.get(at));
                    paragraph.style = style.map(str::to_ascii_lowercase);
                }
                _ => {}
            }
        }
        if tag.empty {
            return;
        }
        match tag.name.as_str() {
            "w:p" => self.paragraphs.push(Paragraph::default()),
            "w:t" => self.inside += 1,
            name if LEFT_OUT.contains(&name) => self.left_out += 1,
            _ => {}
        }
        self.elements.push(tag.name);
    }

    fn close(&mut self, name: &str) {
        if self.elements.pop().is_none_or(|begun| begun != name) {
            self.damage = self.damage.take().or_else(|| Some(format!("the tags around </{name}> do not match")));
            self.elements.clear();
        }
        match name {
            "w:t" => self.inside = self.inside.saturating_sub(1),
            "w:p" => {
                let paragraph = self.paragraphs.pop();
                paragraph.into_iter().for_each(|paragraph| self.write(&paragraph));
            }
            name if LEFT_OUT.contains(&name) => self.left_out = self.left_out.saturating_sub(1),
            _ => {}
        }
    }

    /// Ends the part: what is still open of a damaged one is read as far as it goes.
    fn end(&mut self) {
        if let (Some(open), None) = (self.elements.first(), &self.damage) {
            self.damage = Some(unclosed(&format!("<{open}>")));
        }
        while let Some(paragraph) = self.paragraphs.pop() {
            self.write(&paragraph);
        }
    }

    fn write(&mut self, paragraph: &Paragraph) {
        // The ids of the built-in styles are the same in every language's Word, but for old ones.
        let style = paragraph.style.as_deref().unwrap_or_default();
        if style.starts_with("heading") || style == "title" {
            self.text.push(HEADING);
        } else if style == "caption" {
            self.text.push(CAPTION);
        }
        self.text.push_str(&paragraph.words.text().replace(['\n', '\r', HEADING, CAPTION], " "));
        self.text.push('\n');
    }
}
