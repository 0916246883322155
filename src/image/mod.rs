//! Values that are read where they lie. What was made once is kept as bytes, an [`Image`], and of them only that is read
//! which somebody asks for: to open an image costs next to nothing, however much it holds.
//!
//! [`Stored`] says how a value becomes bytes and is read back. A [`Table`] has rows that are read one by one, each once;
//! [`Names`] finds numbers by a text. Both take more in, beside what an image gave them.
//!
//! Invariant: bytes are only read as they were written, by the same build. Who opens an image says so with a hash.

mod bytes;
mod names;
mod stored;
mod table;

pub use bytes::{Image, Reader, Writer};
pub use names::{Names, Numbers};
pub use stored::Stored;
pub(crate) use stored::stored;
pub use table::{Iter, Table};
