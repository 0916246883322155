//! What cannot both hold: the judge and the questions of a base in a file say the same of any two claims of one time.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking, and the strategies stay inside the lists"
)]

mod support;

use factlint::check::{Draft, Verdict, judge};
use factlint::claim::{Claim, Likeness, Reading, compare};
use factlint::fact::{Answer, answers};
use factlint::learn::learn;
use proptest::prelude::*;
use support::{packs, read};

/// Two of them are one person in two spellings.
const PEOPLE: [&str; 4] = ["Ada Lund", "Nils Aune", "Volodymyr Zelensky", "Volodymyr Zelenskyy"];
/// One stands for another.
const PLACES: [&str; 6] = ["Finland", "Italy", "Texas", "the United States", "the White House", "the United Nations"];

fn claims(reading: &Reading) -> &[Claim] {
    &reading.articles[0].claims
}

fn answered(reading: &Reading) -> Vec<Answer> {
    let answered = |claim: &Claim| answers(packs(), claim.relation, &claim.values(packs()), claim.frame, claim.year);
    claims(reading).iter().flat_map(answered).collect()
}

/// Whether two sentences answer one question in two ways.
fn differ(a: &str, b: &str) -> bool {
    let (a, b) = (answered(&read("a.txt", a)), answered(&read("b.txt", b)));
    a.iter().any(|own| b.iter().any(|other| own.question == other.question && own.answer != other.answer))
}

/// Whether the judge holds what one article says against what another does.
fn is_rival(draft: &str, known: &str) -> bool {
    let (draft, known) = (read("a.txt", draft), read("b.txt", known));
    let base = learn(&[known], packs());
    let article = Draft::new(&draft, 0, packs(), None).unwrap();
    claims(&draft).iter().any(|claim| judge(&article, claim, &base).unwrap().verdict == Verdict::Conflict)
}

/// The offices of the packs.
fn offices() -> Vec<&'static str> {
    let kind = packs().kinds.iter().position(|kind| kind.name == "office").unwrap();
    let entities = packs().entities.iter().filter(|entity| usize::from(entity.kind.0) == kind);
    entities.map(|entity| entity.name.as_str()).collect()
}

fn sentence((person, office, place): (usize, usize, usize)) -> String {
    let offices = offices();
    format!("{} is {} of {}.\n", PEOPLE[person], offices[office % offices.len()], PLACES[place])
}

fn assert_same(a: &str, b: &str) {
    for (a, b) in [(a, b), (b, a)] {
        assert_eq!(
            is_rival(a, b),
            differ(a, b),
            "{a}{b}{:?}\n{:?}",
            answered(&read("a.txt", a)),
            answered(&read("b.txt", b))
        );
    }
}

#[test]
fn offices_that_exclude_each_other_do_so_for_the_judge_and_for_the_base() {
    let groups = packs().entities.iter().filter(|entity| entity.exclusive.is_some());
    let said: Vec<String> = groups.map(|entity| format!("Ada Lund is {} of Finland.\n", entity.name)).collect();
    assert!(said.len() > 10);
    let mut rivals = 0;
    for a in &said {
        for b in said.iter().filter(|b| a < *b) {
            assert_same(a, b);
            rivals += usize::from(differ(a, b));
        }
    }
    assert!(rivals > 20, "{rivals}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Two claims of one time are rivals for the judge exactly when they give different answers to one question of the base.
    #[test]
    fn rivals_give_different_answers(a in (0..4usize, 0..400usize, 0..6usize), b in (0..4usize, 0..400usize, 0..6usize), same in 0..8u8) {
        // One that shares much with the other is a rival more often.
        let shared = |bit: u8, own: usize, other: usize| if same & bit == 0 { own } else { other };
        let b = (shared(1, b.0, a.0), shared(2, b.1, a.1), shared(4, b.2, a.2));
        assert_same(&sentence(a), &sentence(b));
    }
}

/// What no key can say is left out of the questions, or asked for more broadly; none of it is a dispute that is none.
#[test]
fn what_questions_leave_out() {
    for (a, b, why) in [
        (
            "Ada Lund is the former President of Finland.",
            "Ada Lund is President of Finland.",
            "a mood is of another time",
        ),
        ("Hurricane Maria killed 64 people.", "Hurricane Maria killed 16 people.", "what is counted may become more"),
        (
            "The Beirut explosion happened on 4 August 2020.",
            "The Beirut explosion happened on 5 August 2020.",
            "days contradict each other where they are near",
        ),
        (
            "Jack Smith is President of Finland.",
            "John Smith is President of Finland.",
            "people are asked for by their initial",
        ),
        (
            "Ada Lund is Defense Secretary of the White House.",
            "Ada Lund is Defense Secretary of the Pentagon.",
            "parts are asked for by what they are parts of",
        ),
    ] {
        let (a, b) = (format!("{a}\n"), format!("{b}\n"));
        assert!(!differ(&a, &b), "{why}");
        assert!(is_rival(&a, &b), "{why}: {:?} {:?}", claims(&read("a.txt", &a)), claims(&read("b.txt", &b)));
    }
}

/// The one way in which a base asks more narrowly: names that are alike, and that no key makes one.
#[test]
fn names_that_only_a_slip_parts_are_two_for_a_base() {
    let (a, b) = ("Anna Lindberg is President of Finland.\n", "Anna Lindborg is President of Finland.\n");
    assert_eq!(compare("anna lindberg", "anna lindborg"), Likeness::Similar);
    assert!(differ(a, b) && !is_rival(a, b));
}
