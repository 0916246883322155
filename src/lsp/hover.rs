//! What is shown beside the words: why a finding is one, what is known of an entity, which claims are verified.

use super::convert;
use super::marks::{Marks, Page};
use super::navigate::{cards_of, found_at, named_at, place};
use crate::check::{Judgement, Verdict};
use crate::claim::Claim;
use crate::diagnostic::Diagnostic;
use crate::fact::{BaseError, Card, CardEntry, say};
use crate::pack::Packs;
use crate::report::shown;
use lsp_types::{
    Hover, HoverContents, HoverParams, InlayHint, InlayHintLabel, InlayHintParams, MarkupContent, MarkupKind,
};
use std::fmt::Write as _;

/// So many facts stand on a card.
const FACTS: usize = 8;

/// A finding with its evidence and rule, then the card of what is named there.
pub(super) fn hover(marks: &mut Marks, params: HoverParams) -> Result<Option<Hover>, BaseError> {
    let Some((page, offset)) = place(marks, &params.text_document_position_params) else { return Ok(None) };
    let Some(world) = &marks.world else { return Ok(None) };
    let mut text = String::new();
    let mut span = None;
    for found in found_at(&page, offset)? {
        finding(&mut text, found, world.desk.packs());
        span = span.or(Some(found.primary().span));
    }
    if let Some(named) = named_at(marks, &page, offset) {
        for card in cards_of(marks, &named)? {
            self::card(&mut text, &card, world.desk.packs())?;
        }
        span = span.or(Some(named.span));
    }
    if text.is_empty() {
        return Ok(None);
    }
    let contents =
        HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value: text.trim_end().to_owned() });
    Ok(Some(Hover { contents, range: span.map(|span| page.lines.range(&page.text, span)) }))
}

fn finding(text: &mut String, found: &Diagnostic, packs: &Packs) {
    let _ = writeln!(text, "**{}** `{}`\n", escape(found.message()), shown(found.rule()).replace('`', "'"));
    for proof in found.proofs() {
        let _ = writeln!(text, "- {}", escape(&proof.line()));
    }
    for note in &found.notes {
        let _ = writeln!(text, "- {}", escape(note));
    }
    let rule = packs.rules.get(found.rule());
    if let Some(rule) = rule.filter(|rule| !rule.description.is_empty()) {
        let _ = writeln!(text, "\n*{}*", escape(&rule.description));
    }
    text.push('\n');
}

/// What is known of an entity: values in time, how many say so, the newest source, what stands against it.
fn card(text: &mut String, card: &Card, packs: &Packs) -> Result<(), BaseError> {
    let _ = writeln!(text, "**{}** · {}\n", escape(&card.name), escape(&card.kind));
    for entry in card.facts.iter().filter(|entry| !entry.slip).take(FACTS) {
        let _ = writeln!(text, "- {} ({})", escape(&entry.text), support(entry));
        let articles = entry.fact.witnesses.read()?.iter().filter(|witness| !witness.is_stated());
        if let Some(newest) = articles.max_by_key(|witness| witness.date()) {
            let _ = writeln!(text, "  - {}", escape(&convert::said(&newest.proof(None)?)));
        }
        for other in &entry.against {
            let said = say(packs, other.relation, &other.values, other.frame);
            let _ = writeln!(text, "  - against: {}", escape(&said));
        }
    }
    let more = card.facts.iter().filter(|entry| !entry.slip).count().saturating_sub(FACTS);
    if more > 0 {
        let _ = writeln!(text, "- and {more} more");
    }
    text.push('\n');
    Ok(())
}

/// "stated, since 2024-03-01; 3 articles, the last of 2025-08-18".
pub(super) fn support(entry: &CardEntry) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (since, until) in &entry.stated {
        let since = since.map(|date| format!(" since {date}")).unwrap_or_default();
        let until = until.map(|date| format!(" until {date}")).unwrap_or_default();
        parts.push(format!("stated{since}{until}"));
    }
    let last = entry.seen.map(|(_, last)| format!(", the last of {last}")).unwrap_or_default();
    match entry.articles {
        0 => {}
        1 => parts.push(format!("1 article{last}")),
        more => parts.push(format!("{more} articles{last}")),
    }
    parts.join("; ")
}

/// Text as Markdown shows it.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in shown(&text.replace('\n', " ")).chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Every claim of a text with its verdict.
pub(super) fn judged<T>(
    marks: &Marks,
    page: &Page,
    mut each: impl FnMut(&Claim, &Judgement) -> Result<Option<T>, BaseError>,
) -> Result<Vec<T>, BaseError> {
    let mut all = Vec::new();
    let (Some(world), Some(reading)) = (&marks.world, &page.analysis.reading) else { return Ok(all) };
    for draft in world.desk.drafts(reading, &marks.wishes.check) {
        for claim in draft.reading.claims.iter().filter(|claim| claim.voice.is_own()) {
            all.extend(each(claim, &world.desk.judge(&draft, claim)?)?);
        }
    }
    Ok(all)
}

/// A tick behind every claim that is verified, where somebody wants it.
pub(super) fn hints(marks: &mut Marks, params: InlayHintParams) -> Result<Vec<InlayHint>, BaseError> {
    let Some(page) = marks.page(&params.text_document.uri).filter(|_| marks.wishes.inlay_hints) else {
        return Ok(Vec::new());
    };
    let hint = |claim: &Claim, judged: &Judgement| {
        let position = page.lines.position(&page.text, claim.span.end as usize);
        let inside = params.range.start <= position && position <= params.range.end;
        if !inside || judged.verdict != Verdict::Supported {
            return Ok(None);
        }
        let witness = judged.supporters.first().and_then(|held| held.witnesses().next());
        let proof = witness.map(|witness| witness.proof(None)).transpose()?;
        Ok(Some(InlayHint {
            position,
            label: InlayHintLabel::String("✓".to_owned()),
            kind: None,
            text_edits: None,
            tooltip: proof.map(|proof| convert::said(&proof).into()),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        }))
    };
    judged(marks, &page, hint)
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_of_a_text_is_markdown_or_acts() {
        assert_eq!(escape("[a](b) *c*\n`d`"), "\\[a\\](b) \\*c\\* \\`d\\`");
        assert_eq!(escape("a&rlm;&#8238;b ~~c~~ $d$"), "a\\&rlm;\\&\\#8238;b \\~\\~c\\~\\~ \\$d\\$");
        assert_eq!(escape("\u{1b}[0m\u{202e}x"), "␛\\[0m\\<U+202E\\>x");
    }
}
