//! Near-duplicate articles: syndicated copy is one witness, however often it is printed.
//!
//! Bottom-k sketches of five-word shingles (Broder, "On the resemblance and containment of documents", 1997): two
//! articles are near-duplicates when at least half of the smaller sketch stands in the other. Groups are what follows
//! from that, step by step.
//!
//! Not every two articles are compared, or a paragraph that all of an archive share would cost its square. Those that hold a
//! shingle stand in a row, ordered by what follows the shingle in their sketches, and each is compared with a few behind it
//! (a sorted neighbourhood: Hernández and Stolfo, "The merge/purge problem", 1995). In so many rows as a sketch has
//! shingles, copies come to stand side by side somewhere; what many articles share and nothing else brings only strangers
//! together, who are compared and left apart. The rows depend on the articles alone, so that no order and no history
//! changes the groups.

use super::joined::Joined;
use crate::claim::ArticleReading;
use crate::text::fold;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::cmp::Ordering;

const SHINGLE_WORDS: usize = 5;
const SKETCH: usize = 96;
/// With so many behind it an article is compared in each row. Measured: of 3,281 published articles any number from 1 finds
/// the groups that comparing all with all finds. 3,000 copies of one article, each with another sixth of its own, come to 455
/// groups with 1, 159 with 4, 75 with 8 and 31 with 64, where those that stay apart are just at the limit and most have one
/// near-duplicate among the 3,000. 3,000 that share a paragraph cost 39, 156, 311 and 2,400 thousand comparisons.
const NEIGHBOURS: usize = 8;

/// An article, as it is grouped.
#[derive(Debug, Clone, Copy)]
pub struct Sketched<'a> {
    /// The hash of its words.
    pub hash: u64,
    /// Its sketch, sorted.
    pub sketch: &'a [u64],
    /// The group that it was in; nothing for a new one.
    pub group: Option<u64>,
}

/// The group of each article, in the order given: the least hash among its near-duplicates. Only groups that are touched by
/// the new articles, or by the sketches that are gone since, are formed anew.
pub fn groups(articles: &[Sketched<'_>], gone: &[&[u64]]) -> Vec<u64> {
    regroup(articles, gone).0
}

/// The groups, and how many pairs of sketches were compared for them.
fn regroup(articles: &[Sketched<'_>], gone: &[&[u64]]) -> (Vec<u64>, usize) {
    let (originals, numbers) = Original::all(articles, gone);
    let open = open(articles, &originals, &numbers);
    let is_open = |held: &Held| open.get(held.original) == Some(&true);
    let sketch = |held: &Held| originals.get(held.original).map_or(&[][..], |original| original.sketch);
    let (mut joined, mut compared) = (Joined::new(originals.len()), 0);
    let sought = originals.iter().zip(&open).filter(|(_, open)| **open).map(|(original, _)| original);
    for_each_row(
        &originals,
        |original| original.here,
        sought,
        |row| {
            for (at, one) in row.iter().enumerate().filter(|(_, one)| is_open(one)) {
                for other in row.iter().skip(at + 1).take(NEIGHBOURS).filter(|other| is_open(other)) {
                    if joined.root(one.original) != joined.root(other.original) {
                        compared += 1;
                        if is_near(sketch(one), sketch(other)) {
                            joined.join(one.original, other.original);
                        }
                    }
                }
            }
        },
    );
    let mut least: HashMap<usize, u64> = HashMap::default();
    for (article, number) in articles.iter().zip(&numbers) {
        let root = joined.root(*number);
        least.entry(root).and_modify(|least| *least = article.hash.min(*least)).or_insert(article.hash);
    }
    let mut group = |(article, number): (&Sketched<'_>, &usize)| match article.group {
        Some(group) if open.get(*number) == Some(&false) => group,
        _ => least.get(&joined.root(*number)).copied().unwrap_or(article.hash),
    };
    let groups = articles.iter().zip(&numbers).map(&mut group).collect();
    (groups, compared)
}

/// Which originals are in a group that may be another than it was: those that stand close enough in a row to one that came or
/// went, with all of their groups. Who stood close to it before stands close now to it or to another that came or went.
fn open(articles: &[Sketched<'_>], originals: &[Original<'_>], numbers: &[usize]) -> Vec<bool> {
    let mut open: Vec<bool> = originals.iter().map(|original| original.changed).collect();
    if open.iter().all(|open| *open) {
        return open;
    }
    for_each_row(
        originals,
        |_| true,
        originals.iter().filter(|original| original.changed),
        |row| {
            for (at, _) in row.iter().enumerate().filter(|(_, held)| held.changed) {
                for held in row.iter().take(at + NEIGHBOURS + 1).skip(at.saturating_sub(NEIGHBOURS)) {
                    if let Some(open) = open.get_mut(held.original) {
                        *open = true;
                    }
                }
            }
        },
    );
    let is_open = |open: &[bool], number: &usize| open.get(*number) == Some(&true);
    let with_numbers = || articles.iter().zip(numbers);
    let groups: HashSet<u64> =
        with_numbers().filter(|(_, number)| is_open(&open, number)).filter_map(|(article, _)| article.group).collect();
    for (article, number) in with_numbers() {
        if let Some(open) = open.get_mut(*number).filter(|_| article.group.is_some_and(|group| groups.contains(&group)))
        {
            *open = true;
        }
    }
    open
}

/// Articles with one sketch, which are near-duplicates of each other without being compared.
struct Original<'a> {
    sketch: &'a [u64],
    /// Whether an article has it still.
    here: bool,
    /// Whether one of them is new, or one that had it is gone.
    changed: bool,
}

impl<'a> Original<'a> {
    /// All of them, and the number of each article's.
    fn all(articles: &[Sketched<'a>], gone: &[&'a [u64]]) -> (Vec<Original<'a>>, Vec<usize>) {
        // An article of few words has nothing in its sketch, and is near to its exact copies alone.
        let key = |article: &Sketched<'a>| (article.sketch, if article.sketch.is_empty() { article.hash } else { 0 });
        let mut sorted: Vec<(&[u64], u64, Option<usize>, bool)> = articles
            .iter()
            .enumerate()
            .map(|(number, article)| (key(article).0, key(article).1, Some(number), article.group.is_none()))
            .collect();
        sorted.extend(gone.iter().filter(|sketch| !sketch.is_empty()).map(|sketch| (*sketch, 0, None, true)));
        sorted.sort_unstable();
        let mut numbers = vec![0; articles.len()];
        let mut originals = Vec::new();
        for same in sorted.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let mut original =
                Original { sketch: same.first().map_or(&[], |first| first.0), here: false, changed: false };
            for (_, _, article, changed) in same {
                original.changed |= changed;
                if let Some(number) = article.and_then(|article| numbers.get_mut(article)) {
                    *number = originals.len();
                    original.here = true;
                }
            }
            originals.push(original);
        }
        (originals, numbers)
    }
}

/// An original in the row of a shingle that it holds.
struct Held {
    shingle: u64,
    original: usize,
    /// Where the shingle stands in its sketch.
    at: usize,
    changed: bool,
}

/// Shows the rows of the shingles of some originals; in each stand all that are chosen and hold the shingle.
fn for_each_row<'a>(
    originals: &'a [Original<'a>],
    chosen: impl Fn(&Original<'_>) -> bool,
    of: impl Iterator<Item = &'a Original<'a>>,
    mut show: impl FnMut(&[Held]),
) {
    let sought: HashSet<u64> = of.flat_map(|original| original.sketch.iter().copied()).collect();
    let mut held: Vec<Held> = Vec::new();
    for (number, original) in originals.iter().enumerate().filter(|(_, original)| chosen(original)) {
        let sought = original.sketch.iter().enumerate().filter(|(_, shingle)| sought.contains(shingle));
        held.extend(sought.map(|(at, shingle)| Held {
            shingle: *shingle,
            original: number,
            at,
            changed: original.changed,
        }));
    }
    held.sort_unstable_by_key(|held| (held.shingle, held.original));
    let following = |held: &Held| {
        let sketch = originals.get(held.original).map_or(&[][..], |original| original.sketch);
        let (before, from) = sketch.split_at_checked(held.at).unwrap_or_default();
        from.iter().chain(before)
    };
    for row in held.chunk_by_mut(|a, b| a.shingle == b.shingle).filter(|row| row.len() > 1) {
        // In a short row all are neighbours, in any order.
        if row.len() > NEIGHBOURS + 1 {
            row.sort_unstable_by(|a, b| following(a).cmp(following(b)));
        }
        show(row);
    }
}

/// Whether at least half of the smaller sketch stands in the other.
fn is_near(a: &[u64], b: &[u64]) -> bool {
    let (mut one, mut other, mut shared) = (a.iter().peekable(), b.iter().peekable(), 0);
    while let (Some(first), Some(second)) = (one.peek(), other.peek()) {
        match first.cmp(second) {
            Ordering::Less => _ = one.next(),
            Ordering::Greater => _ = other.next(),
            Ordering::Equal => {
                shared += 1;
                one.next();
                other.next();
            }
        }
    }
    shared * 2 >= a.len().min(b.len())
}

/// The sketch of an article, sorted.
pub(super) fn sketch(article: &ArticleReading) -> Vec<u64> {
    let words: Vec<u64> =
        article.blocks.iter().flat_map(|block| block.own.hashes.iter().copied()).filter(|hash| *hash != 0).collect();
    let mut hashes: Vec<u64> = words.windows(SHINGLE_WORDS).map(|shingle| fold::mix(shingle.iter().copied())).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SKETCH);
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Articles of so many own shingles each, and some that they share.
    fn sharing(articles: u64, shared: u64) -> Vec<Vec<u64>> {
        let sketch = |article: u64| {
            let own = (shared..SKETCH as u64).map(|number| fold::mix([article, number]));
            let mut sketch: Vec<u64> = own.chain((0..shared).map(|number| fold::mix([number]))).collect();
            sketch.sort_unstable();
            sketch
        };
        (0..articles).map(sketch).collect()
    }

    fn fresh(sketches: &[Vec<u64>]) -> Vec<Sketched<'_>> {
        sketches
            .iter()
            .map(|sketch| Sketched { hash: fold::mix(sketch.iter().copied()), sketch, group: None })
            .collect()
    }

    fn distinct(groups: &[u64]) -> usize {
        groups.iter().collect::<HashSet<_>>().len()
    }

    #[test]
    fn pairs_grow_as_the_articles_that_share_a_paragraph_do() {
        for shared in [12, 40, 84] {
            let pairs = |count| regroup(&fresh(&sharing(count, shared)), &[]);
            let ((few, one), (many, two)) = (pairs(1_000), pairs(2_000));
            let groups = |count| if shared * 2 < SKETCH as u64 { count } else { 1 };
            assert_eq!((distinct(&few), distinct(&many)), (groups(1_000), groups(2_000)), "{shared}");
            assert!(two <= one * 21 / 10, "{shared} shared: {one} pairs, then {two}");
        }
    }

    #[test]
    fn one_that_comes_or_goes_opens_its_surroundings_alone() {
        let sketches = sharing(2_001, 12);
        let mut articles = fresh(&sketches);
        articles.iter_mut().for_each(|article| article.group = Some(article.hash));
        let gone = articles.pop().unwrap();
        if let Some(first) = articles.first_mut() {
            first.group = None;
        }
        let (groups, compared) = regroup(&articles, &[gone.sketch]);
        assert_eq!(distinct(&groups), 2_000);
        assert!(compared < 2 * 12 * (2 * NEIGHBOURS) * (2 * NEIGHBOURS), "{compared}");
    }

    proptest! {
        #[test]
        fn no_history_leaves_a_trace(
            all in prop::collection::vec(prop::collection::btree_set(0_u64..24, 0..12), 1..60),
            (before, after) in (any::<u64>(), any::<u64>()),
        ) {
            let sketches: Vec<Vec<u64>> = all.into_iter().map(|sketch| sketch.into_iter().collect()).collect();
            let articles = fresh(&sketches);
            let chosen = |bits: u64| articles.iter().enumerate().filter(move |(at, _)| bits & 1 << at != 0);
            let first: Vec<Sketched<'_>> = chosen(before).map(|(_, article)| *article).collect();
            let known: HashMap<usize, u64> = chosen(before).map(|(at, _)| at).zip(groups(&first, &[])).collect();
            let then: Vec<Sketched<'_>> =
                chosen(after).map(|(at, article)| Sketched { group: known.get(&at).copied(), ..*article }).collect();
            let gone: Vec<&[u64]> = chosen(before & !after).map(|(_, article)| article.sketch).collect();
            let at_once: Vec<Sketched<'_>> = chosen(after).map(|(_, article)| *article).collect();
            prop_assert_eq!(groups(&then, &gone), groups(&at_once, &[]));
            let backwards: Vec<Sketched<'_>> = at_once.iter().rev().copied().collect();
            let mut reversed = groups(&backwards, &[]);
            reversed.reverse();
            prop_assert_eq!(groups(&at_once, &[]), reversed);
        }
    }
}
