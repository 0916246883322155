//! A unified diff as `patch` and `git apply` take it.
//!
//! In go a name and two texts of as many lines, out comes the patch. Fixes write no line breaks, so that each line has its
//! own in the other text and nothing is searched for. A line ends at LF alone, as those programs have it: what else is in
//! it, also a CR, is part of it.

use std::fmt::Write as _;
use std::ops::Range;

/// So many lines are shown around what is changed.
const AROUND: usize = 3;

/// The patch of a file from one text to another; empty where they are one.
pub(super) fn patch(path: &str, old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let changed: Vec<usize> = old.iter().zip(&new).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    let mut out = String::new();
    if changed.is_empty() {
        return out;
    }
    let _ = write!(out, "--- {}\n+++ {}\n", name("a", path), name("b", path));
    for lines in hunks(&changed, old.len()) {
        let length = lines.len();
        let first = lines.start + 1;
        let _ = writeln!(out, "@@ -{first},{length} +{first},{length} @@");
        let mut at = lines.start;
        while at < lines.end {
            let same = |at: usize| old.get(at) == new.get(at);
            let run = (at..lines.end).take_while(|line| same(*line) == same(at)).count();
            let part = |of: &[&str], mark: char, out: &mut String| {
                of.get(at..at + run).unwrap_or_default().iter().for_each(|line| push(out, mark, line));
            };
            if same(at) {
                part(&old, ' ', &mut out);
            } else {
                part(&old, '-', &mut out);
                part(&new, '+', &mut out);
            }
            at += run;
        }
    }
    out
}

fn push(out: &mut String, mark: char, line: &str) {
    out.push(mark);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
    }
}

/// The lines that are shown: those that change with some around them, in runs.
fn hunks(changed: &[usize], lines: usize) -> Vec<Range<usize>> {
    let mut hunks: Vec<Range<usize>> = Vec::new();
    for at in changed {
        let (start, end) = (at.saturating_sub(AROUND), (at + 1 + AROUND).min(lines));
        match hunks.last_mut().filter(|last| start <= last.end) {
            Some(last) => last.end = end,
            None => hunks.push(start..end),
        }
    }
    hunks
}

/// A name in the head of a patch, as git writes it: in quotation marks and escaped where it would end early, and with a tab
/// behind it where there is a space inside.
fn name(side: &str, path: &str) -> String {
    let path = format!("{side}/{path}");
    let is_plain = |c: char| !c.is_control() && !matches!(c, '"' | '\\') && !acts(c);
    if path.chars().all(is_plain) {
        return if path.contains(' ') { path + "\t" } else { path };
    }
    let mut quoted = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if is_plain(c) => quoted.push(c),
            c => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
        }
    }
    quoted + "\""
}

/// Whether a character is not seen and acts on what is shown.
fn acts(c: char) -> bool {
    crate::report::shown(c.encode_utf8(&mut [0; 4])).chars().ne([c])
}
