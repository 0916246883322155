//! Whatever a pack declares can be read: somebody holds an office at every place, organisation and outlet, by each of its
//! names and in each wording, whatever words the name begins with or ends in, and it is learned and checked.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use factlint::claim::{Claim, Reading};
use factlint::desk::Desk;
use factlint::fact::observe;
use factlint::learn::learn;
use factlint::pack::{Entity, Frame};
use factlint::pattern::{RelationId, SlotId};
use factlint::terms::Wish;
use factlint::text::fold;
use std::collections::BTreeMap;
use std::sync::Arc;
use support::{lines, packs, read};

const OFFICES: [&str; 4] = ["Governor", "President", "Mayor", "Editor"];

/// How somebody's office is worded with the name of a place, and with its adjective.
const NAMED: [&str; 9] = [
    "OFFICE Anna Bergmann of NAME said so.",
    "NAME OFFICE Anna Bergmann said so.",
    "NAME's OFFICE, Anna Bergmann, said so.",
    "The NAME OFFICE, Anna Bergmann, said so.",
    "Anna Bergmann, the OFFICE of NAME, said so.",
    "Anna Bergmann, the new OFFICE of NAME, said so.",
    "Anna Bergmann, NAME's OFFICE, said so.",
    "Anna Bergmann is OFFICE of NAME.",
    "Anna Bergmann is the OFFICE of the NAME.",
];
const ADJECTIVES: [&str; 3] = [
    "ADJECTIVE OFFICE Anna Bergmann said so.",
    "Anna Bergmann, the ADJECTIVE OFFICE, said so.",
    "The ADJECTIVE OFFICE is Anna Bergmann.",
];

/// The relation of offices and its slot for a place.
fn office() -> (RelationId, SlotId) {
    let relation = packs().relation_named("office").unwrap();
    (relation, packs().relation(relation).unwrap().slot_named("place").unwrap())
}

/// Everything that may stand in the slot of a place.
fn holders() -> impl Iterator<Item = &'static Entity> {
    let (relation, place) = office();
    let kinds = &packs().slot(relation, place).unwrap().kinds;
    packs().entities.iter().filter(|entity| kinds.contains(&entity.kind))
}

/// The keys of those that bear a name: "Congo" are two.
fn bearers() -> BTreeMap<String, Vec<&'static str>> {
    let mut bearers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for entity in holders() {
        for form in &entity.forms {
            let known = bearers.entry(fold::fold_phrase(form)).or_default();
            known.extend((!known.contains(&entity.key.as_str())).then_some(entity.key.as_str()));
        }
    }
    bearers
}

/// Whether words hold a longer office than one that is asked for: "Senate President", "President of the Government".
fn holds_office(words: &str) -> bool {
    let kind = packs().kinds.iter().position(|kind| kind.name == "office").unwrap();
    let offices = packs().entities.iter().filter(|entity| usize::from(entity.kind.0) == kind);
    let folded = format!(" {} ", fold::fold_phrase(&words.replace(',', "")).replace(" the ", " "));
    let mut forms = offices.flat_map(|office| &office.forms).map(|form| fold::fold_phrase(form).replace(" the ", " "));
    forms.any(|form| form.contains(' ') && folded.contains(&format!(" {form} ")))
}

fn claims(reading: &Reading) -> impl Iterator<Item = &Claim> {
    let (relation, _) = office();
    reading.articles[0].claims.iter().filter(move |claim| claim.relation == relation)
}

/// The sentences in which an office is not read as held at present at the place, and at no other.
fn unread(entity: &Entity, sentences: &[String], bearers: usize) -> Vec<String> {
    let (_, place) = office();
    let held = |claim: &Claim| {
        let values = claim.slot(place).map(|fill| fill.values.as_slice()).unwrap_or_default();
        let meant = values.iter().any(|value| *value.key == *entity.key);
        // Where several bear a name an office may say that another is meant.
        claim.frame == Frame::Present && (meant && values.len() <= bearers || bearers > 1 && values.len() == 1)
    };
    let reading = read("draft.txt", &sentences.join("\n\n"));
    let blocks = &reading.document.articles[0].blocks;
    assert_eq!(blocks.len(), sentences.len());
    let read: Vec<usize> = claims(&reading).filter(|claim| held(claim)).map(|claim| claim.block).collect();
    let unread = sentences.iter().enumerate().filter(|(number, _)| !read.contains(number));
    unread.map(|(_, sentence)| sentence.clone()).filter(|sentence| !holds_office(sentence)).collect()
}

#[test]
fn an_office_is_read_at_every_place_that_is_declared() {
    let bearers = bearers();
    let mut missed = Vec::new();
    for entity in holders() {
        let worded = |wordings: &[&str], slot: &str, words: &str| -> Vec<String> {
            let of = |office| move |wording: &&str| wording.replace("OFFICE", office).replace(slot, words);
            OFFICES.iter().flat_map(|office| wordings.iter().map(of(office))).collect()
        };
        for form in &entity.forms {
            missed.extend(unread(entity, &worded(&NAMED, "NAME", form), bearers[&fold::fold_phrase(form)].len()));
        }
        for adjective in &entity.adjectives {
            missed.extend(unread(entity, &worded(&ADJECTIVES, "ADJECTIVE", adjective), 2));
        }
    }
    assert!(missed.is_empty(), "{} are not read:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn an_office_at_every_place_is_learned_and_checked() {
    let (_, place) = office();
    let bearers = bearers();
    let mut missed = Vec::new();
    for entity in holders().filter(|entity| bearers[&fold::fold_phrase(&entity.forms[0])].len() == 1) {
        let name = &entity.forms[0];
        if holds_office(&format!("{name} President of {name}")) {
            continue;
        }
        let articles = [
            read("a.txt", &format!("The fair was opened by Anna Bergmann. Anna Bergmann is the President of {name}.")),
            read("b.txt", &format!("It rained all morning. {name}'s President, Anna Bergmann, brought an umbrella.")),
        ];
        let learned = |reading: &Reading| {
            let said = observe(reading, packs()).into_iter().flat_map(|article| article.claims);
            said.filter_map(|claim| claim.values.get(place).cloned()).any(|value| *value.key == *entity.key)
        };
        let draft = read("draft.txt", &format!("Nobody else spoke. President Bodil Lindqvist of {name} kept silent."));
        let desk = Desk::new(Arc::clone(packs()), learn(&articles, packs()));
        let found = lines(&draft, &desk.check(&draft, &Wish::default()).unwrap());
        let checked = found.iter().any(|line| line.contains("is Anna Bergmann, not Bodil Lindqvist"));
        if !articles.iter().all(learned) || !checked {
            missed.push(format!("{name}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{} are not learned or not checked:\n{}", missed.len(), missed.join("\n"));
}
