//! Applies fixes to a text, and proves that nothing else of it changes: what is written is read again, and may differ from
//! what was read before in the words of the fixes alone. What others apply, editors and programs, is held to the same.

use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::text::{self, Block, Document, Language, Prose, Source, Syntax};
use std::ops::Range;
use std::sync::Arc;

/// So many bytes are read to prove the fixes of one text, or so many times the text where it is longer. Fixes are proven together, then each alone; where that would take
/// more, in groups that part each from every other one. What is not proven by then is not made.
const PROOF: usize = 32 * 1024 * 1024;
const TIMES: usize = 64;

/// What fixing a text came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The text with the fixes in it.
    pub text: String,
    /// Those that were applied, in order of the text.
    pub applied: Vec<Fix>,
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
    /// Its words do not stand where it says.
    Moved,
    /// Its words are interrupted by markup, or spelled otherwise than they read.
    Interrupted,
    /// What it writes means something else in the syntax of the file.
    Syntax,
    /// More than its words would change.
    Otherwise,
    /// There are so many fixes that proving this one would take too long.
    Unproven,
    /// Another rule rules out what it writes, and so on without an end.
    Endless,
}

impl Left {
    /// The reason in words.
    pub fn reason(self) -> &'static str {
        match self {
            Left::Unsafe => "it is not safe: a person decides which side is right",
            Left::Overlap => "another fix changes the same words",
            Left::Moved => "other words stand there",
            Left::Interrupted => "markup or escapes stand inside the words",
            Left::Syntax => "written there, it would be more than words to whoever reads the file",
            Left::Otherwise => "written there, it would be read otherwise",
            Left::Unproven => "it would take too long to prove that nothing else changes; fix the others first",
            Left::Endless => "what it writes is ruled out again, without an end",
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
    if fixes.iter().any(|fix| fix.safety == Safety::Safe) {
        let mut proof = Proof::new(source.with_text(source.text().to_owned()), language);
        let places = Places::of(&proof.document);
        let mut end = 0;
        for fix in fixes {
            match places.edit(fix) {
                _ if fix.safety != Safety::Safe => left.push((fix.clone(), Left::Unsafe)),
                _ if fix.span.start < end => left.push((fix.clone(), Left::Overlap)),
                Err(why) => left.push((fix.clone(), why)),
                Ok(edit) => {
                    end = fix.span.end;
                    edits.push(edit);
                }
            }
        }
        drop(places);
        edits = proof.prove(edits, &mut left);
    } else {
        left.extend(fixes.into_iter().map(|fix| (fix.clone(), Left::Unsafe)));
    }
    left.sort_by_key(|(fix, _)| fix.span);
    let text = applied(source.text(), &edits);
    Fixed { text, applied: edits.into_iter().map(|edit| edit.fix.clone()).collect(), left }
}

/// Why fixes, safe or not, cannot be made together in their document; nothing where that changes their words alone.
pub fn refused(document: &Document, fixes: &[&Fix], language: &Language) -> Option<Left> {
    let mut proof = Proof { bytes: usize::MAX, ..Proof::again(document, language) };
    let places = Places::of(&proof.document);
    let mut edits = match fixes.iter().map(|fix| places.edit(fix)).collect::<Result<Vec<_>, _>>() {
        Ok(edits) => edits,
        Err(why) => return Some(why),
    };
    drop(places);
    edits.sort_by_key(|edit| edit.fix.span);
    if edits.is_sorted_by(|one, next| one.fix.span.end <= next.fix.span.start) {
        return (proof.holds(&edits) != Some(true)).then_some(Left::Otherwise);
    }
    Some(Left::Overlap)
}

/// Takes away the fixes that a program must not make in a document, together or each alone, since more than their words
/// would change.
pub fn keep_sound(document: &Document, diagnostics: &mut [Diagnostic], language: &Language) {
    let fixes: Vec<Fix> = diagnostics.iter().filter_map(|found| found.fix.clone()).collect();
    if fixes.is_empty() {
        return;
    }
    let mut proof = Proof::again(document, language);
    let places = Places::of(&proof.document);
    let mut edits: Vec<Edit<'_>> = fixes.iter().filter_map(|fix| places.edit(fix).ok()).collect();
    drop(places);
    edits.sort_by_key(|edit| edit.fix.span);
    // Of several for the same words a program makes one: the others are proven alone.
    let mut end = 0;
    let (edits, apart): (Vec<_>, Vec<_>) = edits.into_iter().partition(|edit| {
        let free = edit.fix.span.start >= end;
        end = if free { edit.fix.span.end } else { end };
        free
    });
    let mut sound: Vec<&Fix> = proof.prove(edits, &mut Vec::new()).iter().map(|edit| edit.fix).collect();
    let others = apart.into_iter().filter(|edit| proof.holds(std::slice::from_ref(edit)) == Some(true));
    sound.extend(others.map(|edit| edit.fix));
    sound.sort_by_key(|fix| fix.span);
    for found in diagnostics {
        let is_sound = |fix: &Fix| {
            let first = sound.partition_point(|known| known.span < fix.span);
            sound.iter().skip(first).take_while(|known| known.span == fix.span).any(|known| *known == fix)
        };
        found.fix.take_if(|fix| !is_sound(fix));
    }
}

/// Reads what fixes make of a document, and compares.
struct Proof<'l> {
    document: Document,
    language: &'l Language,
    /// So many bytes may still be read.
    bytes: usize,
}

impl<'l> Proof<'l> {
    fn new(source: Source, language: &'l Language) -> Proof<'l> {
        Proof::of(Arc::new(source), language)
    }

    fn of(source: Arc<Source>, language: &'l Language) -> Proof<'l> {
        let bytes = PROOF.max(source.text().len().saturating_mul(TIMES));
        Proof { document: text::read(source, language), language, bytes }
    }

    /// Of a document as it is read, without what a project says of it.
    fn again(document: &Document, language: &'l Language) -> Proof<'l> {
        Proof::of(Arc::clone(&document.source), language)
    }

    /// Whether the document with edits in it, read again, differs in their words alone; nothing where that is not to be read
    /// any more.
    fn holds(&mut self, edits: &[Edit<'_>]) -> Option<bool> {
        if edits.is_empty() {
            return Some(true);
        }
        let source = &self.document.source;
        self.bytes = self.bytes.checked_sub(source.text().len())?;
        let written = source.with_text(applied(source.text(), edits));
        Some(says_the_same(&self.document, edits, &text::read(Arc::new(written), self.language)))
    }

    /// The edits that hold together and each alone; why the others do not is said.
    fn prove<'f>(&mut self, edits: Vec<Edit<'f>>, left: &mut Vec<(Fix, Left)>) -> Vec<Edit<'f>> {
        let edits = self.together(edits, left);
        let count = edits.len();
        let edits = self.alone(edits, left);
        // Those that hold may have done so by means of one that does not.
        if edits.len() < count { self.together(edits, left) } else { edits }
    }

    /// The edits that hold together. Few of them are at fault, and a long document is not to be read once for each.
    fn together<'f>(&mut self, mut edits: Vec<Edit<'f>>, left: &mut Vec<(Fix, Left)>) -> Vec<Edit<'f>> {
        let why = match self.holds(&edits) {
            Some(true) => return edits,
            Some(false) => Left::Otherwise,
            None => Left::Unproven,
        };
        if edits.len() < 2 || why == Left::Unproven {
            refuse(edits, why, left);
            return Vec::new();
        }
        let behind = edits.split_off(edits.len() / 2);
        let mut edits = self.together(edits, left);
        let mut behind = self.together(behind, left);
        if edits.is_empty() || behind.is_empty() {
            edits.append(&mut behind);
            return edits;
        }
        let all: Vec<Edit<'f>> = edits.iter().chain(&behind).cloned().collect();
        match self.holds(&all) {
            Some(true) => all,
            holds => {
                refuse(behind, if holds.is_none() { Left::Unproven } else { Left::Otherwise }, left);
                edits
            }
        }
    }

    /// Of edits that hold together those that hold alone too.
    fn alone<'f>(&mut self, edits: Vec<Edit<'f>>, left: &mut Vec<(Fix, Left)>) -> Vec<Edit<'f>> {
        if edits.len() < 2 {
            return edits;
        }
        let each = edits.len().saturating_mul(self.document.source.text().len());
        let mut bad = vec![None; edits.len()];
        if each <= self.bytes {
            for (edit, bad) in edits.iter().zip(&mut bad) {
                *bad = (self.holds(std::slice::from_ref(edit)) != Some(true)).then_some(Left::Otherwise);
            }
        } else {
            self.apart(&edits, &mut bad);
        }
        let mut sound = Vec::with_capacity(edits.len());
        for (edit, bad) in edits.into_iter().zip(bad) {
            match bad {
                Some(why) => refuse(vec![edit], why, left),
                None => sound.push(edit),
            }
        }
        sound
    }

    /// Proves edits in groups: by each bit of their numbers, once those that have it and once the others. Two edits differ
    /// in some bit, so that each is proven without each of the others.
    fn apart(&mut self, edits: &[Edit<'_>], bad: &mut [Option<Left>]) {
        for bit in (0..usize::BITS).take_while(|bit| (edits.len() - 1) >> bit > 0) {
            for side in [0, 1] {
                let in_group = |number: usize| number >> bit & 1 == side;
                let numbers: Vec<usize> = (0..edits.len()).filter(|number| in_group(*number)).collect();
                let group = numbers.iter().filter_map(|number| edits.get(*number).cloned()).collect();
                let mut left = Vec::new();
                self.together(group, &mut left);
                for (fix, why) in left {
                    let number = edits.partition_point(|edit| edit.fix.span < fix.span);
                    bad.get_mut(number).into_iter().for_each(|bad| *bad = Some(why));
                }
            }
        }
    }
}

fn refuse(edits: Vec<Edit<'_>>, why: Left, left: &mut Vec<(Fix, Left)>) {
    left.extend(edits.into_iter().map(|edit| (edit.fix.clone(), why)));
}

/// A fix with the words that it replaces.
#[derive(Clone)]
struct Edit<'f> {
    fix: &'f Fix,
    /// The block that the words stand in, counted over all articles, and where in its prose.
    block: usize,
    words: Range<usize>,
}

/// Where the words of a document stand in its source.
struct Places<'d> {
    source: &'d Source,
    syntax: Syntax<'d>,
    blocks: Vec<&'d Block>,
    /// The first byte of each token, with its block and its number there, in order.
    starts: Vec<(u32, usize, usize)>,
}

impl<'d> Places<'d> {
    fn of(document: &'d Document) -> Places<'d> {
        let blocks: Vec<&Block> = document.articles.iter().flat_map(|article| &article.blocks).collect();
        let tokens = |(block, one): (usize, &&'d Block)| {
            let tokens = one.tokens.iter().enumerate();
            tokens.map(move |(number, token)| (token.span.start, block, number)).collect::<Vec<_>>()
        };
        let mut starts: Vec<_> = blocks.iter().enumerate().flat_map(tokens).collect();
        starts.sort_unstable();
        Places { source: &document.source, syntax: Syntax::of(&document.source), blocks, starts }
    }

    /// The words of a fix, if they stand in the source as they are read. One of no words stands before a word.
    fn edit<'f>(&self, fix: &'f Fix) -> Result<Edit<'f>, Left> {
        if self.source.slice(fix.span) != fix.words {
            return Err(Left::Moved);
        }
        let first = self.starts.partition_point(|(start, ..)| *start < fix.span.start);
        let here = self.starts.iter().skip(first).take_while(|(start, ..)| *start == fix.span.start);
        for (_, block, number) in here {
            let Some((block, prose, tokens)) = self.blocks.get(*block).map(|one| (*block, &one.prose, &one.tokens))
            else {
                continue;
            };
            let tokens = tokens.get(*number..).unwrap_or_default();
            let inside = tokens.iter().take_while(|token| token.span.start < fix.span.end);
            let last = inside.filter(|token| token.span.end == fix.span.end).last().map(|last| last.end);
            let end = if fix.span.is_empty() { tokens.first().map(|first| first.start) } else { last };
            let Some((first, end)) = tokens.first().zip(end) else { continue };
            let words = first.start as usize..end as usize;
            let written = Prose::whole(&fix.words).into_seen();
            if prose.text().get(words.clone()) != Some(written.text()) {
                return Err(Left::Interrupted);
            }
            let admitted = self.syntax.admits(fix.span, &fix.replacement);
            return if admitted { Ok(Edit { fix, block, words }) } else { Err(Left::Syntax) };
        }
        Err(Left::Interrupted)
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

/// Whether a document says what another one does with edits in it: block for block, and of itself.
fn says_the_same(document: &Document, edits: &[Edit<'_>], other: &Document) -> bool {
    let of_itself = |document: &Document| {
        let articles = document.articles.iter();
        articles.map(|article| (article.date, article.outlet.clone(), article.blocks.len())).collect::<Vec<_>>()
    };
    if of_itself(document) != of_itself(other) || document.unread.len() != other.unread.len() {
        return false;
    }
    let mut edits: Vec<&Edit<'_>> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.block, edit.words.start));
    let mut edits = edits.into_iter().peekable();
    let blocks = document.articles.iter().flat_map(|article| &article.blocks);
    let others = other.articles.iter().flat_map(|article| &article.blocks);
    blocks.zip(others).enumerate().all(|(number, (block, other))| {
        let (prose, mut said, mut done) = (block.prose.text(), String::new(), 0);
        while let Some(edit) = edits.next_if(|edit| edit.block == number) {
            said.push_str(prose.get(done..edit.words.start).unwrap_or_default());
            said.push_str(&edit.fix.replacement);
            done = edit.words.end;
        }
        let rest = prose.get(done..).unwrap_or_default();
        let written = other.prose.text();
        block.field == other.field && written.strip_prefix(said.as_str()) == Some(rest)
    })
}
