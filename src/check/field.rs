//! `field`: headline, standfirst, captions and alt texts against the body: offices, names and figures. Where the base
//! knows which side is right, its word goes before the body's.

use super::judge::judge;
use super::name::{attested, differing_word};
use super::verdict::Verdict;
use super::{Check, Draft};
use crate::claim::{
    Claim, Counted, Figure, NameUse, Parts, begins, is_initial, is_spelling, shorter, slips, stem, with_surname,
};
use crate::diagnostic::{Diagnostic, Proof, Severity};
use crate::fact::{ArticleKey, Base, BaseError, Memory, observe_article};
use crate::pack::Rule;
use crate::text::{Block, Field as BlockField, Span, TokenKind};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::ops::Range;
use std::rc::Rc;

/// The check.
pub(super) struct Field;

/// A figure with the number of its block.
type Placed = (usize, Figure);

/// The stems of the content words of a sentence, in order.
type Stems = Rc<[u64]>;

impl Check for Field {
    fn check(&self, draft: &Draft<'_>, rule: &Rule, base: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let mut found = names(draft, rule, base)?;
        found.extend(claims(draft, rule, base)?);
        found.extend(figures(draft, rule));
        Ok(found)
    }
}

/// A field that a reader sees before the body or beside it.
fn is_beside(block: &Block) -> bool {
    matches!(block.field, BlockField::Headline | BlockField::Standfirst | BlockField::Caption)
}

fn field_of(draft: &Draft<'_>, number: usize) -> BlockField {
    draft.article.blocks.get(number).map_or(BlockField::Body, |block| block.field)
}

fn finding(draft: &Draft<'_>, rule: &Rule, message: String, span: Span, body: Span) -> Option<Diagnostic> {
    draft.finding(rule, Severity::Warning, message, span, vec![draft.cite(body, "the body")])
}

/// "Finnish Prime Minister Stubb" in a caption, the president in the body: the claims of what stands beside the body,
/// judged by those of the body. What the base supports is right: then the body's claim is what `relation` finds.
fn claims(draft: &Draft<'_>, rule: &Rule, base: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
    let beside = |claim: &Claim| draft.article.blocks.get(claim.block).is_some_and(is_beside);
    let own = draft.reading.claims.iter().enumerate().filter(|(_, claim)| beside(claim) && claim.voice.is_own());
    let asked: Vec<(usize, &Claim)> = own.collect();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    // The body is another article here: an article is no evidence against itself.
    let key = ArticleKey { path: String::new(), number: usize::MAX, hash: !draft.key.hash };
    let in_body = |block: usize| field_of(draft, block) == BlockField::Body;
    let body = observe_article(draft.source, key, draft.article, draft.reading, draft.packs, in_body);
    let memory = Memory::new(vec![body], draft.packs);
    let mut all = Vec::new();
    for (number, claim) in asked {
        let Some(found) = judge(draft, claim, &memory)?.found else { continue };
        let slot = found.differ;
        let span = slot.and_then(|slot| claim.slot(slot)).map_or(claim.span, |fill| fill.span);
        let Some((held, witness)) = found.rivals.first().and_then(|held| Some((held, held.witnesses().next()?))) else {
            continue;
        };
        let judged = draft.judged(number, base)?;
        if judged.is_some_and(|judged| judged.verdict == Verdict::Supported && !judged.disputed) {
            continue;
        }
        let said = witness.evidence(slot.map(|slot| (held.fact.relation, slot)))?;
        all.extend(finding(draft, rule, found.message, span, said.span));
    }
    Ok(all)
}

/// "Anne Lindberg" in a caption, "Anna Lindberg" in the body, and nobody else there is called so.
fn names(draft: &Draft<'_>, rule: &Rule, base: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
    let is_body = |name: &&NameUse| field_of(draft, name.block) == BlockField::Body;
    let body: Vec<&NameUse> = draft.reading.names.iter().filter(is_body).collect();
    let mut found = Vec::new();
    let beside = draft.reading.names.iter().filter(|name| draft.article.blocks.get(name.block).is_some_and(is_beside));
    // What was found of a name holds for the next of its places.
    let mut slips: HashMap<&str, Option<&NameUse>> = HashMap::default();
    let mut reported: HashSet<&str> = HashSet::default();
    for name in beside {
        let full = name.key.contains(' ');
        if is_cut(draft, name) || name.written.contains(['\'', '’']) {
            continue;
        }
        let Some(right) = *slips.entry(&name.key).or_insert_with(|| slip(draft, &name.key, &body)) else { continue };
        // A surname alone stands for the full name of the body with that surname.
        let here = if full { name.key.clone() } else { with_surname(&right.key, &name.key) };
        if let Some(known) = attested(draft, base, &here, &right.key)? {
            if reported.insert(&name.key) {
                found.extend(body_names(draft, rule, name, &right.key, &body, &known.proof));
            }
            continue;
        }
        let message = format!("the body has {}, not {}", right.written, name.written);
        let word = differing_span(draft, name, &right.key);
        let known = attested(draft, base, &right.key, &here)?.map(|known| known.proof).unwrap_or_default();
        found.extend(finding(draft, rule, message, word, right.span).map(|found| found.with_proofs(known)));
    }
    Ok(found)
}

/// The name of the body of which one beside it is a slip, where the body has it in no way as it is.
fn slip<'a>(draft: &Draft<'_>, key: &str, body: &[&'a NameUse]) -> Option<&'a NameUse> {
    let own = Parts::of(key);
    let said = |other: Parts<'_>| own == other || own.given.is_none() && [other.first(), other.surname].contains(&key);
    if body.iter().any(|other| said(Parts::of(&other.key))) {
        return None;
    }
    let whole = |other: &&&NameUse| !other.written.contains(['\'', '’']);
    let mut meant = body.iter().filter(|other| is_slip(draft, key, &other.key)).filter(whole);
    let right = meant.next()?;
    meant.all(|other| other.key == right.key).then_some(right)
}

/// A name that the base has as the headline or caption has it, at every place where the body has it otherwise.
fn body_names(
    draft: &Draft<'_>,
    rule: &Rule,
    name: &NameUse,
    wrong: &str,
    body: &[&NameUse],
    proof: &[Proof],
) -> Vec<Diagnostic> {
    let same = |one: &&&NameUse| one.key == wrong || one.person.as_deref() == Some(wrong);
    let differs = |one: &&&NameUse| one.key.split(' ').any(|word| !name.key.split(' ').any(|right| right == word));
    let diagnose = |one: &&NameUse| {
        let message = format!("the {} has {}, not {}", field_of(draft, name.block).name(), name.written, one.written);
        let other = draft.cite(name.span, format!("the {}", field_of(draft, name.block).name()));
        let proofs = proof.iter().cloned().chain([other]).collect();
        let mut found =
            draft.finding(rule, Severity::Warning, message, differing_span(draft, one, &name.key), proofs)?;
        found.group = format!("{}: {} for {wrong}", rule.id, name.key);
        Some(found)
    };
    body.iter().filter(same).filter(differs).filter_map(diagnose).collect()
}

fn differing_span(draft: &Draft<'_>, name: &NameUse, right: &str) -> Span {
    let block = draft.article.blocks.get(name.block);
    block.and_then(|block| differing_word(block, name, right)).unwrap_or(name.span)
}

/// Whether an apostrophe goes on behind the name, which is then none: "Doesn’t".
fn is_cut(draft: &Draft<'_>, name: &NameUse) -> bool {
    let behind = draft.source.text().get(name.span.end as usize..).unwrap_or_default();
    behind.starts_with(['\'', '’'])
}

/// Whether a name may be a slip of another: the same surname and a given name a letter or two away, or the other way round.
fn is_slip(draft: &Draft<'_>, written: &str, known: &str) -> bool {
    let tuning = &draft.tuning.field;
    // Two spellings of one name are the business of `consistency`.
    let near = |a: &str, b: &str, most: usize, least: usize| {
        is_initial(a, b) && shorter(a, b) >= least && !is_spelling(a, b) && slips(a, b, most).is_some()
    };
    let (own, known) = (Parts::of(written), Parts::of(known));
    match (own.given, known.given) {
        (None, _) => {
            near(own.surname, known.surname, tuning.slips_alone, tuning.letters_alone)
                && !is_inflected(draft, own.surname, known.surname)
        }
        (Some(_), None) => false,
        (Some(given), Some(other)) if own.surname == known.surname => {
            near(given, other, tuning.slips, tuning.letters) && !begins(given, other)
        }
        (Some(given), Some(other)) => {
            given == other
                && near(own.surname, known.surname, tuning.slips, tuning.letters)
                && !is_inflected(draft, own.surname, known.surname)
        }
    }
}

/// Whether two words are forms of one: "Crash" and "Crashes", "Africa" and "African".
fn is_inflected(draft: &Draft<'_>, a: &str, b: &str) -> bool {
    begins(a, b) || stem(a, draft.packs) == stem(b, draft.packs)
}

/// A figure of the same thing, which the body gives otherwise wherever it gives it.
fn figures(draft: &Draft<'_>, rule: &Rule) -> Vec<Diagnostic> {
    let may_be_told =
        |(number, figure): Placed| is_sum(&figure) || key(&figure, fate(draft, number, &figure)).is_some();
    if !own_figures(draft, is_beside).any(may_be_told) {
        return Vec::new();
    }
    let all: Vec<Placed> = own_figures(draft, |_| true).collect();
    let mut found = counted(draft, rule, &all);
    found.extend(sums(draft, rule, &all));
    found
}

/// The figures outside quotations in some of the blocks, with the numbers of those.
fn own_figures<'a>(draft: &'a Draft<'_>, of: impl Fn(&Block) -> bool + 'a) -> impl Iterator<Item = Placed> + 'a {
    let blocks = draft.article.blocks.iter().zip(&draft.reading.blocks).enumerate();
    blocks.filter(move |(_, (block, _))| of(block)).flat_map(|(number, (block, read))| {
        let own = read.own.figures.iter().filter(|figure| !block.is_quoted(figure.tokens.start));
        own.map(move |figure| (number, figure.clone()))
    })
}

fn is_sum(figure: &Figure) -> bool {
    matches!(figure.counted, Counted::Money(_) | Counted::Percent)
}

/// "Ford to pay $30m" over "Ford will pay $300m to settle the case": of one sum in one currency, or of one percentage, the
/// body says what the headline says in most of its words, and gives no other.
fn sums(draft: &Draft<'_>, rule: &Rule, all: &[Placed]) -> Vec<Diagnostic> {
    let tuning = &draft.tuning.field;
    let in_body = |number: usize| field_of(draft, number) == BlockField::Body;
    let mut words = Words::new(draft);
    let mut sums: HashMap<&Counted, Vec<(&Placed, Stems)>> = HashMap::default();
    for one in all.iter().filter(|(number, figure)| in_body(*number) && is_sum(figure)) {
        sums.entry(&one.1.counted).or_default().push((one, words.around(one)));
    }
    // What was found of a figure, and of a sentence, holds for the next that is like it.
    let mut agreed: HashMap<String, bool> = HashMap::default();
    let mut told: HashMap<(&Counted, Stems), Option<&Placed>> = HashMap::default();
    let mut found = Vec::new();
    for one in all.iter().filter(|(_, figure)| is_sum(figure)) {
        let (number, figure) = one;
        let Some(block) = draft.article.blocks.get(*number).filter(|block| is_beside(block)) else { continue };
        let Some(sums) = sums.get(&figure.counted) else { continue };
        // "$16bn" over "$16.6bn": what is cut short is no slip.
        let agrees = |body: &Figure| figure.agrees(body) || (figure.value - body.value).abs() < figure.step;
        if *agreed.entry(figure.key()).or_insert_with(|| sums.iter().any(|((_, body), _)| agrees(body))) {
            continue;
        }
        let words = words.around(one);
        let tells = |(_, told): &&(_, Stems)| {
            let shared = words.iter().filter(|word| told.binary_search(word).is_ok()).count();
            shared >= tuning.shared && shared as f64 >= tuning.share * words.len() as f64
        };
        let told = *told.entry((&figure.counted, Rc::clone(&words))).or_insert_with(|| {
            // Several sums in what the body says of it: which one is meant is open.
            let mut told = sums.iter().filter(tells);
            told.next().filter(|_| told.next().is_none()).map(|(sum, _)| *sum)
        });
        let Some((at, right)) = told else { continue };
        let Some(body) = draft.article.blocks.get(*at) else { continue };
        let message =
            format!("the body has {}, not {}", body.text(right.tokens.clone()), block.text(figure.tokens.clone()));
        found.extend(finding(draft, rule, message, figure.span(block), right.span(body)));
    }
    found
}

/// The content words of sentences, read once for all figures of one.
struct Words<'a> {
    draft: &'a Draft<'a>,
    known: HashMap<(usize, usize), Stems>,
}

impl<'a> Words<'a> {
    fn new(draft: &'a Draft<'a>) -> Words<'a> {
        Words { draft, known: HashMap::default() }
    }

    /// Those of the sentence of a figure, in order.
    fn around(&mut self, (number, figure): &Placed) -> Stems {
        let block = self.draft.article.blocks.get(*number);
        let sentence = block.map(|block| block.sentence(figure.tokens.start)).unwrap_or_default();
        let known = self.known.entry((*number, sentence.start));
        Rc::clone(known.or_insert_with(|| content_words(self.draft, *number, sentence).into()))
    }
}

/// The stems of the words of a sentence that are no small words and no numbers.
fn content_words(draft: &Draft<'_>, number: usize, sentence: Range<usize>) -> Vec<u64> {
    let parts = draft.article.blocks.get(number).zip(draft.reading.blocks.get(number));
    let Some((block, read)) = parts else { return Vec::new() };
    let small = |at: &usize| {
        let word = read.own.words.get(*at).copied().flatten();
        word.is_some_and(|word| draft.packs.grammar.function_words.contains(&word))
    };
    let word = |at: &usize| block.tokens.get(*at).is_some_and(|token| token.kind == TokenKind::Word);
    let mut words: Vec<u64> =
        sentence.filter(word).filter(|at| !small(at)).map(|at| stem(block.word(at), draft.packs)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// "Twelve killed in ferry fire" over a body with fourteen.
fn counted(draft: &Draft<'_>, rule: &Rule, all: &[Placed]) -> Vec<Diagnostic> {
    let key = |(number, figure): &Placed| key(figure, fate(draft, *number, figure));
    let body = || all.iter().filter(|(number, _)| field_of(draft, *number) == BlockField::Body);
    // The first figure of the body of each sort, and whether others of it have another value.
    let mut sorts: HashMap<String, (&Placed, bool)> = HashMap::default();
    for one in body() {
        let Some(key) = key(one) else { continue };
        let (first, several) = sorts.entry(key).or_insert((one, false));
        *several |= one.1.value != first.1.value;
    }
    // What was found of a figure holds for the next that is like it.
    let mut agreed: HashMap<String, bool> = HashMap::default();
    let mut found = Vec::new();
    for one in all {
        let (number, figure) = one;
        let Some(block) = draft.article.blocks.get(*number).filter(|block| is_beside(block)) else { continue };
        // Several figures of one sort in the body: which one is meant is open, and their sum may be.
        let known = key(one).and_then(|key| sorts.get(&key).copied());
        let Some(((at, right), false)) = known else { continue };
        let things = |body: &Figure| matches!(body.counted, Counted::Things(_));
        let agrees = || body().any(|(_, body)| things(body) && figure.agrees(body));
        if *agreed.entry(figure.key()).or_insert_with(agrees) {
            continue;
        }
        let Some(body) = draft.article.blocks.get(*at) else { continue };
        let message =
            format!("the body has {}, not {}", body.text(right.tokens.clone()), block.text(figure.tokens.clone()));
        found.extend(finding(draft, rule, message, figure.span(block), right.span(body)));
    }
    found
}

/// What befell those whom a figure counts.
fn fate(draft: &Draft<'_>, number: usize, figure: &Figure) -> Option<usize> {
    let read = draft.reading.blocks.get(number)?;
    let fates = &draft.packs.grammar.numbers.fates;
    let reach = draft.tuning.field.fate;
    let from = figure.tokens.start.saturating_sub(reach);
    let near = (from..figure.tokens.start).rev().chain(figure.tokens.end..figure.tokens.end + reach);
    near.filter_map(|at| read.word(at)).find_map(|word| fates.get(&word)).copied()
}

/// What two figures must share to be of the same thing.
fn key(figure: &Figure, fate: Option<usize>) -> Option<String> {
    match (&figure.counted, fate) {
        (Counted::Things(_), Some(fate)) => Some(format!("fate {fate}")),
        (Counted::Things(Some(noun)), None) if noun.len() > 2 => Some(format!("noun {noun}")),
        _ => None,
    }
}
