//! Who may call whom, proved over every path of the source.
//!
//! A path counts wherever it stands: in a `use`, in a type, in the middle of a function, among the tokens of a macro. Names
//! that a `use` brought in are followed to where they come from. Tests inside the source are exempt.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, ItemMod, ItemUse, Macro, UseTree};

/// The rooms in steps, from the ground up. A room may use every room of a lower step.
const STEPS: [&[&str]; 7] = [
    &["time", "rng", "config"],
    &["content", "estimate", "recall", "board", "round", "sim"],
    &["check"],
    &["library", "store", "exchange"],
    &["tui"],
    &["cli"],
    &["main"],
];

/// What a room may use of its own step.
const PEERS: [(&str, &[&str]); 6] = [
    ("config", &["time"]),
    ("estimate", &["content"]),
    ("recall", &["content", "estimate"]),
    ("board", &["content", "estimate"]),
    ("round", &["content", "estimate", "board"]),
    ("sim", &["content", "estimate"]),
];

/// What only some rooms may name.
const GUARDED: [(&[&str], &[&str]); 7] = [
    (&["ratatui", "crossterm", "ratatui_textarea", "tui_input"], &["tui"]),
    (&["rusqlite"], &["store", "exchange"]),
    (&["clap", "clap_complete", "clap_mangen"], &["cli", "main"]),
    (&["notify", "notify_debouncer_full"], &["library"]),
    (&["rand"], &["rng"]),
    (
        &[
            "std::time::Instant",
            "std::time::SystemTime",
            "std::time::*",
            "jiff::Timestamp::now",
            "jiff::Zoned::now",
            "uuid::Uuid::now_v7",
            "rustix::time",
        ],
        &["time"],
    ),
    (
        &["std::fs", "std::env", "std::process", "std::net", "std::*"],
        &["config", "library", "store", "exchange", "tui", "cli", "main"],
    ),
];

/// Widgets know the theme and plain values; a key that was pressed is one.
const WIDGETS: (&str, [&str; 3]) = ("tui::widgets", ["tui::widgets", "tui::theme", "tui::key"]);

#[test]
fn no_room_calls_what_stands_above_it() {
    let mut breaches = Vec::new();
    let mut visited = 0;
    for file in sources(Path::new("src")) {
        let source = fs::read_to_string(&file).expect("a source file can be read");
        breaches.extend(breaches_in(&file, &source));
        visited += 1;
    }
    assert!(visited > 20, "the source is where it should be");
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn every_room_has_its_step() {
    let map = fs::read_to_string("src/lib.rs").expect("the map can be read");
    let parsed = syn::parse_file(&map).expect("the map is Rust");
    for item in parsed.items {
        let syn::Item::Mod(room) = item else { continue };
        let name = room.ident.to_string();
        assert!(step(&name).is_some(), "`{name}` stands in no step");
    }
}

#[test]
fn a_breach_is_noticed_wherever_it_stands() {
    let check = |file: &str, source: &str, wanted: &[&str]| {
        let found = breaches_in(Path::new(file), source);
        assert_eq!(found, wanted, "{source}");
    };
    let recall_uses_store = ["src/recall/queue.rs: `recall` must not use `crate::store::Store`"];
    let recall = |source: &str| check("src/recall/queue.rs", source, &recall_uses_store);
    recall("use crate::store::Store;");
    recall("use crate::{content::Card, store::{self, Store}};\n".replace("self, ", "").as_str());
    recall("fn f() { let x = 1; { if x > 0 { crate::store::Store(x) } } }");
    recall("fn f() -> Option<crate::store::Store> { None }");
    recall("fn f() { println!(\"{}\", crate::store::Store); }");
    recall("fn f() { vec![g(|| [crate::store::Store])] }");
    recall("fn f() { super::super::store::Store }");
    recall("mod inner { fn f() { super::super::super::store::Store } }");
    recall("#[derive(Debug)] struct S { x: Box<dyn Fn() -> crate::store::Store> }");
    check(
        "src/recall/mod.rs",
        "use crate as house; fn f() { house::store::open() }",
        &["src/recall/mod.rs: `recall` must not use `crate::store::open`"],
    );
    check("src/sim/cache/lru.rs", "use rand::Rng;", &["src/sim/cache/lru.rs: `sim` must not use `rand::Rng`"]);
    check(
        "src/estimate/mod.rs",
        "use std::time; fn f() { time::Instant::now() }",
        &["src/estimate/mod.rs: `estimate` must not use `std::time::Instant::now`"],
    );
    check(
        "src/recall/mod.rs",
        "use jiff::Zoned; fn f() { Zoned::now() }",
        &["src/recall/mod.rs: `recall` must not use `jiff::Zoned::now`"],
    );
    check("src/tui/app.rs", "use rusqlite::Row;", &["src/tui/app.rs: `tui` must not use `rusqlite::Row`"]);
    check(
        "src/store/mod.rs",
        "use crate::library::Library;",
        &["src/store/mod.rs: `store` must not use `crate::library::Library`"],
    );
    check(
        "src/tui/widgets/bar.rs",
        "use crate::content::Card; use crate::tui::theme::Theme;",
        &["src/tui/widgets/bar.rs: `tui::widgets` must not use `crate::content::Card`"],
    );
    check("src/main.rs", "fn main() { sysdrill::cli::run(); std::process::exit(1) }", &[]);
    check("src/recall/mod.rs", "use crate::content::Card; use std::time::Duration; fn f() { rng::stream() }", &[]);
    check("src/recall/mod.rs", "#[cfg(test)] mod tests { use std::fs; use crate::store::Store; }", &[]);
}

/// Every source file of a folder, files that hold only tests left out.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the source folder can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What a source file names although its room may not.
fn breaches_in(file: &Path, source: &str) -> Vec<String> {
    let syntax = syn::parse_file(source).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let module = module_of(file);
    let Some(room) = module.first().cloned() else { return Vec::new() };
    let mut names = Names { module: module.clone(), aliases: BTreeMap::new(), paths: Vec::new() };
    // Twice: a name may be used above the `use` that brings it in.
    names.visit_file(&syntax);
    names.paths.clear();
    names.visit_file(&syntax);

    let seen: BTreeSet<String> = names.paths.iter().map(|path| path.join("::")).collect();
    let place = file.display();
    let in_widgets = module.join("::").starts_with(WIDGETS.0);
    let breach = |path: &String| {
        if in_widgets && !widget_may_use(path) {
            return Some(format!("{place}: `{}` must not use `{path}`", WIDGETS.0));
        }
        (!may_use(&room, path)).then(|| format!("{place}: `{room}` must not use `{path}`"))
    };
    seen.iter().filter_map(breach).collect()
}

/// `src/recall/queue.rs` is `recall::queue`; the map itself belongs to no room.
fn module_of(file: &Path) -> Vec<String> {
    let within = file.strip_prefix("src").unwrap_or(file).with_extension("");
    let mut module: Vec<String> = within.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|last| last == "mod" || last == "lib") {
        module.pop();
    }
    module
}

fn step(room: &str) -> Option<usize> {
    STEPS.iter().position(|rooms| rooms.contains(&room))
}

fn may_use(room: &str, path: &str) -> bool {
    if let Some(inside) = path.strip_prefix("crate::") {
        let other = inside.split("::").next().unwrap_or(inside);
        let peers = PEERS.iter().find(|(name, _)| *name == room).map_or(&[][..], |(_, peers)| peers);
        return other == room
            || peers.contains(&other)
            || step(other).is_none_or(|other| step(room).is_some_and(|mine| other < mine));
    }
    let guard = GUARDED.iter().find(|(names, _)| names.iter().any(|name| is_within(path, name)));
    guard.is_none_or(|(_, rooms)| rooms.contains(&room))
}

fn widget_may_use(path: &str) -> bool {
    path.strip_prefix("crate::").is_none_or(|inside| WIDGETS.1.iter().any(|allowed| is_within(inside, allowed)))
}

/// Whether a path is `name` or something in it.
fn is_within(path: &str, name: &str) -> bool {
    path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Collects every path of a file, written out from the root.
struct Names {
    /// Where the visitor stands, from the crate's root.
    module: Vec<String>,
    /// What the names that `use` brought in stand for.
    aliases: BTreeMap<String, Vec<String>>,
    paths: Vec<Vec<String>>,
}

impl Names {
    fn take(&mut self, segments: Vec<String>) {
        let mut path = segments;
        if let Some(meant) = path.first().and_then(|first| self.aliases.get(first)) {
            path = meant.iter().chain(&path[1..]).cloned().collect();
        }
        self.paths.push(self.from_root(path));
    }

    /// A path with `self`, `super` and the crate's own name replaced by `crate::…`.
    fn from_root(&self, path: Vec<String>) -> Vec<String> {
        let first = path.first().map(String::as_str);
        if first == Some("sysdrill") {
            return std::iter::once("crate".to_owned()).chain(path.into_iter().skip(1)).collect();
        }
        let relative = path.iter().take_while(|segment| *segment == "super" || *segment == "self").count();
        if relative == 0 {
            return path;
        }
        let ups = path[..relative].iter().filter(|segment| *segment == "super").count();
        let above = &self.module[..self.module.len().saturating_sub(ups)];
        std::iter::once("crate")
            .chain(above.iter().map(String::as_str))
            .map(str::to_owned)
            .chain(path[relative..].iter().cloned())
            .collect()
    }

    fn use_tree(&mut self, mut prefix: Vec<String>, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.use_tree(prefix, &path.tree);
            }
            UseTree::Group(group) => group.items.iter().for_each(|item| self.use_tree(prefix.clone(), item)),
            UseTree::Name(name) => self.bring_in(prefix, name.ident.to_string(), name.ident.to_string()),
            UseTree::Rename(rename) => self.bring_in(prefix, rename.ident.to_string(), rename.rename.to_string()),
            UseTree::Glob(_) => {
                prefix.push("*".to_owned());
                self.take(prefix);
            }
        }
    }

    fn bring_in(&mut self, mut path: Vec<String>, name: String, alias: String) {
        // `{self}` brings in the module before it.
        let alias = if alias == "self" { path.last().cloned().unwrap_or(alias) } else { alias };
        if name != "self" || path.is_empty() {
            path.push(name);
        }
        let path = self.from_root(path);
        self.paths.push(path.clone());
        if path.len() > 1 || path[0] != alias {
            self.aliases.insert(alias, path);
        }
    }

    /// The paths among a macro's tokens: names with `::` between them.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.take_if_long(std::mem::take(&mut path));
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                other => {
                    self.take_if_long(std::mem::take(&mut path));
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.take_if_long(path);
    }

    fn take_if_long(&mut self, path: Vec<String>) {
        if path.len() > 1 {
            self.take(path);
        }
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if is_test(&module.attrs) {
            return;
        }
        self.module.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if !is_test(&item.attrs) {
            self.use_tree(Vec::new(), &item.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.take(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    let says_test =
        |attribute: &Attribute| attribute.parse_args::<syn::Ident>().is_ok_and(|condition| condition == "test");
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg") && says_test(attribute))
}
