//! `check --fix` and `check --diff`: what the safe fixes make of a draft.
//!
//! In goes what was found in a draft, out comes its text with every safe fix in it, checked again until nothing is left to
//! fix, so that a second run changes nothing. Where rules undo each other's fixes without an end, none of theirs is made.

use super::Outcome;
use super::patch::patch;
use super::write;
use crate::corpus;
use crate::desk::{Answer, Desk};
use crate::diagnostic::{Diagnostic, Fix};
use crate::fact::BaseError;
use crate::fix::{Left, fix};
use crate::report::rows;
use crate::terms::Wish;
use crate::text::{Encoding, Source};
use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;

/// What is fixed is checked again so often: a rule may rule out what another one writes.
const ROUNDS: usize = 8;

/// What the fixes of a draft come to.
pub(super) struct Mended {
    text: String,
    applied: usize,
    /// The fixes that nobody applies unseen, and why, as they stand in the draft.
    pub(super) left: Vec<String>,
}

/// Makes the safe fixes of a draft to the end.
pub(super) fn mend(desk: &Desk, wish: &Wish, answer: &Answer) -> Result<Mended, BaseError> {
    let every = Wish { every: true, ..wish.clone() };
    let source = &answer.document.source;
    let checked = |source: Source| desk.check(&desk.read(source, &every), &every);
    let whole = answer.left_out.then(|| checked(source.with_text(source.text().to_owned()))).transpose()?;
    let found = whole.as_ref().map_or(answer.diagnostics.as_slice(), |whole| &whole.diagnostics);
    let mut endless: BTreeSet<String> = BTreeSet::new();
    loop {
        let mut mended = Mended { text: source.text().to_owned(), applied: 0, left: Vec::new() };
        let mut now: Option<Answer> = None;
        let mut last: BTreeSet<String> = BTreeSet::new();
        for round in 0..ROUNDS {
            let found = now.as_ref().map_or(found, |now| &now.diagnostics);
            let (mut made, out): (Vec<Diagnostic>, Vec<Diagnostic>) = found
                .iter()
                .filter(|found| found.fix.is_some())
                .cloned()
                .partition(|found| !endless.contains(found.rule()));
            let text = source.with_text(std::mem::take(&mut mended.text));
            let fixed = fix(&text, &made, &desk.packs().language);
            if round == 0 {
                let out = out.into_iter().filter_map(|found| Some((found.fix?, Left::Endless)));
                mended.left = said(source, fixed.left.into_iter().chain(out));
            }
            mended.applied += fixed.applied.len();
            mended.text = fixed.text;
            if fixed.applied.is_empty() {
                return Ok(mended);
            }
            if round * 2 >= ROUNDS {
                made.retain(|found| found.fix.as_ref().is_some_and(|fix| fixed.applied.contains(fix)));
                last.extend(made.iter().map(|found| found.rule().to_owned()));
            }
            now = Some(checked(source.with_text(mended.text.clone()))?);
        }
        endless.append(&mut last);
    }
}

fn said(source: &Source, left: impl Iterator<Item = (Fix, Left)>) -> Vec<String> {
    let mut left: Vec<(Fix, Left)> = left.collect();
    left.sort_by_key(|(fix, _)| fix.span);
    let said = left.into_iter().map(|(fix, left)| {
        let at = source.position(fix.span.start);
        let (path, words) = (source.path(), fix.words);
        format!("{path}:{}:{}: left alone: {words} → {}: {}", at.line, at.column, fix.replacement, left.reason())
    });
    said.collect()
}

/// The fixes that one run writes.
pub(super) struct Fixes<'a> {
    pub(super) desk: &'a Desk,
    pub(super) wish: &'a Wish,
    pub(super) misnamed: &'a BTreeSet<String>,
    /// The files that were written: another name of one leads to what it is by then.
    pub(super) written: Vec<write::Identity>,
    /// What is to be said of the files.
    pub(super) notices: Vec<String>,
}

impl Fixes<'_> {
    /// Writes the safe fixes of a file and checks it again; or says why the file stays as it was.
    pub(super) fn write(&mut self, answer: &mut Answer) -> Result<(), String> {
        let path = answer.document.source.path().to_owned();
        let file = Path::new(&path);
        let refused = |why: &str| Err(format!("{path}: not fixed: {why}"));
        let is_misnamed = self.misnamed.contains(&path);
        let identity = || write::Identity::of(file).ok().filter(|_| !is_misnamed);
        if !self.written.is_empty() && identity().is_some_and(|identity| self.written.contains(&identity)) {
            *answer = self.again(&path, corpus::bytes(file).map_err(|error| error.to_string())?)?;
        }
        let Mended { text, applied, left } = mend(self.desk, self.wish, answer).map_err(|error| error.to_string())?;
        self.notices.extend(left);
        if applied == 0 {
            return Ok(());
        }
        let source = &answer.document.source;
        if is_misnamed {
            return refused("its name is no UTF-8; rename it first");
        }
        match source.encoding() {
            Encoding::Utf8 => {}
            Encoding::Packed => return refused("nothing is written back to packed files; --diff shows what to change"),
            _ => return refused("the file is not UTF-8; save it as UTF-8 first"),
        }
        if let Err(error) = write::over(file, source.text(), &text) {
            return refused(&error.to_string());
        }
        self.written.extend(identity());
        *answer = self.again(&path, text.into_bytes())?;
        let what = if applied == 1 { "fix" } else { "fixes" };
        self.notices.push(format!("{path}: {applied} {what} applied"));
        Ok(())
    }

    /// Reads and checks a text as it is now.
    fn again(&self, path: &str, text: Vec<u8>) -> Result<Answer, String> {
        let source = Source::read(path, text).map_err(|error| error.to_string())?;
        self.desk.check(&self.desk.read(source, self.wish), self.wish).map_err(|error| error.to_string())
    }
}

/// The safe fixes as a patch, and what they leave alone.
pub(super) fn diff(desk: &Desk, wish: &Wish, answers: &[Answer]) -> Result<Outcome, BaseError> {
    let mut out = String::new();
    let mut notices = Vec::new();
    for answer in answers {
        let Mended { text, left, .. } = mend(desk, wish, answer)?;
        notices.extend(left.iter().map(|left| format!("note: {left}")));
        let source = Arc::clone(&answer.document.source);
        let patch = patch(source.path(), source.text(), &text);
        // Written to a file it is applied byte by byte.
        out.push_str(&if std::io::stdout().is_terminal() { rows(&patch) } else { patch });
    }
    let status = u8::from(!out.is_empty());
    Ok(Outcome { notices, ..Outcome::new(out, status) })
}
