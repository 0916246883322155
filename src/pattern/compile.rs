//! All patterns of all packs as one trie. Its edges are words, word classes, marks, gaps and slots; what it costs to
//! walk it depends on the text, not on how many patterns it holds.

use super::syntax::{Item, Pattern};
use crate::image::{Names, Table, stored};
use rustc_hash::FxHashMap as HashMap;

/// A word that some pattern, class or entity knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub u32);

/// A word class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(pub u16);

/// A kind of entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KindId(pub u16);

/// A relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelationId(pub u16);

impl RelationId {
    /// The id of the relation at this place among all of them.
    pub fn at(place: usize) -> RelationId {
        RelationId(u16::try_from(place).unwrap_or(u16::MAX))
    }
}

/// A slot of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SlotId(pub u16);

impl SlotId {
    /// The id of the slot at this place among those of its relation.
    pub fn at(place: usize) -> SlotId {
        SlotId(u16::try_from(place).unwrap_or(u16::MAX))
    }
}

/// The form in which a slot is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// As it is called.
    Name,
    /// As an adjective.
    Adjective,
    /// With a possessive mark.
    Possessive,
}

impl Form {
    /// The form of a word in a pattern.
    pub fn parse(name: &str) -> Option<Form> {
        match name {
            "name" => Some(Form::Name),
            "adjective" => Some(Form::Adjective),
            "possessive" => Some(Form::Possessive),
            _ => None,
        }
    }
}

/// The words that matter, by their folded spelling.
#[derive(Debug, Default)]
pub struct Vocabulary {
    ids: Names,
    count: u32,
}

impl Vocabulary {
    /// The id of a folded word, made when it is new.
    pub fn intern(&mut self, folded: &str) -> WordId {
        if let Some(id) = self.get(folded) {
            return id;
        }
        let id = WordId(self.count);
        self.ids.add(folded, id.0);
        self.count = self.count.saturating_add(1);
        id
    }

    /// The id of a folded word, if it matters.
    pub fn get(&self, folded: &str) -> Option<WordId> {
        self.ids.get(folded).next().map(WordId)
    }
}

/// One step of a compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Element {
    /// A word.
    Word(WordId),
    /// A word of a class.
    Class(ClassId),
    /// A mark.
    Mark(char),
    /// A few tokens inside the clause.
    Gap,
    /// A noun phrase of one of these kinds.
    Slot {
        /// The kinds that the slot takes.
        kinds: Vec<KindId>,
        /// The form it is narrowed to.
        form: Option<Form>,
        /// The number of the slot in its relation. Patterns share an edge only when it is the same.
        slot: SlotId,
    },
}

/// What a full walk means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accept {
    /// The number of the relation.
    pub relation: RelationId,
    /// The number of the pattern in its relation, descriptions behind patterns.
    pub pattern: u16,
    /// Whether it is a description, which refers back.
    pub description: bool,
}

/// The compiled patterns.
#[derive(Debug, Default)]
pub struct Program {
    pub(super) nodes: Table<Node>,
}

#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) words: HashMap<WordId, usize>,
    pub(super) others: Vec<(Element, usize)>,
    pub(super) accepts: Vec<Accept>,
}

/// A pattern has more readings than this, options multiplied with choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany(pub usize);

const MAX_READINGS: usize = 256;

impl Program {
    /// Adds a pattern. `element` gives the step of a slot, class, word or mark, or nothing where it was reported.
    ///
    /// # Errors
    /// A pattern with too many readings is refused.
    pub fn add(
        &mut self,
        pattern: &Pattern,
        accept: &Accept,
        element: &mut dyn FnMut(&Item) -> Option<Element>,
    ) -> Result<(), TooMany> {
        for sequence in expand(pattern, element)? {
            let mut at = self.root();
            for step in sequence {
                at = self.step(at, step);
            }
            if let Some(node) = self.nodes.get_mut(at)
                && at != 0
                && !node.accepts.contains(accept)
            {
                node.accepts.push(accept.clone());
            }
        }
        Ok(())
    }

    fn root(&mut self) -> usize {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        0
    }

    fn step(&mut self, at: usize, element: Element) -> usize {
        let next = self.nodes.len();
        let Some(node) = self.nodes.get_mut(at) else { return at };
        let found = match &element {
            Element::Word(word) => *node.words.entry(*word).or_insert(next),
            other => match node.others.iter().find(|(known, _)| known == other) {
                Some((_, found)) => *found,
                None => {
                    node.others.push((element, next));
                    next
                }
            },
        };
        if found == next {
            self.nodes.push(Node::default());
        }
        found
    }
}

stored! {
    Vocabulary { ids, count }
    Program { nodes }
    Node { words, others, accepts }
    Accept { relation, pattern, description }
}

stored! {
    enum Element { 0 Word(word), 1 Class(class), 2 Mark(mark), 3 Gap, 4 Slot { kinds, form, slot } }
    enum Form { 0 Name, 1 Adjective, 2 Possessive }
}

stored! { WordId(..) ClassId(..) KindId(..) RelationId(..) SlotId(..) }

/// Every reading of a pattern as a plain sequence.
fn expand(pattern: &Pattern, element: &mut dyn FnMut(&Item) -> Option<Element>) -> Result<Vec<Vec<Element>>, TooMany> {
    let mut all: Vec<Vec<Element>> = vec![Vec::new()];
    for item in &pattern.items {
        let choices = choices(item, element)?;
        if all.len() * choices.len() > MAX_READINGS {
            return Err(TooMany(MAX_READINGS));
        }
        all = all
            .iter()
            .flat_map(|head| choices.iter().map(move |tail| head.iter().chain(tail).cloned().collect()))
            .collect();
    }
    Ok(all)
}

fn choices(item: &Item, element: &mut dyn FnMut(&Item) -> Option<Element>) -> Result<Vec<Vec<Element>>, TooMany> {
    match item {
        Item::Optional(pattern) => {
            let mut inner = expand(pattern, element)?;
            inner.push(Vec::new());
            Ok(inner)
        }
        Item::Group(pattern) => expand(pattern, element),
        Item::Either(items) => {
            let mut all = Vec::new();
            for item in items {
                all.extend(choices(item, element)?);
            }
            Ok(all)
        }
        Item::Gap => Ok(vec![vec![Element::Gap]]),
        single => Ok(vec![element(single).into_iter().collect()]),
    }
}
