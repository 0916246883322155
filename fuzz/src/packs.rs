//! Targets that read what a project writes: packs, patterns, configuration.

use factlint::Source;
use factlint::config::{Baseline, Config, read_allowed};
use factlint::pack::{self, Problem};
use factlint::pattern;
use factlint::report::{Look, problems};
use std::path::Path;
use std::sync::Arc;

fn source(name: &str, input: &[u8]) -> Option<Arc<Source>> {
    Source::read(name, input.to_vec()).ok().map(Arc::new)
}

/// Each problem stands in its source and can be shown.
fn hold(found: &[Problem]) {
    for problem in found {
        assert!(problem.source.text().get(problem.span.range()).is_some(), "{problem} stands nowhere");
    }
    let drawn = problems(found, Look::default());
    assert!(!drawn.chars().any(|c| c.is_control() && c != '\n'), "something live comes through: {drawn:?}");
}

/// Any text is a pack or has problems inside it.
pub fn pack(input: &[u8]) {
    let Some(source) = source("desk.toml", input) else { return };
    hold(&pack::load(&[source]).1.all);
}

/// Any text is a pattern or has errors inside it; one that is prints to itself.
pub fn pattern(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (read, errors) = pattern::parse(&text);
    for error in &errors {
        assert!(error.range.end <= text.len(), "an error stands nowhere");
    }
    if errors.is_empty() {
        let printed = read.to_string();
        let (again, errors) = pattern::parse(&printed);
        assert!(errors.is_empty() && again.to_string() == printed, "{printed} is another pattern");
    }
}

/// Any text is a configuration, a list of what is allowed, or a baseline, or it is said why not.
pub fn configuration(input: &[u8]) {
    if let Some(source) = source("factlint.toml", input) {
        hold(&Config::read(&source, Path::new("nowhere")).1.all);
        hold(&read_allowed(&source).1.all);
    }
    if let Ok(baseline) = Baseline::read(&String::from_utf8_lossy(input)) {
        assert_eq!(Baseline::read(&baseline.write()).as_ref(), Ok(&baseline), "a baseline does not read itself");
    }
}
