//! Office holders of Wikidata: rows with a person, a position, and the days between which it was held. A row whose sentence
//! no pattern reads is left out.

use super::Imported;
use crate::cli::facts::quoted;
use crate::fact::read_sentence;
use crate::pack::Packs;
use crate::text::Date;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

const PERSON: [&str; 4] = ["personLabel", "humanLabel", "itemLabel", "holderLabel"];
const POSITION: [&str; 3] = ["positionLabel", "officeLabel", "roleLabel"];
const PLACE: [&str; 5] = ["placeLabel", "ofLabel", "jurisdictionLabel", "countryLabel", "appliesToLabel"];
const START: [&str; 4] = ["start", "startTime", "since", "from"];
const END: [&str; 4] = ["end", "endTime", "until", "to"];

/// Reads a file.
pub(super) fn import(file: &Path, packs: &Packs) -> Result<Imported, String> {
    let name = crate::corpus::display(file);
    let text = std::fs::read_to_string(file).map_err(|error| format!("{name}: cannot be read: {error}"))?;
    let value: Value = serde_json::from_str(&text).map_err(|error| format!("{name}: this is no JSON: {error}"))?;
    // "Verbose" JSON has bindings, the plain one is a list of rows.
    let rows = value.pointer("/results/bindings").or(Some(&value)).and_then(Value::as_array);
    let rows = rows.ok_or_else(|| format!("{name}: no rows; download the result of a query as JSON"))?;
    let mut imported = Imported::default();
    let _ = writeln!(
        imported.pack,
        "[pack]\nname = \"wikidata\"\ndescription = {}\nlanguage = \"en\"",
        quoted(&format!("Office holders from Wikidata, {name}"))
    );
    let mut seen = BTreeSet::new();
    for (number, row) in rows.iter().enumerate() {
        match fact(row, packs) {
            Ok(entry) if seen.insert(entry.clone()) => {
                imported.carried += 1;
                imported.pack.push_str(&entry);
            }
            Ok(_) => {}
            Err(reason) => imported.left.push(format!("row {}: {reason}", number + 1)),
        }
    }
    Ok(imported)
}

/// The value of the first of these columns, as the service writes it or bare.
fn column<'a>(row: &'a Value, names: &[&str]) -> Option<&'a str> {
    let cell = names.iter().find_map(|name| row.get(*name))?;
    cell.get("value").unwrap_or(cell).as_str().filter(|text| !text.trim().is_empty())
}

/// A day; years and months alone are written as their first day, which is not known to be right.
fn day(row: &Value, names: &[&str]) -> Result<Option<Date>, String> {
    let Some(text) = column(row, names) else { return Ok(None) };
    let date = text.trim_start_matches('+').get(..10).and_then(|date| date.parse().ok());
    date.map(Some).ok_or_else(|| format!("`{text}` is no day"))
}

fn fact(row: &Value, packs: &Packs) -> Result<String, String> {
    let wanted =
        |names: &[&str]| column(row, names).ok_or_else(|| format!("there is no column `{}`", names.join("` or `")));
    let (person, position) = (wanted(&PERSON)?, wanted(&POSITION)?);
    let is_id = |text: &str| text.strip_prefix('Q').is_some_and(|digits| digits.chars().all(|c| c.is_ascii_digit()));
    if is_id(person) || is_id(position) {
        return Err(format!("{person}, {position}: it has no label in English"));
    }
    let (since, until) = (day(row, &START)?, day(row, &END)?);
    let place = column(row, &PLACE).filter(|place| !position.contains(place));
    // Labels are in lower case unless they are names: "prime minister of Norway".
    let office = place.map_or_else(|| position.to_owned(), |place| format!("{position} of {place}"));
    let sentence = [office.clone(), office.replace(" of the ", " of ")]
        .into_iter()
        .map(|office| format!("{person} is {office}"))
        .find(|sentence| read_sentence(sentence, packs).is_ok())
        .ok_or_else(|| {
            let reason = read_sentence(&format!("{person} is {office}"), packs).err();
            let reason = reason.map(|unread| unread.reason).unwrap_or_default();
            format!("{person} is {office}: {reason}; declare its office and place in a pack and give it with --pack")
        })?;
    let mut entry = format!("\n[[fact]]\nsays = {}\n", quoted(&sentence));
    if let Some(since) = since {
        let _ = writeln!(entry, "since = {since}");
    }
    if let Some(until) = until {
        let _ = writeln!(entry, "until = {until}");
    }
    let id = ["person", "human", "item"].iter().find_map(|name| column(row, &[name]));
    if let Some(id) = id {
        let _ = writeln!(entry, "source = {}", quoted(id));
    }
    Ok(entry)
}
