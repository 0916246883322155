//! Near-duplicate articles: syndicated copy is one witness, however often it is printed.
//!
//! Bottom-k sketches of five-word shingles (Broder, "On the resemblance and containment of documents", 1997): two
//! articles are near-duplicates when at least half of the smaller sketch stands in the other.

use crate::claim::ArticleReading;
use crate::text::fold;
use rustc_hash::FxHashMap as HashMap;

const SHINGLE_WORDS: usize = 5;
const SKETCH: usize = 96;

/// The group of each article, in the order given, from its hash and its sketch: the least hash among its
/// near-duplicates, so that no order changes it.
pub fn groups(articles: &[(u64, &[u64])]) -> Vec<u64> {
    // Sorted by hash, those that share one stand beside each other.
    let mut holders: Vec<(u64, usize)> = articles
        .iter()
        .enumerate()
        .flat_map(|(number, (_, sketch))| sketch.iter().map(move |hash| (*hash, number)))
        .collect();
    holders.sort_unstable();
    let mut shared: HashMap<(usize, usize), usize> = HashMap::default();
    for same in holders.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        for (at, (_, number)) in same.iter().enumerate() {
            for (_, other) in same.get(..at).unwrap_or_default() {
                *shared.entry((*number, *other)).or_default() += 1;
            }
        }
    }
    let mut parents: Vec<usize> = (0..articles.len()).collect();
    let size = |number: usize| articles.get(number).map_or(0, |(_, sketch)| sketch.len());
    for ((one, other), count) in shared {
        if count * 2 >= size(one).min(size(other)) {
            join(&mut parents, one, other);
        }
    }
    let roots: Vec<usize> = (0..articles.len()).map(|number| root(&parents, number)).collect();
    let mut least: HashMap<usize, u64> = HashMap::default();
    for (root, (hash, _)) in roots.iter().zip(articles) {
        least.entry(*root).and_modify(|least| *least = (*least).min(*hash)).or_insert(*hash);
    }
    roots.iter().map(|root| least.get(root).copied().unwrap_or_default()).collect()
}

/// The sketch of an article, sorted.
pub(super) fn sketch(article: &ArticleReading) -> Vec<u64> {
    let words: Vec<u64> =
        article.blocks.iter().flat_map(|block| block.hashes.iter().copied()).filter(|hash| *hash != 0).collect();
    let mut hashes: Vec<u64> = words.windows(SHINGLE_WORDS).map(|shingle| fold::mix(shingle.iter().copied())).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SKETCH);
    hashes
}

fn root(parents: &[usize], mut at: usize) -> usize {
    while let Some(parent) = parents.get(at).filter(|parent| **parent != at) {
        at = *parent;
    }
    at
}

fn join(parents: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parents, a), root(parents, b));
    if let Some(parent) = parents.get_mut(a.max(b)) {
        *parent = a.min(b);
    }
}
