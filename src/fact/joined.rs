//! Numbered things that are joined two by two, and which of them belong together in the end (Galler and Fischer, "An
//! improved equivalence algorithm", 1964). The order of joining changes nothing: the least number stands for all.

/// So many things, each on its own at first.
#[derive(Debug, Default)]
pub(super) struct Joined {
    parents: Vec<usize>,
}

impl Joined {
    /// Things that belong to nobody yet.
    pub fn new(count: usize) -> Joined {
        Joined { parents: (0..count).collect() }
    }

    /// One more; its number.
    pub fn add(&mut self) -> usize {
        self.parents.push(self.parents.len());
        self.parents.len() - 1
    }

    /// The least of those that this one belongs to. What is asked on the way is brought nearer to it, so that long
    /// chains are walked once.
    pub fn root(&mut self, mut at: usize) -> usize {
        while let Some(parent) = self.parents.get(at).copied().filter(|parent| *parent != at) {
            let above = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(short) = self.parents.get_mut(at) {
                *short = above;
            }
            at = parent;
        }
        at
    }

    /// Joins two, with all that belong to them.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(parent) = self.parents.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
    }

    /// How many there are when those that belong together are one.
    pub fn count(&self) -> usize {
        self.parents.iter().enumerate().filter(|(number, parent)| number == *parent).count()
    }
}
