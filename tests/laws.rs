//! Laws that hold for any article: property tests over articles made of parts.

#![expect(clippy::indexing_slicing, reason = "the strategies stay inside the lists")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use factlint::claim::{Counted, Hedge, Measure, Reading};
use factlint::diagnostic::{Proof, Safety};
use factlint::terms::Wish;
use factlint::text::{Source, Span};
use proptest::prelude::*;
use std::sync::Arc;
use support::{check, desk, lines, packs, read};

const PEOPLE: [&str; 5] =
    ["Alexander Stubb", "Emmanuel Macron", "Friedrich Merz", "Giorgia Meloni", "Ursula von der Leyen"];
const PLACES: [&str; 4] = ["Finnish", "French", "German", "Italian"];
const OFFICES: [&str; 4] = ["President", "Prime Minister", "Chancellor", "Vice President"];
const OUTLETS: [&str; 4] = ["CNN", "the BBC", "CCN", "Routers"];
const FILLERS: [&str; 5] = [
    "The band played on.",
    "\"It is late,\" a guard said.",
    "Snow fell over the harbour, and the ferries stopped.",
    "Mr Macron waved – nobody waved back.",
    "Zelensky had called; Zelenskyy called again.",
];

/// Paragraphs that share no content word with anything else.
const UNRELATED: [&str; 3] = [
    "Penguins moult twice. Their chicks huddle on thick ice, fed with krill.",
    "Knead dough slowly; salt comes last.",
    "A cello needs gut strings. Rosin helps bows grip.",
];

/// Paragraphs in which the calendar, arithmetic, another place or a mark that is missing proves something.
const DOUBTFUL: [&str; 18] = [
    "The talks begin on Monday, 17 August 2025.",
    "The deadline is 31 June.",
    "The talks begin tomorrow, Tuesday, in Geneva.",
    "The war began three years ago, in 2019.",
    "They marked the 20th anniversary of the 2001 attacks.",
    "Ada Lund, 45, who was born on 3 March 1970, takes over.",
    "She stays from 3 to 9 May, a ten-day visit.",
    "12 people died: 7 in Oslo and 6 in Bergen.",
    "Profit rose from 40 million to 50 million, a 30% increase.",
    "The rate went from 4% to 5.5%, a rise of 1.5%.",
    "Of the guests, 30 of the 40 (60%) had left.",
    "Police named three men: Adam Bell, Carl Dunn, Ed Frost and Guy Hall.",
    "The bank paid $20m (£10m) for the pier, $8m (£4m) for the ferry and $60m (£3m) for the hall.",
    "At least 10 people were killed in the fire. The fire that killed 14 began at night.",
    "“It is late, a guard said.",
    "It is late,” a guard said.",
    "He says,” there are many of us who never get heard.”",
    "Nils Aune spoke. <!-- factlint: allow office: so --> Mr Aume left. The NATO chief saw Nato.",
];

/// One of the sentences of an election night, with one of several values.
fn event(shape: usize, value: usize) -> String {
    let name = ["Ada Lund", "Nils Aune", "Vera Holm", "Odd Berg"][value];
    let day = ["Sunday", "Friday", "Monday", "Tuesday"][value];
    let share = [71, 64, 58, 83][value];
    match shape {
        0 => format!("{name} was elected mayor of the coastal town of Brevik on {day}."),
        1 => format!("The mayor wants to reopen the ferry line to Sandvik before {day}."),
        2 => format!("Turnout in the harbour wards reached {share} percent, the council clerk said."),
        3 => format!("Her rival {name} conceded defeat before midnight in the fish hall."),
        4 => format!("The town of Brevik was founded on 3 May {} by herring merchants.", 1801 + value),
        _ => format!("Fishermen lit {share} bonfires on the old pier after the long count."),
    }
}

/// What is found by alignment with sources at hand: places and words.
fn aligned(draft: &Reading, corpus: &[Reading]) -> Vec<String> {
    let found = desk(corpus).aligned(corpus).check(draft, &Wish::default()).unwrap().diagnostics;
    let found = found.into_iter().filter(|diagnostic| diagnostic.rule() == "alignment");
    found.map(|found| format!("{:?} {}", found.primary().span, found.message())).collect()
}

prop_compose! {
    fn sentence()(person in 0..5usize, place in 0..4usize, office in 0..4usize, outlet in 0..4usize, shape in 0..7usize) -> String {
        let (person, place, office, outlet) = (PEOPLE[person], PLACES[place], OFFICES[office], OUTLETS[outlet]);
        match shape {
            0 => format!("{place} {office} {person} arrived."),
            1 => format!("{person}, the {place} {}, arrived.", office.to_lowercase()),
            2 => format!("The former {place} {} {person} arrived.", office.to_lowercase()),
            3 => format!("{person} told {outlet} that it was over."),
            4 => format!("{person} spoke. The former {} left.", office.to_lowercase()),
            5 => format!("He told {outlet} that {place} {office} {person} had left."),
            _ => FILLERS[(person.len() + office.len()) % FILLERS.len()].to_owned(),
        }
    }
}

fn article() -> impl Strategy<Value = String> {
    prop::collection::vec(sentence(), 1..8).prop_map(|sentences| sentences.join(" ") + "\n")
}

fn corpus() -> impl Strategy<Value = Vec<Reading>> {
    prop::collection::vec(article(), 1..5)
        .prop_map(|articles| articles.iter().enumerate().map(|(at, text)| read(&format!("{at}.txt"), text)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// An article is no evidence against itself: only what it says of itself in two spellings is reported.
    #[test]
    fn an_article_is_silent_against_itself(text in article()) {
        let draft = read("a.txt", &text);
        let known: Vec<String> = lines(&draft, &check(&draft, &[]));
        prop_assert_eq!(lines(&draft, &check(&draft, std::slice::from_ref(&draft))), known);
    }

    /// A text that is read and checked beside its earlier versions comes to what it comes to by itself, whatever was put
    /// in, taken out or moved.
    #[test]
    fn an_edited_text_is_as_if_it_were_new(paragraphs in prop::collection::vec(article(), 1..6), edits in prop::collection::vec((0..4usize, 0..8usize, article()), 1..6), corpus in corpus()) {
        let desk = desk(&corpus).aligned(&corpus);
        let (wish, memory) = (Wish::default(), Arc::default());
        let mut paragraphs = paragraphs;
        let mut before: Option<Reading> = None;
        for (edit, at, new) in edits {
            let at = at % paragraphs.len();
            match edit {
                0 => paragraphs.insert(at, new),
                1 if paragraphs.len() > 1 => drop(paragraphs.remove(at)),
                2 => paragraphs.rotate_left(at),
                _ => paragraphs[at] = new,
            }
            let source = || Source::read("draft.txt", paragraphs.join("\n").into_bytes()).unwrap();
            let fresh = desk.read(source(), &wish);
            let again = before.map_or_else(|| desk.read(source(), &wish), |before| desk.reread(source(), &wish, &before));
            for (again, fresh) in again.articles.iter().zip(&fresh.articles) {
                prop_assert_eq!(&again.claims, &fresh.claims);
                prop_assert_eq!(&again.rejected, &fresh.rejected);
                prop_assert_eq!(&again.names, &fresh.names);
                prop_assert_eq!(again.hash, fresh.hash);
                for (again, fresh) in again.blocks.iter().zip(&fresh.blocks) {
                    prop_assert_eq!(again.mentions(), fresh.mentions());
                }
            }
            let known = desk.recheck(&again, &wish, &memory).unwrap();
            prop_assert_eq!(known.diagnostics, desk.check(&fresh, &wish).unwrap().diagnostics);
            before = Some(again);
        }
    }

    /// Any order of the corpus gives the same findings.
    #[test]
    fn order_changes_nothing(text in article(), mut corpus in corpus()) {
        let draft = read("draft.txt", &text);
        let before = check(&draft, &corpus).diagnostics;
        corpus.reverse();
        prop_assert_eq!(check(&draft, &corpus).diagnostics, before);
    }

    /// A copy of an article already there adds no witness.
    #[test]
    fn a_copy_is_no_witness(text in article(), mut corpus in corpus(), again in article()) {
        let draft = read("draft.txt", &text);
        corpus.push(read("again.txt", &again));
        let before: Vec<String> = lines(&draft, &check(&draft, &corpus));
        corpus.push(read("copy.txt", &again));
        prop_assert_eq!(lines(&draft, &check(&draft, &corpus)), before);
    }

    /// A paragraph of something else changes nothing of what is found in the others, with a source and without.
    #[test]
    fn an_unrelated_paragraph_changes_nothing(
        told in prop::collection::vec((0..6usize, 0..4usize), 1..7),
        retold in prop::collection::vec((0..6usize, 0..4usize), 1..6),
        paragraphs in any::<bool>(),
        others in prop::collection::vec(0..UNRELATED.len(), 1..4),
        many in any::<bool>(),
    ) {
        let tell = |parts: &[(usize, usize)], gap: &str| {
            parts.iter().map(|(shape, value)| event(*shape, *value)).collect::<Vec<_>>().join(gap)
        };
        let source = tell(&told, " ");
        let mut corpus = vec![read("source.txt", &source)];
        if many {
            corpus.extend((0..12).map(|at| read(&format!("{at}.txt"), UNRELATED[at % UNRELATED.len()])));
        }
        let draft = tell(&retold, if paragraphs { "\n\n" } else { " " });
        let other: Vec<&str> = others.iter().map(|at| UNRELATED[*at]).collect();
        for text in [draft.clone(), format!("{draft}\n\n{source}")] {
            let longer = format!("{text}\n\n{}\n", other.join(" "));
            let (before, after) = (read("draft.txt", &text), read("draft.txt", &longer));
            prop_assert_eq!(aligned(&after, &corpus), aligned(&before, &corpus));
        }
    }

    /// Without its proof a finding is gone.
    #[test]
    fn no_finding_without_proof(text in article(), corpus in corpus()) {
        let draft = read("draft.txt", &text);
        for diagnostic in check(&draft, &corpus).diagnostics {
            prop_assert!(!diagnostic.proofs().is_empty());
            if diagnostic.proofs().iter().all(|proof| matches!(proof, Proof::Passage(_))) {
                let alone = lines(&draft, &check(&draft, &[]));
                let line = format!("{}: {}", diagnostic.rule(), diagnostic.message());
                prop_assert!(!alone.iter().any(|other| other.ends_with(&line)));
            }
        }
    }

    /// A proof is what its name says, and none cites the claim itself: what stands in the draft stands elsewhere in it, what the
    /// calendar and arithmetic say stands nowhere or elsewhere, and a passage is of another article.
    #[test]
    fn no_proof_cites_the_claim(parts in prop::collection::vec(0..DOUBTFUL.len(), 1..6), text in article(), corpus in corpus()) {
        let told: Vec<&str> = parts.iter().map(|at| DOUBTFUL[*at]).collect();
        let draft = read("draft.txt", &format!("2025-08-17\n\n{}\n\n{text}", told.join("\n\n")));
        let desk = desk(&corpus).aligned(&corpus).grounded(&corpus);
        for diagnostic in desk.check(&draft, &Wish::default()).unwrap().diagnostics {
            let claim = diagnostic.primary().span;
            prop_assert!(!diagnostic.proofs().is_empty());
            for proof in diagnostic.proofs() {
                prop_assert!(!proof.words().is_empty());
                let Some(evidence) = proof.evidence() else { continue };
                let own = matches!(proof, Proof::Draft(_) | Proof::Arithmetic(..));
                prop_assert_eq!(evidence.path == "draft.txt", own, "{}: {}", diagnostic.rule(), proof.line());
                prop_assert!(!own || !claim.contains(evidence.span), "{}: {}", diagnostic.rule(), proof.line());
            }
        }
    }

    /// Spans are those of the words, evidence quotes what stands at its place, and places are in order.
    #[test]
    fn spans_hold_the_words(text in article(), corpus in corpus()) {
        let draft = read("draft.txt", &text);
        let found = check(&draft, &corpus).diagnostics;
        prop_assert!(found.is_sorted_by_key(|diagnostic| diagnostic.primary().span));
        for diagnostic in &found {
            prop_assert!(!draft.document.source.slice(diagnostic.primary().span).is_empty());
            for evidence in diagnostic.proofs().iter().filter_map(Proof::evidence) {
                if let Some(source) = corpus.iter().map(|reading| &reading.document.source).find(|source| source.path() == evidence.path) {
                    prop_assert_eq!(evidence.sentence.get(evidence.mark.clone()), Some(source.slice(evidence.span)));
                }
            }
        }
    }

    /// Applying the safe fixes leaves nothing safe to fix.
    #[test]
    fn safe_fixes_converge(text in article(), corpus in corpus()) {
        let desk = desk(&corpus);
        let mut text = text;
        for round in 0..4 {
            let draft = read("draft.txt", &text);
            let mut fixes: Vec<_> = desk.check(&draft, &Wish::default()).unwrap()
                .diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.clone()).filter(|fix| fix.safety == Safety::Safe).collect();
            if fixes.is_empty() {
                break;
            }
            prop_assert!(round < 3, "still fixing: {:?} in {}", fixes, text);
            fixes.sort_by_key(|fix| std::cmp::Reverse(fix.span));
            for fix in fixes {
                text.replace_range(fix.span.range(), &fix.replacement);
            }
        }
    }

    /// Reading never fails and never panics, whatever the text; every token stands where it says.
    #[test]
    fn anything_can_be_read(text in "\\PC{0,400}", markdown in any::<bool>()) {
        let name = if markdown { "a.md" } else { "a.txt" };
        let Ok(source) = Source::read(name, text.clone().into_bytes()) else { return Ok(()) };
        let reading = factlint::learn::read(source, packs());
        for article in &reading.document.articles {
            for block in &article.blocks {
                for token in &block.tokens {
                    let Span { start, end } = token.span;
                    prop_assert!(text.is_char_boundary(start as usize) && (end as usize) <= text.len() && start < end);
                }
            }
        }
    }

    /// A pattern that parses prints to the same pattern; any text parses to something and errors inside it.
    #[test]
    fn patterns_parse_whatever_they_are(text in "[a-z{}<>()|,. \\[\\]:]{0,40}") {
        let (pattern, errors) = factlint::pattern::parse(&text);
        prop_assert!(errors.iter().all(|error| error.range.end <= text.len()));
        if errors.is_empty() {
            let printed = pattern.to_string();
            let (again, errors) = factlint::pattern::parse(&printed);
            prop_assert!(errors.is_empty(), "{printed}");
            prop_assert_eq!(again, pattern);
        }
    }

    /// The key of a measure is the measure.
    #[test]
    fn a_measure_is_read_back_from_its_key(value in 0.0..1e12_f64, to in proptest::option::of(0.0..1e12_f64), step in 1e-3..1e9_f64, hedge in 0..4usize, counted in 0..5usize) {
        let hedge = [Hedge::Exact, Hedge::AtLeast, Hedge::AtMost, Hedge::About][hedge];
        let things = |noun: Option<&str>| Counted::Things(noun.map(str::to_owned));
        let counted = [Counted::Percent, Counted::Points, Counted::Money('£'), things(None), things(Some("soldier"))][counted].clone();
        let measure = Measure { value, to, hedge, counted, step };
        let back = Measure::from_key(&measure.key());
        prop_assert_eq!(format!("{back:?}"), format!("{:?}", Some(measure)));
    }
}
