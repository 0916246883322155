//! What the forms of a word have in common: the one stemmer, for whoever asks whether two texts use one word. In go a word
//! and the endings of a language, out comes what is left.

use crate::pack::Packs;
use crate::text::fold;

/// What is left of a word without an ending has so many bytes at least.
const MIN_STEM: usize = 3;

/// A stable hash of the stem of a word.
pub fn stem(word: &str, packs: &Packs) -> u64 {
    fold::stable_hash(&[without_ending(&fold::fold(word), &packs.grammar.endings)])
}

/// A folded word without the first of the endings of a language that leaves enough of it.
fn without_ending<'w>(folded: &'w str, endings: &[String]) -> &'w str {
    let bare = |ending: &String| folded.strip_suffix(ending.as_str()).filter(|bare| bare.len() >= MIN_STEM);
    endings.iter().find_map(bare).unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::without_ending;

    #[test]
    fn forms_of_a_word_share_its_stem() {
        let endings = ["ings", "ing", "ed", "s"].map(str::to_owned);
        for (word, bare) in [("meetings", "meet"), ("sing", "sing"), ("red", "red"), ("asked", "ask"), ("bus", "bus")] {
            assert_eq!(without_ending(word, &endings), bare);
        }
    }
}
