//! The language server: the findings of `check` while typing, and the evidence one key away.
//!
//! In come messages of the Language Server Protocol, out go answers; the only room that knows its types. One thread
//! listens and keeps the texts, another checks snapshots of them in the order of the requests, so that typing never
//! waits. The invariant: what is reported of a text is what `factlint check` reports of it.

mod actions;
mod answers;
mod archive;
mod commands;
mod complete;
mod convert;
mod hover;
mod jobs;
mod marks;
mod navigate;
mod server;
mod text;
mod transport;
mod world;

pub use server::{Parting, serve};
pub use text::{Unit, apply};
pub use world::{Analysis, Loaded, Project, Wishes, World};
