//! Facts from tables: one a row, at whose line its evidence is.

use super::{Linker, Tables, place};
use crate::pack::decode::At;
use crate::pack::facts::StatedFact;
use crate::pack::model::Packs;
use crate::pack::place::Place;
use crate::pack::problem::nearest;
use crate::pack::wire::{FactsTable, PackFile};
use crate::text::{Date, Source, Span, parse_iso};
use std::sync::Arc;

/// A table has at most so many columns.
const COLUMNS: usize = 1_000;

impl Linker {
    pub(super) fn tables(&mut self, source: &Arc<Source>, file: &PackFile, tables: &Tables) {
        for facts in &file.facts {
            match tables.get(&facts.csv.value) {
                Some(Ok(table)) => {
                    self.packs.tables.push(Arc::clone(table));
                    self.table(source, file, facts, table);
                }
                Some(Err(reason)) => self.problems.add(source, facts.csv.span, reason.clone(), None),
                None => self.problems.add(source, facts.csv.span, "this table was not given", None),
            }
        }
    }

    fn table(&mut self, source: &Arc<Source>, file: &PackFile, facts: &FactsTable, table: &Arc<Source>) {
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(table.text().as_bytes());
        let columns: Vec<String> = match reader.headers() {
            Ok(headers) if headers.len() <= COLUMNS => headers.iter().map(str::to_owned).collect(),
            unread => {
                let message = match unread {
                    Ok(headers) => format!("the table has {} columns; at most {COLUMNS} are read", headers.len()),
                    Err(error) => format!("this table cannot be read: {error}"),
                };
                return self.problems.add(source, facts.csv.span, message, None);
            }
        };
        let mut template = |text: &At<String>| {
            Template::read(&text.value, &columns).map_err(|column| {
                // Of a file that is no table this would be its first line.
                let help = nearest(&column, columns.iter().map(String::as_str));
                self.problems.add(source, text.span, format!("the table has no column `{column}`"), help);
            })
        };
        let says = template(&facts.says);
        let mut optional = |text: &Option<At<String>>| text.as_ref().map(&mut template).transpose();
        let (not, since, until, from) =
            (optional(&facts.not), optional(&facts.since), optional(&facts.until), optional(&facts.source));
        let (Ok(says), Ok(not), Ok(since), Ok(until), Ok(from)) = (says, not, since, until, from) else { return };
        let templates = Templates { says, not, since, until, from };
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let message = format!("this table cannot be read: {error}");
                    return self.problems.add(table, Span::default(), message, None);
                }
            };
            let span = row(&record, table);
            if record.len() != columns.len() {
                let message = format!("this row has {} cells, the first one {}", record.len(), columns.len());
                self.problems.add(table, span, message, Some("quote a cell that holds a comma".to_owned()));
                continue;
            }
            let place = Place { source: Arc::clone(table), ..place(source, file, span) };
            self.stated(&templates, &record, place);
        }
    }

    /// States the fact of a row.
    fn stated(&mut self, templates: &Templates, record: &csv::StringRecord, place: Place) {
        let (table, span) = (Arc::clone(&place.source), place.span);
        let mut date = |template: &Option<Template>| -> Result<Option<Date>, ()> {
            let text = template.as_ref().map(|template| template.fill(record)).unwrap_or_default();
            match parse_iso(text.trim()) {
                found if found.is_some() || text.trim().is_empty() => Ok(found),
                _ => {
                    let message = format!("`{text}` is no date; one is written 2025-08-17");
                    self.problems.add(&table, span, message, None);
                    Err(())
                }
            }
        };
        let (Ok(since), Ok(until)) = (date(&templates.since), date(&templates.until)) else { return };
        self.dated(&table, &place, since);
        let from = templates.from.as_ref().map(|template| template.fill(record));
        let text = |template: &Template| (template.fill(record), span);
        let Packs { facts, language, .. } = &mut self.packs;
        let fact = StatedFact {
            says: Some(text(&templates.says)),
            not: templates.not.as_ref().map(text),
            slots: None,
            since,
            until,
            from: from.filter(|from| !from.trim().is_empty()),
            place,
        };
        facts.add(fact, language);
    }
}

/// What a fact of each row is made of.
struct Templates {
    says: Template,
    not: Option<Template>,
    since: Option<Template>,
    until: Option<Template>,
    from: Option<Template>,
}

/// The bytes of a row, without its line break.
fn row(record: &csv::StringRecord, table: &Source) -> Span {
    let start = record.position().map_or(0, csv::Position::byte);
    let start = u32::try_from(start).unwrap_or(u32::MAX);
    let rest = table.text().get(start as usize..).unwrap_or_default();
    let skipped = rest.len() - rest.trim_start_matches(['\n', '\r']).len();
    let line = rest.trim_start_matches(['\n', '\r']).lines().next().unwrap_or_default();
    let start = start + u32::try_from(skipped).unwrap_or_default();
    Span::new(start, start + u32::try_from(line.len()).unwrap_or_default())
}

/// A text with columns to fill in.
struct Template(Vec<Part>);

enum Part {
    Text(String),
    Column(usize),
}

impl Template {
    /// Reads `{column}` in a text, or returns the name of a column that is not there.
    fn read(text: &str, columns: &[String]) -> Result<Template, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').ok_or_else(|| after.to_owned())?;
            parts.push(Part::Text(before.to_owned()));
            let column = columns.iter().position(|column| column == name.trim());
            parts.push(Part::Column(column.ok_or_else(|| name.to_owned())?));
            rest = behind;
        }
        parts.push(Part::Text(rest.to_owned()));
        Ok(Template(parts))
    }

    fn fill(&self, record: &csv::StringRecord) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Column(number) => record.get(*number).unwrap_or_default().to_owned(),
        };
        self.0.iter().map(part).collect()
    }
}
