//! `quote`: quotation marks that do not pair. In the news convention a quotation of several paragraphs opens each of them
//! and closes the last; apostrophes, inches and "'90s" are no quotation marks.

use super::{Check, Draft};
use crate::diagnostic::{Absent, Among, Diagnostic, Proof, Severity};
use crate::fact::{Base, BaseError};
use crate::pack::Rule;
use crate::text::{Block, TokenKind};

/// The check.
pub(super) struct Quote;

/// A double mark: how it looks, and which way it faces.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Opens,
    Closes,
    /// A straight mark that stands like an opening one.
    StraightOpens,
    /// A straight mark that stands like a closing one.
    StraightCloses,
    /// An opening mark that stands like a closing one.
    Turned,
}

impl Mark {
    fn opens(self) -> bool {
        matches!(self, Mark::Opens | Mark::StraightOpens)
    }

    fn is_straight(self) -> bool {
        matches!(self, Mark::StraightOpens | Mark::StraightCloses)
    }
}

impl Check for Quote {
    fn check(&self, draft: &Draft<'_>, rule: &Rule, _: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let mut found: Vec<(Diagnostic, Fault)> = Vec::new();
        let mut carried = false;
        // Where in `found` a quotation is that may end in a later paragraph.
        let mut set_off: Option<usize> = None;
        let mut read = marked(draft).peekable();
        let mut sorts = Sorts::default();
        while let Some((block, marks)) = read.next() {
            sorts.count(&marks);
            // The next paragraph opens the quotation again, or ends what goes on in it.
            let goes_on = read.peek().and_then(|(_, next)| next.first().copied());
            let goes_on = goes_on.is_some_and(|(at, mark)| !mark.opens() || at == 0);
            let (mut left, open) = unpaired(block, &marks, carried);
            let ends = matches!(left.as_slice(), [(at, Fault::Missing)] if at + 1 == block.tokens.len());
            if let Some(opened) = set_off.filter(|_| ends) {
                found.remove(opened);
                left.clear();
            }
            if ends || !left.is_empty() {
                set_off = None;
            }
            found.extend(left.into_iter().filter_map(|(at, fault)| report(draft, rule, block, at, fault)));
            carried = open.is_some() && goes_on;
            if let Some(at) = open.filter(|_| !carried) {
                let opened = found.len();
                found.extend(report(draft, rule, block, at, Fault::Missing));
                set_off = (is_set_off(block, at) && opened < found.len()).then_some(opened);
            }
        }
        // Who mixes marks or turns them again and again, or has pairs of either sort, does so by habit: a hint.
        let mixes = sorts.both() || found.iter().filter(|(_, fault)| matches!(fault, Fault::Mixed(_))).count() > 1;
        let turns = found.iter().filter(|(_, fault)| matches!(fault, Fault::Turned(_))).count() > 1;
        let capped = |(mut found, fault): (Diagnostic, Fault)| {
            if matches!(fault, Fault::Mixed(_)) && mixes || matches!(fault, Fault::Turned(_)) && turns {
                found.cap(Severity::Info);
            }
            found
        };
        Ok(found.into_iter().map(capped).collect())
    }
}

/// What is wrong with a mark.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    /// It has no partner.
    Missing,
    /// Its partner, at this token, is of the other sort.
    Mixed(usize),
    /// It faces the wrong way, as its partner, at this token, shows.
    Turned(usize),
}

/// How many pairs of marks there are of either sort.
#[derive(Default)]
struct Sorts {
    curly: usize,
    straight: usize,
}

impl Sorts {
    fn count(&mut self, marks: &[(usize, Mark)]) {
        for pair in marks.windows(2) {
            match pair {
                [(_, Mark::Opens), (_, Mark::Closes)] => self.curly += 1,
                [(_, Mark::StraightOpens), (_, Mark::StraightCloses)] => self.straight += 1,
                _ => {}
            }
        }
    }

    fn both(&self) -> bool {
        self.curly > 0 && self.straight > 0
    }
}

/// The paragraphs with words, each with its marks that quote.
fn marked<'d>(draft: &Draft<'d>) -> impl Iterator<Item = (&'d Block, Vec<(usize, Mark)>)> {
    let blocks = draft.article.blocks.iter().enumerate().filter(|(_, block)| !block.tokens.is_empty());
    blocks.map(|(number, block)| {
        let all = marks(block);
        let quotes = |(at, _): &(usize, Mark)| !is_talked_about(draft, number, block, &all, *at);
        (block, all.iter().copied().filter(quotes).collect())
    })
}

/// Whether a quotation begins its paragraph or stands behind a colon or a comma: so begins a passage of several paragraphs that is
/// quoted as a whole, with marks around it and none between.
fn is_set_off(block: &Block, at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| matches!(block.word(before), ":" | ","))
}

/// "The quote symbols (" or ' characters)": the one mark of a sentence about marks, behind a space or a bracket and before
/// one, quotes no word.
fn is_talked_about(draft: &Draft<'_>, number: usize, block: &Block, marks: &[(usize, Mark)], at: usize) -> bool {
    let spaced = |at: usize| block.tokens.get(at).is_none_or(|token| token.spaced);
    let opened = spaced(at) || at.checked_sub(1).is_some_and(|before| matches!(block.word(before), "(" | "["));
    let closed = spaced(at + 1) || matches!(block.word(at + 1), ")" | "]");
    let sentence = block.sentence(at);
    let before = |token: usize| marks.partition_point(|(other, _)| *other < token);
    let alone = before(sentence.end) - before(sentence.start) == 1;
    let words = draft.reading.blocks.get(number).and_then(|read| read.own.words.get(sentence));
    let about = || words.unwrap_or_default().iter().flatten().any(|word| draft.packs.grammar.mark_nouns.contains(word));
    alone && opened && closed && about()
}

/// The double quotation marks of a block.
fn marks(block: &Block) -> Vec<(usize, Mark)> {
    let mut found: Vec<(usize, Mark)> = Vec::new();
    let mut depth = 0_usize;
    for at in 0..block.tokens.len() {
        let Some(mark) = mark(block, at, depth > 0) else { continue };
        depth = if mark.opens() { depth + 1 } else { depth.saturating_sub(1) };
        found.push((at, mark));
    }
    found
}

/// Marks with what is wrong with them.
type Left = Vec<(usize, Fault)>;

/// The marks with a fault, and the mark that is open at the end. `carried` says that a quotation goes on from the
/// paragraph before.
fn unpaired(block: &Block, marks: &[(usize, Mark)], carried: bool) -> (Left, Option<usize>) {
    let mut left = Left::new();
    let mut open: Vec<(usize, Mark)> = Vec::new();
    let mut carried = carried;
    let last_closing = [false, true].map(|straight| {
        let closing = |(_, mark): &&(usize, Mark)| !mark.opens() && mark.is_straight() == straight;
        marks.iter().rfind(closing).map(|(at, _)| *at)
    });
    let doubled = |start: usize, kind: Mark| {
        let next = marks.partition_point(|(at, _)| *at <= start);
        marks.get(next) == Some(&(start + 1, kind))
    };
    for (number, (at, mark)) in marks.iter().enumerate() {
        if let (Mark::Turned, Some((start, _))) = (mark, open.last()) {
            left.push((*at, Fault::Turned(*start)));
        }
        match (open.last().copied(), mark.opens()) {
            // A quotation of several sentences that opens each of them, as its paragraphs did before they were joined.
            (Some((start, kind)), true)
                if kind.is_straight() == mark.is_straight()
                    && block.sentence(*at).start == *at
                    && !doubled(start, kind) =>
            {
                open.pop();
                open.push((*at, *mark));
            }
            (None, true) => open.push((*at, *mark)),
            // “said "was the first time" …: two sorts open, and one closes.
            (Some((start, kind)), true) if kind.is_straight() != mark.is_straight() => {
                let [curly, straight] = last_closing;
                if (if kind.is_straight() { straight } else { curly }).is_none_or(|last| last <= *at) {
                    left.push((start, Fault::Mixed(*at)));
                    open.pop();
                }
                open.push((*at, *mark));
            }
            (Some(_), true) => open.push((*at, *mark)),
            // A quotation that goes on may close without having been opened again.
            (None, false) if carried => carried = false,
            (None, false) if opens_nevertheless(block, *at, *mark, marks.get(number + 1)) => {
                let straight = mark.is_straight();
                if let Some((closes, _)) = marks.get(number + 1).filter(|_| !straight) {
                    left.push((*at, Fault::Turned(*closes)));
                }
                open.push((*at, if straight { Mark::StraightOpens } else { Mark::Opens }));
            }
            (None, false) => left.push((*at, Fault::Missing)),
            (Some((start, kind)), false) => {
                if kind.is_straight() != mark.is_straight() {
                    left.push((*at, Fault::Mixed(start)));
                }
                open.pop();
            }
        }
    }
    (left, open.first().map(|(at, _)| *at))
}

/// Whether a mark that stands like a closing one opens what the next closes: “he says,” there are many”, `he says."We are
/// many."`, where a space is missing.
fn opens_nevertheless(block: &Block, at: usize, mark: Mark, next: Option<&(usize, Mark)>) -> bool {
    let glued = block.tokens.get(at + 1).is_some_and(|next| !next.spaced && next.kind == TokenKind::Word);
    next.is_some_and(|(_, next)| *next == mark) && (glued || !mark.is_straight())
}

/// The double quotation mark at a token; `inside` says that a quotation is open there.
fn mark(block: &Block, at: usize, inside: bool) -> Option<Mark> {
    let token = block.tokens.get(at).filter(|token| token.kind == TokenKind::Mark)?;
    let before = at.checked_sub(1).and_then(|before| block.tokens.get(before));
    let next = block.tokens.get(at + 1);
    match token.text(&block.prose) {
        "“" if at > 0 && (next.is_none() || !token.spaced && ends_words(block, at)) => Some(Mark::Turned),
        "“" => Some(Mark::Opens),
        "”" if is_feet_and_inches(block, at) => None,
        "”" => Some(Mark::Closes),
        "\"" => {
            // 6'2", 12": inches stand directly behind their number, where no quotation is open.
            let number = before.is_some_and(|before| before.kind == TokenKind::Number) && !token.spaced;
            if is_feet_and_inches(block, at) || number && !inside {
                return None;
            }
            let inner = before.is_none_or(|before| match before.text(&block.prose) {
                // A quotation that begins with a quotation.
                "\"" => before.spaced || at == 1,
                text => matches!(text, "(" | "[" | "—" | "–" | "“" | "‘" | "'"),
            });
            let free = token.spaced && next.is_some_and(|next| next.spaced);
            let ends =
                next.is_some_and(|next| matches!(next.text(&block.prose), "." | "," | ";" | ":" | "!" | "?" | ")"));
            // A mark with space on both sides faces either way, and so does one between a space and what ends a clause.
            let either = free || token.spaced && ends && inside;
            let opens = if either { !inside } else { (token.spaced || inner) && next.is_some_and(|next| !next.spaced) };
            Some(if opens { Mark::StraightOpens } else { Mark::StraightCloses })
        }
        _ => None,
    }
}

/// Whether a word or what ends a sentence stands right before a mark, and a space behind it.
fn ends_words(block: &Block, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| block.tokens.get(before));
    let words = before.is_some_and(|before| {
        before.kind != TokenKind::Mark || matches!(before.text(&block.prose), "." | "," | "!" | "?" | "…" | "’" | "'")
    });
    words && block.tokens.get(at + 1).is_none_or(|next| next.spaced)
}

/// 6’2”: behind feet and a number.
fn is_feet_and_inches(block: &Block, at: usize) -> bool {
    let number = at.checked_sub(1).and_then(|before| block.tokens.get(before));
    number.is_some_and(|token| token.kind == TokenKind::Number)
        && at.checked_sub(2).is_some_and(|feet| matches!(block.word(feet), "'" | "’" | "′"))
}

/// A finding, with what it is about.
fn report(draft: &Draft<'_>, rule: &Rule, block: &Block, at: usize, fault: Fault) -> Option<(Diagnostic, Fault)> {
    let span = block.span(at..at + 1);
    let own = block.word(at);
    let other = |at: usize, what: &str| draft.cite(block.span(at..at + 1), what);
    let absent = |what: &str| {
        let sought = format!("mark that {what} it");
        Proof::Absent(Absent { sought, among: Among::Paragraph, nearest: None })
    };
    let (message, proof) = match fault {
        Fault::Mixed(partner) => {
            (format!("this quotation mixes {} and {own}", block.word(partner)), other(partner, "the other mark"))
        }
        Fault::Turned(partner) if own == "“" => {
            ("this quotation is closed with an opening mark".to_owned(), other(partner, "the mark that opens it"))
        }
        Fault::Turned(partner) => {
            ("this quotation is opened with a closing mark".to_owned(), other(partner, "the mark that closes it"))
        }
        Fault::Missing if mark(block, at, true).is_some_and(Mark::opens) => {
            ("this quotation is opened and not closed".to_owned(), absent("closes"))
        }
        Fault::Missing => ("this quotation is closed and not opened".to_owned(), absent("opens")),
    };
    let found = draft.finding(rule, Severity::Warning, message, span, vec![proof])?;
    Some((found, fault))
}
