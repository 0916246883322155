//! Decodes TOML values into wire types, entry by entry, so that every mistake is collected with its span.

use super::problem::{Problems, is_near, suggest};
use crate::text::{Date, Source, Span};
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands in the pack, in bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> std::ops::Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// A pack's source while it is decoded.
pub(crate) struct Decoder<'a> {
    /// The pack.
    pub source: &'a Arc<Source>,
    /// What is wrong with it.
    pub problems: &'a mut Problems,
}

impl Decoder<'_> {
    pub(crate) fn problem(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        self.problems.add(self.source, span, message, help);
    }

    fn expected(&mut self, what: &str, value: &Spanned<DeValue<'_>>) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.problem(value.span().into(), format!("expected {what}, found {found}"), None);
    }

    /// The value of a required key of a table.
    pub(crate) fn required<T: Wire>(&mut self, table: &Spanned<DeValue<'_>>, key: &str) -> Option<T> {
        let DeValue::Table(fields) = table.get_ref() else { return None };
        match field(fields, key) {
            Some(value) => T::decode(value, self),
            // A misspelled key is reported once, as unknown.
            None if fields.keys().any(|other| is_near(other.get_ref(), key)) => None,
            None => {
                self.problem(
                    table_span(table),
                    format!("the key `{key}` is missing"),
                    Some(format!("add `{key} = …`")),
                );
                None
            }
        }
    }

    /// The value of a key that may be left out.
    pub(crate) fn optional<T: Wire + Default>(&mut self, table: &Spanned<DeValue<'_>>, key: &str) -> T {
        let DeValue::Table(fields) = table.get_ref() else { return T::default() };
        field(fields, key).and_then(|value| T::decode(value, self)).unwrap_or_default()
    }

    /// Reports keys that nothing reads.
    pub(crate) fn known(&mut self, table: &Spanned<DeValue<'_>>, keys: &[&str]) -> bool {
        let DeValue::Table(fields) = table.get_ref() else {
            self.expected("a table", table);
            return false;
        };
        for key in fields.keys() {
            let name = key.get_ref().as_ref();
            if !keys.contains(&name) {
                let help = suggest(name, keys.iter().copied());
                self.problem(key.span().into(), format!("unknown key `{name}`"), help);
            }
        }
        true
    }

    /// The keys that are not among `keys`, as texts.
    pub(crate) fn rest(&mut self, table: &Spanned<DeValue<'_>>, keys: &[&str]) -> BTreeMap<String, At<String>> {
        let DeValue::Table(fields) = table.get_ref() else { return BTreeMap::new() };
        let mut rest = BTreeMap::new();
        for (key, value) in fields {
            let name = key.get_ref().as_ref();
            if keys.contains(&name) {
                continue;
            }
            // A wrong key is told from a slot where the relation is known; until then its own span is kept.
            match value.get_ref() {
                DeValue::String(text) => {
                    rest.insert(name.to_owned(), At { value: text.to_string(), span: value.span().into() });
                }
                DeValue::Datetime(date) => {
                    rest.insert(name.to_owned(), At { value: date.to_string(), span: value.span().into() });
                }
                _ => self.expected("a text", value),
            }
        }
        rest
    }
}

fn field<'t, 'i>(fields: &'t DeTable<'i>, key: &str) -> Option<&'t Spanned<DeValue<'i>>> {
    fields.get(key)
}

/// The head of a table: its first key, because a table header has no span of its own.
fn table_span(table: &Spanned<DeValue<'_>>) -> Span {
    let span: Span = table.span().into();
    let DeValue::Table(fields) = table.get_ref() else { return span };
    let first = fields.keys().map(|key| Span::from(key.span())).min();
    if span.is_empty() { first.unwrap_or(span) } else { Span::new(span.start, span.end.min(span.start + 80)) }
}

/// A type that TOML decodes to.
pub(crate) trait Wire: Sized {
    /// Decodes a value, or reports why it cannot be.
    fn decode(value: &Spanned<DeValue<'_>>, to: &mut Decoder<'_>) -> Option<Self>;
}

impl Wire for String {
    fn decode(value: &Spanned<DeValue<'_>>, to: &mut Decoder<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.to_string()),
            DeValue::String(_) => {
                to.problem(value.span().into(), "this text is empty", None);
                None
            }
            _ => {
                to.expected("a text", value);
                None
            }
        }
    }
}

impl Wire for char {
    fn decode(value: &Spanned<DeValue<'_>>, to: &mut Decoder<'_>) -> Option<Self> {
        let text = String::decode(value, to)?;
        let mut characters = text.chars();
        let only = characters.next().filter(|_| characters.next().is_none());
        if only.is_none() {
            to.expected("one character", value);
        }
        only
    }
}

impl Wire for bool {
    fn decode(value: &Spanned<DeValue<'_>>, to: &mut Decoder<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => {
                to.expected("true or false", value);
                None
            }
        }
    }
}

impl Wire for u32 {
    fn decode(value: &Spanned<DeValue<'_>>, to: &mut Decoder<'_>) -> Option<Self> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            to.expected("a whole number", value);
        }
        number
    }
}

impl Wire for Date {
    fn decode(value: &Spanned<DeValue<'_>>, to: &mut Decoder<'_>) -> Option<Self> {
        if let DeValue::Datetime(date) = value.get_ref()
            && let Some(date) = date.date
        {
            let read =
                Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
            if let Ok(read) = read {
                return Some(read);
            }
        }
        to.expected("a date such as 2025-08-17, without quotation marks", value);
        None
    }
}

impl<T: Wire> Wire for Option<T> {
    fn decode(value: &Spanned<DeValue<'_>>, to: &mut Decoder<'_>) -> Option<Self> {
        T::decode(value, to).map(Some)
    }
}

impl<T: Wire> Wire for At<T> {
    fn decode(value: &Spanned<DeValue<'_>>, to: &mut Decoder<'_>) -> Option<Self> {
        let span = value.span().into();
        T::decode(value, to).map(|value| At { value, span })
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn decode(value: &Spanned<DeValue<'_>>, to: &mut Decoder<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Array(items) => Some(items.iter().filter_map(|item| T::decode(item, to)).collect()),
            _ => {
                to.expected("a list", value);
                None
            }
        }
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    fn decode(value: &Spanned<DeValue<'_>>, to: &mut Decoder<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(fields) => Some(
                fields
                    .iter()
                    .filter_map(|(key, value)| Some((key.get_ref().to_string(), T::decode(value, to)?)))
                    .collect(),
            ),
            _ => {
                to.expected("a table", value);
                None
            }
        }
    }
}

/// Declares a wire type: a table of TOML whose keys are `required`, `optional` (absent means the default) or `rest`
/// (texts under keys of the pack's own). The doc comments become the descriptions of the JSON Schema.
macro_rules! wire {
    (@required required $field:ident) => { stringify!($field) };
    (@required $need:ident $field:ident) => { "" };
    (@field required $to:ident $table:ident $keys:ident $name:expr, $ty:ty) => { $to.required::<$ty>($table, $name) };
    (@field optional $to:ident $table:ident $keys:ident $name:expr, $ty:ty) => { Some($to.optional::<$ty>($table, $name)) };
    (@field rest $to:ident $table:ident $keys:ident $name:expr, $ty:ty) => { Some($to.rest($table, $keys)) };
    ($(
        $(#[$meta:meta])*
        $name:ident $(open $open:ident)? { $( $(#[$field_meta:meta])* $need:ident $field:ident : $ty:ty, )* }
    )*) => {
        /// The keys that each table must have; an empty name stands for one that may be left out.
        #[cfg(feature = "cli")]
        pub(crate) const REQUIRED: &[(&str, &[&str])] =
            &[$( (stringify!($name), &[$( $crate::pack::wire!(@required $need $field) ),*]) ),*];
    $(
        $(#[$meta])*
        #[derive(Debug, Clone)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "cli", schemars(deny_unknown_fields))]
        pub struct $name {
            $( $(#[$field_meta])* pub $field: $ty, )*
        }

        impl $crate::pack::Wire for $name {
            fn decode(
                table: &toml::Spanned<toml::de::DeValue<'_>>,
                to: &mut $crate::pack::Decoder<'_>,
            ) -> Option<Self> {
                let keys: &[&str] = &[$( stringify!($field) ),*];
                let open = false $( || stringify!($open) == "rest" )?;
                if !open && !to.known(table, keys) {
                    return None;
                }
                // Every field is decoded before the first missing one ends it, so that all mistakes are reported.
                $( let $field = $crate::pack::wire!(@field $need to table keys stringify!($field), $ty); )*
                Some($name { $( $field: $field?, )* })
            }
        }
    )*
    };
}
pub(crate) use wire;
