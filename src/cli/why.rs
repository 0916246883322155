//! `factlint why`: how a sentence was read, and why it is silent.

use super::Outcome;
use super::claims;
use super::setup::{self, BaseOptions, Known, PackOptions};
use crate::check::Draft;
use crate::claim::{ArticleReading, Claim, Mention, MentionForm, Rejected};
use crate::desk::Desk;
use crate::fact::BaseError;
use crate::pack::Packs;
use crate::pattern::RelationId;
use crate::report::row;
use crate::terms::Wish;
use crate::text::{Block, Date};
use clap::Args;
use std::ops::Range;
use std::path::PathBuf;

#[derive(Args)]
pub(super) struct Why {
    /// A place: FILE:LINE, or FILE:LINE:COLUMN for one sentence
    #[arg(value_name = "FILE:LINE[:COLUMN]")]
    place: String,
    #[command(flatten)]
    base: BaseOptions,
    /// The date at which claims are judged, instead of the draft's own
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    date: Option<Date>,
    #[command(flatten)]
    packs: PackOptions,
}

impl Why {
    pub(super) fn run(self) -> Outcome {
        Outcome::settled(self.look())
    }

    fn look(self) -> Result<Outcome, Outcome> {
        let Some((path, line, column)) = place(&self.place) else {
            let error = format!("error: `{}` is no place; write FILE:LINE or FILE:LINE:COLUMN", self.place);
            return Err(Outcome::failed(vec![error]));
        };
        let setup = self.packs.load_for(&[PathBuf::from(path)])?;
        let drafts = crate::corpus::read(&[PathBuf::from(path)], &setup.packs, &setup.draft_settings(self.date));
        if let Some(outcome) = setup::errors(&drafts) {
            return Err(outcome);
        }
        let Known { desk, corpus, .. } = setup.known(&self.base)?;
        let wish = Wish { date: self.date, ..Wish::default() };
        let seen = |text: String| setup::seen(Outcome::new(text, 0), &[&drafts, &corpus]);
        let Some(reading) = drafts.readings.first() else { return Ok(seen(String::new())) };
        let source = &reading.document.source;
        let Some(whole) = source.line(line) else {
            return Err(Outcome::failed(vec![format!("error: {path} has no line {line}")]));
        };
        let mut text = String::new();
        for draft in desk.drafts(reading, &wish) {
            let read = ReadThere::new(draft.reading);
            for (at, block) in draft.article.blocks.iter().enumerate() {
                for sentence in &block.sentences {
                    let span = block.span(sentence.clone());
                    let asked = column.is_none_or(|column| {
                        let (from, to) = (source.position(span.start), source.position(span.end));
                        (from.line, from.column) <= (line, column) && (line, column) <= (to.line, to.column)
                    });
                    if span.overlaps(whole) && asked {
                        explain(&mut text, &desk, &draft, &read, at, sentence)?;
                    }
                }
                if block.sentences.is_empty() && block.prose.span(0, block.prose.text().len()).overlaps(whole) {
                    row(
                        &mut text,
                        format_args!("{}: this line is read as {} and makes no claims", self.place, block.field.name()),
                    );
                }
            }
        }
        let answer = desk.check(reading, &wish)?;
        let mut silent = !text.is_empty();
        for (how, found) in [("reported", &answer.diagnostics), ("let stand", &answer.allowed)] {
            for diagnostic in found.iter().filter(|diagnostic| diagnostic.primary().span.overlaps(whole)) {
                let said = (diagnostic.severity(), diagnostic.rule(), diagnostic.message());
                row(&mut text, format_args!("{how}: {}[{}]: {}", said.0, said.1, said.2));
                for proof in diagnostic.proofs() {
                    row(&mut text, format_args!("           {}", proof.line()));
                }
                silent = false;
            }
        }
        if silent {
            text.push_str("nothing is reported on this line\n");
        }
        if text.is_empty() {
            row(&mut text, format_args!("{}: nothing is read on this line", self.place));
        }
        Ok(seen(text))
    }
}

/// `FILE:LINE[:COLUMN]`, where the file's name may hold colons.
pub(super) fn place(text: &str) -> Option<(&str, u32, Option<u32>)> {
    let (rest, last) = text.rsplit_once(':')?;
    let last: u32 = last.parse().ok()?;
    match rest.rsplit_once(':').and_then(|(path, line)| Some((path, line.parse::<u32>().ok()?))) {
        Some((path, line)) => Some((path, line, Some(last))),
        None => Some((rest, last, None)),
    }
}

/// What was read in an article by where it begins, so that for each sentence of a long line not all of it is looked at.
struct ReadThere<'a> {
    /// By block and first token.
    claims: Starting<'a, Claim>,
    /// By block and first token.
    mentions: Starting<'a, Mention>,
    /// By byte.
    rejected: Starting<'a, Rejected>,
}

/// Things with their place and their number, in order of the place.
type Starting<'a, T> = Vec<((usize, usize), usize, &'a T)>;

impl<'a> ReadThere<'a> {
    fn new(reading: &'a ArticleReading) -> ReadThere<'a> {
        let blocks = reading.blocks.iter().enumerate();
        let mentions = blocks.flat_map(|(number, read)| read.mentions().iter().map(move |mention| (number, mention)));
        ReadThere {
            claims: starting(reading.claims.iter().map(|claim| ((claim.block, claim.sentence.start), claim))),
            mentions: starting(mentions.map(|(number, mention)| ((number, mention.tokens.start), mention))),
            rejected: starting(reading.rejected.iter().map(|found| ((0, found.span.start as usize), found))),
        }
    }
}

fn starting<'a, T>(all: impl Iterator<Item = ((usize, usize), &'a T)>) -> Starting<'a, T> {
    let mut all: Vec<_> = all.enumerate().map(|(number, (place, one))| (place, number, one)).collect();
    all.sort_unstable_by_key(|(place, number, _)| (*place, *number));
    all
}

/// What begins in a part of a block, in the order in which it was read.
fn beginning<'a, T>(all: &Starting<'a, T>, block: usize, within: Range<usize>) -> impl Iterator<Item = &'a T> {
    let first = all.partition_point(|(place, ..)| *place < (block, within.start));
    let behind = all.partition_point(|(place, ..)| *place < (block, within.end));
    let mut found: Vec<_> = all.get(first..behind).unwrap_or_default().iter().collect();
    found.sort_unstable_by_key(|(_, number, _)| *number);
    found.into_iter().map(|(.., one)| *one)
}

fn explain(
    text: &mut String,
    desk: &Desk,
    draft: &Draft<'_>,
    read: &ReadThere<'_>,
    number: usize,
    sentence: &Range<usize>,
) -> Result<(), BaseError> {
    let Some(block) = draft.article.blocks.get(number) else { return Ok(()) };
    let source = draft.source;
    let span = block.span(sentence.clone());
    let at = source.position(span.start);
    let date = draft.date.map_or("undated".to_owned(), |date| format!("dated {date}"));
    row(text, format_args!("{}:{}:{} {} · {date}", source.path(), at.line, at.column, block.field.name()));
    row(text, format_args!("  {}", block.text(sentence.clone())));
    mentions(text, read, number, block, sentence);
    let claims: Vec<&Claim> =
        beginning(&read.claims, number, sentence.clone()).filter(|claim| claim.sentence == *sentence).collect();
    for claim in &claims {
        let judged = desk.judge(draft, claim)?;
        row(text, format_args!("  claim    {} · {}", claims::told(draft.packs, claim, source), judged.verdict.name()));
        row(text, format_args!("           by {}", read_by(draft.packs, claim)));
        if let Some(reason) = silent(claim) {
            row(text, format_args!("           silent: {reason}"));
        }
        match &judged.found {
            Some(found) => {
                row(text, format_args!("           {}", found.message));
            }
            None if judged.supporters.is_empty() => text.push_str("           silent: nothing is known of it\n"),
            None => {}
        }
        for proof in claims::rests_on(&judged)? {
            row(text, format_args!("           {}", proof.brief()));
        }
    }
    let rejected = beginning(&read.rejected, 0, span.range());
    for rejected in rejected.filter(|rejected| span.contains(rejected.span)) {
        let pattern = pattern(draft.packs, rejected.relation, rejected.pattern);
        row(text, format_args!("  no claim \"{}\" · {pattern}", source.slice(rejected.span)));
        row(text, format_args!("           {}", rejected.reason));
    }
    if claims.is_empty() {
        text.push_str("  no claim was read: no pattern matches its words\n");
    }
    Ok(())
}

/// Why a claim is not judged, whatever is known.
fn silent(claim: &Claim) -> Option<String> {
    if !claim.voice.is_own() {
        return Some("quoted words are not the paper's".to_owned());
    }
    if !claim.affirmed {
        return Some("it is denied".to_owned());
    }
    match claim.frame {
        crate::pack::Frame::Other => Some(format!(
            "it is about another time{}",
            claim.mood.as_ref().map(|mood| format!(" ({mood})")).unwrap_or_default()
        )),
        _ => None,
    }
}

fn mentions(text: &mut String, read: &ReadThere<'_>, number: usize, block: &Block, sentence: &Range<usize>) {
    let here = beginning(&read.mentions, number, sentence.clone());
    for mention in here.filter(|mention| mention.tokens.end <= sentence.end) {
        let values: Vec<String> = mention
            .values
            .iter()
            .map(|value| format!("{}{}", value.label, if value.is_surname() { " (surname alone)" } else { "" }))
            .collect();
        let written = match mention.form {
            MentionForm::Pronoun => "pronoun",
            MentionForm::Form(crate::pattern::Form::Adjective) => "adjective",
            MentionForm::Form(_) => "name",
        };
        row(
            text,
            format_args!("  mention  \"{}\" = {} ({written})", block.text(mention.tokens.clone()), values.join(" or ")),
        );
    }
}

/// What read a claim.
fn read_by(packs: &Packs, claim: &Claim) -> String {
    match claim.pattern {
        Some(number) => pattern(packs, claim.relation, number),
        None => "a quotation and who says it".to_owned(),
    }
}

fn pattern(packs: &Packs, relation: RelationId, pattern: usize) -> String {
    let found = packs.relation(relation).and_then(|relation| relation.patterns.get(pattern));
    found.map(ToString::to_string).unwrap_or_default()
}
