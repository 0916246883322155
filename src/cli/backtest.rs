//! `factlint backtest`: what the rules of a pack hit in articles that are trusted, before anybody is bothered by them.

use super::Outcome;
use super::setup::{self, BaseOptions, Known, PackOptions};
use crate::claim::Reading;
use crate::corpus;
use crate::desk::Desk;
use crate::diagnostic::Diagnostic;
use crate::fact::BaseError;
use crate::report::{row, shown_json};
use crate::terms::Wish;
use crate::text::{Source, Span, TokenKind};
use clap::Args;
use clap::builder::PossibleValuesParser;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// So many characters are shown on either side of a hit.
const AROUND: usize = 40;

#[derive(Args)]
pub(super) struct Backtest {
    /// The pack to try: a file or a folder
    #[arg(value_name = "PACK")]
    pack: PathBuf,
    /// Articles that are trusted: files or folders
    #[arg(value_name = "CORPUS", required = true)]
    corpus: Vec<PathBuf>,
    /// Try only this rule of the pack (may be repeated)
    #[arg(long, value_name = "RULE")]
    only: Vec<String>,
    /// How hits are written
    #[arg(long, value_name = "FORMAT", default_value = "pretty", value_parser = PossibleValuesParser::new(["pretty", "json"]))]
    format: String,
    #[command(flatten)]
    base: BaseOptions,
    #[command(flatten)]
    packs: PackOptions,
}

/// A place that a rule of the pack reports.
struct Hit {
    rule: String,
    path: String,
    line: u32,
    column: u32,
    message: String,
    excerpt: String,
    /// The rules of other packs that report the same words.
    also: Vec<String>,
}

impl Backtest {
    pub(super) fn run(self) -> Outcome {
        Outcome::settled(self.look())
    }

    fn look(self) -> Result<Outcome, Outcome> {
        let started = std::time::Instant::now();
        let setup = self.packs.clone().and(&self.pack).load_for(&self.corpus)?;
        let pack = corpus::absolute(&self.pack);
        let mine = |path: &str| corpus::absolute(&PathBuf::from(path)).starts_with(&pack);
        let rules = setup.packs.rules.iter().filter(|rule| mine(rule.place.source.path()));
        let tried: Vec<String> =
            rules.map(|rule| rule.id.clone()).filter(|id| self.only.is_empty() || self.only.contains(id)).collect();
        if tried.is_empty() {
            let name = corpus::display(&self.pack);
            return Err(Outcome::failed(vec![format!("error: {name}: there is no rule to try in this pack")]));
        }
        let articles = corpus::read(&self.corpus, &setup.packs, &setup.draft_settings(None));
        if let Some(outcome) = setup::errors(&articles) {
            return Err(outcome);
        }
        let Known { desk, corpus: against, .. } = setup.known(&self.base)?;
        let readings = &articles.readings;
        let found = readings.par_iter().map(|reading| hits(reading, &desk, &tried));
        let hits: Vec<Hit> = found.collect::<Result<Vec<_>, BaseError>>()?.into_iter().flatten().collect();
        let words: usize = readings.iter().map(words).sum();
        let out = match self.format.as_str() {
            "json" => as_json(&tried, &hits, words, readings.len()),
            _ => as_text(&tried, &hits, words, readings.len()),
        };
        let notices = vec![format!("took {:.1} s", started.elapsed().as_secs_f64())];
        Ok(setup::seen(Outcome { notices, ..Outcome::new(out, 0) }, &[&articles, &against]))
    }
}

fn hits(reading: &Reading, desk: &Desk, tried: &[String]) -> Result<Vec<Hit>, BaseError> {
    let source = &reading.document.source;
    let only = |only: Vec<String>| Wish { only, ..Wish::default() };
    let found = desk.check(reading, &only(tried.to_vec()))?.diagnostics;
    let rest = desk.packs().rules.iter().filter(|rule| !rule.off && !tried.contains(&rule.id));
    let rest = only(rest.map(|rule| rule.id.clone()).collect());
    let others =
        if found.is_empty() || rest.only.is_empty() { Vec::new() } else { desk.check(reading, &rest)?.diagnostics };
    let hit = |diagnostic: &Diagnostic| {
        let span = diagnostic.primary().span;
        let at = source.position(span.start);
        let same = others.iter().filter(|other| other.primary().span.overlaps(span));
        let also: BTreeSet<&str> = same.map(Diagnostic::rule).collect();
        Hit {
            rule: diagnostic.rule().to_owned(),
            path: source.path().to_owned(),
            line: at.line,
            column: at.column,
            message: diagnostic.message().to_owned(),
            excerpt: excerpt(source, span, at.line),
            also: also.into_iter().map(str::to_owned).collect(),
        }
    };
    Ok(found.iter().map(hit).collect())
}

/// The words of a hit in square brackets with what stands around them, as an example of a rule is written.
fn excerpt(source: &Source, span: Span, line: u32) -> String {
    let row = source.line(line).unwrap_or(span);
    let before = source.slice(Span::new(row.start, span.start));
    let behind = source.slice(Span::new(span.end, row.end.max(span.end)));
    let skipped = before.chars().count().saturating_sub(AROUND);
    let start: String = before.chars().skip(skipped).collect();
    let end: String = behind.chars().take(AROUND).collect();
    let (open, close) = (if skipped > 0 { "…" } else { "" }, if end.len() < behind.len() { "…" } else { "" });
    format!("{open}{start}[{}]{end}{close}", source.slice(span))
}

fn words(reading: &Reading) -> usize {
    let blocks = reading.document.articles.iter().flat_map(|article| &article.blocks);
    blocks.flat_map(|block| &block.tokens).filter(|token| token.kind == TokenKind::Word).count()
}

/// Hits on a thousand words.
fn rate(hits: usize, words: usize) -> f64 {
    if words == 0 { 0.0 } else { hits as f64 * 1000.0 / words as f64 }
}

fn as_text(tried: &[String], hits: &[Hit], words: usize, files: usize) -> String {
    let mut text = String::new();
    for rule in tried {
        let of: Vec<&Hit> = hits.iter().filter(|hit| hit.rule == *rule).collect();
        let shared = of.iter().filter(|hit| !hit.also.is_empty()).count();
        row(
            &mut text,
            format_args!(
                "{rule}: {} · {:.2} on 1,000 words · {shared} also found by other rules",
                if of.len() == 1 { "1 hit".to_owned() } else { format!("{} hits", of.len()) },
                rate(of.len(), words)
            ),
        );
        for hit in of {
            let also = if hit.also.is_empty() { String::new() } else { format!(" (also {})", hit.also.join(", ")) };
            row(&mut text, format_args!("  {}:{}:{}: {}{also}", hit.path, hit.line, hit.column, hit.message));
            row(&mut text, format_args!("    {}", hit.excerpt));
        }
    }
    let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
    row(
        &mut text,
        format_args!("{files}, {words} words: {} · {:.2} on 1,000 words", hits.len(), rate(hits.len(), words)),
    );
    text
}

fn as_json(tried: &[String], hits: &[Hit], words: usize, files: usize) -> String {
    let hit = |hit: &Hit| {
        json!({
            "path": hit.path, "line": hit.line, "column": hit.column,
            "message": hit.message, "excerpt": hit.excerpt, "also": hit.also,
        })
    };
    let rule = |id: &String| -> Value {
        let of: Vec<&Hit> = hits.iter().filter(|hit| hit.rule == *id).collect();
        json!({
            "rule": id,
            "rate": rate(of.len(), words),
            "hits": of.into_iter().map(hit).collect::<Vec<_>>(),
        })
    };
    let value = json!({ "files": files, "words": words, "rules": tried.iter().map(rule).collect::<Vec<_>>() });
    shown_json(&value)
}
