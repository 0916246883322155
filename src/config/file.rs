//! What may be written in `factlint.toml` and `factlint.allow.toml`: their schema is made from these types.

use crate::pack::{At, wire};
use crate::text::Date;
use std::collections::BTreeMap;

wire! {
/// A project's configuration. Paths start at its own folder.
ConfigFile {
    /// Packs beside the built-in ones: files, folders, or names of built-in ones that `without` leaves out.
    optional packs: Vec<At<String>>,
    /// Built-in packs that are not loaded, by name; `*` for all.
    optional without: Vec<At<String>>,
    /// The fact base; `factlint.db` in this folder unless said otherwise.
    optional facts: Option<String>,
    /// What the fact base is learned from.
    optional corpus: Vec<At<CorpusTable>>,
    /// Rules by id, each `off` or with another ceiling: `info`, `warning`, `error`.
    optional rules: BTreeMap<String, At<String>>,
    /// House spellings: another spelling, then the one that the house writes: `zelensky = "Zelenskyy"`.
    optional style: BTreeMap<String, At<String>>,
    /// What holds for some files; the later of two entries wins.
    optional overrides: Vec<At<OverrideTable>>,
    /// The severity from which a check fails: `error`, `warning`, `info` or `never`; `--fail-on` goes before it.
    optional fail_on: Option<At<String>>,
}

/// What holds for some files.
OverrideTable {
    /// Which files, as globs from this folder: `*` inside a folder, `**` through folders.
    required files: Vec<At<String>>,
    /// Rules by id, each `off` or with another ceiling.
    optional rules: BTreeMap<String, At<String>>,
    /// Only these rules are applied.
    optional only: Vec<At<String>>,
    /// The date at which claims are judged, instead of the draft's own.
    optional date: Option<Date>,
}

/// What a project lets stand.
AllowFile {
    /// One entry a finding.
    optional allow: Vec<At<AllowTable>>,
}

/// A finding that somebody looked at and let stand.
AllowTable {
    /// The file that it is in, from the folder of this one.
    required path: String,
    /// The rule that finds it.
    required rule: String,
    /// The words that it is at.
    optional words: Option<String>,
    /// The fingerprint of the finding, which survives moved paragraphs.
    required fingerprint: String,
    /// Why it stands.
    required because: String,
    /// The last day on which it stands.
    optional until: Option<Date>,
}

/// A folder or file of articles.
CorpusTable {
    /// Where it is.
    required path: String,
    /// Who published its articles, where they do not say so themselves.
    optional outlet: Option<String>,
    /// Where paths hold the date, for articles without one: `%Y/%m/%d`.
    optional dated: Option<At<String>>,
}
}

/// The JSON Schema of `factlint.toml`, as pretty JSON with a line break at its end.
pub fn schema() -> String {
    crate::pack::schema_of::<ConfigFile>("factlint configuration", REQUIRED)
}
