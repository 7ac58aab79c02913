//! The reader: a note or any Markdown file, with its contents beside it, links to follow and a search.
//!
//! Pages that links lead to open in the same reader, so back and forward work as in a browser; where one was in a
//! page is remembered between sessions. Start reading at [`Reader::run`](Screen::run), then `page`.

mod find;
mod keys;
mod numbers;
mod page;
mod source;
mod view;

use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::content::markdown::Target;
use crate::tui::effect::{Edit, Effect, Record};
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen, TextInput};
use crate::tui::widgets::list::Selection;

use find::Find;
pub use keys::Command;
use page::{Open, Spot};
pub use source::Given;
use source::Source;

/// A page, and the pages before and after it.
#[derive(Debug)]
pub struct Reader {
    open: Open,
    past: Vec<(Source, Spot)>,
    future: Vec<(Source, Spot)>,
    /// The link that Enter follows.
    link: Option<usize>,
    /// The heading that Enter goes to, while one is being chosen.
    outline: Option<Selection>,
    find: Find,
}

impl Reader {
    /// A reader on a text that another screen made.
    ///
    /// # Errors
    /// None for a text that is at hand.
    pub fn showing(cx: &Cx<'_>, given: Given) -> Result<Self, Refusal> {
        Self::of(Source::Given(Rc::new(given)), None, cx)
    }

    fn of(source: Source, spot: Option<Spot>, cx: &Cx<'_>) -> Result<Self, Refusal> {
        let open = Open::read(source, spot, cx.world)?;
        Ok(Self { open, past: Vec::new(), future: Vec::new(), link: None, outline: None, find: Find::default() })
    }

    /// Opens another page in place of this one; what is remembered of this one is saved.
    fn turn_to(&mut self, cx: &Cx<'_>, source: Source, spot: Option<Spot>) -> Vec<Effect> {
        match Open::read(source, spot, cx.world) {
            Ok(open) => {
                let effects = self.remember();
                self.open = open;
                self.link = None;
                self.outline = None;
                self.find = Find::default();
                effects
            }
            Err(refusal) => vec![Effect::fail(refusal.0)],
        }
    }

    fn remember(&self) -> Vec<Effect> {
        let save = |(key, value)| Effect::Save(Record::Memory { key, value });
        self.open.bookmark().map(save).into_iter().collect()
    }

    fn here(&self) -> (Source, Spot) {
        (self.open.source.clone(), self.open.spot())
    }

    fn follow(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if let Some(selection) = self.outline.take() {
            if let Some(line) = self.open.page.outline().get(selection.at).map(|heading| heading.line) {
                self.open.show_heading(line);
            }
            return Vec::new();
        }
        let Some(target) = self.link.and_then(|link| self.open.page.links().get(link)).map(|link| link.target.clone())
        else {
            return Vec::new();
        };
        let here = self.here();
        match Target::parse(&target) {
            Some(Target::Here(anchor)) => self.jump(&Spot::Anchor(anchor.to_string())),
            Some(Target::Note(note)) => {
                let spot = note.anchor.map(|anchor| Spot::Anchor(anchor.to_string()));
                self.leave_for(cx, here, Source::Note(note.topic), spot)
            }
            // Nothing is fetched: what leads out of the program is for the user's own browser.
            Some(Target::Web(address)) => vec![Effect::Copy(address)],
            Some(
                Target::Card(_) | Target::Scenario(_) | Target::Lesson(_) | Target::Lab(_) | Target::Calculator(_),
            ) => {
                vec![Effect::Go(route_of(&target))]
            }
            None => match self.open.source.relative(&target) {
                Some((source, anchor)) => self.leave_for(cx, here, source, anchor.map(Spot::Anchor)),
                None => vec![Effect::say(format!("{target} is outside of sysdrill."))],
            },
        }
    }

    /// Follows a link within the page.
    fn jump(&mut self, spot: &Spot) -> Vec<Effect> {
        let Some(line) = self.open.line_of(spot) else {
            return vec![Effect::say("The page has no such heading.")];
        };
        self.past.push(self.here());
        self.future.clear();
        self.open.show_heading(line);
        Vec::new()
    }

    fn leave_for(&mut self, cx: &Cx<'_>, here: (Source, Spot), source: Source, spot: Option<Spot>) -> Vec<Effect> {
        let before = self.open.source.clone();
        let is_same_page = before == source;
        let effects = match spot {
            Some(spot) if is_same_page => return self.jump(&spot),
            spot => self.turn_to(cx, source, spot),
        };
        if self.open.source != before {
            self.past.push(here);
            self.future.clear();
        }
        effects
    }

    /// Whether something lies over the page or is picked out in it, which one step back takes away first.
    fn has_open(&self) -> bool {
        self.find.is_active() || self.outline.is_some() || self.link.is_some()
    }

    fn go_back(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some((source, spot)) = self.past.pop() else { return Vec::new() };
        self.future.push(self.here());
        self.turn_to(cx, source, Some(spot))
    }

    fn go_forward(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some((source, spot)) = self.future.pop() else { return Vec::new() };
        self.past.push(self.here());
        self.turn_to(cx, source, Some(spot))
    }

    /// Selects the next link in a direction: from the selected one while it is in view, else from the edge.
    fn select_link(&mut self, by: isize) {
        let links = self.open.page.links();
        let in_view = |line: usize| (self.open.top..self.open.top + self.open.height).contains(&line);
        let from = self.link.filter(|&link| in_view(links[link].line));
        let next = match (from, by > 0) {
            (Some(link), true) => Some(link + 1),
            (Some(link), false) => link.checked_sub(1),
            (None, true) => links.iter().position(|link| link.line >= self.open.top),
            (None, false) => links.iter().rposition(|link| link.line < self.open.top + self.open.height),
        };
        if let Some(next) = next.filter(|&next| next < links.len()) {
            let line = links[next].line;
            self.link = Some(next);
            self.open.show_line(line);
        }
    }

    fn step_heading(&mut self, by: isize) {
        let outline = self.open.page.outline();
        let next = match self.open.section() {
            Some(section) => section.saturating_add_signed(by),
            None => 0,
        };
        if let Some(line) = outline.get(next).map(|heading| heading.line) {
            self.open.show_heading(line);
        }
    }

    fn step(&mut self, by: isize) {
        let headings = self.open.page.outline().len();
        match &mut self.outline {
            Some(selection) => selection.step(by, headings),
            None => self.open.scroll(by),
        }
    }

    fn toggle_outline(&mut self) {
        self.outline = match self.outline {
            Some(_) => None,
            None => Some(Selection { at: self.open.section().unwrap_or(0), top: 0 }),
        };
    }

    fn show_found(&mut self, line: Option<usize>) {
        if let Some(line) = line {
            self.open.show_line(line);
        }
    }

    fn close(&mut self) {
        if self.find.is_active() {
            self.find = Find::default();
        } else if self.outline.take().is_none() {
            self.link = None;
        }
    }
}

/// Links are written as routes are, but for the names of the screens that show scenarios.
fn route_of(target: &str) -> Route {
    match target.split_once(':') {
        Some(("scenario", id)) => Route::at("round", id),
        Some((screen, id)) => Route::at(screen, id),
        None => Route::to(target),
    }
}

impl Destination for Reader {
    const NAME: &'static str = "note";
    const TITLE: &'static str = "Reader";

    fn open(cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal> {
        let wanted = argument.ok_or_else(|| Refusal("Say which note: `note:sharding`, or a file.".to_owned()))?;
        let (page, spot) = match wanted.split_once('#') {
            Some((page, anchor)) => (page, Some(Spot::Anchor(anchor.to_owned()))),
            None => (wanted, None),
        };
        Self::of(Source::of(page, cx.world), spot, cx)
    }
}

impl Screen for Reader {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = keys::KEYS;

    fn title(&self, cx: &Cx<'_>) -> String {
        match self.open.source {
            Source::Given(_) => self.open.title.clone(),
            _ => format!("Library {} {}", cx.theme.glyphs.dot, self.open.title),
        }
    }

    fn status(&self, cx: &Cx<'_>) -> Line<'static> {
        Line::from(Span::styled(format!("{} %", self.open.percent()), cx.theme.muted))
    }

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Follow => self.link.is_some() || self.outline.is_some(),
            Command::Link(_) => !self.open.page.links().is_empty(),
            Command::Outline | Command::Heading(_) => !self.open.page.outline().is_empty(),
            Command::Back => !self.past.is_empty(),
            Command::Forward => !self.future.is_empty(),
            Command::Cards => matches!(self.open.source, Source::Note(_)),
            Command::Edit => matches!(self.open.source, Source::File(_)),
            Command::Export => matches!(self.open.source, Source::Given(_)),
            Command::Match(_) => self.find.count() > 0,
            Command::Close => self.has_open() || !self.past.is_empty(),
            Command::Page(_) | Command::Search | Command::Step(_) | Command::First | Command::Last => true,
        }
    }

    fn takes_text(&self) -> bool {
        self.find.is_typing
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        let page = isize::try_from(self.open.height.saturating_sub(2)).unwrap_or(0);
        match command {
            // Enter ends the typing of a search before it follows anything.
            Command::Follow if self.find.is_typing => self.find.is_typing = false,
            Command::Follow => return self.follow(cx),
            Command::Page(by) => self.step(page * isize::from(by)),
            Command::Outline => self.toggle_outline(),
            Command::Search => {
                self.find.is_typing = true;
                self.outline = None;
            }
            Command::Link(by) => self.select_link(by),
            Command::Back => return self.go_back(cx),
            Command::Forward => return self.go_forward(cx),
            Command::Cards => return vec![Effect::Go(Route::at("cards", &self.open.source))],
            Command::Edit => return self.edit(),
            Command::Export => return self.export(),
            Command::Match(by) => {
                let line = self.find.step(by);
                self.show_found(line);
            }
            Command::Heading(by) => self.step_heading(by),
            Command::Step(by) => self.step(by),
            Command::First => self.step(isize::MIN),
            Command::Last => self.step(isize::MAX),
            Command::Close if self.has_open() => self.close(),
            Command::Close => return self.go_back(cx),
        }
        Vec::new()
    }

    fn text(&mut self, _cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        match input {
            TextInput::Key(key) if key == crate::tui::key::Key::ENTER => self.find.is_typing = false,
            TextInput::Key(key) if !self.find.phrase.key(key) => {}
            TextInput::Key(_) => self.search(),
            TextInput::Paste(text) => {
                self.find.phrase.paste(&text);
                self.search();
            }
        }
        Vec::new()
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Closing => self.remember(),
            Reply::Reloaded | Reply::Edited(Ok(_)) => {
                let (source, spot) = self.here();
                // A page that has gone stays open as it was.
                if let Ok(open) = Open::read(source, Some(spot), cx.world) {
                    self.open = open;
                }
                Vec::new()
            }
            Reply::Edited(Err(problem)) => vec![Effect::fail(problem)],
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        let areas = view::Areas::of(area, self.outline.is_some());
        self.open.layout(cx, areas.text);
        let headings = self.open.page.outline().len();
        if let Some(selection) = &mut self.outline {
            selection.scroll_into(areas.outline_height(), headings);
        }
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        view::draw(self, cx, area, buf)
    }
}

impl Reader {
    fn search(&mut self) {
        let line = self.find.search(&self.open.page, self.open.top);
        self.show_found(line);
    }

    fn edit(&self) -> Vec<Effect> {
        match &self.open.source {
            Source::File(path) => vec![Effect::Edit(Edit::File { path: path.clone(), line: 1 })],
            Source::Note(_) | Source::Given(_) => Vec::new(),
        }
    }

    fn export(&self) -> Vec<Effect> {
        let Source::Given(given) = &self.open.source else { return Vec::new() };
        vec![Effect::Export { name: given.file_name.clone(), contents: given.body.clone() }]
    }
}
