//! DOCX: the lines that [`super::word`] makes of it, which are the paragraphs of a document and of its notes.

use super::word::{CAPTION, HEADING};
use super::{Article, Block, Document, Field, Language, Prose, Source, Span, date, span::offset};
use std::sync::Arc;

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
    article.date = article.date.or_else(|| date::file_name_date(source.path()));
    let unread = source.unread().to_vec();
    Document::of(source, article, unread)
}
