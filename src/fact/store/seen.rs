//! Paths of a base, as somebody in the working folder sees them.

/// Where a base lies and where the working folder does, each seen from the other.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// The folder of the base as the working folder sees it; empty for the working folder itself.
    pub folder: String,
    /// The working folder as the folder of the base sees it, where it lies inside; else empty.
    pub here: String,
}

impl Seen {
    /// A path that starts in the folder of the base, without steps back where there need be none: an article is known by
    /// one path, wherever it is asked from.
    pub(super) fn path(&self, path: &str) -> String {
        if self.folder.is_empty() || path.starts_with('/') {
            return path.to_owned();
        }
        let inside = path.strip_prefix(&self.here).and_then(|rest| rest.strip_prefix('/'));
        if let Some(inside) = inside.filter(|_| !self.here.is_empty()) {
            return inside.to_owned();
        }
        let mut parts: Vec<&str> = Vec::new();
        for part in self.folder.split('/').chain(path.split('/')) {
            match part {
                "." => {}
                ".." if parts.last().is_some_and(|last| *last != ".." && !last.is_empty()) => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        parts.join("/")
    }
}
