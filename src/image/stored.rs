//! How values become bytes and are read back.

use super::{Reader, Writer};
use crate::text::{Date, Digits, Field, Glob, Language, LineRule, Source, Span};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash};
use std::ops::Range;
use std::sync::Arc;

/// A value that becomes bytes and is read back.
pub trait Stored: Sized {
    /// Writes the value. Equal values are the same bytes.
    fn store(&self, to: &mut Writer<'_>);
    /// Reads what was written; nothing where that is something else.
    fn load(from: &mut Reader<'_>) -> Option<Self>;
}

/// Declares how a structure is stored, field by field; a number with a name; and a choice by its variants, each with what
/// it holds. What is forgotten does not compile.
macro_rules! stored {
    ($( $name:ident { $($field:ident),* $(,)? } )*) => { $(
        impl $crate::image::Stored for $name {
            fn store(&self, to: &mut $crate::image::Writer<'_>) {
                let $name { $($field),* } = self;
                $( $crate::image::Stored::store($field, to); )*
            }
            fn load(from: &mut $crate::image::Reader<'_>) -> Option<$name> {
                $( let $field = $crate::image::Stored::load(from)?; )*
                Some($name { $($field),* })
            }
        }
    )* };
    ($( $name:ident(..) )*) => { $(
        impl $crate::image::Stored for $name {
            fn store(&self, to: &mut $crate::image::Writer<'_>) {
                $crate::image::Stored::store(&self.0, to);
            }
            fn load(from: &mut $crate::image::Reader<'_>) -> Option<$name> {
                $crate::image::Stored::load(from).map($name)
            }
        }
    )* };
    ($( enum $name:ident { $($number:literal $variant:ident $(($($held:ident),*))? $({$($field:ident),*})?),* $(,)? } )*) => { $(
        impl $crate::image::Stored for $name {
            fn store(&self, to: &mut $crate::image::Writer<'_>) {
                match self {
                    $( $name::$variant $(($($held),*))? $({$($field),*})? => {
                        $crate::image::Stored::store(&($number as u8), to);
                        $( $( $crate::image::Stored::store($held, to); )* )?
                        $( $( $crate::image::Stored::store($field, to); )* )?
                    } )*
                }
            }
            fn load(from: &mut $crate::image::Reader<'_>) -> Option<$name> {
                Some(match <u8 as $crate::image::Stored>::load(from)? {
                    $( $number => {
                        $( $( let $held = $crate::image::Stored::load(from)?; )* )?
                        $( $( let $field = $crate::image::Stored::load(from)?; )* )?
                        $name::$variant $(($($held),*))? $({$($field),*})?
                    } )*
                    _ => return None,
                })
            }
        }
    )* };
}
pub(crate) use stored;

macro_rules! numbers {
    ($($number:ty),*) => { $(
        impl Stored for $number {
            fn store(&self, to: &mut Writer<'_>) {
                to.number(u64::try_from(*self).unwrap_or(u64::MAX));
            }
            fn load(from: &mut Reader<'_>) -> Option<$number> {
                <$number>::try_from(from.number()?).ok()
            }
        }
    )* };
}
numbers!(u8, u16, u32, u64, usize);

macro_rules! signed {
    ($($number:ty),*) => { $(
        impl Stored for $number {
            /// Small numbers of either sign are few bytes.
            fn store(&self, to: &mut Writer<'_>) {
                let number = i64::from(*self);
                to.number(((number << 1) ^ (number >> 63)).cast_unsigned());
            }
            fn load(from: &mut Reader<'_>) -> Option<$number> {
                let number = from.number()?;
                <$number>::try_from((number >> 1).cast_signed() ^ -(number & 1).cast_signed()).ok()
            }
        }
    )* };
}
signed!(i8, i16, i32);

impl Stored for bool {
    fn store(&self, to: &mut Writer<'_>) {
        u8::from(*self).store(to);
    }
    fn load(from: &mut Reader<'_>) -> Option<bool> {
        u8::load(from).map(|flag| flag != 0)
    }
}

impl Stored for char {
    fn store(&self, to: &mut Writer<'_>) {
        u32::from(*self).store(to);
    }
    fn load(from: &mut Reader<'_>) -> Option<char> {
        char::from_u32(u32::load(from)?)
    }
}

impl Stored for String {
    fn store(&self, to: &mut Writer<'_>) {
        to.text(self);
    }
    fn load(from: &mut Reader<'_>) -> Option<String> {
        from.text().map(str::to_owned)
    }
}

impl Stored for Arc<str> {
    fn store(&self, to: &mut Writer<'_>) {
        to.text(self);
    }
    fn load(from: &mut Reader<'_>) -> Option<Arc<str>> {
        from.text().map(Arc::from)
    }
}

impl Stored for Arc<Source> {
    fn store(&self, to: &mut Writer<'_>) {
        to.source(self);
    }
    fn load(from: &mut Reader<'_>) -> Option<Arc<Source>> {
        from.source()
    }
}

impl<T: Stored> Stored for Option<T> {
    fn store(&self, to: &mut Writer<'_>) {
        self.is_some().store(to);
        if let Some(value) = self {
            value.store(to);
        }
    }
    fn load(from: &mut Reader<'_>) -> Option<Option<T>> {
        if bool::load(from)? { T::load(from).map(Some) } else { Some(None) }
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn store(&self, to: &mut Writer<'_>) {
        to.count(self.len());
        self.iter().for_each(|value| value.store(to));
    }
    fn load(from: &mut Reader<'_>) -> Option<Vec<T>> {
        let count = from.count()?;
        (0..count).map(|_| T::load(from)).collect()
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn store(&self, to: &mut Writer<'_>) {
        self.0.store(to);
        self.1.store(to);
    }
    fn load(from: &mut Reader<'_>) -> Option<(A, B)> {
        Some((A::load(from)?, B::load(from)?))
    }
}

impl<A: Stored, B: Stored, C: Stored> Stored for (A, B, C) {
    fn store(&self, to: &mut Writer<'_>) {
        self.0.store(to);
        self.1.store(to);
        self.2.store(to);
    }
    fn load(from: &mut Reader<'_>) -> Option<(A, B, C)> {
        Some((A::load(from)?, B::load(from)?, C::load(from)?))
    }
}

impl<T: Stored + Ord + Hash, S: BuildHasher + Default> Stored for HashSet<T, S> {
    fn store(&self, to: &mut Writer<'_>) {
        let mut sorted: Vec<&T> = self.iter().collect();
        sorted.sort_unstable();
        to.count(sorted.len());
        sorted.into_iter().for_each(|value| value.store(to));
    }
    fn load(from: &mut Reader<'_>) -> Option<HashSet<T, S>> {
        let count = from.count()?;
        (0..count).map(|_| T::load(from)).collect()
    }
}

impl<K: Stored + Ord + Hash, V: Stored, S: BuildHasher + Default> Stored for HashMap<K, V, S> {
    fn store(&self, to: &mut Writer<'_>) {
        let mut sorted: Vec<(&K, &V)> = self.iter().collect();
        sorted.sort_unstable_by_key(|(key, _)| *key);
        to.count(sorted.len());
        for (key, value) in sorted {
            key.store(to);
            value.store(to);
        }
    }
    fn load(from: &mut Reader<'_>) -> Option<HashMap<K, V, S>> {
        let count = from.count()?;
        (0..count).map(|_| <(K, V)>::load(from)).collect()
    }
}

impl Stored for Range<usize> {
    fn store(&self, to: &mut Writer<'_>) {
        self.start.store(to);
        self.end.store(to);
    }
    fn load(from: &mut Reader<'_>) -> Option<Range<usize>> {
        Some(usize::load(from)?..usize::load(from)?)
    }
}

impl Stored for Date {
    fn store(&self, to: &mut Writer<'_>) {
        self.year().store(to);
        self.month().store(to);
        self.day().store(to);
    }
    fn load(from: &mut Reader<'_>) -> Option<Date> {
        Date::new(i16::load(from)?, i8::load(from)?, i8::load(from)?).ok()
    }
}

impl Stored for Field {
    fn store(&self, to: &mut Writer<'_>) {
        to.text(self.name());
    }
    fn load(from: &mut Reader<'_>) -> Option<Field> {
        Field::parse(from.text()?)
    }
}

impl Stored for Glob {
    fn store(&self, to: &mut Writer<'_>) {
        to.text(&self.written());
    }
    fn load(from: &mut Reader<'_>) -> Option<Glob> {
        from.text().map(Glob::new)
    }
}

stored! {
    Span { start, end }
    LineRule { field, globs }
    Language { abbreviations, function_words, reporting, months, lines, article_ages, date_labels, quotation_marks, digits, possessives, bare_possessives }
    Digits { decimal, thousands, ordinal_dot }
}
