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

pub(crate) use json::{evidence as evidence_json, span as span_json};
pub use pretty::{Look, pretty};
pub use problem::problems;
pub(crate) use shown::{picture, row, rows, shown};

use crate::diagnostic::Diagnostic;
use crate::fact::Extent;
use crate::lint::Counts;
use crate::pack::Packs;
use crate::text::Source;
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
}

/// Every output format.
pub const FORMATS: &[Format] = &[
    Format { name: "pretty", write: pretty },
    Format { name: "short", write: short::short },
    Format { name: "json", write: json::json },
    Format { name: "sarif", write: sarif::sarif },
    Format { name: "github", write: github::github },
    Format { name: "gitlab", write: gitlab::gitlab },
    Format { name: "junit", write: junit::junit },
    Format { name: "checkstyle", write: checkstyle::checkstyle },
    Format { name: "rdjson", write: rdjson::rdjson },
    Format { name: "html", write: html::html },
];
