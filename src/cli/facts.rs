//! `factlint facts`: a look into what is known.

use super::Outcome;
use super::setup::{self, BaseOptions, Known, PackOptions};
use crate::diagnostic::Evidence;
use crate::fact::{
    BaseError, Card, CardEntry, Dispute, Fact, Side, Witness, cards, entries, read_sentence, say, weigh,
};
use crate::pack::{Frame, Packs, Relation};
use crate::pattern::SlotId;
use crate::report::{picture, proof_json, row, shown, shown_json};
use crate::text::Date;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::sync::Arc;

/// So many sentences prove a fact on a card.
const EVIDENCE: usize = 3;
/// So many facts open the overview.
const OVERVIEW: usize = 10;
/// So many words are offered for one of which nothing is known.
const NEAR: usize = 8;
/// So many spellings of a name are listed.
const SPELLINGS: usize = 12;

#[derive(Args)]
pub(super) struct Facts {
    /// A person, place, office, outlet …; without it, all of what is known
    #[arg(value_name = "QUERY")]
    query: Option<String>,
    /// Where the corpus contradicts itself
    #[arg(long, conflicts_with_all = ["query", "export"])]
    disputes: bool,
    /// Write facts as a pack, to edit and commit
    #[arg(long, value_name = "FORMAT")]
    export: Option<Export>,
    /// How facts are written
    #[arg(long, value_name = "FORMAT", default_value = "pretty", value_parser = PossibleValuesParser::new(["pretty", "json", "csv"]))]
    format: String,
    #[command(flatten)]
    base: BaseOptions,
    #[command(flatten)]
    packs: PackOptions,
}

#[derive(Clone, Copy, ValueEnum)]
enum Export {
    /// A pack of facts
    Toml,
}

impl Facts {
    pub(super) fn run(self) -> Outcome {
        Outcome::settled(self.look())
    }

    fn look(self) -> Result<Outcome, Outcome> {
        let setup = self.packs.load()?;
        let known = setup.known(&self.base)?;
        let outcome = if self.disputes {
            self.disputes(&known)
        } else {
            match &self.query {
                Some(query) => self.cards(query, known.desk.packs(), &known),
                None => self.all(known.desk.packs(), &known),
            }
        };
        Ok(setup::seen(outcome?, &[&known.corpus]))
    }

    fn disputes(&self, known: &Known) -> Result<Outcome, BaseError> {
        let Some(store) = &known.store else {
            return Ok(Outcome::failed(vec![
                "error: there is no fact base to look into; make one with `factlint learn CORPUS`".to_owned(),
            ]));
        };
        let disputes = store.disputes()?;
        Ok(Outcome::new(
            match self.format.as_str() {
                "json" => shown_json(&json!({ "disputes": disputes.iter().map(dispute_json).collect::<Vec<_>>() })),
                "csv" => disputes_csv(&disputes),
                _ => disputes_text(&disputes),
            },
            0,
        ))
    }

    fn cards(&self, query: &str, packs: &Packs, known: &Known) -> Result<Outcome, BaseError> {
        let found = cards(query, packs, known.desk.base())?;
        if found.is_empty() {
            let near = known.store.as_ref().map_or(Ok(Vec::new()), |store| store.words(query))?;
            let help = match near.as_slice() {
                [] => String::new(),
                near => format!("; there are: {}", near.get(..NEAR).unwrap_or(near).join(", ")),
            };
            let mut outcome = Outcome::new(String::new(), 0);
            outcome.notices.push(format!("note: nothing is known of `{query}`{help}"));
            return Ok(outcome);
        }
        if self.export.is_some() {
            let mut facts: Vec<&CardEntry> = Vec::new();
            for entry in found.iter().flat_map(|card| &card.facts) {
                if !facts.iter().any(|known| known.text == entry.text) {
                    facts.push(entry);
                }
            }
            return Ok(Outcome::new(export(facts.into_iter(), packs)?, 0));
        }
        let out = match self.format.as_str() {
            "json" => {
                let cards = found.iter().map(|card| card_json(card, packs)).collect::<Result<Vec<_>, _>>()?;
                shown_json(&json!({ "cards": cards }))
            }
            "csv" => {
                csv(found.iter().flat_map(|card| card.facts.iter().map(|entry| (card.name.as_str(), entry))), packs)?
            }
            _ => found.iter().map(|card| card_text(card, packs)).collect::<Result<Vec<_>, _>>()?.join("\n"),
        };
        Ok(Outcome::new(out, 0))
    }

    fn all(&self, packs: &Packs, known: &Known) -> Result<Outcome, BaseError> {
        let facts = known.desk.base().all()?;
        if self.export.is_some() {
            let mut learned: Vec<Arc<Fact>> = Vec::new();
            for fact in facts {
                if fact.witnesses.read()?.iter().any(|witness| !witness.is_stated()) {
                    learned.push(fact);
                }
            }
            return Ok(Outcome::new(export(entries(&learned, packs, known.desk.base())?.iter(), packs)?, 0));
        }
        let entries: Vec<CardEntry> = match self.format.as_str() {
            "pretty" => Vec::new(),
            _ => entries(&facts, packs, known.desk.base())?,
        };
        let out = match self.format.as_str() {
            "json" => {
                let facts = entries.iter().map(|entry| entry_json(entry, packs)).collect::<Result<Vec<_>, _>>()?;
                shown_json(&json!({ "facts": facts }))
            }
            "csv" => csv(entries.iter().map(|entry| ("", entry)), packs)?,
            _ => overview(&facts, packs, known)?,
        };
        Ok(Outcome::new(out, 0))
    }
}

fn overview(facts: &[Arc<Fact>], packs: &Packs, known: &Known) -> Result<String, BaseError> {
    let extent = known.desk.base().extent();
    let mut text = String::new();
    let newest = extent.newest.map(|date| format!(" to {date}")).unwrap_or_default();
    row(
        &mut text,
        format_args!(
            "{} articles{newest} · {} facts · {} of them stated in packs",
            extent.articles,
            facts.len(),
            extent.stated
        ),
    );
    let mut best: Vec<(usize, &Arc<Fact>)> = Vec::new();
    for fact in facts {
        let witnesses = fact.witnesses.read()?;
        if !witnesses.iter().any(Witness::is_stated) {
            best.push((weigh(witnesses.iter().map(|witness| &witness.authority), None).witnesses, fact));
        }
    }
    best.sort_by_key(|(witnesses, _)| std::cmp::Reverse(*witnesses));
    let best: Vec<Arc<Fact>> = best.into_iter().take(OVERVIEW).map(|(_, fact)| Arc::clone(fact)).collect();
    for entry in entries(&best, packs, known.desk.base())? {
        row(&mut text, format_args!("  {} · {}", entry.text, said(&entry)));
    }
    text.push_str("`factlint facts NAME` shows what is known of somebody or something\n");
    Ok(text)
}

/// "stated since 2024-03-01 · 9 witnesses, 2025-08-16 – 2025-08-18".
fn said(entry: &CardEntry) -> String {
    let mut parts = Vec::new();
    for (since, until) in &entry.stated {
        let since = since.map(|date| format!(" since {date}")).unwrap_or_default();
        let until = until.map(|date| format!(" until {date}")).unwrap_or_default();
        parts.push(format!("stated{since}{until}"));
    }
    if entry.articles > 0 {
        let number = entry.weight.witnesses;
        let seen = match entry.seen {
            Some((first, last)) if first == last => format!(", {first}"),
            Some((first, last)) => format!(", {first} – {last}"),
            None => ", undated".to_owned(),
        };
        parts.push(format!("{number} {}{seen}", if number == 1 { "witness" } else { "witnesses" }));
    }
    parts.join(" · ")
}

fn card_text(card: &Card, packs: &Packs) -> Result<String, BaseError> {
    let mut text = String::new();
    row(&mut text, format_args!("{} · {}", card.name, card.kind));
    let spellings = || card.spellings.iter().filter(|(_, articles)| *articles > 0);
    if spellings().next().is_some() {
        let mut written: Vec<String> =
            spellings().take(SPELLINGS).map(|(written, articles)| format!("{written} {articles}")).collect();
        if spellings().count() > SPELLINGS {
            written.push(format!("and {} more", spellings().count() - SPELLINGS));
        }
        row(&mut text, format_args!("  written: {}", written.join(" · ")));
    }
    for entry in card.facts.iter().filter(|entry| !entry.slip) {
        entry_text(&mut text, entry, packs)?;
    }
    let slips: Vec<&CardEntry> = card.facts.iter().filter(|entry| entry.slip).collect();
    if !slips.is_empty() {
        text.push_str("  past slips\n");
        for entry in slips {
            entry_text(&mut text, entry, packs)?;
        }
    }
    Ok(text)
}

fn entry_text(text: &mut String, entry: &CardEntry, packs: &Packs) -> Result<(), BaseError> {
    let ruled = if entry.fact.ruled_out.is_some() { "ruled out: " } else { "" };
    row(text, format_args!("  {ruled}{}", entry.text));
    row(text, format_args!("      {}", said(entry)));
    for witness in best(&entry.fact)? {
        let evidence = witness.evidence(None)?;
        let date = evidence.date.map(|date| format!(" {date}")).unwrap_or_default();
        row(text, format_args!("      {}{date}: {}", evidence.place(), clipped(&evidence.row())));
    }
    for other in &entry.against {
        let witnesses = other.witnesses.read()?;
        let place = witnesses.first().map(Witness::place).unwrap_or_default();
        let text_of = say(packs, other.relation, &other.values, other.frame);
        row(text, format_args!("      against: {text_of} ({place}, {} in all)", witnesses.len()));
    }
    Ok(())
}

/// A sentence, or as much of it as a card has room for.
fn clipped(sentence: &str) -> String {
    const ROOM: usize = 240;
    match sentence.char_indices().nth(ROOM) {
        Some((at, _)) => format!("{}…", sentence.get(..at).unwrap_or_default()),
        None => sentence.to_owned(),
    }
}

/// The witnesses to show: what packs state, then the newest of different articles.
fn best(fact: &Fact) -> Result<Vec<&Witness>, BaseError> {
    let mut witnesses: Vec<&Witness> = fact.witnesses.read()?.iter().collect();
    witnesses.sort_by_key(|witness| (!witness.is_stated(), std::cmp::Reverse(witness.date())));
    witnesses.truncate(EVIDENCE);
    Ok(witnesses)
}

fn card_json(card: &Card, packs: &Packs) -> Result<Value, BaseError> {
    let spellings = card.spellings.iter().map(|(written, articles)| json!({"written": written, "articles": articles}));
    Ok(json!({
        "name": card.name,
        "kind": card.kind,
        "spellings": spellings.collect::<Vec<_>>(),
        "facts": card.facts.iter().map(|entry| entry_json(entry, packs)).collect::<Result<Vec<_>, _>>()?,
    }))
}

pub(super) fn entry_json(entry: &CardEntry, packs: &Packs) -> Result<Value, BaseError> {
    let relation = packs.relation(entry.fact.relation);
    let mut slots = serde_json::Map::new();
    for (id, slot) in relation.into_iter().flat_map(Relation::numbered) {
        slots.insert(slot.name.clone(), json!(entry.fact.value(id).map(|value| value.label.to_string())));
    }
    let stated = entry.stated.iter().map(|(since, until)| json!({"since": since.map(text), "until": until.map(text)}));
    let mut evidence = Vec::new();
    for witness in best(&entry.fact)? {
        evidence.push(proof_json(&witness.proof(None)?));
    }
    let mut against = Vec::new();
    for fact in &entry.against {
        let places: Vec<String> = fact.witnesses.read()?.iter().take(EVIDENCE).map(Witness::place).collect();
        against.push(json!({ "text": say(packs, fact.relation, &fact.values, fact.frame), "places": places }));
    }
    Ok(json!({
        "text": entry.text,
        "relation": relation.map(|relation| relation.name.as_str()),
        "time": entry.fact.frame.name(),
        "year": entry.fact.year,
        "ruled_out": entry.fact.ruled_out.is_some(),
        "slots": slots,
        "stated": stated.collect::<Vec<_>>(),
        "witnesses": entry.weight.witnesses,
        "articles": entry.articles,
        "first_date": entry.seen.map(|seen| text(seen.0)),
        "last_date": entry.seen.map(|seen| text(seen.1)),
        "slip": entry.slip,
        "evidence": evidence,
        "against": against,
    }))
}

fn text(date: Date) -> String {
    date.to_string()
}

/// One row a fact.
fn csv<'a>(entries: impl Iterator<Item = (&'a str, &'a CardEntry)>, packs: &Packs) -> Result<String, BaseError> {
    let mut rows = vec![
        [
            "entity",
            "fact",
            "relation",
            "time",
            "since",
            "until",
            "first_date",
            "last_date",
            "witnesses",
            "articles",
            "stated",
            "slip",
            "place",
            "sentence",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    for (entity, entry) in entries {
        let (since, until) = entry.stated.first().copied().unwrap_or_default();
        let witness = best(&entry.fact)?.first().map(|witness| witness.evidence(None)).transpose()?;
        rows.push(vec![
            entity.to_owned(),
            entry.text.clone(),
            packs.relation(entry.fact.relation).map(|relation| relation.name.clone()).unwrap_or_default(),
            entry.fact.frame.name().to_owned(),
            since.map(text).unwrap_or_default(),
            until.map(text).unwrap_or_default(),
            entry.seen.map(|seen| text(seen.0)).unwrap_or_default(),
            entry.seen.map(|seen| text(seen.1)).unwrap_or_default(),
            entry.weight.witnesses.to_string(),
            entry.articles.to_string(),
            (!entry.stated.is_empty()).to_string(),
            entry.slip.to_string(),
            witness.as_ref().map(Evidence::place).unwrap_or_default(),
            witness.map(|evidence| evidence.sentence).unwrap_or_default(),
        ]);
    }
    Ok(written(&rows))
}

fn written(rows: &[Vec<String>]) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Into memory nothing can fail.
        let _ = writer.write_record(row.iter().map(|cell| inert(cell)));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A cell that a spreadsheet takes for text and not for a formula (OWASP, "CSV Injection").
fn inert(cell: &str) -> String {
    let acts = cell.trim_start().starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r', '\n']);
    format!("{}{}", if acts { "'" } else { "" }, shown(cell))
}

fn dates(side: &Side) -> String {
    side.dates.map(|(first, last)| format!(", {first} – {last}")).unwrap_or_default()
}

fn disputes_text(disputes: &[Dispute]) -> String {
    let mut text = String::new();
    for Dispute { question, sides: [strong, weak] } in disputes {
        row(&mut text, format_args!("{question}"));
        for side in [strong, weak] {
            row(&mut text, format_args!("  {} · witnesses: {}{}", side.fact, side.witnesses, dates(side)));
        }
    }
    if text.is_empty() {
        text.push_str("no disputes: where the corpus answers a question, it gives one answer at a time\n");
    }
    text
}

fn dispute_json(dispute: &Dispute) -> Value {
    let sides = dispute.sides.iter().map(|side| {
        json!({
            "fact": side.fact,
            "witnesses": side.witnesses,
            "first_date": side.dates.map(|dates| text(dates.0)),
            "last_date": side.dates.map(|dates| text(dates.1)),
        })
    });
    json!({ "question": dispute.question, "sides": sides.collect::<Vec<_>>() })
}

fn disputes_csv(disputes: &[Dispute]) -> String {
    let mut rows = vec![["question", "fact", "witnesses", "against", "witnesses_against"].map(str::to_owned).to_vec()];
    rows.extend(disputes.iter().map(|Dispute { question, sides: [strong, weak] }| {
        vec![
            question.clone(),
            strong.fact.clone(),
            strong.witnesses.to_string(),
            weak.fact.clone(),
            weak.witnesses.to_string(),
        ]
    }));
    written(&rows)
}

/// Facts as a pack. A state is known from its first witness on; what contradicts itself or was outweighed is left as a
/// comment, for a person to decide.
fn export<'a>(entries: impl Iterator<Item = &'a CardEntry>, packs: &Packs) -> Result<String, BaseError> {
    let mut text =
        String::from("# Facts that a corpus says, written by `factlint facts --export toml`. Keep what you trust.\n");
    for entry in entries.filter(|entry| entry.fact.ruled_out.is_none()) {
        let relation = packs.relation(entry.fact.relation);
        let mut table = String::from("[[fact]]\n");
        // What held before is stated as what held until then.
        let held = say(packs, entry.fact.relation, &entry.fact.values, Frame::Present);
        match reads_back(&held, &entry.fact, packs) {
            true => {
                row(&mut table, format_args!("says = {}", quoted(&held)));
            }
            false => {
                let Some(relation) = relation else { continue };
                row(&mut table, format_args!("relation = {}", quoted(&relation.name)));
                for (id, slot) in relation.numbered() {
                    if let Some(value) = entry.fact.value(id) {
                        row(&mut table, format_args!("{} = {}", slot.name, quoted(&value.label)));
                    }
                }
            }
        }
        let (since, until) = match (entry.stated.first().copied(), entry.seen) {
            (Some(stated), _) => stated,
            (None, _) if relation.is_some_and(|relation| relation.event) => (None, None),
            (None, _) if entry.fact.year.is_some() => {
                let day = |month, day| Date::new(entry.fact.year?, month, day).ok();
                (day(1, 1), day(12, 31))
            }
            // What was former on a day ended before it.
            (None, Some((first, _))) if entry.fact.frame == Frame::Former => (None, Some(first)),
            (None, Some((first, _))) => (Some(first), None),
            (None, None) => (None, None),
        };
        for (key, date) in [("since", since), ("until", until)] {
            if let Some(date) = date {
                row(&mut table, format_args!("{key} = {date}"));
            }
        }
        let undated_former = entry.fact.frame == Frame::Former && until.is_none();
        // An unknown name of a closed kind may be a slip.
        let mut values = entry.fact.values.filled();
        let unknown =
            values.any(|(slot, value)| value.entity().is_none() && packs.is_closed(entry.fact.relation, slot));
        // Of which part of the year an article speaks, a person knows.
        let doubtful =
            entry.slip || entry.fact.year.is_some() || !entry.against.is_empty() || undated_former || unknown;
        let place = entry.fact.witnesses.read()?.first().map(Witness::place).unwrap_or_default();
        let against = entry
            .against
            .first()
            .map(|against| format!(" · against: {}", say(packs, against.relation, &against.values, against.frame)));
        text.push('\n');
        row(&mut text, format_args!("# {} · {place}{}", said(entry), against.unwrap_or_default()));
        for line in table.lines() {
            row(&mut text, format_args!("{}{line}", if doubtful { "# " } else { "" }));
        }
    }
    Ok(text)
}

/// Whether the patterns read a fact's own sentence as that fact.
fn reads_back(sentence: &str, fact: &Fact, packs: &Packs) -> bool {
    read_sentence(sentence, packs).is_ok_and(|claim| {
        claim.relation == fact.relation
            && (0..).map(SlotId).zip(fact.values.each()).all(|(slot, value)| {
                let read = claim.slot(slot).and_then(|fill| fill.sure());
                read.map(|value| &value.key) == value.map(|value| &value.key)
            })
    })
}

/// A basic string of TOML; JSON's escapes are among its own. What acts on the one who reads it is escaped too.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for c in serde_json::to_string(text).unwrap_or_default().chars() {
        match picture(c) {
            Some(_) => quoted.push_str(&format!("\\U{:08X}", u32::from(c))),
            None => quoted.push(c),
        }
    }
    quoted
}
