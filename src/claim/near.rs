//! Near-misses: one slip of the pen between two names.

use super::{Meaning, Near, Value};
use crate::pack::Packs;
use crate::pattern::KindId;
use crate::text::fold;
use std::collections::BTreeSet;
use std::sync::Arc;
use strsim::osa_distance;

/// A word that is no acronym must be at least so long to be taken for a slip.
const MIN_WORD: usize = 5;

/// Whether two folded words are one slip apart (a letter more, less, other, or two letters swapped), and whether the
/// slip alone says too little.
pub fn slip(written: &str, known: &str, acronym: bool) -> Option<bool> {
    // One slip leaves the first or the last letter where it was, and the length but for one.
    let ends =
        written.chars().next() == known.chars().next() || written.chars().next_back() == known.chars().next_back();
    if !ends || written.len().abs_diff(known.len()) > 4 || osa_distance(written, known) != 1 {
        return None;
    }
    let shorter = written.chars().count().min(known.chars().count());
    if acronym {
        // Acronyms are dense: CNN has real neighbours. A slip repeats or swaps letters that are there.
        let letters = |word: &str| word.chars().collect::<BTreeSet<char>>();
        return (shorter >= 3).then(|| letters(written) != letters(known));
    }
    (shorter >= MIN_WORD).then_some(false)
}

/// Whether two texts are so much alike that a slip may be all that parts them: what is left between their common
/// beginning and their common end is no longer than two letters that changed places. Cheap, for looking at many.
pub fn may_be_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let shorter = a.len().min(b.len());
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take(shorter - head).take_while(|(a, b)| a == b).count();
    let letters = |rest: &[u8]| rest.iter().enumerate().filter(|(at, byte)| *at == 0 || **byte & 0xC0 != 0x80).count();
    [a, b].into_iter().all(|word| letters(word.get(head..word.len() - tail).unwrap_or_default()) <= 2)
}

/// The value of an unknown name of a closed kind that is a slip away from known ones. Those of which the slip alone
/// says enough come first.
pub(super) fn near(written: &str, kinds: &[KindId], packs: &Packs) -> Option<Value> {
    let key = fold::fold_phrase(written);
    let upper = written.chars().all(|c| c.is_uppercase() || c == '.');
    let length = key.chars().count();
    let mut found: Vec<Near> = Vec::new();
    for name in packs.closed.iter().filter(|name| {
        kinds.contains(&name.kind) && name.acronym == upper && name.key.chars().count().abs_diff(length) < 2
    }) {
        if let Some(loose) = slip(&key, &name.key, name.acronym) {
            found.push(Near { entity: name.entity, form: Arc::clone(&name.form), loose });
        }
    }
    found.sort_by_key(|near| (near.loose, near.entity));
    found.dedup_by_key(|near| near.entity);
    let none = found.is_empty();
    (!none).then(|| Value { meaning: Meaning::Near(found), ..Value::named(key, written) })
}

#[cfg(test)]
mod tests {
    use super::{may_be_slip, slip};

    #[test]
    fn slips_of_acronyms_and_words() {
        assert_eq!(slip("ccn", "cnn", true), Some(false));
        assert_eq!(slip("bcc", "bbc", true), Some(false));
        assert_eq!(slip("cbn", "cnn", true), Some(true));
        assert_eq!(slip("routers", "reuters", false), Some(false));
        assert_eq!(slip("sin", "sun", false), None);
        assert_eq!(slip("bloomberg", "reuters", false), None);
    }

    #[test]
    fn every_slip_may_be_one() {
        for (a, b) in [("steve witkoff", "steve wittkoff"), ("anna li", "anan li"), ("aaa", "aaaa"), ("jörg", "jorg")]
        {
            assert!(may_be_slip(a, b) && may_be_slip(b, a), "{a} / {b}");
        }
        assert!(!may_be_slip("john fetterman", "john hickenlooper"));
        assert!(!may_be_slip("john", "johnathan wells"));
    }
}
