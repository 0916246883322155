//! Bytes with a name, decoded, and their lines.

use super::{Span, Unread, span::offset, windows};
use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

/// The largest source that is read, in bytes.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;

/// How the bytes of a source were decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// Unpacked from a file of another kind (DOCX, gzip), to which nothing can be written back.
    Packed,
    /// Windows-1252: the bytes are no UTF-8 and every one of them is a character there.
    Windows1252,
}

/// Bytes with a name, decoded to text. Offsets are byte offsets into [`Source::text`]; for a Windows-1252 file, whose
/// characters are one byte each, a code point offset is also the byte offset in the file.
#[derive(Debug)]
pub struct Source {
    path: Cow<'static, str>,
    text: Cow<'static, str>,
    encoding: Encoding,
    /// Found when somebody asks for a line.
    lines: OnceLock<LineIndex>,
    unread: Vec<Unread>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        (&self.path, &self.text, self.encoding) == (&other.path, &other.text, other.encoding)
            && self.unread == other.unread
    }
}

impl Eq for Source {}

impl Source {
    /// Decodes `bytes`. `path` is the name shown to people: relative, with forward slashes.
    ///
    /// # Errors
    /// A source that is empty, too large, UTF-16 or binary is refused, with what to do about it.
    pub fn read(path: impl Into<String>, bytes: Vec<u8>) -> Result<Source, SourceError> {
        let path = path.into();
        if bytes.len() > MAX_BYTES {
            return Err(SourceError::TooLarge(path));
        }
        #[cfg(feature = "formats")]
        let super::packed::Unpacked { bytes, packed, unread } =
            super::packed::unpack(&path, bytes).map_err(|why| SourceError::Packed(path.clone(), why))?;
        #[cfg(not(feature = "formats"))]
        let (packed, unread) = (false, Vec::new());
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return Err(SourceError::Utf16(path));
        }
        if bytes.iter().take(8192).any(|byte| *byte == 0) {
            return Err(SourceError::Binary(path));
        }
        let (text, encoding) = match String::from_utf8(bytes) {
            Ok(text) => (text, Encoding::Utf8),
            Err(error) => match windows::decoded(error.as_bytes()) {
                // Where whole characters of UTF-8 stand before the first byte that is none, it is no other encoding.
                Some(text)
                    if error.as_bytes().get(..error.utf8_error().valid_up_to()).is_some_and(<[u8]>::is_ascii) =>
                {
                    (text, Encoding::Windows1252)
                }
                found => return Err(broken(path, &error, found.is_some())),
            },
        };
        if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
            return Err(SourceError::Empty(path));
        }
        let encoding = if packed { Encoding::Packed } else { encoding };
        Ok(Source { path: path.into(), text: text.into(), encoding, lines: OnceLock::new(), unread })
    }

    /// A text that is a part of the program.
    pub fn fixed(path: &'static str, text: &'static str) -> Source {
        let (path, text) = (Cow::Borrowed(path), Cow::Borrowed(text));
        Source { path, text, encoding: Encoding::Utf8, lines: OnceLock::new(), unread: Vec::new() }
    }

    /// The name shown to people.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Another text under the same name, decoded or unpacked as this one was.
    pub fn with_text(&self, text: String) -> Source {
        Source {
            path: self.path.clone(),
            text: text.into(),
            encoding: self.encoding,
            lines: OnceLock::new(),
            unread: self.unread.clone(),
        }
    }

    /// How the bytes were decoded.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What could not be read while it was unpacked.
    #[cfg(feature = "formats")]
    pub(super) fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// The text of a span; empty when the span does not fit this source.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column (both from 1, columns in code points) of a byte offset.
    pub fn position(&self, at: u32) -> Position {
        self.lines().position(&self.text, at)
    }

    /// The byte span of a line (from 1) without its line break.
    pub fn line(&self, line: u32) -> Option<Span> {
        self.lines().line(&self.text, line)
    }

    /// A byte span as code point offsets into the text.
    pub fn code_points(&self, span: Span) -> (u32, u32) {
        let start = self.lines().code_point(&self.text, span.start);
        (start, start + offset(self.slice(span).chars().count()))
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// Why a source cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceError {
    /// There is nothing but white space.
    Empty(String),
    /// The file cannot be unpacked, for this reason.
    Packed(String, String),
    /// The bytes are no text.
    Binary(String),
    /// The bytes are UTF-16.
    Utf16(String),
    /// The bytes are UTF-8 but for some, the first of them at this place.
    Broken(String, Position),
    /// The file is larger than [`MAX_BYTES`].
    TooLarge(String),
}

impl SourceError {
    /// The name of the source.
    pub fn path(&self) -> &str {
        match self {
            SourceError::Empty(path)
            | SourceError::Packed(path, _)
            | SourceError::Binary(path)
            | SourceError::Utf16(path)
            | SourceError::Broken(path, _)
            | SourceError::TooLarge(path) => path,
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SourceError::Empty(path) => write!(f, "{path}: the file is empty; there is nothing to read"),
            SourceError::Binary(path) => {
                write!(f, "{path}: this is a binary file, not text; give text in UTF-8, or a DOCX file")
            }
            SourceError::Broken(path, at) => {
                write!(f, "{path}:{}:{}: the text is no UTF-8 from here on; save it as UTF-8", at.line, at.column)
            }
            SourceError::Packed(path, why) => write!(f, "{path}: {why}"),
            SourceError::Utf16(path) => write!(f, "{path}: the text is UTF-16; save it as UTF-8"),
            SourceError::TooLarge(path) => {
                write!(f, "{path}: larger than {} MiB; split it into articles", MAX_BYTES / (1024 * 1024))
            }
        }
    }
}

impl std::error::Error for SourceError {}

/// Why bytes that are no UTF-8 are refused: text in which some bytes are broken, or no text at all.
fn broken(path: String, error: &std::string::FromUtf8Error, text: bool) -> SourceError {
    let valid = error.utf8_error().valid_up_to();
    let before = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default());
    let control = before.chars().any(|c| c.is_control() && !c.is_whitespace());
    if control || (before.is_ascii() && !text) {
        return SourceError::Binary(path);
    }
    SourceError::Broken(path, LineIndex::new(&before).position(&before, offset(before.len())))
}

/// A place for people: line and column from 1, the column in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in code points.
    pub column: u32,
}

/// Where lines start, and how many characters stand before every so many bytes: newspaper paragraphs are one line, and
/// some files are. Lines end at LF, CR LF or CR, as in LSP.
#[derive(Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
    characters: Vec<u32>,
}

/// Characters are counted from the last of these steps, in bytes.
const STEP: usize = 1024;

impl LineIndex {
    fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut characters = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for step in bytes.chunks(STEP) {
            characters.push(count);
            count += offset(step.iter().filter(|byte| starts_character(**byte)).count());
        }
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| offset(at + 1)));
        // Old line ends are rare, and then they are all there is.
        let alone = |at: &usize| bytes.get(at + 1) != Some(&b'\n') && at + 1 < bytes.len();
        let old = text.match_indices('\r').map(|(at, _)| at).filter(alone);
        starts.extend(old.map(|at| offset(at + 1)));
        starts.sort_unstable();
        LineIndex { starts, characters }
    }

    /// How many characters start before a byte offset.
    fn code_point(&self, text: &str, at: u32) -> u32 {
        let at = (at as usize).min(text.len());
        let step = at / STEP;
        let known = self.characters.get(step).or(self.characters.last()).copied().unwrap_or_default();
        let from = (step * STEP).min(self.characters.len().saturating_sub(1) * STEP);
        let rest = text.as_bytes().get(from..at).unwrap_or_default();
        known + offset(rest.iter().filter(|byte| starts_character(**byte)).count())
    }

    fn position(&self, text: &str, at: u32) -> Position {
        let row = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.starts.get(row).copied().unwrap_or_default();
        let column = self.code_point(text, at) - self.code_point(text, start);
        Position { line: offset(row) + 1, column: column + 1 }
    }

    fn line(&self, text: &str, line: u32) -> Option<Span> {
        let row = line.checked_sub(1)? as usize;
        let start = *self.starts.get(row)?;
        let end = self.starts.get(row + 1).map_or(offset(text.len()), |next| *next);
        let body = text.get(start as usize..end as usize)?;
        let kept = body.trim_end_matches(['\n', '\r']).len();
        Some(Span::new(start, start + offset(kept)))
    }
}

/// Whether a byte of UTF-8 is the first of its character.
fn starts_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// The ending of a file's name that says its format: what stands before `.gz`, where it is packed.
pub fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').map(|(_, end)| end.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_in_lsp_and_columns_count_code_points() {
        let source = Source::read("a.txt", "é1\r\nx\u{2028}y\rlast".into()).unwrap();
        assert_eq!(source.position(3), Position { line: 1, column: 3 });
        assert_eq!(source.position(5), Position { line: 2, column: 1 });
        assert_eq!(source.position(11), Position { line: 3, column: 1 });
        assert_eq!(source.slice(source.line(2).unwrap()), "x\u{2028}y");
        assert_eq!(source.code_points(Span::new(2, 6)), (1, 5));
    }

    #[test]
    fn windows_1252_is_read_and_told_apart_from_binary() {
        let source = Source::read("a.txt", b"caf\xe9 \x93quoted\x94".to_vec()).unwrap();
        assert_eq!(source.text(), "café “quoted”");
        assert_eq!(source.encoding(), Encoding::Windows1252);
        assert_eq!(Source::read("b", vec![0x81, 0xFF]), Err(SourceError::Binary("b".into())));
        assert_eq!(Source::read("c", b" \n".to_vec()), Err(SourceError::Empty("c".into())));
    }
}
