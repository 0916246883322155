//! A sentence that is cited. Evidence carries its sentence with it, so that it can be shown where its file is gone.

use crate::text::{Date, Position, Source, Span};
use std::ops::Range;

/// A sentence that proves a finding, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Name of its source.
    pub path: String,
    /// Byte span of the proving words in that source.
    pub span: Span,
    /// The same as code point offsets.
    pub chars: (u32, u32),
    /// Line and column of the proving words.
    pub position: Position,
    /// The sentence or line that holds them.
    pub sentence: String,
    /// The proving words inside `sentence`, as bytes.
    pub mark: Range<usize>,
    /// The date of the article.
    pub date: Option<Date>,
    /// Who published it.
    pub outlet: Option<String>,
    /// What weighs on it: "2 independent articles, none against".
    pub note: String,
    /// Further places that say the same, as `path:line`.
    pub also: Vec<String>,
}

/// So many bytes before and behind its words are shown of a sentence. The longest sentence of 3,281 published articles has
/// 1,395; what is longer is a list or no prose, and each of its findings would hold all of it.
const AROUND: u32 = 2_000;

impl Evidence {
    /// Evidence at `span` of a source, shown inside `sentence` (a span of the same source).
    pub fn at(source: &Source, span: Span, sentence: Span) -> Evidence {
        let whole = sentence.cover(span);
        let fits = |at: u32| source.text().is_char_boundary(at as usize);
        let start = span.start.saturating_sub(AROUND).max(whole.start);
        let end = span.end.saturating_add(AROUND).min(whole.end);
        let sentence = Span::new(
            (start..span.start).find(|at| fits(*at)).unwrap_or(span.start),
            (span.end..=end).rev().find(|at| fits(*at)).unwrap_or(span.end),
        );
        let from = (span.start - sentence.start) as usize;
        Evidence {
            path: source.path().to_owned(),
            span,
            chars: source.code_points(span),
            position: source.position(span.start),
            sentence: source.slice(sentence).to_owned(),
            mark: from..from + span.len() as usize,
            date: None,
            outlet: None,
            note: String::new(),
            also: Vec::new(),
        }
    }

    /// The same with a remark.
    #[must_use]
    pub fn noted(mut self, note: impl Into<String>) -> Evidence {
        self.note = note.into();
        self
    }

    /// The sentence on one row.
    pub fn row(&self) -> String {
        on_one_row(&self.sentence)
    }

    /// What is said of it: its remark, who published it, and when.
    pub fn remarks(&self) -> Vec<String> {
        let parts = [Some(self.note.clone()), self.outlet.clone(), self.date.map(|date| date.to_string())];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect()
    }

    /// The sentence and what is said of it: "“It rained.” · 2 independent articles, none against · 2025-08-17".
    pub fn words(&self) -> String {
        self.quoted(&self.sentence)
    }

    /// The same with the proving words alone.
    pub fn brief(&self) -> String {
        self.quoted(self.sentence.get(self.mark.clone()).unwrap_or_default().trim_matches('"'))
    }

    fn quoted(&self, words: &str) -> String {
        let quoted = format!("“{}”", on_one_row(words));
        std::iter::once(quoted).chain(self.remarks()).collect::<Vec<_>>().join(" · ")
    }

    /// Where it stands: "archive/a.txt:3".
    pub fn place(&self) -> String {
        format!("{}:{}", self.path, self.position.line)
    }

    /// Byte span of the sentence in the source.
    pub fn sentence_span(&self) -> Span {
        let (start, ..) = self.sentence_start();
        Span::new(start, start.saturating_add(u32::try_from(self.sentence.len()).unwrap_or(u32::MAX)))
    }

    /// Where the sentence starts: byte offset, place, and offset in code points.
    pub fn sentence_start(&self) -> (u32, Position, u32) {
        let before = self.sentence.get(..self.mark.start).unwrap_or_default();
        let characters = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let start = self.span.start.saturating_sub(u32::try_from(before.len()).unwrap_or(u32::MAX));
        let lines = u32::try_from(before.matches('\n').count()).unwrap_or(0);
        let column = match before.rsplit_once('\n') {
            None => self.position.column.saturating_sub(characters(before)),
            // The first line of the sentence begins it, or so it is shown.
            Some(_) => 1,
        };
        let position = Position { line: self.position.line.saturating_sub(lines), column };
        (start, position, self.chars.0.saturating_sub(characters(before)))
    }

    /// The same evidence with the proving words narrowed to a byte span inside them.
    #[must_use]
    pub fn narrowed(mut self, span: Span) -> Evidence {
        let from = self.mark.start + span.start.saturating_sub(self.span.start) as usize;
        let range = from..from + span.len() as usize;
        let (Some(before), Some(words)) = (self.sentence.get(self.mark.start..from), self.sentence.get(range.clone()))
        else {
            return self;
        };
        let characters = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let start = self.chars.0 + characters(before);
        self.chars = (start, start + characters(words));
        self.position = match before.rsplit_once('\n') {
            None => Position { column: self.position.column + characters(before), ..self.position },
            Some((lines, last)) => Position {
                line: self.position.line + 1 + u32::try_from(lines.matches('\n').count()).unwrap_or(0),
                column: characters(last) + 1,
            },
        };
        self.mark = range;
        self.span = span;
        self
    }
}

fn on_one_row(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
