//! Links what a language says of who speaks.

use super::Linker;
use crate::pack::decode::At;
use crate::pack::speech::Cue;
use crate::pack::wire::PackFile;
use crate::text::{Source, fold};
use std::sync::Arc;

impl Linker {
    /// Classes must be known by now.
    pub(super) fn speech(&mut self, source: &Arc<Source>, file: &PackFile) {
        let Some(table) = &file.speech else { return };
        let cues: [(&[At<String>], Cue); 4] = [
            (&table.participles, Cue::Participle),
            (&table.verbs, Cue::Verb),
            (&table.addressing, Cue::Addressing),
            (&table.depicting, Cue::Depicting),
        ];
        for (name, cue) in cues.into_iter().flat_map(|(names, cue)| names.iter().map(move |name| (name, cue))) {
            let class = self.classes.get(&name.value).and_then(|id| self.packs.grammar.classes.get(usize::from(id.0)));
            let Some(class) = class else {
                let known: Vec<&str> = file.class.keys().map(String::as_str).collect();
                self.unknown(source, "word class", name, &known);
                continue;
            };
            let words: Vec<_> = class.words.keys().copied().collect();
            for word in words {
                self.packs.grammar.speech.cues.entry(word).or_insert(cue);
            }
        }
        take!(self.phrases, table => self.packs.grammar.speech; according);
        take!(self.word_set, table => self.packs.grammar.speech; between, pronouns, passive, times);
        let speech = &mut self.packs.grammar.speech;
        speech.between_endings.extend(table.between_endings.iter().map(|ending| fold::fold(ending)));
    }
}
