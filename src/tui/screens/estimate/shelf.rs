//! The candidate's sheets: the draft without a name, and those that have one.
//!
//! They are one thing that is remembered, read whenever it is shown and written whole, so that two screens cannot
//! disagree about it.

use serde::{Deserialize, Serialize};

use crate::tui::effect::Record;
use crate::tui::screen::Cx;

/// Under which they are remembered.
const KEY: &str = "estimate/sheets";

/// A name that is longer does not fit into a title.
const LONGEST_NAME: usize = 40;

/// All sheets, and which one is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Shelf {
    /// The name of the sheet that is open; none is the draft.
    pub(super) open: Option<String>,
    /// The text of the draft.
    pub(super) draft: String,
    /// By the order in which they were named.
    pub(super) sheets: Vec<Saved>,
}

/// A sheet with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Saved {
    pub(super) name: String,
    pub(super) text: String,
}

impl Shelf {
    pub(super) fn of(cx: &Cx<'_>) -> Self {
        let text = cx.world.recollect(KEY);
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    pub(super) fn record(&self) -> Record {
        let value = serde_json::to_string(self).unwrap_or_default();
        Record::Memory { key: KEY.to_owned(), value }
    }

    /// The text of a sheet; that of the draft for none.
    pub(super) fn text(&self, name: Option<&str>) -> Option<&str> {
        match name {
            None => Some(&self.draft),
            Some(name) => self.sheets.iter().find(|sheet| sheet.name == name).map(|sheet| sheet.text.as_str()),
        }
    }

    /// Opens a sheet and sets its text; one of that name is made where there is none.
    pub(super) fn put(&mut self, name: Option<&str>, text: &str) {
        self.open = name.map(str::to_owned);
        let Some(name) = name else {
            text.clone_into(&mut self.draft);
            return;
        };
        match self.sheets.iter_mut().find(|sheet| sheet.name == name) {
            Some(sheet) => text.clone_into(&mut sheet.text),
            None => self.sheets.push(Saved { name: name.to_owned(), text: text.to_owned() }),
        }
    }

    /// The name, or one like it that is not taken yet.
    pub(super) fn free_name(&self, name: &str) -> String {
        let taken = |name: &String| self.sheets.iter().any(|sheet| sheet.name == *name);
        let numbered = (2..).map(|number| format!("{name} {number}"));
        std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
    }

    /// A name as it may be given; `old` is the one that the sheet has now.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub(super) fn check_name(&self, name: &str, old: Option<&str>) -> Result<String, String> {
        let name = name.trim();
        if name.is_empty() {
            return Err("Type a name first.".to_owned());
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(format!("A name has at most {LONGEST_NAME} characters."));
        }
        if old != Some(name) && self.sheets.iter().any(|sheet| sheet.name == name) {
            return Err(format!("There is a sheet `{name}` already: choose another name."));
        }
        Ok(name.to_owned())
    }

    /// Gives the sheet `old`, or the draft, a name.
    pub(super) fn rename(&mut self, old: Option<&str>, new: &str) {
        match old {
            None => {
                let text = std::mem::take(&mut self.draft);
                self.put(Some(new), &text);
            }
            Some(old) => {
                self.sheets
                    .iter_mut()
                    .filter(|sheet| sheet.name == old)
                    .for_each(|sheet| new.clone_into(&mut sheet.name));
                if self.open.as_deref() == Some(old) {
                    self.open = Some(new.to_owned());
                }
            }
        }
    }

    /// Takes a sheet away and returns it with its place; the draft is open where it was.
    pub(super) fn remove(&mut self, name: &str) -> Option<(usize, Saved)> {
        let at = self.sheets.iter().position(|sheet| sheet.name == name)?;
        if self.open.as_deref() == Some(name) {
            self.open = None;
        }
        Some((at, self.sheets.remove(at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_put_named_renamed_and_removed() {
        let mut shelf = Shelf::default();
        shelf.put(None, "a = 1");
        shelf.rename(None, "Chat");
        assert_eq!(
            (shelf.draft.as_str(), shelf.open.as_deref(), shelf.text(Some("Chat"))),
            ("", Some("Chat"), Some("a = 1"))
        );
        assert_eq!(shelf.free_name("Chat"), "Chat 2");
        assert!(shelf.check_name("Chat", None).is_err() && shelf.check_name(" ", None).is_err());
        assert_eq!(shelf.check_name(" Chat ", Some("Chat")).as_deref(), Ok("Chat"));
        shelf.rename(Some("Chat"), "Messenger");
        let (at, removed) = shelf.remove("Messenger").expect("it is there");
        assert_eq!((at, removed.text.as_str(), shelf.open.as_ref()), (0, "a = 1", None));
    }

    #[test]
    fn what_is_remembered_reads_back_and_what_is_garbled_is_empty() {
        let mut shelf = Shelf::default();
        shelf.put(Some("A \"name\""), "x = 1\ny = 2");
        let Record::Memory { value, .. } = shelf.record() else { panic!("a memory") };
        assert_eq!(serde_json::from_str::<Shelf>(&value).expect("JSON"), shelf);
        assert!(serde_json::from_str::<Shelf>("{\"draft\":7}").is_err());
    }
}
