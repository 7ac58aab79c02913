//! What can be chosen in the palette.

use crate::config::{GlyphChoice, ThemeChoice};
use crate::content::TopicId;
use crate::library::Library;
use crate::library::search::{self, Entry, Kind};
use crate::round::{Family, Head};
use crate::tui::effect::Setting;
use crate::tui::registry;
use crate::tui::route::Route;
use crate::tui::screens::labs::shelf::{Shelved, lessons};

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// How it is found.
    pub entry: Entry,
    /// What kind of thing it is, or its keys; at the right of the row.
    pub note: String,
    /// What choosing it does.
    pub action: Action,
}

/// What choosing a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Runs a command of the screen below or of the app.
    Run(&'static str),
    /// Goes somewhere.
    Go(Route),
    /// Changes how the app looks.
    Set(Setting),
}

/// Where the items come from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// Commands by id, with what they do and their keys.
    pub commands: &'a [(&'static str, &'static str, String)],
    /// The screens there are.
    pub screens: &'a [registry::Entry],
    /// Topics, sections, cards, scenarios, lessons.
    pub library: &'a Library,
}

/// Screens first, then the commands at hand, settings, and everything there is to study.
pub(super) fn items(sources: &Sources<'_>) -> Vec<Item> {
    let screens = sources.screens.iter().filter(|screen| screen.is_tab);
    let screens = screens.map(|screen| item(screen.name, screen.title, "screen", Action::Go(Route::to(screen.name))));
    let commands = sources.commands.iter().map(|(id, help, keys)| item(id, help, keys, Action::Run(id)));
    let themes = ThemeChoice::ALL.iter().map(|&(word, choice)| {
        item(&format!("theme {word}"), &format!("Theme: {word}"), "setting", Action::Set(Setting::Theme(choice)))
    });
    let glyphs = GlyphChoice::ALL.iter().map(|&(word, choice)| {
        item(&format!("glyphs {word}"), &format!("Signs: {word}"), "setting", Action::Set(Setting::Glyphs(choice)))
    });
    let pages = PAGES.iter().filter(|(name, ..)| sources.screens.iter().any(|screen| screen.name == *name));
    let pages = pages.map(|(name, title, note)| item(name, title, note, Action::Go(Route::to(name))));
    let content = search::entries(sources.library).into_iter();
    let content = content.chain(scenarios(sources)).chain(labs(sources)).chain(lessons_of_labs(sources));
    let content = content.filter_map(|entry| {
        let (kind, route) = place_of(&entry)?;
        let can_be_shown = sources.screens.iter().any(|screen| route.within(screen.name).is_some());
        let note = topic_of_section(&entry, sources.library).unwrap_or(kind).to_owned();
        can_be_shown.then_some(Item { entry, note, action: Action::Go(route) })
    });
    screens.chain(commands).chain(pages).chain(themes).chain(glyphs).chain(content).collect()
}

/// Pages that are worth going to without telling them what to show.
const PAGES: &[(&str, &str, &str)] = &[
    ("drill", "Estimation drill", "screen"),
    ("calculators", "Calculators", "screen"),
    ("numbers", "Reference numbers", "screen"),
    ("profile", "Settings: profile", "setting"),
];

/// Scenarios, by the heads of their files: the rest is not read before a round is set up.
fn scenarios(sources: &Sources<'_>) -> Vec<Entry> {
    let files = Family::ALL.into_iter().flat_map(|family| {
        let files = sources.library.files(family.folder()).iter();
        files.map(move |file| (family, file))
    });
    let scenario = files.filter_map(|(family, file)| {
        let id = file.path.strip_prefix(family.folder())?.strip_suffix(".toml")?;
        let head = Head::of(&file.text)?;
        let topics: Vec<&str> = head.topics.iter().map(TopicId::as_str).collect();
        let text = format!("{id} round {} {}", family.name(), topics.join(" "));
        Some(Entry { kind: Kind::Scenario, id: id.to_owned(), title: head.title, text })
    });
    scenario.collect()
}

/// Labs, by the screens that show them.
fn labs(sources: &Sources<'_>) -> Vec<Entry> {
    let labs = sources.screens.iter().filter_map(|screen| Some((screen, screen.name.strip_prefix("lab:")?)));
    let entry = |(screen, id): (&registry::Entry, &str)| {
        let text = format!("{id} lab");
        Entry { kind: Kind::Lab, id: id.to_owned(), title: screen.title.to_owned(), text }
    };
    labs.map(entry).collect()
}

/// Lessons, also by the names of their labs.
fn lessons_of_labs(sources: &Sources<'_>) -> Vec<Entry> {
    let title = |lab: &str| {
        let name = format!("lab:{lab}");
        sources.screens.iter().find(|screen| screen.name == name).map_or("", |screen| screen.title)
    };
    let entry = |shelved: Shelved| {
        let text = format!("{} lesson {}", shelved.id, title(shelved.lab()));
        Entry { kind: Kind::Lesson, id: shelved.id, title: shelved.lesson.title, text }
    };
    lessons(sources.library).into_iter().map(entry).collect()
}

fn item(id: &str, title: &str, note: &str, action: Action) -> Item {
    let entry = Entry { kind: Kind::Command, id: id.to_owned(), title: title.to_owned(), text: id.to_owned() };
    Item { entry, note: note.to_owned(), action }
}

/// Sections of different notes have the same titles, so each says where it stands.
fn topic_of_section<'a>(entry: &Entry, library: &'a Library) -> Option<&'a str> {
    let (topic, _) = entry.id.split_once('#').filter(|_| entry.kind == Kind::Heading)?;
    library.topic(&TopicId::new(topic)).map(|topic| topic.title.as_str())
}

/// What a thing of the library is called and where it is shown.
fn place_of(entry: &Entry) -> Option<(&'static str, Route)> {
    let (note, screen) = match entry.kind {
        Kind::Command => return None,
        Kind::Topic => ("topic", "note"),
        Kind::Heading => ("section", "note"),
        Kind::Card => ("card", "card"),
        Kind::Scenario => ("scenario", "round"),
        Kind::Calculator => ("calculator", "calculator"),
        Kind::Number => ("number", "numbers"),
        Kind::Lab => ("lab", "lab"),
        Kind::Lesson => ("lesson", "lesson"),
    };
    Some((note, Route::at(screen, &entry.id)))
}
