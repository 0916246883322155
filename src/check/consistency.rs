//! `consistency`: one name spelled two ways in one article. Right is the spelling of a pack, else the body's
//! majority, else the first.

use super::{Check, Draft};
use crate::claim::{MentionForm, skeleton};
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::fact::Facts;
use crate::pack::Rule;
use crate::pattern::Form;
use crate::text::{Field, Shape, Span, fold};
use std::collections::{BTreeMap, BTreeSet};

/// The check.
pub(super) struct Consistency;

/// Shorter surnames have too many neighbours.
const MIN_LETTERS: usize = 5;

/// One spelling at one place.
struct Use {
    spelling: String,
    span: Span,
    body: bool,
}

impl Check for Consistency {
    fn kind(&self) -> &'static str {
        "consistency"
    }

    fn check(&self, draft: &Draft<'_>, rule: &Rule, _: &dyn Facts) -> Vec<Diagnostic> {
        let mut variants: BTreeMap<String, Vec<Use>> = BTreeMap::new();
        surnames(draft, &mut variants);
        forms(draft, &mut variants);
        variants.values().flat_map(|uses| report(draft, rule, uses)).collect()
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
        let spelling = last.text(&block.prose).replace('’', "'");
        let folded = fold::fold(&spelling);
        if folded.chars().count() < MIN_LETTERS || last.shape == Shape::Upper {
            continue;
        }
        let bones = skeleton(&folded);
        let given = name.person.as_deref().and_then(|person| person.split_once(' ')).map(|(given, _)| given.to_owned());
        given_names.entry(bones.clone()).or_default().extend(given.clone());
        found.push((bones, given, Use { spelling, span: last.span, body: block.field == Field::Body }));
    }
    for (bones, given, one) in found {
        let names = given_names.get(&bones).map_or(0, BTreeSet::len);
        // A word that no full name of the article ends with may be anything.
        if names == 0 {
            continue;
        }
        let several = names > 1;
        let person = if several { given.unwrap_or_default() } else { String::new() };
        variants.entry(format!("name {bones} {person}")).or_default().push(one);
    }
}

/// Forms of one entity that differ by their case alone ("Nato", "NATO").
fn forms(draft: &Draft<'_>, variants: &mut BTreeMap<String, Vec<Use>>) {
    for (block, read) in draft.article.blocks.iter().zip(&draft.reading.blocks) {
        for mention in read.mentions.iter().filter(|mention| mention.form == MentionForm::Form(Form::Name)) {
            let [value] = mention.values.as_slice() else { continue };
            let Some(entity) = value.entity.and_then(|id| draft.packs.entity(id)) else { continue };
            let written = block.text(mention.core.clone());
            let folded = fold::fold_phrase(written);
            let declared = |form: &String| form != written && fold::fold_phrase(form) == folded;
            if !entity.forms.iter().any(declared) || !entity.forms.iter().any(|form| form == written) {
                continue;
            }
            let (spelling, span) = (written.to_owned(), block.span(mention.core.clone()));
            variants.entry(format!("form {folded}")).or_default().push(Use {
                spelling,
                span,
                body: block.field == Field::Body,
            });
        }
    }
}

/// How often a spelling stands in the article and in its body, and where first.
struct Spelling<'a> {
    written: &'a str,
    all: usize,
    body: usize,
    first: Span,
}

fn report(draft: &Draft<'_>, rule: &Rule, uses: &[Use]) -> Vec<Diagnostic> {
    let mut spellings: Vec<Spelling<'_>> = Vec::new();
    for one in uses {
        let known = spellings.iter().position(|spelling| spelling.written == one.spelling);
        let number = known.unwrap_or(spellings.len());
        if known.is_none() {
            spellings.push(Spelling { written: &one.spelling, all: 0, body: 0, first: one.span });
        }
        if let Some(spelling) = spellings.get_mut(number) {
            spelling.all += 1;
            spelling.body += usize::from(one.body);
        }
    }
    // The last of the greatest in reverse order is the first of them in the text.
    let Some(right) = spellings.iter().rev().max_by_key(|spelling| (spelling.body, spelling.all)) else {
        return Vec::new();
    };
    let wrong =
        |one: &Use| spellings.iter().find(|other| other.written == one.spelling && other.written != right.written);
    uses.iter()
        .filter_map(|one| {
            let wrong = wrong(one)?;
            let message = format!("elsewhere this article spells it {}, not {}", right.written, wrong.written);
            let mut evidence = draft.cite(right.first);
            evidence.note = format!("{} against {}", right.all, wrong.all);
            let mut diagnostic = draft.finding(rule, Severity::Warning, message, one.span, vec![evidence])?;
            diagnostic.fix = Some(draft.fix(one.span, right.written, Safety::Safe));
            Some(diagnostic)
        })
        .collect()
}
