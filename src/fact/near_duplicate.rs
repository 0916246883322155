//! Near-duplicate articles: syndicated copy is one witness, however often it is printed.
//!
//! Bottom-k sketches of five-word shingles (Broder, "On the resemblance and containment of documents", 1997): two
//! articles are near-duplicates when at least half of the smaller sketch stands in the other.

use crate::claim::ArticleReading;
use crate::text::fold;
use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeSet;

const SHINGLE_WORDS: usize = 5;
const SKETCH: usize = 96;

/// The group of each article, in the order given; articles of one group are near-duplicates of each other.
pub fn groups(articles: &[&ArticleReading]) -> Vec<u32> {
    let sketches: Vec<BTreeSet<u64>> = articles.iter().map(|article| sketch(article)).collect();
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::default();
    for (number, sketch) in sketches.iter().enumerate() {
        for hash in sketch {
            holders.entry(*hash).or_default().push(number);
        }
    }
    let mut parents: Vec<usize> = (0..articles.len()).collect();
    for (number, sketch) in sketches.iter().enumerate() {
        let mut shared: HashMap<usize, usize> = HashMap::default();
        for hash in sketch {
            for other in holders.get(hash).into_iter().flatten().filter(|other| **other < number) {
                *shared.entry(*other).or_default() += 1;
            }
        }
        for (other, count) in shared {
            let smaller = sketches.get(other).map_or(0, BTreeSet::len).min(sketch.len());
            if smaller > 0 && count * 2 >= smaller {
                join(&mut parents, number, other);
            }
        }
    }
    (0..articles.len()).map(|number| u32::try_from(root(&parents, number)).unwrap_or(u32::MAX)).collect()
}

fn sketch(article: &ArticleReading) -> BTreeSet<u64> {
    let words: Vec<u64> =
        article.blocks.iter().flat_map(|block| block.hashes.iter().copied()).filter(|hash| *hash != 0).collect();
    let mut hashes: Vec<u64> = words.windows(SHINGLE_WORDS).map(|shingle| fold::mix(shingle.iter().copied())).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SKETCH);
    hashes.into_iter().collect()
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
