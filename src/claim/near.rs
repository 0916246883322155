//! Near-misses: one slip of the pen between two names.

use super::slip::{Slip, shorter, slip};
use super::{Meaning, Near, Value};
use crate::pack::Packs;
use crate::pattern::KindId;
use crate::text::fold;
use std::sync::Arc;

/// A word that is no acronym must be at least so long to be taken for a slip.
const MIN_WORD: usize = 5;
/// The same of an acronym.
const MIN_ACRONYM: usize = 3;

/// Whether an unknown word may be meant for a known one by a slip alone, and whether that slip says too little.
fn is_loose(written: &str, known: &str, acronym: bool) -> Option<bool> {
    let slip = slip(written, known)?;
    let letters = shorter(written, known);
    if acronym {
        // Acronyms are dense: CNN has real neighbours. A slip repeats or swaps letters that are there.
        return (letters >= MIN_ACRONYM).then_some(!matches!(slip, Slip::Doubled | Slip::Swapped));
    }
    (letters >= MIN_WORD).then_some(false)
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
        if let Some(loose) = is_loose(&key, &name.key, name.acronym) {
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
    use super::is_loose;

    #[test]
    fn slips_of_acronyms_and_words() {
        assert_eq!(is_loose("ccn", "cnn", true), Some(false));
        assert_eq!(is_loose("bcc", "bbc", true), Some(false));
        assert_eq!(is_loose("cbn", "cnn", true), Some(true));
        assert_eq!(is_loose("routers", "reuters", false), Some(false));
        assert_eq!(is_loose("sin", "sun", false), None);
        assert_eq!(is_loose("bloomberg", "reuters", false), None);
    }
}
