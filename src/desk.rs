//! The one door: packs, what is known, and what a project says of its files. Text goes in, an answer comes out, and
//! whoever asks (command line, editor, model, program) gets the same.

use crate::check::{Draft, Judgement, Memory, Tuning, judge};
use crate::claim::{Claim, Reading};
use crate::diagnostic::Diagnostic;
use crate::fact::{Base, BaseError, Both, Grounds, Parallels, Remembering, Stated};
use crate::learn;
use crate::lint::{Counts, Task, lint};
use crate::pack::Packs;
use crate::suppress::suppress;
use crate::terms::{Settings, Terms, Wish};
use crate::text::{self, Document, Source, SourceError};
use std::fmt;
use std::sync::Arc;

/// Packs, what is known, and settings: what drafts are checked with.
pub struct Desk {
    packs: Arc<Packs>,
    base: Box<dyn Base>,
    settings: Box<dyn Settings>,
    tuning: Tuning,
    grounds: Option<Grounds>,
    parallels: Option<Parallels>,
}

/// What a check of a document came to.
#[derive(Debug)]
pub struct Answer {
    /// What was read.
    pub document: Arc<Document>,
    /// The findings, in the order of the text, without those that somebody let stand.
    pub diagnostics: Vec<Diagnostic>,
    /// The findings that somebody let stand.
    pub allowed: Vec<Diagnostic>,
    /// The fingerprints of [`Terms::allowed`] that were used.
    pub used: Vec<String>,
    /// How its claims fared.
    pub counts: Counts,
    /// Whether a rule came to more findings than are shown; see [`Wish::every`].
    pub left_out: bool,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Unanswered {
    /// The text is none.
    Source(SourceError),
    /// The fact base could not be asked.
    Base(BaseError),
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unanswered::Source(error) => error.fmt(f),
            Unanswered::Base(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Unanswered {}

impl From<SourceError> for Unanswered {
    fn from(error: SourceError) -> Unanswered {
        Unanswered::Source(error)
    }
}

impl From<BaseError> for Unanswered {
    fn from(error: BaseError) -> Unanswered {
        Unanswered::Base(error)
    }
}

impl Desk {
    /// A desk that knows what `base` knows, and nothing else.
    pub fn new(packs: Arc<Packs>, base: impl Base + 'static) -> Desk {
        let (base, settings) = (Box::new(Remembering::new(base)), Box::new(Terms::default()));
        Desk { packs, base, settings, tuning: Tuning::DEFAULT, grounds: None, parallels: None }
    }

    /// A desk that knows what packs state and what articles say.
    pub fn against(packs: Arc<Packs>, archive: &[Reading]) -> Desk {
        let base = Both(Stated::new(&packs), learn::learn(archive, &packs));
        Desk::new(packs, base).aligned(archive)
    }

    /// A desk that knows what packs state and what texts say, each under a name, which says its format.
    ///
    /// # Errors
    /// A text that is empty, binary or too large.
    pub fn with_archive<'a>(
        packs: Arc<Packs>,
        texts: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Desk, SourceError> {
        let read = |(name, text): (&str, &str)| {
            Source::read(name, text.as_bytes().to_vec()).map(|source| learn::read(source, &packs))
        };
        let archive = texts.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(Desk::against(packs, &archive))
    }

    /// The same with the sentences of articles, to align those of drafts with.
    pub fn aligned(mut self, articles: &[Reading]) -> Desk {
        self.parallels = (!articles.is_empty()).then(|| Parallels::new(articles, &self.packs));
        self
    }

    /// The same where what sources do not contain is reported too.
    pub fn grounded(mut self, sources: &[Reading]) -> Desk {
        self.grounds = Some(Grounds::new(sources, &self.packs));
        self
    }

    /// The same with other thresholds than those that were measured.
    #[must_use]
    pub fn tuned(mut self, tuning: Tuning) -> Desk {
        self.tuning = tuning;
        self
    }

    /// The same with what a project says of its files.
    pub fn under(mut self, settings: impl Settings + 'static) -> Desk {
        self.settings = Box::new(settings);
        self
    }

    /// The packs.
    pub fn packs(&self) -> &Arc<Packs> {
        &self.packs
    }

    /// What is known.
    pub fn base(&self) -> &dyn Base {
        &*self.base
    }

    /// What holds for the file of a path.
    pub fn terms(&self, path: &str, wish: &Wish) -> Terms {
        let terms = self.settings.of(path);
        Terms { date: wish.date.or(terms.date), ..terms }
    }

    /// Reads a text as its project wants it read.
    pub fn read(&self, source: Source, wish: &Wish) -> Reading {
        learn::read_document(self.document(source, wish), &self.packs)
    }

    /// The same where this desk has read an earlier version of the text: what stayed as it was is not read again.
    pub fn reread(&self, source: Source, wish: &Wish, before: &Reading) -> Reading {
        learn::reread_document(self.document(source, wish), before, &self.packs)
    }

    fn document(&self, source: Source, wish: &Wish) -> Document {
        let terms = self.terms(source.path(), wish);
        let mut document = text::read(Arc::new(source), &self.packs.language);
        terms.fill(&mut document);
        document
    }

    /// Reads and checks a text under a name, which says its format.
    ///
    /// # Errors
    /// A text that is empty, binary or too large, and a base that cannot be asked.
    pub fn answer(&self, name: &str, text: &str) -> Result<Answer, Unanswered> {
        let source = Source::read(name, text.as_bytes().to_vec())?;
        Ok(self.check(&self.read(source, &Wish::default()), &Wish::default())?)
    }

    /// Checks what was read.
    ///
    /// # Errors
    /// A base that cannot be asked.
    pub fn check(&self, reading: &Reading, wish: &Wish) -> Result<Answer, BaseError> {
        self.find(reading, wish, None)
    }

    /// The same where this desk may have checked earlier versions of the text: `memory` is that text's own, and keeps what is
    /// found out now.
    ///
    /// # Errors
    /// A base that cannot be asked.
    pub fn recheck(&self, reading: &Reading, wish: &Wish, memory: &Arc<Memory>) -> Result<Answer, BaseError> {
        self.find(reading, wish, Some(memory))
    }

    fn find(&self, reading: &Reading, wish: &Wish, memory: Option<&Arc<Memory>>) -> Result<Answer, BaseError> {
        let source = &reading.document.source;
        let terms = self.terms(source.path(), wish);
        let task = Task {
            packs: &self.packs,
            base: self.base(),
            terms: &terms,
            wish,
            tuning: &self.tuning,
            memory,
            grounds: self.grounds.as_ref(),
            parallels: self.parallels.as_ref(),
        };
        let findings = lint(reading, &task)?;
        let date = terms.date.or(reading.document.articles.first().and_then(|article| article.date));
        let is_rule = |id: &str| {
            let rule = self.packs.rules.get(id)?;
            Some(wish.applied(rule, &terms).is_some())
        };
        let suppressed = suppress(source, findings.diagnostics, &terms.allowed, date, is_rule);
        Ok(Answer {
            document: Arc::clone(&reading.document),
            diagnostics: suppressed.kept,
            allowed: suppressed.allowed,
            used: suppressed.used,
            counts: findings.counts,
            left_out: findings.left_out,
        })
    }

    /// The articles of a reading as checks see them.
    pub fn drafts<'a>(&'a self, reading: &'a Reading, wish: &Wish) -> impl Iterator<Item = Draft<'a>> {
        let date = self.terms(reading.document.source.path(), wish).date;
        (0..reading.articles.len()).filter_map(move |number| {
            let mut draft = Draft::new(reading, number, &self.packs, date)?;
            draft.tuning = &self.tuning;
            Some(draft)
        })
    }

    /// The verdict on a claim of a draft.
    ///
    /// # Errors
    /// A base that cannot be asked.
    pub fn judge(&self, draft: &Draft<'_>, claim: &Claim) -> Result<Judgement, BaseError> {
        judge(draft, claim, self.base())
    }
}
