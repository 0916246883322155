//! Targets that read documents: any format, spans, fixes, locality, reports. The first byte chooses the format.

use crate::world::{check as findings, packs};
use factlint::Counts;
use factlint::Source;
use factlint::claim::Reading;
use factlint::diagnostic::{Fix, Proof, Safety};
use factlint::fix::{Fixed, fix, keep_sound, refused};
use factlint::report::{Checked, FORMATS, Look, Report};
use factlint::text::READERS;
use factlint::{Diagnostic, learn};
use std::io::{Cursor, Write as _};
use std::sync::Arc;

/// A text under a name whose ending the first byte chooses.
fn named(input: &[u8]) -> (String, &[u8]) {
    let (first, rest) = input.split_first().map_or((0, input), |(first, rest)| (*first, rest));
    let endings: Vec<&str> = READERS.iter().flat_map(|reader| reader.extensions).copied().collect();
    (format!("draft.{}", endings[usize::from(first) % endings.len()]), rest)
}

/// Reads and holds what was read against its source.
fn reading(name: &str, bytes: &[u8]) -> Option<Reading> {
    let reading = learn::read(Source::read(name, bytes.to_vec()).ok()?, packs());
    let text = reading.document.source.text();
    for block in reading.document.articles.iter().flat_map(|article| &article.blocks) {
        let mut end = 0;
        for token in &block.tokens {
            let range = token.span.range();
            assert!(text.get(range.clone()).is_some_and(|words| !words.is_empty()), "a token at {range:?} is none");
            assert!(range.start >= end, "tokens are out of order at {range:?}");
            end = range.start;
        }
        for sentence in &block.sentences {
            assert!(text.get(block.span(sentence.clone()).range()).is_some(), "a sentence is none");
        }
    }
    Some(reading)
}

/// Any bytes are read as any format, and every token stands where it says.
pub fn read(input: &[u8]) {
    let (name, bytes) = named(input);
    reading(&name, bytes);
}

/// Any bytes as a packed file, and any text inside one.
pub fn packed(input: &[u8]) {
    reading("draft.docx", input);
    reading("draft.txt.gz", input);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let written = zip.start_file("word/document.xml", options).is_ok() && zip.write_all(input).is_ok();
    if let (true, Ok(bytes)) = (written, zip.finish()) {
        reading("draft.docx", bytes.get_ref());
    }
}

/// Findings stand where they say and have proofs, which mark words of their own and none of the finding.
pub fn check(input: &[u8]) {
    let (name, bytes) = named(input);
    let Some(reading) = reading(&name, bytes) else { return };
    let source = &reading.document.source;
    let found = findings(&reading).diagnostics;
    assert!(found.is_sorted_by_key(|found| found.primary().span), "findings are out of order");
    for found in &found {
        assert!(!source.slice(found.primary().span).is_empty(), "{} stands nowhere", found.message());
        assert!(!found.proofs().is_empty(), "{} has no proof", found.message());
        for proof in found.proofs() {
            assert!(!proof.words().is_empty(), "{} rests on nothing", found.message());
            let Some(evidence) = proof.evidence() else { continue };
            let claim = matches!(proof, Proof::Draft(_)) && found.primary().span.contains(evidence.span);
            assert!(!claim, "{} rests on its own words", found.message());
            assert!(evidence.sentence.get(evidence.mark.clone()).is_some(), "{} marks nothing", found.message());
        }
    }
}

/// Safe fixes replace whole words and nothing else, and after a few rounds nothing is left to fix.
pub fn fixes(input: &[u8]) {
    let (name, bytes) = named(input);
    let Some(first) = reading(&name, bytes) else { return };
    let mut draft = first;
    for round in 0..5 {
        let source = Arc::clone(&draft.document.source);
        let found = findings(&draft).diagnostics;
        for fix in found.iter().filter_map(|found| found.fix.as_ref()).filter(|fix| fix.safety == Safety::Safe) {
            let text = source.text();
            let range = fix.span.range();
            let (before, behind) = (text.get(..range.start), text.get(range.end..));
            let (before, behind) = (before.expect("a fix begins in a letter"), behind.expect("a fix ends in a letter"));
            let inside = text.get(range).unwrap_or_default();
            let cuts = |one: Option<char>, other: Option<char>| {
                one.zip(other).is_some_and(|(one, other)| one.is_alphanumeric() && other.is_alphanumeric())
            };
            // The letter of an escape, as in `\nCCN` of a JSON text, is part of no word.
            let escape = before.strip_suffix(char::is_alphabetic).is_some_and(|before| before.ends_with('\\'));
            let cut = !escape && cuts(before.chars().next_back(), inside.chars().next())
                || cuts(inside.chars().next_back(), behind.chars().next());
            assert!(!cut, "a fix cuts a word: {inside:?} → {:?}", fix.replacement);
        }
        programs(&draft, &found);
        let fixed = fix(&source, &found, &packs().language);
        assert_eq!(fixed.text, replaced(&source, &found, &fixed), "more than the fixes is changed");
        for fix in &fixed.applied {
            assert_eq!(refused(&draft.document, &[fix], &packs().language), None, "{fix:?} does not hold alone");
        }
        if fixed.applied.is_empty() {
            return;
        }
        assert!(round < 4, "the fixes go on and on");
        draft = reading(&name, fixed.text.as_bytes()).expect("what was fixed is read no more");
    }
}

/// A source with the fixes that were made, each in its place.
fn replaced(source: &Source, found: &[Diagnostic], fixed: &Fixed) -> String {
    let made = |fix: &&Fix| !fixed.left.iter().any(|(left, _)| left == *fix);
    let mut fixes: Vec<&Fix> = found.iter().filter_map(|found| found.fix.as_ref()).filter(made).collect();
    fixes.sort_by_key(|fix| std::cmp::Reverse(fix.span));
    let mut text = source.text().to_owned();
    for fix in fixes {
        text.replace_range(fix.span.range(), &fix.replacement);
    }
    text
}

/// Of the fixes that programs are given, each can be made alone, safe or not.
fn programs(draft: &Reading, found: &[Diagnostic]) {
    let mut found = found.to_vec();
    keep_sound(&draft.document, &mut found, &packs().language);
    for fix in found.iter().filter_map(|found| found.fix.as_ref()) {
        let refused = refused(&draft.document, &[fix], &packs().language);
        assert_eq!(refused, None, "{fix:?} is given to programs");
    }
}

/// A paragraph that has nothing to do with any other.
const UNRELATED: &str = "The band played on in the rain, and the ferries stopped.";

/// What is found in a text is found there, too, when an unrelated paragraph follows.
pub fn locality(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let more = format!("{text}\n\n{UNRELATED}\n");
    let here = |found: &&Diagnostic| (found.primary().span.end as usize) <= text.len();
    let told = |found: &Diagnostic| (found.primary().span, found.rule().to_owned(), found.message().to_owned());
    for name in ["draft.txt", "draft.md"] {
        let (Some(one), Some(both)) = (reading(name, text.as_bytes()), reading(name, more.as_bytes())) else { return };
        // Where markup is open at the end, what follows is no paragraph of its own.
        let last = both.document.articles.last().and_then(|article| article.blocks.last());
        if last.is_none_or(|block| block.prose.text().trim() != UNRELATED) {
            continue;
        }
        let (alone, followed) = (findings(&one).diagnostics, findings(&both).diagnostics);
        let alone: Vec<_> = alone.iter().map(told).collect();
        let followed: Vec<_> = followed.iter().filter(here).map(told).collect();
        assert_eq!(alone, followed, "an unrelated paragraph changes what is found in {name}");
    }
}

/// Every format can be written; those of machines are read back, and nothing live is in those of people.
pub fn report(input: &[u8]) {
    let (name, bytes) = named(input);
    let odd: String = String::from_utf8_lossy(bytes).chars().rev().take(24).collect();
    let Some(reading) = reading(&format!("{}-{name}", odd.replace('/', "")), bytes) else { return };
    let found = findings(&reading);
    let checked =
        Checked { source: Arc::clone(&reading.document.source), diagnostics: found.diagnostics, allowed: Vec::new() };
    let report = Report {
        checked: &[checked],
        unread: factlint::corpus::unread(&reading.document).iter().map(ToString::to_string).collect(),
        counts: Counts::default(),
        extent: factlint::fact::Extent::default(),
        dated: None,
        packs: packs(),
        look: Look { color: false, width: 80, quiet: false },
    };
    for format in FORMATS {
        let text = (format.write)(&report);
        match format.name {
            "json" | "sarif" | "gitlab" | "rdjson" => {
                assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{} is no JSON", format.name);
            }
            _ => {
                let live = text.chars().find(|c| is_live(*c));
                assert_eq!(live, None, "{} lets something live through: {text:?}", format.name);
            }
        }
    }
}

/// What moves a cursor or turns the direction of writing.
fn is_live(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && c != '\n')
}
