//! `check --baseline`: reads, compares and writes the file of findings that were there before.

use super::write;
use crate::config::{Baseline, BaselineEntry};
use crate::corpus::{self, InputError};
use crate::report::Checked;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Takes what a baseline knows out of the findings, and brings its file up to date. `applied` says whether a rule was
/// applied to a file.
///
/// # Errors
/// A baseline that is there and cannot be read is refused, and so is one that cannot be written.
pub(super) fn compare(
    file: &Path,
    afresh: bool,
    checked: &mut [Checked],
    applied: impl Fn(&str, &str) -> bool,
) -> Result<Vec<String>, String> {
    let name = corpus::display(file);
    let folder = corpus::absolute(file).parent().map(Path::to_owned).unwrap_or_default();
    let seen = |path: &str| corpus::seen_from(&folder, &corpus::absolute(Path::new(path)));
    let found: Vec<BaselineEntry> = checked.iter().flat_map(|checked| entries(checked, &seen)).collect();
    let Some(text) = read(file).map_err(|error| format!("error: {error}"))?.filter(|_| !afresh) else {
        let baseline = Baseline::new(found);
        write::change(file, |before| replaced(before, afresh, &baseline))
            .map_err(|error| format!("error: {name}: cannot be written: {error}"))?;
        let kept = format!("{name}: {} kept; from now on only new ones count", findings(baseline.findings.len()));
        checked.iter_mut().for_each(|checked| checked.allowed.append(&mut checked.diagnostics));
        return Ok(vec![kept]);
    };
    let baseline = Baseline::read(&text).map_err(|error| format!("error: {name}: {error}"))?;
    let paths: Vec<(String, &str)> = checked.iter().map(|one| (seen(one.source.path()), one.source.path())).collect();
    let judged =
        |entry: &BaselineEntry| paths.iter().any(|(seen, path)| *seen == entry.path && applied(path, &entry.rule));
    let compared = baseline.compare(&found, judged, |path| !folder.join(PathBuf::from(path)).exists());
    let mut known = compared.known.iter();
    for one in checked.iter_mut() {
        let (before, new) =
            std::mem::take(&mut one.diagnostics).into_iter().partition(|_| known.next().copied().unwrap_or_default());
        one.diagnostics = new;
        one.allowed.extend::<Vec<_>>(before);
    }
    let mut notices = Vec::new();
    let count = compared.known.iter().filter(|known| **known).count();
    if count > 0 {
        notices.push(format!("{} of {name} left out", findings(count)));
    }
    if compared.left != baseline {
        let mended = if compared.fixed > 0 { format!("{} gone", findings(compared.fixed)) } else { "moved".to_owned() };
        match write::over(file, &text, &compared.left.write()) {
            Ok(()) => notices.push(format!("{name}: {mended}; it was brought up to date, commit it")),
            Err(error) => notices.push(format!("{name}: {mended}; it cannot be written: {error}")),
        }
    }
    Ok(notices)
}

/// The text of a baseline; nothing where there is none.
fn read(file: &Path) -> Result<Option<String>, InputError> {
    match corpus::bytes(file) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(InputError::Missing(_, error)) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The text of a file that a baseline replaces: none, an empty one, or a baseline.
fn replaced(before: Option<&str>, afresh: bool, baseline: &Baseline) -> std::io::Result<Option<String>> {
    match before {
        Some(_) if !afresh => Err(std::io::Error::other("somebody made it meanwhile; run this again")),
        Some(before) if !Baseline::may_replace(before) => {
            Err(std::io::Error::other("what is there is no baseline, and was left as it is; name another file"))
        }
        _ => Ok(Some(baseline.write())),
    }
}

fn entries<'a>(checked: &'a Checked, seen: &'a impl Fn(&str) -> String) -> impl Iterator<Item = BaselineEntry> + 'a {
    checked.diagnostics.iter().map(move |diagnostic| BaselineEntry {
        path: seen(checked.source.path()),
        rule: diagnostic.rule().to_owned(),
        fingerprint: diagnostic.fingerprint.clone(),
        message: diagnostic.message().to_owned(),
    })
}

fn findings(count: usize) -> String {
    if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") }
}
