//! Elements whose words are left out and that had not ended where what holds them did. One that ends further down was meant
//! to be left out; one that ends nowhere has swallowed words, which is said.

use super::Unread;
use super::markup::unclosed;
use rustc_hash::FxHashMap as HashMap;

/// Where the elements of each name stand that are to end further down, in order.
#[derive(Debug, Default)]
pub(super) struct Loose(HashMap<String, Vec<u32>>);

impl Loose {
    /// Takes an element that swallowed words, at a byte offset of the source.
    pub(super) fn open(&mut self, name: &str, at: u32) {
        self.0.entry(name.to_owned()).or_default().push(at);
    }

    /// Ends the last one of a name, if there is one.
    pub(super) fn close(&mut self, name: &str) {
        self.0.get_mut(name).and_then(Vec::pop);
    }

    /// That what is open still has no end.
    pub(super) fn unread(self) -> Vec<Unread> {
        let named = self.0.into_iter().flat_map(|(name, places)| places.into_iter().map(move |at| (name.clone(), at)));
        let mut unread: Vec<Unread> =
            named.map(|(name, at)| Unread { at, why: unclosed(&format!("<{name}>")) }).collect();
        unread.sort();
        unread
    }
}
