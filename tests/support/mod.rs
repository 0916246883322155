//! What the tests share: the built-in packs, reading, running the binary, and where snapshots are.

#![allow(dead_code, reason = "each test file uses its own part")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use factlint::claim::Reading;
use factlint::corpus::read_bytes;
use factlint::fact::{Both, Memory, Stated};
use factlint::learn::learn;
use factlint::lint::{Findings, Options, lint};
use factlint::pack::{Packs, built_in, load};
use factlint::text::Source;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, OnceLock};

/// The folder of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The built-in packs as sources.
pub fn sources() -> Vec<Arc<Source>> {
    built_in().iter().map(|(name, text)| Arc::new(Source::read(*name, text.as_bytes().to_vec()).unwrap())).collect()
}

/// The built-in packs.
pub fn packs() -> &'static Arc<Packs> {
    static PACKS: OnceLock<Arc<Packs>> = OnceLock::new();
    PACKS.get_or_init(|| {
        let (packs, problems) = load(&sources());
        assert!(problems.all.is_empty(), "{:?}", problems.all.iter().map(ToString::to_string).collect::<Vec<_>>());
        Arc::new(packs)
    })
}

/// Reads a text under a name.
pub fn read(name: &str, text: &str) -> Reading {
    read_bytes(name, text.as_bytes().to_vec(), packs(), &factlint::corpus::Settings::default()).unwrap().reading
}

/// What a corpus says, beside what the built-in packs state.
pub fn base(corpus: &[Reading]) -> Both<Stated, Memory> {
    Both(Stated::new(packs()), learn(corpus, packs()))
}

/// Checks a draft against a corpus.
pub fn check(draft: &Reading, corpus: &[Reading]) -> Findings {
    lint(draft, packs(), &base(corpus), &Options::default()).unwrap()
}

/// The findings of a draft as lines.
pub fn lines(draft: &Reading, findings: &Findings) -> Vec<String> {
    let line = |found: &factlint::Diagnostic| {
        let words = draft.document.source.slice(found.primary().span);
        format!("{}[{}] \"{words}\": {}", found.severity(), found.rule(), found.message())
    };
    findings.diagnostics.iter().map(line).collect()
}

/// The fixture articles, by name.
pub fn newsroom() -> Vec<(String, String)> {
    let folder = root().join("examples/newsroom");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect()
}

/// The binary, run in the folder of the project.
pub fn factlint(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_factlint"));
    command.args(arguments).current_dir(root()).env_remove("NO_COLOR").env_remove("COLUMNS");
    command
}

/// Standard output as text.
pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Standard error as text.
pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Compares with a snapshot in `snapshots/SUBJECT/`.
pub fn snapshot(subject: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("snapshots").join(subject));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// A folder of this test's own, empty.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
