//! Rows that are read one by one, each when it is first asked for.

use super::{Image, Reader, Stored, Writer};
use std::sync::{Arc, OnceLock};

/// Rows by number: those of an image, each read once, then those that were added.
#[derive(Debug)]
pub struct Table<T> {
    stored: Option<Rows>,
    read: Vec<OnceLock<Option<Box<T>>>>,
    own: Vec<T>,
}

/// Where the rows of a table lie in an image: a fixed number for the end of each, then the rows.
#[derive(Debug)]
struct Rows {
    image: Arc<Image>,
    ends: usize,
    first: usize,
}

impl Rows {
    fn read<T: Stored>(&self, number: usize) -> Option<T> {
        let start = match number.checked_sub(1) {
            Some(before) => Reader::from(&self.image, self.ends + before * 4).fixed()?,
            None => 0,
        };
        T::load(&mut Reader::from(&self.image, self.first + start))
    }
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table { stored: None, read: Vec::new(), own: Vec::new() }
    }
}

impl<T: Stored> Table<T> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.read.len() + self.own.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A row.
    pub fn get(&self, number: usize) -> Option<&T> {
        match number.checked_sub(self.read.len()) {
            Some(own) => self.own.get(own),
            None => {
                let read = || self.stored.as_ref()?.read(number).map(Box::new);
                self.read.get(number)?.get_or_init(read).as_deref()
            }
        }
    }

    /// A row, to change it.
    pub fn get_mut(&mut self, number: usize) -> Option<&mut T> {
        self.get(number)?;
        match number.checked_sub(self.read.len()) {
            Some(own) => self.own.get_mut(own),
            None => self.read.get_mut(number)?.get_mut()?.as_deref_mut(),
        }
    }

    /// The row of a number, made with those before it where there is none.
    pub fn reach(&mut self, number: usize) -> Option<&mut T>
    where
        T: Default,
    {
        if number >= self.len() {
            self.own.resize_with(number + 1 - self.read.len(), T::default);
        }
        self.get_mut(number)
    }

    /// Adds a row.
    pub fn push(&mut self, row: T) {
        self.own.push(row);
    }

    /// Every row.
    pub fn iter(&self) -> Iter<'_, T> {
        self.from(0)
    }

    /// The rows from a number on.
    pub fn from(&self, number: usize) -> Iter<'_, T> {
        Iter { table: self, next: number }
    }
}

/// The rows of a table, in their order.
#[derive(Debug)]
pub struct Iter<'a, T> {
    table: &'a Table<T>,
    next: usize,
}

impl<'a, T: Stored> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        let row = self.table.get(self.next)?;
        self.next += 1;
        Some(row)
    }
}

impl<'a, T: Stored> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T: Stored> Stored for Table<T> {
    fn store(&self, to: &mut Writer<'_>) {
        let mut rows = to.apart();
        let mut ends = Vec::with_capacity(self.len());
        for row in self {
            row.store(&mut rows);
            ends.push(rows.len());
        }
        to.count(ends.len());
        to.count(rows.len());
        ends.into_iter().for_each(|end| to.fixed(end));
        to.bytes(&rows.into_bytes());
    }

    fn load(from: &mut Reader<'_>) -> Option<Table<T>> {
        let (count, length) = (from.count()?, from.count()?);
        let ends = from.at();
        from.bytes(count.checked_mul(4)?)?;
        let first = from.at();
        from.bytes(length)?;
        let stored = Some(Rows { image: Arc::clone(from.image()), ends, first });
        Some(Table { stored, read: (0..count).map(|_| OnceLock::new()).collect(), own: Vec::new() })
    }
}
