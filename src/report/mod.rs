//! Findings as bytes: one file an output format, one list of them.

mod checkstyle;
mod excerpt;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod markup;
mod pretty;
mod problem;
mod proof;
mod rdjson;
mod sarif;
mod short;
mod shown;

pub(crate) use json::{proof as proof_json, span as span_json};
pub use pretty::{Look, pretty};
pub use problem::problems;
pub(crate) use proof::message;
pub(crate) use shown::{json as shown_json, picture, row, rows, shown};

use crate::diagnostic::Diagnostic;
use crate::fact::Extent;
use crate::fix;
use crate::lint::Counts;
use crate::pack::Packs;
use crate::text::{Document, Encoding, Language, Source};
use std::sync::Arc;

/// The findings in one source.
pub struct Checked {
    /// The source.
    pub source: Arc<Source>,
    /// Its findings, in order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that somebody let stand.
    pub allowed: Vec<Diagnostic>,
}

/// Everything that a run found.
pub struct Report<'a> {
    /// One entry a source, in order.
    pub checked: &'a [Checked],
    /// What was not read, in whole or in part: where and why.
    pub unread: Vec<String>,
    /// How the claims fared.
    pub counts: Counts,
    /// How much the fact base holds.
    pub extent: Extent,
    /// The date of the draft, when there is one draft and one date.
    pub dated: Option<String>,
    /// The packs, for what outputs say of rules.
    pub packs: &'a Packs,
    /// How it is shown on a terminal.
    pub look: Look,
}

/// An output format.
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Writes a report, with a line break at its end.
    pub write: fn(&Report<'_>) -> String,
    /// Whether programs make the fixes in it.
    pub is_applied: bool,
}

impl Format {
    /// Takes from the findings of a document the fixes that no program that reads this format may make.
    pub fn withhold(&self, document: &Document, diagnostics: &mut [Diagnostic], language: &Language) {
        if !self.is_applied {
            return;
        }
        if document.source.encoding() == Encoding::Utf8 {
            fix::keep_sound(document, diagnostics, language);
        } else {
            // What stands in the file is not what was read, and `--fix` writes neither.
            diagnostics.iter_mut().for_each(|found| found.fix = None);
        }
    }
}

/// Every output format.
pub const FORMATS: &[Format] = &[
    Format { name: "pretty", write: pretty, is_applied: false },
    Format { name: "short", write: short::short, is_applied: false },
    Format { name: "json", write: json::json, is_applied: true },
    Format { name: "sarif", write: sarif::sarif, is_applied: true },
    Format { name: "github", write: github::github, is_applied: false },
    Format { name: "gitlab", write: gitlab::gitlab, is_applied: false },
    Format { name: "junit", write: junit::junit, is_applied: false },
    Format { name: "checkstyle", write: checkstyle::checkstyle, is_applied: false },
    Format { name: "rdjson", write: rdjson::rdjson, is_applied: true },
    Format { name: "html", write: html::html, is_applied: false },
];
