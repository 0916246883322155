//! `--changed-since REV`: which lines of which files were changed since a revision, as git says.
//!
//! In goes a revision and the files of a run, out come the changed lines of each. git is asked by file, so that no name
//! is ever read out of a patch; a file that git does not track is new as a whole.

use crate::corpus;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The lines of a file that are changed; nothing stands for the whole file.
type Lines = Option<Vec<RangeInclusive<u32>>>;

/// The changed lines of every file of a run.
pub(super) struct Changed {
    files: BTreeMap<PathBuf, Lines>,
}

/// What git knows of a repository.
struct Repository {
    top: PathBuf,
    tracked: BTreeSet<PathBuf>,
    /// Changed files, each with its name at the revision.
    changed: BTreeMap<PathBuf, PathBuf>,
}

impl Changed {
    /// Asks git for the lines of files that were changed since a revision.
    ///
    /// # Errors
    /// Without git, outside a repository, or with a revision that is none, nothing can be compared.
    pub(super) fn since(revision: &str, paths: &[String]) -> Result<Changed, String> {
        let mut repositories: Vec<Repository> = Vec::new();
        let mut files = BTreeMap::new();
        for path in paths {
            let path = corpus::absolute(Path::new(path));
            // git names the working tree without links.
            let real = path.canonicalize().unwrap_or_else(|_| path.clone());
            let known = repositories.iter().position(|repository| real.starts_with(&repository.top));
            let number = match known {
                Some(number) => number,
                None => {
                    repositories.push(Repository::open(real.parent().unwrap_or(Path::new("/")), revision)?);
                    repositories.len() - 1
                }
            };
            let Some(repository) = repositories.get(number) else { continue };
            let lines = repository.lines(revision, &real)?;
            files.insert(path, lines);
        }
        Ok(Changed { files })
    }

    /// Whether one of the lines of a file was changed.
    pub(super) fn has(&self, path: &str, lines: &RangeInclusive<u32>) -> bool {
        match self.files.get(&corpus::absolute(Path::new(path))) {
            Some(Some(changed)) => {
                changed.iter().any(|range| range.start() <= lines.end() && lines.start() <= range.end())
            }
            _ => true,
        }
    }
}

impl Repository {
    fn open(folder: &Path, revision: &str) -> Result<Repository, String> {
        let top = git(folder, ["rev-parse", "--show-toplevel"])
            .map_err(|error| format!("{}: {error}", corpus::display(folder)))?;
        let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
        let commit = format!("{revision}^{{commit}}");
        git(&top, ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
            .map_err(|_| format!("git knows no revision `{revision}` here; name a commit, a branch or a tag"))?;
        let tracked = git(&top, ["ls-files", "-z"])?;
        let status = git(&top, ["diff", "--name-status", "-z", "-M", "--no-ext-diff", &commit, "--"])?;
        let tracked = tracked.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect();
        Ok(Repository { top, tracked, changed: names(&status) })
    }

    fn lines(&self, revision: &str, path: &Path) -> Result<Lines, String> {
        let Ok(name) = path.strip_prefix(&self.top) else { return Ok(None) };
        if !self.tracked.contains(name) {
            return Ok(None);
        }
        let Some(before) = self.changed.get(name) else { return Ok(Some(Vec::new())) };
        let commit = format!("{revision}^{{commit}}");
        let options = ["diff", "--unified=0", "-M", "--no-color", "--no-ext-diff", "--no-textconv", &commit, "--"];
        let arguments = options.iter().map(OsStr::new).chain([before.as_os_str(), name.as_os_str()]);
        Ok(Some(hunks(&git(&self.top, arguments)?)))
    }
}

/// The files of `git diff --name-status -z`: a status, then one name, or two where a file was renamed or copied.
fn names(status: &str) -> BTreeMap<PathBuf, PathBuf> {
    let mut names = BTreeMap::new();
    let mut fields = status.split('\0').filter(|field| !field.is_empty());
    while let (Some(status), Some(before)) = (fields.next(), fields.next()) {
        let after = if status.starts_with(['R', 'C']) { fields.next().unwrap_or(before) } else { before };
        names.insert(PathBuf::from(after), PathBuf::from(before));
    }
    names
}

/// The new lines of a patch of one file: `@@ -3,2 +4,5 @@`. Where lines were only taken out, their neighbours changed.
fn hunks(patch: &str) -> Vec<RangeInclusive<u32>> {
    let heads = patch.lines().filter_map(|line| line.strip_prefix("@@ ")?.split(' ').nth(1)?.strip_prefix('+'));
    let ranges = heads.filter_map(|head| {
        let (start, count) = head.split_once(',').unwrap_or((head, "1"));
        let (start, count): (u32, u32) = (start.parse().ok()?, count.parse().ok()?);
        Some(if count == 0 { start..=start.saturating_add(1) } else { start..=start + count - 1 })
    });
    ranges.collect()
}

/// Runs git in a folder, with paths taken literally and nothing of the user's pagers and colours.
fn git(folder: &Path, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<String, String> {
    let run = Command::new("git").arg("-C").arg(folder).arg("--literal-pathspecs").args(arguments).output();
    let output = run.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "git is not installed here; `--changed-since` needs it".to_owned(),
        _ => format!("git cannot be run: {error}"),
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
        return Err(if said.is_empty() { "git refused without a word".to_owned() } else { format!("git: {said}") });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_are_the_new_lines() {
        let patch = "@@ -3,2 +4,5 @@ a heading\n+@@ -1 +99 @@\n@@ -9 +12 @@\n@@ -20,3 +22,0 @@\n";
        assert_eq!(hunks(patch), [4..=8, 12..=12, 22..=23]);
    }

    #[test]
    fn names_may_be_two() {
        let names = names("M\0a b.md\0R087\0old.md\0new.md\0");
        let pairs: Vec<_> = names.iter().map(|(after, before)| (after.to_str(), before.to_str())).collect();
        assert_eq!(pairs, [(Some("a b.md"), Some("a b.md")), (Some("new.md"), Some("old.md"))]);
    }
}
