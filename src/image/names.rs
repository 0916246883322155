//! Finds numbers by a text.

use super::{Image, Reader, Stored, Writer};
use crate::text::fold;
use rustc_hash::FxHashMap as HashMap;
use std::sync::Arc;

/// Texts, each with numbers in the order in which they were given it: those of an image, then those that were added.
#[derive(Debug, Default)]
pub struct Names {
    stored: Option<Slots>,
    own: HashMap<String, Vec<u32>>,
}

/// A hash table in an image: each slot is a fixed number, zero where it is free, else one more than where its entry is. A
/// text has its entry in the first slot from that of its hash on that is not another's.
#[derive(Debug)]
struct Slots {
    image: Arc<Image>,
    count: usize,
    first: usize,
    entries: usize,
}

impl Slots {
    fn entry(&self, slot: usize) -> Option<Reader<'_>> {
        let at = Reader::from(&self.image, self.first + slot * 4).fixed()?.checked_sub(1)?;
        Some(Reader::from(&self.image, self.entries + at))
    }

    fn find(&self, name: &str) -> Option<Reader<'_>> {
        let mut slot = slot_of(name, self.count);
        loop {
            let mut entry = self.entry(slot)?;
            if entry.text()? == name {
                return Some(entry);
            }
            slot = (slot + 1) % self.count;
        }
    }
}

/// The slot that a name would have, of so many, which are a power of two.
fn slot_of(name: &str, count: usize) -> usize {
    usize::try_from(fold::hash_bytes(name.as_bytes()) % count.max(1) as u64).unwrap_or_default()
}

impl Names {
    /// Gives a text one more number.
    pub fn add(&mut self, name: &str, number: u32) {
        match self.own.get_mut(name) {
            Some(numbers) => numbers.push(number),
            None => {
                self.own.insert(name.to_owned(), vec![number]);
            }
        }
    }

    /// The numbers of a text.
    pub fn get(&self, name: &str) -> Numbers<'_> {
        let stored = self.stored.as_ref().and_then(|slots| slots.find(name));
        let own = self.own.get(name).map(Vec::as_slice).unwrap_or_default();
        Numbers::new(stored, own)
    }

    /// Every text with its numbers, sorted.
    fn all(&self) -> Vec<(&str, Vec<u32>)> {
        let slots = self.stored.iter().flat_map(|slots| (0..slots.count).filter_map(|slot| slots.entry(slot)?.text()));
        let own = self.own.keys().map(String::as_str);
        let mut names: Vec<&str> = slots.chain(own).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(|name| (name, self.get(name).collect())).collect()
    }
}

/// Numbers of a text.
#[derive(Debug, Clone, Default)]
pub struct Numbers<'a> {
    stored: Option<Reader<'a>>,
    left: usize,
    own: &'a [u32],
}

impl<'a> Numbers<'a> {
    fn new(mut stored: Option<Reader<'a>>, own: &'a [u32]) -> Numbers<'a> {
        let left = stored.as_mut().and_then(Reader::count).unwrap_or_default();
        Numbers { stored, left, own }
    }
}

impl Iterator for Numbers<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.left > 0 {
            self.left -= 1;
            return self.stored.as_mut()?.number().and_then(|number| u32::try_from(number).ok());
        }
        let (first, rest) = self.own.split_first()?;
        self.own = rest;
        Some(*first)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let count = self.left + self.own.len();
        (count, Some(count))
    }
}

impl ExactSizeIterator for Numbers<'_> {}

impl Stored for Names {
    fn store(&self, to: &mut Writer<'_>) {
        let all = self.all();
        let count = (all.len() * 2).next_power_of_two();
        let mut slots = vec![0; count];
        let mut entries = to.apart();
        for (name, numbers) in all {
            let mut slot = slot_of(name, count);
            while slots.get(slot).is_some_and(|taken| *taken != 0) {
                slot = (slot + 1) % count;
            }
            if let Some(free) = slots.get_mut(slot) {
                *free = entries.len() + 1;
            }
            entries.text(name);
            numbers.store(&mut entries);
        }
        to.count(count);
        to.count(entries.len());
        slots.into_iter().for_each(|slot| to.fixed(slot));
        to.bytes(&entries.into_bytes());
    }

    fn load(from: &mut Reader<'_>) -> Option<Names> {
        let (count, length) = (from.count()?, from.count()?);
        let first = from.at();
        from.bytes(count.checked_mul(4)?)?;
        let entries = from.at();
        from.bytes(length)?;
        let stored = Some(Slots { image: Arc::clone(from.image()), count, first, entries });
        Some(Names { stored, own: HashMap::default() })
    }
}
