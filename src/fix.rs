//! Applies fixes to a text, and proves that nothing else of it changes: what is written is read again, and may differ from
//! what was read before in the words of the fixes alone. What others apply, editors and programs, is held to the same.

use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::text::{self, Document, Field, Language, Prose, Source};
use std::ops::Range;
use std::sync::Arc;

/// What fixing a text came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The text with the fixes in it.
    pub text: String,
    /// How many were applied.
    pub applied: usize,
    /// Those that were not, in order of the text.
    pub left: Vec<(Fix, Left)>,
}

/// Why a fix was left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// It is not safe.
    Unsafe,
    /// Another fix changes some of its words.
    Overlap,
    /// Its words are interrupted by markup, or spelled otherwise than they read.
    Interrupted,
    /// More than its words would change.
    Otherwise,
}

impl Left {
    /// The reason in words.
    pub fn reason(self) -> &'static str {
        match self {
            Left::Unsafe => "it is not safe: a person decides which side is right",
            Left::Overlap => "another fix changes the same words",
            Left::Interrupted => "markup or escapes stand inside the words",
            Left::Otherwise => "written there, it would be read otherwise",
        }
    }
}

/// Applies the safe fixes of diagnostics to their source, from left to right; of two that overlap the first. None of them
/// is inside a quotation, since no edit there is safe. A fix of which more than its own words would change is left alone.
pub fn fix(source: &Source, diagnostics: &[Diagnostic], language: &Language) -> Fixed {
    let mut fixes: Vec<&Fix> = diagnostics.iter().filter_map(|found| found.fix.as_ref()).collect();
    fixes.sort_by_key(|fix| fix.span);
    let mut left = Vec::new();
    let mut edits: Vec<Edit<'_>> = Vec::new();
    let document = read(source.with_text(source.text().to_owned()), language);
    for fix in fixes {
        let free = edits.last().is_none_or(|last| last.fix.span.end <= fix.span.start);
        match Edit::find(fix, &document) {
            _ if fix.safety != Safety::Safe => left.push((fix.clone(), Left::Unsafe)),
            _ if !free => left.push((fix.clone(), Left::Overlap)),
            None => left.push((fix.clone(), Left::Interrupted)),
            Some(edit) => edits.push(edit),
        }
    }
    if !holds(&document, &edits, language) {
        // One of them does more than it says: each has to show that it does not.
        let mut kept: Vec<Edit<'_>> = Vec::new();
        for edit in edits {
            kept.push(edit);
            if !holds(&document, &kept, language) {
                left.extend(kept.pop().map(|edit| (edit.fix.clone(), Left::Otherwise)));
            }
        }
        edits = kept;
    }
    left.sort_by_key(|(fix, _)| fix.span);
    Fixed { text: applied(source.text(), &edits), applied: edits.len(), left }
}

/// Why fixes, safe or not, cannot be made together in their document; nothing where that changes their words alone.
pub fn refused(document: &Document, fixes: &[&Fix], language: &Language) -> Option<Left> {
    let Some(mut edits) = fixes.iter().map(|fix| Edit::find(fix, document)).collect::<Option<Vec<_>>>() else {
        return Some(Left::Interrupted);
    };
    edits.sort_by_key(|edit| edit.fix.span);
    if edits.is_sorted_by(|one, next| one.fix.span.end <= next.fix.span.start) {
        return (!holds(document, &edits, language)).then_some(Left::Otherwise);
    }
    Some(Left::Overlap)
}

/// Takes away the fixes that a program must not make in a document, since more than their words would change.
pub fn keep_sound(document: &Document, diagnostics: &mut [Diagnostic], language: &Language) {
    let fixes: Vec<&Fix> = diagnostics.iter().filter_map(|found| found.fix.as_ref()).collect();
    if fixes.is_empty() || refused(document, &fixes, language).is_none() {
        return;
    }
    match diagnostics {
        [found] => found.fix = None,
        more => {
            // Few of them are at fault, and a long document is not to be read once for each of the others.
            let (before, behind) = more.split_at_mut(more.len() / 2);
            keep_sound(document, before, language);
            keep_sound(document, behind, language);
        }
    }
}

fn read(source: Source, language: &Language) -> Document {
    text::read(Arc::new(source), language)
}

/// Whether a document with edits in it, read again, differs in their words alone.
fn holds(document: &Document, edits: &[Edit<'_>], language: &Language) -> bool {
    let source = &document.source;
    edits.is_empty()
        || said(&read(source.with_text(applied(source.text(), edits)), language), &[]) == said(document, edits)
}

/// A fix with the words that it replaces.
struct Edit<'a> {
    fix: &'a Fix,
    /// The block that the words stand in, counted over all articles, and where in its prose.
    block: usize,
    words: Range<usize>,
}

impl<'a> Edit<'a> {
    /// The words of a fix, if they stand in the source as they are read. One of no words stands before a word.
    fn find(fix: &'a Fix, document: &Document) -> Option<Edit<'a>> {
        let blocks = document.articles.iter().flat_map(|article| &article.blocks).enumerate();
        for (number, block) in blocks {
            let first = block.tokens.iter().find(|token| token.span.start == fix.span.start);
            let Some(first) = first else { continue };
            let last = block.tokens.iter().rfind(|token| token.span.end == fix.span.end).map(|last| last.end);
            let end = if fix.span.is_empty() { Some(first.start) } else { last };
            let Some(end) = end else { continue };
            let words = first.start as usize..end as usize;
            let written = Prose::whole(document.source.slice(fix.span)).into_seen();
            let same = block.prose.text().get(words.clone()) == Some(written.text());
            return same.then_some(Edit { fix, block: number, words });
        }
        None
    }
}

/// A text with edits in it.
fn applied(text: &str, edits: &[Edit<'_>]) -> String {
    let mut fixed = String::with_capacity(text.len());
    let mut done = 0;
    for Edit { fix, .. } in edits {
        let range = fix.span.range();
        fixed.push_str(text.get(done..range.start).unwrap_or_default());
        fixed.push_str(&fix.replacement);
        done = range.end;
    }
    fixed.push_str(text.get(done..).unwrap_or_default());
    fixed
}

/// What a document says, block for block, with edits in it.
fn said(document: &Document, edits: &[Edit<'_>]) -> Vec<(Field, String)> {
    let blocks = document.articles.iter().flat_map(|article| &article.blocks);
    let mut said: Vec<(Field, String)> = blocks.map(|block| (block.field, block.prose.text().to_owned())).collect();
    for edit in edits.iter().rev() {
        if let Some((_, prose)) = said.get_mut(edit.block)
            && prose.get(edit.words.clone()).is_some()
        {
            prose.replace_range(edit.words.clone(), &edit.fix.replacement);
        }
    }
    said
}
