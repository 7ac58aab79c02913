//! Every screen that can be gone to, one line each.
//!
//! The order of the tabs is the order of their digits. `sysdrill frame`, the palette, links and the keymap all
//! read this list; a test walks it.

use super::layer::{Hint, Page, hints_of};
use super::screen::{Cx, Destination, Refusal};

/// A screen that can be gone to.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The first part of its routes.
    pub name: &'static str,
    /// As shown.
    pub title: &'static str,
    /// Whether it is the root of a tab.
    pub is_tab: bool,
    hints: fn() -> Vec<Hint>,
    open: fn(&Cx<'_>, Option<&str>) -> Result<Page, Refusal>,
}

impl Entry {
    /// The root of a tab.
    pub const fn tab<D: Destination>() -> Self {
        Self { is_tab: true, ..Self::page::<D>() }
    }

    /// A screen that opens on top of a tab.
    pub const fn page<D: Destination>() -> Self {
        Self {
            name: D::NAME,
            title: D::TITLE,
            is_tab: false,
            hints: hints_of::<D>,
            open: |cx, argument| D::open(cx, argument).map(Page::of),
        }
    }

    /// Something that is one screen or another, as its argument says; the key table is that of `D`.
    pub const fn either<D: Destination>(open: fn(&Cx<'_>, Option<&str>) -> Result<Page, Refusal>) -> Self {
        Self { open, ..Self::page::<D>() }
    }

    /// Its key table.
    pub fn hints(&self) -> Vec<Hint> {
        (self.hints)()
    }

    /// Opens it; see [`Destination::open`].
    ///
    /// # Errors
    /// Where there is no such thing as `argument`.
    pub fn open(&self, cx: &Cx<'_>, argument: Option<&str>) -> Result<Page, Refusal> {
        (self.open)(cx, argument)
    }
}
