//! Front matter: what stands about an article above it, between lines of `---` (YAML) or `+++` (TOML).

use super::{Article, Block, Field, Language, Prose, date};
use std::ops::Range;

/// The lines around front matter, and the mark between a key and its value.
const FENCES: [(&str, char); 2] = [("---", ':'), ("+++", '=')];

/// Front matter and text of one article, as byte ranges of the source.
pub(super) struct Part {
    /// The lines between the fences; empty where there are none.
    pub(super) front: Range<usize>,
    /// The mark between a key and its value.
    mark: char,
    /// What stands behind.
    pub(super) body: Range<usize>,
}

/// Cuts a source at its blocks of front matter: a fence, lines of `key: value`, a fence. One further down begins another
/// article.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = vec![Part { front: 0..0, mark: ':', body: 0..text.len() }];
    let mut open: Option<(usize, usize, &str, char)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_start_matches('\u{feff}').trim_end();
        match open {
            Some((from, inside, fence, mark)) if line == fence => {
                open = None;
                if inside < start {
                    if let Some(last) = parts.last_mut() {
                        last.body.end = from;
                    }
                    parts.push(Part { front: inside..start, mark, body: at..text.len() });
                }
            }
            // A key of front matter, or the continuation of one; anything else means that the fence was a rule.
            Some((.., mark)) if !is_front_matter(line, mark) => open = None,
            None => {
                let fence = FENCES.iter().find(|(fence, _)| line == *fence);
                open = fence.map(|(fence, mark)| (start, at, *fence, *mark));
            }
            _ => {}
        }
    }
    parts
}

/// The front matter that a source begins with.
pub(super) fn head(text: &str) -> Option<Part> {
    let first = text.trim_start_matches('\u{feff}').lines().next()?.trim_end();
    FENCES.iter().any(|(fence, _)| first == *fence).then(|| parts(text).into_iter().nth(1)).flatten()
}

fn is_front_matter(line: &str, mark: char) -> bool {
    let continued = line.starts_with([' ', '\t', '-', '#', '[', ']']) || line.is_empty() && mark == '=';
    let key = line.split_once(mark).is_some_and(|(key, _)| {
        let key = key.trim_end();
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
    });
    continued || key
}

/// Gives an article what its front matter says.
pub(super) fn read(text: &str, part: &Part, language: &Language, article: &mut Article) {
    let mut at = part.front.start;
    for line in text.get(part.front.clone()).unwrap_or_default().split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((key, value)) = line.split_once(part.mark) else { continue };
        let inner = value.trim().trim_matches(['"', '\'']);
        let value_at = start + key.len() + 1 + value.find(inner).unwrap_or_default();
        let field = match key.trim() {
            "date" | "published" | "pubdate" | "publishDate" => {
                article.date =
                    article.date.or_else(|| date::parse_date(inner, language).or_else(|| date::parse_iso(inner)));
                continue;
            }
            "outlet" | "publisher" | "publication" | "source" => {
                article.outlet = Some(inner.to_owned());
                continue;
            }
            "title" | "headline" => Field::Headline,
            "description" | "summary" | "standfirst" | "subtitle" => Field::Standfirst,
            _ => continue,
        };
        let mut prose = Prose::default();
        prose.push(inner, value_at);
        article.blocks.push(Block::new(field, prose, language));
    }
}
