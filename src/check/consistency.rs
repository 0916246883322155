//! `consistency`: one name spelled two ways in one article, and either-or spellings that a rule lists. Right is the
//! house form or what a term prefers, else what the base has, else the body's majority, else the first. Words inside
//! quotation marks are others' words.

use super::cited::cite_rule;
use super::name::{Attested, attested};
use super::{Check, Draft, slip};
use crate::claim::{MentionForm, Parts, skeleton, surname};
use crate::diagnostic::{Diagnostic, Proof, Safety, Severity};
use crate::fact::{Base, BaseError};
use crate::pack::{EntityId, Rule, RuleKind};
use crate::pattern::{Form, WordId};
use crate::text::{Block, Field, Shape, Span, fold};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The check.
pub(super) struct Consistency;

/// One spelling at one place.
struct Use {
    spelling: String,
    span: Span,
    body: bool,
    /// The folded full name with this spelling, where it is somebody's.
    full: Option<String>,
}

impl Check for Consistency {
    fn check(&self, draft: &Draft<'_>, rule: &Rule, base: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let mut variants: BTreeMap<String, Vec<Use>> = BTreeMap::new();
        surnames(draft, &mut variants);
        forms(draft, &mut variants);
        if let RuleKind::Consistency { either } = &rule.kind {
            listed(draft, either, &mut variants);
        }
        // Where a place is found twice, the choice of the house is said and not the majority's.
        let mut found = house(draft, rule);
        let chosen = chosen(draft);
        for uses in variants.values() {
            found.extend(report(draft, rule, uses, &chosen, base)?);
        }
        found.extend(slip::check(draft, rule, base)?);
        Ok(found)
    }
}

/// Surnames whose spellings share their skeleton. Another given name is another person: where an article has two, a
/// bare surname is left alone.
fn surnames(draft: &Draft<'_>, variants: &mut BTreeMap<String, Vec<Use>>) {
    let mut given_names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut found = Vec::new();
    for name in &draft.reading.names {
        let Some(block) = draft.article.blocks.get(name.block) else { continue };
        let Some(last) = name.tokens.end.checked_sub(1).and_then(|last| block.tokens.get(last)) else { continue };
        let opens = name.initial && name.tokens.len() == 1;
        let spelling = last.text(&block.prose).replace('’', "'");
        let folded = fold::fold(&spelling);
        let quoted = !block.is_own_word(name.tokens.start);
        if folded.chars().count() < draft.tuning.spelling.letters || last.shape == Shape::Upper || quoted {
            continue;
        }
        let bones = skeleton(&folded);
        let given = name.person.as_deref().and_then(|person| Parts::of(person).given).map(str::to_owned);
        given_names.entry(bones.clone()).or_default().extend(given.clone());
        let one = Use { spelling, span: last.span, body: block.field == Field::Body, full: None };
        found.push((bones, given, opens, one));
    }
    // "diGenova" has a capital letter where it begins a sentence.
    let within: BTreeSet<String> =
        found.iter().filter(|(_, _, opens, _)| !opens).map(|(.., one)| one.spelling.clone()).collect();
    for (.., one) in found.iter_mut().filter(|(_, _, opens, _)| *opens) {
        let small = uncapitalised(&one.spelling);
        if within.contains(&small) && !within.contains(&one.spelling) {
            one.spelling = small;
        }
    }
    for (bones, given, _, mut one) in found {
        let all = given_names.get(&bones);
        let names = all.map_or(0, BTreeSet::len);
        // A word that no full name of the article ends with may be anything.
        if names == 0 {
            continue;
        }
        let meant = given.as_ref().or_else(|| all.filter(|_| names == 1)?.first());
        one.full = meant.map(|given| format!("{given} {}", fold::fold(&one.spelling)));
        let several = names > 1;
        let person = if several { given.unwrap_or_default() } else { String::new() };
        variants.entry(format!("name {bones} {person}")).or_default().push(one);
    }
}

fn uncapitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// Forms of one entity that differ by their case alone ("Nato", "NATO").
fn forms(draft: &Draft<'_>, variants: &mut BTreeMap<String, Vec<Use>>) {
    // Whether a form has a sibling of which it may be the other spelling: found out once for each.
    let mut known: HashMap<(EntityId, &str), bool> = HashMap::default();
    for (block, read) in draft.article.blocks.iter().zip(&draft.reading.blocks) {
        for mention in read.mentions().iter().filter(|mention| mention.form == MentionForm::Form(Form::Name)) {
            let [value] = mention.values.as_slice() else { continue };
            let Some(entity) = value.entity().filter(|_| block.is_own_word(mention.core.start)) else { continue };
            let written = block.text(mention.core.clone());
            if !*known.entry((entity, written)).or_insert_with(|| has_sibling(draft, entity, written)) {
                continue;
            }
            let folded = fold::fold_phrase(written);
            let (spelling, span) = (written.to_owned(), block.span(mention.core.clone()));
            variants.entry(format!("form {folded}")).or_default().push(Use {
                spelling,
                span,
                body: block.field == Field::Body,
                full: None,
            });
        }
    }
}

/// Whether words are a form of an entity that has another one with the same folded words.
fn has_sibling(draft: &Draft<'_>, entity: EntityId, written: &str) -> bool {
    let Some(entity) = draft.packs.entity(entity) else { return false };
    let folded = fold::fold_phrase(written);
    let sibling = |form: &String| form != written && fold::fold_phrase(form) == folded;
    entity.forms.iter().any(|form| form == written) && entity.forms.iter().any(sibling)
}

/// Spellings of which a rule says that an article has one.
fn listed(draft: &Draft<'_>, either: &[Vec<(Vec<WordId>, String)>], variants: &mut BTreeMap<String, Vec<Use>>) {
    let blocks = draft.article.blocks.iter().zip(&draft.reading.blocks);
    for (place, (block, read)) in blocks.enumerate() {
        let own = |(at, word): &(usize, &Option<WordId>)| word.is_some() && block.is_own_word(*at);
        for (at, word) in read.own.words.iter().enumerate().filter(own) {
            for (number, forms) in either.iter().enumerate() {
                let starts = |words: &[WordId]| words.first() == word.as_ref();
                for (words, form) in forms.iter().filter(|(words, _)| starts(words)) {
                    let tokens = at..at + words.len();
                    let same = read
                        .own
                        .words
                        .get(tokens.clone())
                        .is_some_and(|here| here.iter().zip(words).all(|(a, b)| *a == Some(*b)));
                    if same && block.text(tokens.clone()) == *form && !is_gloss(block, &tokens, forms) {
                        let bearer = bearer(draft, place, &(at..at + words.len()));
                        let (span, body) = (block.span(tokens), block.field == Field::Body);
                        let one = Use { spelling: form.clone(), span, body, full: None };
                        variants.entry(format!("either {number} {bearer}")).or_default().push(one);
                    }
                }
            }
        }
    }
}

/// "Mumbai (Bombay)": a spelling that is given beside another one, as what it is called too.
fn is_gloss(block: &Block, tokens: &Range<usize>, forms: &[(Vec<WordId>, String)]) -> bool {
    let before = tokens.start.checked_sub(1).map_or("", |at| block.word(at));
    let is_form = |text: &str| forms.iter().any(|(_, form)| text == form);
    let ends_with_form = |end: usize| {
        forms.iter().any(|(words, _)| end.checked_sub(words.len()).is_some_and(|at| is_form(block.text(at..end))))
    };
    before == "(" && tokens.start.checked_sub(1).is_some_and(ends_with_form)
}

/// The rest of the full name that words are a part of: two people who spell their given name each in their own way are no
/// slip.
fn bearer(draft: &Draft<'_>, block: usize, tokens: &Range<usize>) -> String {
    // Names stand in order, none inside another.
    let names = &draft.reading.names;
    let behind = names.partition_point(|name| (name.block, name.tokens.start) <= (block, tokens.start));
    let before = behind.checked_sub(1).and_then(|before| names.get(before));
    let name = before.filter(|name| name.block == block && tokens.end < name.tokens.end);
    name.map(|name| surname(&name.key).to_owned()).unwrap_or_default()
}

/// Spellings against which the project has chosen another, alone in an article or not.
fn house(draft: &Draft<'_>, rule: &Rule) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (block, read) in draft.article.blocks.iter().zip(&draft.reading.blocks) {
        for at in (0..read.own.words.len()).filter(|at| !block.is_quoted(*at) && !block.is_address(*at)) {
            for form in &draft.packs.house {
                let tokens = form.wrong.iter().find_map(|(words, written)| {
                    let tokens = at..at + words.len();
                    let here = read.own.words.get(tokens.clone())?;
                    let same = !words.is_empty() && here.iter().zip(words).all(|(a, b)| *a == Some(*b));
                    (same && is_written(block.text(tokens.clone()), written)).then_some(tokens)
                });
                let Some(tokens) = tokens else { continue };
                let (written, span) = (block.text(tokens.clone()), block.span(tokens));
                let message = format!("house style: {}, not {written}", form.right);
                let proof = cite_rule(&form.place, "the house style");
                found.extend(draft.finding(rule, rule.severity, message, span, vec![proof]).map(|mut diagnostic| {
                    diagnostic.fix = Some(draft.fix(span, form.right.as_str(), Safety::Safe));
                    diagnostic
                }));
            }
        }
    }
    found
}

/// Whether words are written as a form is; one in small letters stands for any that begins with a capital.
fn is_written(text: &str, form: &str) -> bool {
    let small = !form.chars().any(char::is_uppercase);
    text == form || (small && text.chars().next().is_some_and(char::is_uppercase))
}

/// How often a spelling stands in the article and in its body, and where first.
struct Spelling<'a> {
    written: &'a str,
    full: Option<&'a str>,
    all: usize,
    body: usize,
    first: Span,
}

/// What the base has of a spelling, against each of the others; nothing where it does not say so against all.
fn known(
    draft: &Draft<'_>,
    spellings: &[Spelling<'_>],
    spelling: &Spelling<'_>,
    base: &dyn Base,
) -> Result<Option<Attested>, BaseError> {
    let Some(full) = spelling.full else { return Ok(None) };
    let mut first = None;
    for other in spellings.iter().filter(|other| other.written != spelling.written).filter_map(|other| other.full) {
        let Some(proof) = attested(draft, base, full, other)? else { return Ok(None) };
        first.get_or_insert(proof);
    }
    Ok(first)
}

/// The spellings that the house has chosen, or that one of its terms prefers: nothing else is right beside them.
fn chosen<'a>(draft: &Draft<'a>) -> HashSet<&'a str> {
    let packs = draft.packs;
    let preferred = packs.rules.iter().filter(|rule| !rule.off).filter_map(|rule| match &rule.kind {
        RuleKind::Term(term) => term.prefer.as_deref(),
        _ => None,
    });
    packs.house.iter().map(|form| form.right.as_str()).chain(preferred).collect()
}

fn report(
    draft: &Draft<'_>,
    rule: &Rule,
    uses: &[Use],
    chosen: &HashSet<&str>,
    base: &dyn Base,
) -> Result<Vec<Diagnostic>, BaseError> {
    let mut spellings: Vec<Spelling<'_>> = Vec::new();
    for one in uses {
        let known = spellings.iter().position(|spelling| spelling.written == one.spelling);
        let number = known.unwrap_or(spellings.len());
        if known.is_none() {
            spellings.push(Spelling {
                written: &one.spelling,
                full: one.full.as_deref(),
                all: 0,
                body: 0,
                first: one.span,
            });
        }
        if let Some(spelling) = spellings.get_mut(number) {
            spelling.all += 1;
            spelling.body += usize::from(one.body);
        }
    }
    // The last of the greatest in reverse order is the first of them in the text.
    let mut proof = None;
    for spelling in &spellings {
        if let Some(known) = known(draft, &spellings, spelling, base)? {
            proof = Some((spelling.written, known));
            break;
        }
    }
    let is_known = |spelling: &Spelling<'_>| proof.as_ref().is_some_and(|(written, _)| *written == spelling.written);
    let rank =
        |spelling: &&Spelling<'_>| (chosen.contains(spelling.written), is_known(spelling), spelling.body, spelling.all);
    let Some(right) = spellings.iter().rev().max_by_key(rank) else {
        return Ok(Vec::new());
    };
    // Of two that stand there equally often, without a word of the base or the house, either may be the slip.
    let tied = spellings.iter().filter(|other| rank(other) == rank(&right)).count() > 1;
    let safety = if tied { Safety::Unsafe } else { Safety::Safe };
    let proof: &[Proof] =
        proof.as_ref().filter(|(written, _)| *written == right.written).map_or(&[], |(_, known)| &known.proof);
    let wrong =
        |one: &Use| spellings.iter().find(|other| other.written == one.spelling && other.written != right.written);
    let diagnose = |one: &Use| {
        let wrong = wrong(one)?;
        let message = format!("elsewhere this article spells it {}, not {}", right.written, wrong.written);
        let other = draft.cite(right.first, format!("{} against {}", right.all, wrong.all));
        let proofs = std::iter::once(other).chain(proof.iter().cloned()).collect();
        let mut diagnostic = draft.finding(rule, Severity::Warning, message, one.span, proofs)?;
        diagnostic.fix = Some(draft.fix(one.span, right.written, safety));
        Some(diagnostic)
    };
    Ok(uses.iter().filter_map(diagnose).collect())
}
