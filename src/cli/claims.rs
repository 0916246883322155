//! `factlint claims`: the fact-checker's worksheet.

use super::Outcome;
use super::setup::{self, BaseOptions, Known, PackOptions};
use crate::check::{Held, Judgement};
use crate::claim::{Claim, Reading};
use crate::diagnostic::Proof;
use crate::fact::BaseError;
use crate::pack::Packs;
use crate::pattern::SlotId;
use crate::report::{proof_json, row, shown_json, span_json};
use crate::terms::Wish;
use crate::text::{Date, Source, Span};
use clap::Args;
use clap::builder::PossibleValuesParser;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// So many places of evidence are listed a claim.
const EVIDENCE: usize = 3;

#[derive(Args)]
pub(super) struct Claims {
    /// Drafts: files, folders, or `-` for standard input
    #[arg(value_name = "DRAFT", required = true)]
    drafts: Vec<PathBuf>,
    #[command(flatten)]
    base: BaseOptions,
    /// The date at which claims are judged, instead of each draft's own
    #[arg(long, value_name = "DATE", value_parser = setup::date)]
    date: Option<Date>,
    /// How claims are written
    #[arg(long, value_name = "FORMAT", default_value = "pretty", value_parser = PossibleValuesParser::new(["pretty", "json"]))]
    format: String,
    #[command(flatten)]
    packs: PackOptions,
}

impl Claims {
    pub(super) fn run(self) -> Outcome {
        Outcome::settled(self.look())
    }

    fn look(self) -> Result<Outcome, Outcome> {
        let setup = self.packs.load_for(&self.drafts)?;
        let drafts = setup.drafts(&self.drafts, "stdin.txt", self.date);
        if let Some(outcome) = setup::errors(&drafts) {
            return Err(outcome);
        }
        let Known { desk, corpus, .. } = setup.known(&self.base)?;
        let packs = desk.packs();
        let wish = Wish { date: self.date, ..Wish::default() };
        let mut pretty = String::new();
        let mut values = Vec::new();
        for reading in &drafts.readings {
            for draft in desk.drafts(reading, &wish) {
                for claim in &draft.reading.claims {
                    let judged = desk.judge(&draft, claim)?;
                    let proof = rests_on(&judged)?;
                    if self.format == "json" {
                        values.push(as_json(reading, packs, claim, &judged, &proof));
                    } else {
                        as_text(&mut pretty, reading, packs, claim, &judged, &proof);
                    }
                }
            }
        }
        if self.format == "json" {
            pretty = shown_json(&json!({ "claims": values }));
        } else if pretty.is_empty() {
            pretty =
                "no claims: no pattern reads anything here; `factlint why FILE:LINE` shows how a sentence was read\n"
                    .to_owned();
        }
        Ok(setup::seen(Outcome::new(pretty, 0), &[&drafts, &corpus]))
    }
}

fn relation<'a>(packs: &'a Packs, claim: &Claim) -> &'a str {
    packs.relation(claim.relation).map(|relation| relation.name.as_str()).unwrap_or_default()
}

fn slot_name<'a>(packs: &'a Packs, claim: &Claim, slot: SlotId) -> &'a str {
    packs.slot(claim.relation, slot).map(|slot| slot.name.as_str()).unwrap_or_default()
}

/// What a judgement rests on: what is known instead, or what agrees.
pub(super) fn rests_on(judged: &Judgement) -> Result<Vec<Proof>, BaseError> {
    let facts = judged.found.as_ref().map_or(&judged.supporters, |found| &found.rivals);
    facts.iter().flat_map(Held::witnesses).take(EVIDENCE).map(|witness| witness.proof(None)).collect()
}

fn as_json(reading: &Reading, packs: &Packs, claim: &Claim, judged: &Judgement, proofs: &[Proof]) -> Value {
    let source = &reading.document.source;
    let mut slots = Map::new();
    for fill in &claim.slots {
        let (start, end) = source.code_points(fill.span);
        let value = fill.sure().map(|value| value.label.to_string());
        let mut slot = json!({ "text": source.slice(fill.span), "start": start, "end": end, "value": value });
        if let (None, Some(object)) = (fill.sure(), slot.as_object_mut()) {
            let open: Vec<&str> = fill.values.iter().map(|value| &*value.label).collect();
            object.insert("candidates".to_owned(), json!(open));
        }
        slots.insert(slot_name(packs, claim, fill.slot).to_owned(), slot);
    }
    let mut place = span_json(source, claim.span);
    if let Some(object) = place.as_object_mut() {
        object.remove("text");
    }
    json!({
        "path": source.path(),
        "relation": relation(packs, claim),
        "verdict": judged.verdict.name(),
        "voice": claim.voice.name(),
        "time": claim.frame.name(),
        "mood": claim.mood,
        "affirmed": claim.affirmed,
        "span": place,
        "slots": slots,
        "evidence": proofs.iter().map(proof_json).collect::<Vec<_>>(),
    })
}

fn as_text(text: &mut String, reading: &Reading, packs: &Packs, claim: &Claim, judged: &Judgement, proofs: &[Proof]) {
    let source = &reading.document.source;
    let at = source.position(claim.span.start);
    let sign = match judged.verdict.name() {
        "conflict" => "✗",
        "supported" => "✓",
        _ => "·",
    };
    row(
        text,
        format_args!(
            "{sign} {}:{}:{} {} {}",
            source.path(),
            at.line,
            at.column,
            judged.verdict.name(),
            told(packs, claim, source)
        ),
    );
    if let Some(found) = &judged.found {
        row(text, format_args!("    {}", found.message));
    }
    for proof in proofs {
        row(text, format_args!("    {}", proof.brief()));
    }
}

/// A claim as `relation(slot: value, …)`.
pub(super) fn told(packs: &Packs, claim: &Claim, source: &Source) -> String {
    let Some(relation) = packs.relation(claim.relation) else { return String::new() };
    let slots: Vec<String> = claim
        .slots
        .iter()
        .map(|fill| {
            let name = relation.slot(fill.slot).map(|slot| slot.name.as_str()).unwrap_or_default();
            let values: Vec<&str> = fill.values.iter().map(|value| &*value.label).collect();
            // Who is no name is shown as it stands there.
            let shown = if values.is_empty() { words(source, fill.span) } else { values.join(" or ") };
            format!("{name}: {shown}")
        })
        .collect();
    let mood = claim.mood.as_ref().map(|mood| format!(" · {mood}")).unwrap_or_default();
    let year = claim.year.map(|year| format!(" · in {year}")).unwrap_or_default();
    let words = words(source, claim.span);
    format!("{}({}){mood}{year} \"{words}\"", relation.name, slots.join(", "))
}

/// The words of a span on one row.
fn words(source: &Source, span: Span) -> String {
    source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}
