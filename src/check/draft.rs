//! One article of a draft, as checks see it.

use super::memory::Memory;
use super::tuning::Tuning;
use super::verdict::Judgement;
use crate::claim::{ArticleReading, Reading};
use crate::diagnostic::{Diagnostic, Evidence, Fix, Label, Proof, SHOWN, Safety, Severity, left_out};
use crate::fact::{ArticleKey, BaseError, Fact, Grounds, Parallels};
use crate::pack::{Packs, Rule};
use crate::text::{Article, Block, Date, Document, Source, Span};
use rustc_hash::FxHashMap as HashMap;
use std::cell::{OnceCell, RefCell};
use std::hash::Hash;
use std::sync::Arc;

/// One article of a draft.
pub struct Draft<'a> {
    /// The packs.
    pub packs: &'a Packs,
    /// The document that the article stands in.
    pub document: &'a Arc<Document>,
    /// The source.
    pub source: &'a Source,
    /// The article.
    pub article: &'a Article,
    /// What was read in it.
    pub reading: &'a ArticleReading,
    /// Which article it is; its own evidence is barred.
    pub key: ArticleKey,
    /// The date at which its claims are judged.
    pub date: Option<Date>,
    /// The thresholds that decide findings.
    pub tuning: &'a Tuning,
    /// In grounded mode, what the sources contain.
    pub grounds: Option<&'a Grounds>,
    /// The sentences of the sources.
    pub parallels: Option<&'a Parallels>,
    /// Whether every finding is wanted, and not only as many of a rule as are shown.
    pub every: bool,
    /// Where its blocks stand, in order, with their numbers.
    spans: Vec<(Span, usize)>,
    /// The judgements on its claims, once they were asked for.
    pub(super) judged: Vec<OnceCell<Arc<Judgement>>>,
    /// What was found out of earlier versions of it.
    memory: Arc<Memory>,
    /// Which article memories are about.
    about: u64,
    /// Whether facts are outweighed by others at its date, once that was asked for.
    outweighed: RefCell<HashMap<*const Fact, (Arc<Fact>, bool)>>,
    /// How many findings each rule came to, and where the first stands that is not shown.
    found: RefCell<HashMap<String, (usize, Span)>>,
}

/// So many blocks may stand inside another.
const NESTED: usize = 8;

impl<'a> Draft<'a> {
    /// An article of a reading. `date` stands for its own where it is given.
    pub fn new(reading: &'a Reading, number: usize, packs: &'a Packs, date: Option<Date>) -> Option<Draft<'a>> {
        let article = reading.document.articles.get(number)?;
        let read = reading.articles.get(number)?;
        let mut spans: Vec<(Span, usize)> = Vec::with_capacity(article.blocks.len());
        for (number, block) in article.blocks.iter().enumerate().filter(|(_, block)| !block.tokens.is_empty()) {
            spans.push((block.span(0..block.tokens.len()), number));
        }
        spans.sort_unstable();
        Some(Draft {
            packs,
            document: &reading.document,
            source: &reading.document.source,
            article,
            reading: read,
            key: ArticleKey { path: reading.document.source.path().to_owned(), number, hash: read.hash },
            date: date.or(article.date),
            tuning: &Tuning::DEFAULT,
            grounds: None,
            parallels: None,
            every: false,
            spans,
            judged: read.claims.iter().map(|_| OnceCell::new()).collect(),
            memory: Arc::default(),
            about: 0,
            outweighed: RefCell::default(),
            found: RefCell::default(),
        })
    }

    /// The same with what was found out of earlier versions of it, which it is told to be about.
    #[must_use]
    pub(crate) fn remembering(self, memory: Arc<Memory>, about: u64) -> Draft<'a> {
        Draft { memory, about, ..self }
    }

    /// What follows from a key and from what is known, by one fact base throughout: found out once for all versions of the
    /// draft.
    pub(super) fn recall<K, V>(&self, key: K, find: impl FnOnce(&K) -> Result<V, BaseError>) -> Result<V, BaseError>
    where
        K: Eq + Hash + Send + 'static,
        V: Clone + Send + 'static,
    {
        self.memory.recall(self.about, key, find)
    }

    /// Whether a fact is outweighed, by one fact base throughout: found out once.
    pub(super) fn outweighed(
        &self,
        fact: &Arc<Fact>,
        find: impl FnOnce() -> Result<bool, BaseError>,
    ) -> Result<bool, BaseError> {
        if let Some((_, known)) = self.outweighed.borrow().get(&Arc::as_ptr(fact)) {
            return Ok(*known);
        }
        let found = find()?;
        self.outweighed.borrow_mut().insert(Arc::as_ptr(fact), (Arc::clone(fact), found));
        Ok(found)
    }

    /// The block of a byte offset.
    pub fn block_at(&self, at: u32) -> Option<&'a Block> {
        let after = self.spans.partition_point(|(span, _)| span.start <= at);
        // A block may hold another one, as a paragraph holds the alt text of its picture.
        let near = self.spans.get(after.saturating_sub(NESTED)..after)?;
        let found = near.iter().rev().find(|(span, _)| at < span.end)?;
        self.article.blocks.get(found.1)
    }

    /// The sentence around a byte span.
    pub fn sentence_span(&self, span: Span) -> Span {
        let Some(block) = self.block_at(span.start) else { return span };
        let at = block.token_at(span.start);
        block.span(block.sentence(at)).cover(span)
    }

    /// Whether a byte span stands inside quotation marks.
    pub fn is_quoted(&self, span: Span) -> bool {
        let Some(block) = self.block_at(span.start) else { return false };
        block.is_quoted(block.token_at(span.start))
    }

    /// Whether an article stands before a token.
    pub fn is_determined(&self, block: usize, token: usize) -> bool {
        let word = token.checked_sub(1).and_then(|before| self.reading.blocks.get(block)?.word(before));
        word.is_some_and(|word| self.packs.grammar.determiners.contains(&word))
    }

    /// Another place of the draft as proof, with what it is.
    pub fn cite(&self, span: Span, what: impl Into<String>) -> Proof {
        Proof::Draft(self.show(span).noted(what))
    }

    /// A place of the draft in its sentence.
    pub fn show(&self, span: Span) -> Evidence {
        let mut evidence = Evidence::at(self.source, span, self.sentence_span(span));
        evidence.date = self.date;
        evidence
    }

    /// A finding of a rule in this draft, with its severity capped by the rule; none without a proof.
    pub fn finding(
        &self,
        rule: &Rule,
        severity: Severity,
        message: String,
        span: Span,
        proofs: Vec<Proof>,
    ) -> Option<Diagnostic> {
        if !self.every && self.is_too_much(rule, span) {
            return None;
        }
        let mut proofs = proofs.into_iter().take(if self.every { 1 } else { usize::MAX });
        let primary = Label { span, text: "conflicts with".to_owned() };
        let first = proofs.next()?;
        let first = if self.every { first.without_sentence() } else { first };
        let mut diagnostic = Diagnostic::new(&rule.id, severity, message, primary, first)?.with_proofs(proofs);
        diagnostic.cap(rule.severity);
        let field = self.block_at(span.start).map_or("body", |block| block.field.name());
        let date = self.date.map(|date| format!(" · dated {date}")).unwrap_or_default();
        diagnostic.setting = format!("{field}{date}");
        Some(diagnostic)
    }

    /// Counts a finding of a rule, and says whether there were enough of them.
    fn is_too_much(&self, rule: &Rule, span: Span) -> bool {
        let mut found = self.found.borrow_mut();
        let (count, first) = found.entry(rule.id.clone()).or_insert((0, span));
        *count += 1;
        if *count == SHOWN + 1 {
            *first = span;
        }
        *count > SHOWN
    }

    /// What was left out of the findings of a rule: a last finding that says how many.
    pub fn left_out(&self, rule: &Rule) -> Option<Diagnostic> {
        let (count, first) = self.found.borrow().get(&rule.id).copied()?;
        let more = count.checked_sub(SHOWN).filter(|more| *more > 0)?;
        left_out(&rule.id, more, first)
    }

    /// A replacement of a span. Where the words are not the writer's own, no edit is safe.
    pub fn fix(&self, span: Span, replacement: impl Into<String>, safety: Safety) -> Fix {
        let is_own = self.block_at(span.start).is_none_or(|block| block.is_own(span));
        let words = self.source.slice(span).to_owned();
        Fix { span, words, replacement: replacement.into(), safety: if is_own { safety } else { Safety::Unsafe } }
    }
}
