//! The packs: their examples, their schema, and what is said of broken ones.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use factlint::examples::test;
use factlint::fact::Stated;
use factlint::pack::{load, schema};
use factlint::report::{Look, problems};
use factlint::text::Source;
use std::sync::Arc;
use support::{packs, root, snapshot, sources};

#[test]
fn every_example_of_every_shipped_pack_passes() {
    let mut all = sources();
    let releases = std::fs::read(root().join("examples/releases/releases.toml")).unwrap();
    all.push(Arc::new(Source::read("examples/releases/releases.toml", releases).unwrap()));
    let (packs, broken) = load(&all);
    assert!(broken.all.is_empty(), "{}", problems(&broken.all, Look::default()));
    let tested = test(&packs.into());
    assert!(tested.failed.is_empty(), "{}", problems(&tested.failed, Look::default()));
    for (rule, [fires, silent, _]) in &tested.coverage {
        assert!(*fires > 0 && *silent > 0, "`{rule}` needs an example that fires and one that stays silent");
    }
}

#[test]
fn a_failing_example_is_a_problem_at_its_line() {
    let pack = r#"
[[rule]]
id = "kyiv"
kind = "term"
avoid = ["Kiev"]
prefer = "Kyiv"

[[rule.example]]
bad = "The [train] to Kiev was late."
[[rule.example]]
bad = "The train to [Kiev] was late."
good = "The train to Odesa was late."
[[rule.example]]
bad = "The train to [Lviv] was late."
[[rule.example]]
ok = "Kiev is cold."
[[rule.example]]
text = "Kiev is cold."
learns = "Alexander Stubb is President of Finland"
"#;
    let mut all = sources();
    all.push(Arc::new(Source::read("house.toml", pack.into()).unwrap()));
    let (packs, broken) = load(&all);
    assert!(broken.all.is_empty());
    let failed = test(&packs.into()).failed;
    let lines: Vec<(u32, &str)> = failed
        .iter()
        .map(|problem| (problem.source.position(problem.span.start).line, problem.message.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (9, "example of `kyiv`: misplaced: it reports at \"Kiev\""),
            (11, "example of `kyiv`: wrong fix: it gives \"The train to Kyiv was late.\""),
            (14, "example of `kyiv`: silent: nothing is reported"),
            (16, "example of `kyiv`: noisy: it reports \"house style: Kyiv, not Kiev\""),
            (18, "example of `kyiv`: not learned: the text does not teach this"),
        ]
    );
}

#[test]
fn the_schemas_are_those_of_the_types() {
    let path = root().join("docs/pack.schema.json");
    let written = std::fs::read_to_string(path).unwrap();
    assert!(written == schema(), "run `cargo run -- schema > docs/pack.schema.json`");
    let written = std::fs::read_to_string(root().join("docs/config.schema.json")).unwrap();
    let help = "run `cargo run -- schema configuration > docs/config.schema.json`";
    assert!(written == factlint::config::schema(), "{help}");
}

#[test]
fn every_shipped_pack_names_the_schema() {
    for source in sources() {
        assert!(source.text().starts_with("#:schema ../docs/pack.schema.json\n"), "{}", source.path());
    }
}

#[test]
fn ten_mistakes_in_one_pack_are_ten_reports() {
    let pack = r#"[pack]
nmae = "mistakes"

[kind.gadget]
like = "entiti"

[[entity]]
kind = "plase"
name = "Atlantis"

[relation.visit]
slots = { person = "person", place = "place" }
patterns = ["{person} visited {plaice}", "{person visited", "{person} <tel> {place}"]

[[fact]]
says = "The weather is fine"

[[rule]]
id = "visit"
kind = "relation"
relation = "visits"

[[rule]]
id = "regex"
kind = "pattern"
regex = "(unclosed"
message = "never"

[[rule]]
id = "loud"
kind = "term"
avoid = ["very"]
severity = "fatal"

[[rule]]
kind = "name"
"#;
    let mut all = sources();
    all.push(Arc::new(Source::read("mistakes.toml", pack.into()).unwrap()));
    let (packs, mut broken) = load(&all);
    broken.all.extend(Stated::new(&packs.into()).problems(|_| true).all);
    snapshot("packs", "ten_mistakes", &problems(&broken.all, Look::default()));
    assert_eq!(broken.all.len(), 11);
    assert_eq!(broken.all[0].source.path(), "mistakes.toml");
}

/// What is wrong with a pack beside the built-in ones, as lines.
fn flaws(pack: &str) -> Vec<String> {
    let mut all = sources();
    all.push(Arc::new(Source::read("desk.toml", pack.into()).unwrap()));
    let (packs, mut broken) = load(&all);
    broken.all.extend(Stated::new(&packs.into()).problems(|place| place.source.path() == "desk.toml").all);
    broken.all.iter().map(ToString::to_string).collect()
}

#[test]
fn quotation_marks_are_pairs() {
    assert_eq!(flaws("[language]\nquotation_marks = ['“”', '<<>>', '”']\n").len(), 2);
}

#[test]
fn an_entity_is_extended_by_another_entry_of_its_kind_and_name() {
    let pack = "[[entity]]\nkind = 'office'\nname = 'Mayor'\nalso = ['Burgomaster']\nunique_in = ['Oslo']\n\n\
                [[fact]]\nsays = 'Ada Lund is Burgomaster of Oslo'\n";
    assert_eq!(flaws(pack), Vec::<String>::new());
    let mut all = sources();
    all.push(Arc::new(Source::read("desk.toml", pack.into()).unwrap()));
    let packs = load(&all).0;
    let mayors: Vec<_> = packs.entities.iter().filter(|entity| entity.key == "mayor").collect();
    assert_eq!(mayors.len(), 1);
    assert!(["oslo", "london"].iter().all(|place| mayors[0].unique_in.iter().any(|key| key == place)));
}

#[test]
fn contradictions_of_two_entries_are_reported_at_both() {
    let found = flaws("[[entity]]\nkind = 'office'\nname = 'President'\nexclusive = 'mayor'\nunique_in = ['Oslo']\n");
    assert_eq!(found.len(), 4, "{found:?}");
    assert_eq!(found.iter().filter(|flaw| flaw.starts_with("desk.toml:")).count(), 2);
    assert_eq!(found.iter().filter(|flaw| flaw.starts_with("rules/offices.toml:")).count(), 2);
    assert!(found.iter().any(|flaw| flaw.contains("here `exclusive` is `mayor`")), "{found:?}");
}

#[test]
fn places_of_an_office_that_nobody_declares_are_reported() {
    let found = flaws("[[entity]]\nkind = 'office'\nname = 'Mayor'\nunique_in = ['Port Aldwyn']\n");
    assert_eq!(found, ["desk.toml:4:14: unknown entity `Port Aldwyn`"]);
    let places = packs().entities.iter().flat_map(|entity| &entity.unique_in);
    let unknown: Vec<&String> = places.filter(|key| packs().lexicon.by_key(key).next().is_none()).collect();
    assert_eq!(unknown, Vec::<&String>::new());
}

#[test]
fn a_fact_that_nothing_reads_names_the_words_that_nobody_knows() {
    let says = |sentence: &str| flaws(&format!("[[fact]]\nsays = '{sentence}'\n")).concat();
    let place = says("Maren Holt is Mayor of Port Aldwyn");
    assert!(place.contains("\"Port Aldwyn\" is no place, organisation or outlet that a pack declares"), "{place}");
    assert!(place.contains("say what it is with [[entity]], kind = \"place\", name = \"Port Aldwyn\""), "{place}");
    let office = says("Maren Holt is Dogcatcher of Oslo");
    assert!(office.contains("\"Dogcatcher\" is no office that a pack declares"), "{office}");
    let outlet = says("Maren Holt told Harbour Gazette");
    assert!(outlet.contains("\"Harbour Gazette\" is no"), "{outlet}");
}

#[test]
fn a_fact_that_begins_after_its_pack_was_checked_is_reported() {
    let pack = |checked: &str| {
        format!(
            "[pack]\nname = 'desk'\nchecked = {checked}\n[[fact]]\nsays = 'Ada Lund is Mayor of Oslo'\nsince = 2026-02-01\n"
        )
    };
    assert_eq!(flaws(&pack("2026-02-01")), Vec::<String>::new());
    let found = flaws(&pack("2025-12-31"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("desk.toml:5:8: this fact begins on 2026-02-01, and its pack was checked on 2025-12-31")
    );
}

#[test]
fn broken_toml_is_reported_where_it_breaks() {
    let (_, broken) =
        load(&[Arc::new(Source::read("a.toml", "[pack]\nname = \n[kind.x]\nlike = name\n".into()).unwrap())]);
    let lines: Vec<u32> = broken.all.iter().map(|problem| problem.source.position(problem.span.start).line).collect();
    assert_eq!(lines, [2, 4]);
}

#[test]
fn patterns_are_printed_as_they_are_parsed() {
    for pattern in packs().relations.iter().flat_map(|relation| &relation.patterns) {
        let printed = pattern.to_string();
        let (parsed, errors) = factlint::pattern::parse(&printed);
        assert!(errors.is_empty(), "{printed}");
        assert_eq!(parsed, *pattern, "{printed}");
    }
}
