//! `quotation`, by who speaks: a direct quotation whose words differ from those of the same speaker elsewhere, and one that is known as
//! somebody else's. Ellipses, brackets, case, marks and shortening are no alteration.

use super::Draft;
use super::cited::cite_rivals;
use super::held::{Held, weight};
use super::tuning::Quotation;
use crate::claim::{Claim, Likeness, SlotFill, Value, compare, stem, surname};
use crate::diagnostic::{Diagnostic, Proof, Severity};
use crate::fact::{Base, BaseError, Weight, Witness};
use crate::pack::{Like, Packs, Rule, Slot};
use crate::pattern::{RelationId, SlotId, WordId};
use crate::text::{Block, Span, TokenKind, fold};
use rustc_hash::FxHashSet as HashSet;
use std::ops::Range;
use std::sync::Arc;

/// Quotations of a relation that somebody is known to have said otherwise, or that somebody else is known to have said.
pub(super) fn check(
    draft: &Draft<'_>,
    rule: &Rule,
    relation: RelationId,
    base: &dyn Base,
) -> Result<Vec<Diagnostic>, BaseError> {
    let slot = |like: fn(&Like) -> bool| {
        let mut slots = draft.packs.relation(relation)?.numbered();
        let is_like =
            |slot: &Slot| slot.kinds.iter().any(|kind| draft.packs.kind(*kind).is_some_and(|kind| like(&kind.like)));
        slots.find(|(_, slot)| is_like(slot)).map(|(id, _)| id)
    };
    let (Some(speaker), Some(quote)) =
        (slot(|like| matches!(like, Like::Name)), slot(|like| matches!(like, Like::Quotation)))
    else {
        return Ok(Vec::new());
    };
    let claims = draft.reading.claims.iter().filter(|claim| claim.relation == relation);
    let asked = Asked { draft, rule, relation, speaker, quote, base };
    let mut found = Vec::new();
    for claim in claims {
        found.extend(asked.diagnose(claim)?);
    }
    Ok(found)
}

/// How a quotation differs from what is known of who said what.
enum Misquoted {
    /// Its speaker said so, or nobody knows.
    Not,
    /// The speaker is known to have said it in other words.
    Altered(Held, Edit),
    /// Others are known to have said it: one of them by name, with all who say so.
    OfAnother(Arc<str>, Vec<Held>),
}

/// A quotation and who says it, wherever it stands: by which what is known of it is remembered.
#[derive(PartialEq, Eq, Hash)]
struct Quoted {
    relation: RelationId,
    speaker: Value,
    quote: Option<Value>,
    /// Its words with their marks.
    text: String,
}

/// "Mike Thibodeau" and "Michael Thibodeau": whether one name may be short for the other.
fn may_be_short(a: &str, b: &str, packs: &Packs) -> bool {
    let (a, b) = (fold::fold_phrase(a), fold::fold_phrase(b));
    let nick = |name: &str| name.split(' ').filter_map(|word| packs.vocabulary.get(word)).collect::<Vec<_>>();
    let (own, others) = (nick(&a), nick(&b));
    let both =
        |names: &HashSet<WordId>| [&own, &others].iter().all(|words| words.iter().any(|word| names.contains(word)));
    surname(&a) == surname(&b) && packs.grammar.nicknames.iter().any(both)
}

struct Asked<'a> {
    draft: &'a Draft<'a>,
    rule: &'a Rule,
    relation: RelationId,
    speaker: SlotId,
    quote: SlotId,
    base: &'a dyn Base,
}

impl Asked<'_> {
    fn parts<'c>(&self, claim: &'c Claim) -> Option<(&'c SlotFill, &'c SlotFill, &Block)> {
        let (speaker, quote) = (claim.slot(self.speaker)?, claim.slot(self.quote)?);
        Some((speaker, quote, self.draft.article.blocks.get(claim.block)?))
    }

    /// Whether a witness may judge the draft.
    fn admits(&self, witness: &Witness) -> bool {
        witness.may_judge(&self.draft.key)
    }

    fn diagnose(&self, claim: &Claim) -> Result<Option<Diagnostic>, BaseError> {
        let parts =
            self.parts(claim).and_then(|(speaker, quote, block)| Some((speaker, quote, block, speaker.sure()?)));
        let Some((speaker, quote, block, person)) = parts else { return Ok(None) };
        let asked = Quoted {
            relation: self.relation,
            speaker: person.clone(),
            quote: quote.sure().cloned(),
            text: block.text(quote.tokens.clone()).to_owned(),
        };
        let words = || words_of(block, quote.tokens.clone());
        let found = self.draft.recall(asked, |_| Ok(Arc::new(self.compare(person, quote.sure(), &words())?)))?;
        match &*found {
            Misquoted::Not => Ok(None),
            Misquoted::Altered(held, edit) => {
                let Some((span, here)) = shown(block, &words(), edit) else { return Ok(None) };
                let message = format!("{} is quoted elsewhere with “{}”, not “{here}”", person.label, edit.known);
                self.report(message, span, std::slice::from_ref(held), edit.reworded)
            }
            Misquoted::OfAnother(right, others) => {
                let message = format!("this was said by {right}, not {}", person.label);
                self.report(message, speaker.span, others, true)
            }
        }
    }

    /// What is known of a quotation and of who said it.
    fn compare(&self, person: &Value, quote: Option<&Value>, written: &[Word]) -> Result<Misquoted, BaseError> {
        if written.len() < self.draft.tuning.quotation.words {
            return Ok(Misquoted::Not);
        }
        match self.altered(person, written)? {
            Some((held, edit)) => Ok(Misquoted::Altered(held, edit)),
            None => self.of_another(person, quote),
        }
    }

    /// What others say that the same person said.
    fn altered(&self, person: &Value, written: &[Word]) -> Result<Option<(Held, Edit)>, BaseError> {
        let tuning = &self.draft.tuning.quotation;
        let mut found = None;
        for fact in self.base.alike(self.relation, self.speaker, &person.key)?.iter() {
            let Some(label) = fact.value(self.quote).map(|value| &value.label) else { continue };
            if !shares_words(written, label, tuning) {
                continue;
            }
            let Some(held) = Held::new(Arc::clone(fact), |witness| self.admits(witness))? else { continue };
            match difference(written, &split(label, self.draft.packs), self.draft.packs, tuning) {
                // Somebody has the very words.
                Some(None) => return Ok(None),
                Some(Some(edit)) if found.is_none() => found = Some((held, edit)),
                _ => {}
            }
        }
        Ok(found)
    }

    /// Known words, said by another person.
    fn of_another(&self, person: &Value, quote: Option<&Value>) -> Result<Misquoted, BaseError> {
        let Some(words) = quote.filter(|_| !person.is_surname()) else { return Ok(Misquoted::Not) };
        let facts = self.base.facts(self.relation, self.quote, &words.key)?;
        let held = Held::each(&facts, |witness| self.admits(witness))?;
        let (own, others): (Vec<Held>, Vec<Held>) = held.into_iter().partition(|held| {
            held.fact.value(self.speaker).is_none_or(|value| compare(&value.key, &person.key) != Likeness::Different)
        });
        let first = others.first().filter(|_| own.is_empty());
        let right = first.and_then(|held| Some(Arc::clone(&held.fact.value(self.speaker)?.label)));
        let right = right.filter(|right| !may_be_short(right, &person.label, self.draft.packs));
        Ok(right.map_or(Misquoted::Not, |right| Misquoted::OfAnother(right, others)))
    }

    fn report(
        &self,
        message: String,
        span: Span,
        held: &[Held],
        reworded: bool,
    ) -> Result<Option<Diagnostic>, BaseError> {
        let against = weight(held, None);
        let Some(severity) = against.severity(Weight::default()) else { return Ok(None) };
        let proof = cite_rivals(held, Some(self.quote), against, Weight::default())?;
        let theirs = proof.first().and_then(Proof::evidence).and_then(|evidence| evidence.outlet.as_deref());
        let most = match !reworded && is_another_outlet(self.draft, theirs) {
            true => Severity::Info,
            false => Severity::Warning,
        };
        Ok(self.draft.finding(self.rule, severity.min(most), message, span, proof))
    }
}

/// The words of a draft that an edit is about, and where they stand. Where words are missing, those beside the gap are shown.
fn shown(block: &Block, written: &[Word], edit: &Edit) -> Option<(Span, String)> {
    let (from, to) = (edit.written.start, edit.written.end);
    let (from, to) = if from == to { (from.saturating_sub(1), (to + 1).min(written.len())) } else { (from, to) };
    let words = written.get(from..to)?;
    let span = block.span(words.first()?.token..words.last()?.token + 1);
    Some((span, words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")))
}

/// Whether words are those of another outlet, which wrote down the same speech in its own way: that is no more than a hint,
/// unless a word that says something stands for another.
pub(super) fn is_another_outlet(draft: &Draft<'_>, theirs: Option<&str>) -> bool {
    draft.article.outlet.as_deref().zip(theirs).is_some_and(|(own, theirs)| own != theirs)
}

/// A word of a quotation; one without text is an ellipsis or a bracket, which stands for anything.
struct Word {
    text: String,
    token: usize,
}

impl AsRef<str> for Word {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

fn words_of(block: &Block, tokens: Range<usize>) -> Vec<Word> {
    let word = |at: usize| {
        let token = block.tokens.get(at)?;
        let text = token.text(&block.prose);
        match token.kind {
            TokenKind::Mark => matches!(text, "…" | "[" | "]" | "–" | "—").then(String::new),
            _ => Some(bare(text)).filter(|text| !text.is_empty()),
        }
        .map(|text| Word { text, token: at })
    };
    tokens.filter_map(word).collect()
}

/// A folded word without its marks.
pub(super) fn bare(word: &str) -> String {
    let mut bare = fold::fold(word);
    bare.retain(char::is_alphanumeric);
    bare
}

/// The words of a known quotation, in the same way.
fn split(label: &str, packs: &Packs) -> Vec<String> {
    let mut words = Vec::new();
    for part in label.replace("...", " … ").split_whitespace() {
        if part.contains(['…', '[', ']', '–', '—']) {
            words.push(String::new());
        }
        words.extend(packs.language.words(part).into_iter().map(bare).filter(|word| !word.is_empty()));
    }
    words
}

/// Whether a known quotation may share enough words with one of the draft: a quick look, before both are aligned.
fn shares_words(written: &[Word], label: &str, tuning: &Quotation) -> bool {
    let same = |word: &str, other: &str| {
        let letters = word.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
        letters.eq(other.bytes()) || !word.is_ascii()
    };
    let parts = label.split(|c: char| c.is_whitespace() || fold::is_hyphen(c));
    let shared = parts.filter(|part| written.iter().any(|word| same(part, &word.text)));
    let least = tuning.words.saturating_sub(1);
    shared.take(least).count() == least
}

/// The same of two wordings, wherever they part.
pub(super) fn is_reworded(written: &[String], known: &[String], packs: &Packs) -> bool {
    let own: Vec<Word> = written.iter().map(|text| Word { text: text.clone(), token: 0 }).collect();
    let pairs = matches(&own, known);
    let starts = [(0, 0)].into_iter().chain(pairs.iter().map(|(a, b)| (a + 1, b + 1)));
    let ends = pairs.iter().copied().chain([(written.len(), known.len())]);
    let parted = |(start, end): ((usize, usize), (usize, usize))| {
        let (here, there) = (own.get(start.0..end.0)?, known.get(start.1..end.1)?);
        are_reworded(here, there, packs).then_some(())
    };
    starts.zip(ends).find_map(parted).is_some()
}

/// Where two wordings of one quotation differ.
struct Edit {
    /// Numbers of the words of the draft; empty where some are missing.
    written: Range<usize>,
    known: String,
    /// Whether a word that says something stands for another.
    reworded: bool,
}

/// Whether words are said in others' stead: on both sides stands a word that is no small one, and they are no forms of one.
/// Two who write down a speech miss small words, shorten, and hear other endings.
fn are_reworded<A: AsRef<str>, B: AsRef<str>>(here: &[A], there: &[B], packs: &Packs) -> bool {
    let grammar = &packs.grammar;
    let says = |word: &str| {
        let known = packs.vocabulary.get(word);
        let small = [&grammar.function_words, &grammar.determiners, &grammar.prepositions, &grammar.conjunctions];
        !word.is_empty() && !known.is_some_and(|word| small.iter().any(|words| words.contains(&word)))
    };
    let same = |a: &str, b: &str| stem(a, packs) == stem(b, packs);
    let here: Vec<&str> = here.iter().map(AsRef::as_ref).collect();
    let there: Vec<&str> = there.iter().map(AsRef::as_ref).collect();
    let alone = |own: &[&str], others: &[&str]| {
        own.iter().any(|word| says(word) && !others.iter().any(|other| same(word, other)))
    };
    alone(&here, &there) && alone(&there, &here)
}

/// Nothing where these are two quotations; `Some(None)` where one is the other, or a part of it.
fn difference(written: &[Word], known: &[String], packs: &Packs, tuning: &Quotation) -> Option<Option<Edit>> {
    let pairs = matches(written, known);
    let ((first, first_known), (last, last_known)) = (*pairs.first()?, *pairs.last()?);
    let spans = (last - first + 1, last_known - first_known + 1);
    let share = |of: usize| pairs.len() as f64 / of as f64;
    // A part of a quotation is one that matches from end to end.
    let covered = share(written.len().min(known.len()));
    let least = share(spans.0).min(share(spans.1)).min(covered);
    if pairs.len() + 1 < tuning.words || least < tuning.share {
        return None;
    }
    let mut found: Option<Edit> = None;
    for pair in pairs.windows(2) {
        let [(a, b), (c, d)] = pair else { continue };
        let (here, there) = (a + 1..*c, b + 1..*d);
        let free = written.get(*a..=*c).unwrap_or_default().iter().any(|word| word.text.is_empty())
            || known.get(*b..=*d).unwrap_or_default().iter().any(String::is_empty);
        if (here.is_empty() && there.is_empty()) || free {
            continue;
        }
        if here.len().max(there.len()) > tuning.edit {
            return None;
        }
        let reworded = are_reworded(written.get(here.clone())?, known.get(there.clone())?, packs);
        // The first one is shown, and before it one that says something else.
        if found.as_ref().is_none_or(|first| reworded && !first.reworded) {
            // Where the draft has words too many, the known ones around them are shown.
            let around = if there.is_empty() { *b..*d + 1 } else { there };
            found = Some(Edit { written: here, known: known.get(around)?.join(" "), reworded });
        }
    }
    Some(found)
}

/// The longest common subsequence of two wordings, as pairs of word numbers.
fn matches(written: &[Word], known: &[String]) -> Vec<(usize, usize)> {
    let (rows, columns) = (written.len(), known.len());
    let place = |i: usize, j: usize| i * (columns + 1) + j;
    let mut lengths = vec![0_u16; place(rows + 1, 0)];
    let at = |lengths: &[u16], i: usize, j: usize| lengths.get(place(i, j)).copied().unwrap_or(0);
    let same = |i: usize, j: usize| match (written.get(i), known.get(j)) {
        (Some(a), Some(b)) => !a.text.is_empty() && a.text == *b,
        _ => false,
    };
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let best = if same(i, j) {
                at(&lengths, i + 1, j + 1) + 1
            } else {
                at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
            };
            if let Some(cell) = lengths.get_mut(place(i, j)) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < rows && j < columns {
        if same(i, j) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if at(&lengths, i + 1, j) >= at(&lengths, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
