//! The built-in packs as they were linked when the program was built are those that their texts say.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use factlint::fact::Stated;
use factlint::pack::{decode, link, link_over_built_in};
use factlint::text::Source;
use factlint::{Desk, Packs};
use std::sync::Arc;
use support::{packs, sources};

/// Packs of a project: one that says more of what is known, one that only adds, and three that reach under the built-in
/// ones.
const OWN: [&str; 5] = [
    r#"
        [[entity]]
        kind = "place"
        name = "Finland"
        also = ["Suomi"]
        adjective = ["Suomi-wide"]

        [[fact]]
        says = "Ada Lund is the president of Finland."

        [[rule]]
        id = "our-term"
        kind = "term"
        avoid = ["shall"]
        prefer = "will"
    "#,
    r#"
        [kind.team]
        like = "entity"
        closed = true

        [class.beat]
        words = ["beat", "beats"]

        [relation.result]
        slots = { winner = "team", loser = "team" }
        patterns = ["{winner} <beat> {loser}"]

        [[entity]]
        kind = "team"
        name = "Harbour Rovers"

        [[entity]]
        kind = "place"
        name = "Port Ada"
        is_a = ["Finland"]
    "#,
    "[language]\ndeterminers = [\"ye\"]\n",
    "[kind.outlet]\nlike = \"entity\"\nclosed = true\n",
    "[[entity]]\nkind = \"place\"\nname = \"Finland\"\nis_a = [\"Europe\"]\n[[entity]]\nkind = \"place\"\nname = \"Europe\"\n",
];

#[test]
fn what_was_linked_at_build_is_what_the_packs_say() {
    assert!(Packs::built_in().to_bytes() == packs().to_bytes(), "`build.rs` has linked other packs than there are");
}

/// What packs say, entry by entry, whatever numbers their words have.
fn told(packs: &Arc<Packs>) -> Vec<String> {
    let mut told = Vec::new();
    for entity in &packs.entities {
        let named: Vec<_> = packs.lexicon.by_key(&entity.key).collect();
        let (is_a, unique) = (&entity.is_a, (entity.unique, &entity.unique_in, &entity.exclusive));
        told.push(format!("{} {:?} {:?} {is_a:?} {unique:?} {named:?}", entity.name, entity.forms, entity.adjectives));
    }
    for relation in &packs.relations {
        let patterns: Vec<String> = relation.patterns.iter().map(ToString::to_string).collect();
        told.push(format!("{} {:?} {patterns:?} {:?}", relation.name, relation.slots, relation.conflicts));
    }
    told.extend(
        packs.kinds.iter().map(|kind| format!("{} {} {} {}", kind.name, kind.like.word(), kind.closed, kind.entities)),
    );
    told.extend(packs.closed.iter().map(|closed| format!("{:?} {}", closed.kind, closed.form)));
    told.extend(packs.rules.iter().map(|rule| format!("{} {}", rule.id, rule.kind.name())));
    told.extend(packs.facts.iter().map(|fact| format!("{:?} {:?} {:?}", fact.says, fact.not, fact.place.span)));
    told.push(packs.reading_hash().to_string());
    let text = "Suomi President Ada Lund said she shall meet ye Stubb. Harbour Rovers beat the Harbor Rovers in Port Ada. \
                Finnish Prime Minister Alexander Stubb left Hurricane Milton, the Gardian reported on Monday.";
    let desk = Desk::new(Arc::clone(packs), Stated::new(packs));
    let answer = desk.answer("draft.txt", text).unwrap();
    told.extend(answer.diagnostics.iter().map(|found| format!("{} {}", found.rule(), found.message())));
    told
}

#[test]
fn packs_laid_over_the_built_in_ones_are_as_if_all_were_linked_together() {
    for own in OWN {
        let own = Arc::new(Source::read("own.toml", own.as_bytes().to_vec()).unwrap());
        let (over, problems) = link_over_built_in(vec![decode(&own)]);
        let (together, expected) = link(sources().iter().map(decode).chain([decode(&own)]).collect());
        let lines =
            |problems: &factlint::pack::Problems| problems.all.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(lines(&problems), lines(&expected));
        assert_eq!(told(&Arc::new(over)), told(&Arc::new(together)));
    }
}
