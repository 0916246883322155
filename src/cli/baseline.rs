//! `check --baseline`: reads, compares and writes the file of findings that were there before.

use super::write;
use crate::config::{Baseline, BaselineEntry};
use crate::corpus;
use crate::report::Checked;
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
    let text = match std::fs::read_to_string(file) {
        Ok(text) if !afresh => text,
        Err(error) if !afresh && error.kind() != std::io::ErrorKind::NotFound => {
            return Err(format!("error: {name}: cannot be read: {error}"));
        }
        _ => {
            let baseline = Baseline::new(found);
            write::whole(file, &baseline.write())
                .map_err(|error| format!("error: {name}: cannot be written: {error}"))?;
            let kept = format!("{name}: {} kept; from now on only new ones count", findings(baseline.findings.len()));
            checked.iter_mut().for_each(|checked| checked.allowed.append(&mut checked.diagnostics));
            return Ok(vec![kept]);
        }
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
        match write::whole(file, &compared.left.write()) {
            Ok(()) => notices.push(format!("{name}: {mended}; it was brought up to date, commit it")),
            Err(error) => notices.push(format!("{name}: {mended}; it cannot be written: {error}")),
        }
    }
    Ok(notices)
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
