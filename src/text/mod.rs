//! Bytes and prose. A [`Source`] is bytes with a name; a [`Document`] is the same read as prose: articles, blocks
//! with their field, sentences, quotations and tokens. Nothing here knows rules, and what it needs of a language it
//! takes as a [`Language`] value.
//!
//! Invariant: every [`Span`] is a pair of byte offsets into `Source::text`. Markup is taken out of a block's prose,
//! and each token remembers where it stood, so that nothing is ever searched for again.

mod address;
mod asciidoc;
mod carried;
mod date;
mod dated;
mod digits;
mod document;
#[cfg(feature = "formats")]
mod docx;
mod element;
mod embedded;
mod entity;
mod feed;
mod field;
pub mod fold;
mod front;
mod glob;
mod html;
mod json;
mod json_tree;
mod language;
mod lines;
mod loose;
mod markdown;
mod markup;
#[cfg(feature = "formats")]
mod packed;
mod plain;
mod prose;
mod quotation;
mod reader;
mod rst;
mod sentence;
mod shortcode;
mod source;
mod span;
mod target;
mod token;
mod unread;
mod windows;
#[cfg(feature = "formats")]
mod word;
mod xml;

pub use date::{Date, parse_date, parse_iso};
pub use dated::Dated;
pub use digits::{Digits, Number};
pub use document::{Article, Block, Document, starting_in};
pub use field::Field;
pub use glob::Glob;
pub use language::{Language, LineRule};
pub use prose::Prose;
pub use quotation::Quotation;
pub use reader::{HTML_COMMENT, READERS, Reader, Syntax, comment, read};
pub use source::{Encoding, LineIndex, MAX_BYTES, Position, Source, SourceError, extension};
pub use span::Span;
pub use token::{Shape, Token, TokenKind};
pub use unread::Unread;
