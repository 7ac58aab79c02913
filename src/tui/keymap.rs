//! The keys in effect: the defaults of every screen with the user's own in their place.

use std::collections::BTreeMap;

use crate::config::{ConfigProblem, Remap};

use super::key::Key;
use super::layer::Hint;
use super::theme::Glyphs;

/// Keys by binding id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    own: BTreeMap<&'static str, Vec<Key>>,
}

impl Keymap {
    /// The keymap for the given key tables (one a screen) with the user's own keys, and what is wrong with those:
    /// unknown bindings, unreadable keys, and keys that would run two commands of one screen.
    pub fn new(tables: &[Vec<Hint>], remaps: &[Remap]) -> (Self, Vec<ConfigProblem>) {
        let mut keymap = Self::default();
        let mut problems = Vec::new();
        for remap in remaps {
            let mut refuse = |message| problems.push(ConfigProblem { at: remap.at, message });
            let Some(hint) = tables.iter().flatten().find(|hint| hint.id == remap.binding) else {
                refuse(format!("There is no command `{}`: the help (F1) shows what there is.", remap.binding));
                continue;
            };
            match remap.keys.iter().map(|text| text.parse::<Key>()).collect::<Result<Vec<_>, _>>() {
                Ok(keys) => _ = keymap.own.insert(hint.id, keys),
                Err(error) => refuse(format!("{error}.")),
            }
        }
        for remap in remaps {
            let table = tables.iter().find(|table| table.iter().any(|hint| hint.id == remap.binding));
            for (key, first, second) in table.map(|table| keymap.conflicts(table)).unwrap_or_default() {
                if first == remap.binding || second == remap.binding {
                    let message = format!("`{key}` would run both `{first}` and `{second}`: give one another key.");
                    problems.push(ConfigProblem { at: remap.at, message });
                }
            }
        }
        (keymap, problems)
    }

    /// The keys that run a binding.
    pub fn keys(&self, id: &str, defaults: &'static [Key]) -> &[Key] {
        self.own.get(id).map_or(defaults, Vec::as_slice)
    }

    /// The keys of a binding as a reader sees them, the first alone or all; empty where it has none.
    pub fn label(&self, hint: &Hint, glyphs: &Glyphs, all: bool) -> String {
        let keys = self.keys(hint.id, hint.keys);
        let shown = if all { keys.len() } else { 1 };
        keys.iter().take(shown).map(|key| key.label(glyphs)).collect::<Vec<_>>().join(" ")
    }

    /// The keys that run two commands of one table, with the ids of both.
    pub fn conflicts(&self, table: &[Hint]) -> Vec<(Key, &'static str, &'static str)> {
        let mut taken = BTreeMap::new();
        let mut conflicts = Vec::new();
        for hint in table {
            for &key in self.keys(hint.id, hint.keys) {
                if let Some(first) = taken.insert(key, hint.id) {
                    conflicts.push((key, first, hint.id));
                }
            }
        }
        conflicts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Spot;

    const TABLE: &[Hint] = &[
        Hint { id: "page.open", keys: &[Key::ENTER], help: "open", available: true },
        Hint { id: "page.find", keys: &[Key::char('/')], help: "search", available: true },
    ];

    fn check(remaps: &[(&str, &[&str])], problems: &[&str]) -> Keymap {
        let remap = |(line, (binding, keys)): (usize, &(&str, &[&str]))| Remap {
            binding: (*binding).to_owned(),
            keys: keys.iter().map(|&key| key.to_owned()).collect(),
            at: Spot { line: line + 1, column: 1 },
        };
        let remaps: Vec<_> = remaps.iter().enumerate().map(remap).collect();
        let (keymap, found) = Keymap::new(&[TABLE.to_vec()], &remaps);
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), problems);
        keymap
    }

    #[test]
    fn the_users_keys_take_the_place_of_the_defaults() {
        let keymap = check(&[("page.open", &["o", "right"])], &[]);
        assert_eq!(keymap.label(&TABLE[0], &Glyphs::UNICODE, true), "o →");
        assert_eq!(keymap.label(&TABLE[0], &Glyphs::UNICODE, false), "o");
        assert_eq!(keymap.keys("page.find", TABLE[1].keys), [Key::char('/')]);
    }

    #[test]
    fn a_binding_can_be_left_without_a_key() {
        assert_eq!(check(&[("page.open", &[])], &[]).label(&TABLE[0], &Glyphs::UNICODE, true), "");
    }

    #[test]
    fn what_cannot_be_done_is_named_with_its_place() {
        check(
            &[("page.opne", &["o"]), ("page.open", &["hyper-x"]), ("page.open", &["/"])],
            &[
                "1:1: There is no command `page.opne`: the help (F1) shows what there is.",
                "2:1: `hyper-x` is not a key: write a character, a name such as `enter`, `pgdn` or `f2`, \
                 or `ctrl-`, `alt-` or `shift-` before one.",
                "2:1: `/` would run both `page.open` and `page.find`: give one another key.",
                "3:1: `/` would run both `page.open` and `page.find`: give one another key.",
            ],
        );
    }
}
