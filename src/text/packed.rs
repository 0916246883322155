//! Text that is packed: DOCX and gzip. Nothing is unpacked to the disk, and nothing beyond a bound.

use super::entity::push_decoded;
use super::markup::{Piece, Tag};
use super::xml::pieces;
use super::{Article, Block, Document, Field, Language, Prose, Source, Span, Unread, plain, span::offset};
use std::io::{Cursor, Read};
use std::sync::Arc;

/// So much is unpacked at most, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// The paragraphs of a document in a DOCX file (ECMA-376, part 1), and those of its notes.
const DOCUMENT: &str = "word/document.xml";
const NOTES: [&str; 2] = ["word/footnotes.xml", "word/endnotes.xml"];
/// A mark of a paragraph's style, which stands before its words; no document holds it.
const HEADING: char = '\u{1}';
const CAPTION: char = '\u{2}';

/// What was inside a packed file.
pub(super) struct Unpacked {
    pub(super) bytes: Vec<u8>,
    /// Whether it was packed at all.
    pub(super) packed: bool,
    /// What of it could not be read; places are in the bytes that were unpacked.
    pub(super) unread: Vec<Unread>,
}

/// What a path says of packing: what is inside, and how it is unpacked.
pub(super) fn unpack(path: &str, bytes: Vec<u8>) -> Result<Unpacked, String> {
    let lower = path.to_ascii_lowercase();
    let packed = lower.ends_with(".gz") || lower.ends_with(".docx");
    let bytes = if lower.ends_with(".gz") { gunzip(&bytes)? } else { bytes };
    if !lower.trim_end_matches(".gz").ends_with(".docx") {
        return Ok(Unpacked { bytes, packed, unread: Vec::new() });
    }
    let (text, unread) = docx(bytes)?;
    Ok(Unpacked { bytes: text.into_bytes(), packed, unread })
}

/// Reads to the end, or to the bound.
fn bounded(input: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    input.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| format!("it cannot be unpacked: {error}"))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("it unpacks to more than {} MB; unpack it and cut it first", MAX_BYTES / 1024 / 1024));
    }
    Ok(bytes)
}

fn gunzip(bytes: &[u8]) -> Result<Vec<u8>, String> {
    bounded(flate2::read::MultiGzDecoder::new(bytes))
}

/// The paragraphs of a DOCX file, a line each, and what of them could not be read.
fn docx(bytes: Vec<u8>) -> Result<(String, Vec<Unread>), String> {
    let broken = |error: zip::result::ZipError| format!("it is no DOCX file that can be read: {error}");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut reader = Reader::default();
    for part in [DOCUMENT].iter().chain(&NOTES) {
        let file = match archive.by_name(part) {
            Ok(file) => file,
            Err(zip::result::ZipError::FileNotFound) if *part != DOCUMENT => continue,
            Err(error) => return Err(broken(error)),
        };
        let xml = String::from_utf8(bounded(file)?).map_err(|_| format!("{part} in it is not UTF-8"))?;
        reader.part(part, &xml);
    }
    Ok((reader.text, reader.unread))
}

/// Paragraphs of WordprocessingML as lines of text.
#[derive(Default)]
struct Reader {
    text: String,
    unread: Vec<Unread>,
}

/// A paragraph that is open: one of a text box stands inside another.
#[derive(Default)]
struct Paragraph {
    words: Prose,
    style: Option<String>,
}

impl Reader {
    fn part(&mut self, name: &str, xml: &str) {
        let whole = Prose::whole(xml);
        let mut open: Vec<Paragraph> = Vec::new();
        // How many elements are open whose words are read, and how many whose words are not.
        let (mut inside, mut left_out) = (0_usize, 0_usize);
        let mut elements: Vec<String> = Vec::new();
        for piece in pieces(xml) {
            match &piece {
                Piece::Start(tag) if !tag.empty => elements.push(tag.name.clone()),
                Piece::End(ended, _) if elements.pop().is_none_or(|begun| begun != *ended) => {
                    self.damaged(name, &format!("the tags around </{ended}> do not match"));
                    elements.clear();
                }
                _ => {}
            }
            match piece {
                Piece::Start(tag) => match tag.name.as_str() {
                    "w:p" if !tag.empty => open.push(Paragraph::default()),
                    "w:t" if !tag.empty => inside += 1,
                    // What a reviewer took away or moved, and the older form of what stands there anyway.
                    "w:del" | "w:moveFrom" | "mc:Fallback" if !tag.empty => left_out += 1,
                    "w:tab" | "w:br" | "w:cr" => {
                        open.iter_mut().last().into_iter().for_each(|open| open.words.push_break(0))
                    }
                    "w:noBreakHyphen" => open.iter_mut().last().into_iter().for_each(|open| open.words.push("-", 0)),
                    "w:pStyle" => {
                        let style = value(xml, &tag, "w:val");
                        open.iter_mut().last().into_iter().for_each(|open| open.style.clone_from(&style));
                    }
                    _ => {}
                },
                Piece::End(name, _) => match name.as_str() {
                    "w:t" => inside = inside.saturating_sub(1),
                    "w:del" | "w:moveFrom" | "mc:Fallback" => left_out = left_out.saturating_sub(1),
                    "w:p" => open.pop().iter().for_each(|open| self.paragraph(open)),
                    _ => {}
                },
                Piece::Text(range) if inside > 0 && left_out == 0 => {
                    open.iter_mut()
                        .last()
                        .into_iter()
                        .for_each(|open| push_decoded(&mut open.words, &whole, range.clone()));
                }
                Piece::Broken(_, why) => {
                    while let Some(open) = open.pop() {
                        self.paragraph(&open);
                    }
                    self.damaged(name, &why);
                }
                Piece::Text(_) | Piece::Raw(_) => {}
            }
        }
    }

    /// Says that a part is damaged behind what was read so far, once.
    fn damaged(&mut self, part: &str, why: &str) {
        let why = format!("{part} in it is damaged behind this: {why}");
        if self.unread.is_empty() {
            self.unread.push(Unread { at: offset(self.text.len().saturating_sub(1)), why });
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
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

fn value(xml: &str, tag: &Tag, name: &str) -> Option<String> {
    tag.value(name).and_then(|at| xml.get(at)).map(str::to_ascii_lowercase)
}

/// Reads the paragraphs of a DOCX file. Line and column of a place are its paragraph and the offset in it.
pub(crate) fn read(source: Arc<Source>, language: &Language) -> Document {
    let mut article = Article { span: Span::new(0, offset(source.text().len())), ..Article::default() };
    let mut at = 0;
    for line in source.text().split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim_end();
        let (field, mark) = match words.chars().next() {
            Some(HEADING) => (Field::Headline, 1),
            Some(CAPTION) => (Field::Caption, 1),
            _ => (language.line_field(words.trim()).unwrap_or(Field::Body), 0),
        };
        let mut prose = Prose::default();
        prose.push(words.get(mark..).unwrap_or_default(), start + mark);
        if prose.text().trim().is_empty() {
            continue;
        }
        if article.date.is_none() && article.blocks.len() < 4 && words.split_whitespace().count() <= 5 {
            article.date = super::parse_date(words.get(mark..).unwrap_or_default(), language);
            if article.date.is_some() {
                continue;
            }
        }
        article.blocks.push(Block::new(field, prose, language));
    }
    article.date = article.date.or_else(|| plain::file_name_date(source.path()));
    let unread = source.unread().to_vec();
    Document::of(source, article, unread)
}
