//! Text that is packed: DOCX and gzip. Nothing is unpacked to the disk, and nothing beyond a bound.

use super::markup::{Piece, pieces, push_decoded};
use super::{Article, Block, Document, Field, Language, Prose, Source, Span, plain, span::offset};
use std::io::{Cursor, Read};
use std::sync::Arc;

/// So much is unpacked at most, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// The paragraphs of a document in a DOCX file (ECMA-376, part 1).
const DOCUMENT: &str = "word/document.xml";
/// A mark of a paragraph's style, which stands before its words; no document holds it.
const HEADING: char = '\u{1}';
const CAPTION: char = '\u{2}';

/// What a path says of packing: what is inside, and how it is unpacked.
pub(super) fn unpack(path: &str, bytes: Vec<u8>) -> Result<(Vec<u8>, bool), String> {
    let lower = path.to_ascii_lowercase();
    let inner = if lower.ends_with(".gz") { gunzip(&bytes)? } else { return docx_or_plain(&lower, bytes) };
    let (inner, _) = docx_or_plain(lower.trim_end_matches(".gz"), inner)?;
    Ok((inner, true))
}

fn docx_or_plain(path: &str, bytes: Vec<u8>) -> Result<(Vec<u8>, bool), String> {
    if path.ends_with(".docx") { Ok((docx(bytes)?.into_bytes(), true)) } else { Ok((bytes, false)) }
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

/// The paragraphs of a DOCX file, a line each.
fn docx(bytes: Vec<u8>) -> Result<String, String> {
    let broken = |error: zip::result::ZipError| format!("it is no DOCX file that can be read: {error}");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let file = archive.by_name(DOCUMENT).map_err(broken)?;
    let xml = bounded(file)?;
    let xml = String::from_utf8(xml).map_err(|_| format!("{DOCUMENT} in it is not UTF-8"))?;
    let whole = Prose::whole(&xml);
    let mut text = String::new();
    let (mut line, mut style, mut inside, mut deleted) = (Prose::default(), None, false, false);
    for piece in pieces(&xml, false) {
        match piece {
            Piece::Start(name, attributes) => match name.as_str() {
                "p" => (line, style) = (Prose::default(), None),
                "t" => inside = true,
                "del" => deleted = true,
                "tab" | "br" | "cr" => line.push_break(0),
                "pstyle" => {
                    let value = attributes
                        .iter()
                        .find(|(name, _)| name.ends_with("val"))
                        .and_then(|(_, at)| xml.get(at.clone()));
                    style = value.map(str::to_ascii_lowercase);
                }
                _ => {}
            },
            Piece::End(name) => match name.as_str() {
                "t" => inside = false,
                "del" => deleted = false,
                "p" => paragraph(&mut text, &line, style.as_deref()),
                _ => {}
            },
            Piece::Text(range) if inside && !deleted => push_decoded(&mut line, &whole, range),
            _ => {}
        }
    }
    Ok(text)
}

fn paragraph(text: &mut String, line: &Prose, style: Option<&str>) {
    // The ids of the built-in styles are the same in every language's Word, but for old ones.
    let heading = style.is_some_and(|style| style.starts_with("heading") || style == "title");
    let caption = style.is_some_and(|style| style == "caption");
    if heading {
        text.push(HEADING);
    } else if caption {
        text.push(CAPTION);
    }
    text.push_str(&line.text().replace(['\n', '\r', HEADING, CAPTION], " "));
    text.push('\n');
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
    let articles = if article.blocks.is_empty() { Vec::new() } else { vec![article] };
    Document { source, articles }
}
