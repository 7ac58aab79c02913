//! The decks: every topic with what is due in it today.
//!
//! Each row counts the very queue that its session would begin with.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::content::TopicId;
use crate::recall::{Counts, Item, Limits, Mint, Stage, What};
use crate::tui::effect::{Effect, Record};
use crate::tui::key::Key;
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen};
use crate::tui::widgets::bar::bar;
use crate::tui::widgets::empty::Empty;
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{truncate, width};
use crate::tui::world::Plan;

/// The deck overview.
#[derive(Debug)]
pub struct Decks {
    rows: Vec<Row>,
    all: Counts,
    selection: Selection,
    saving: usize,
}

/// A row of the list.
#[derive(Debug)]
enum Row {
    /// The name of a group of topics, or a blank row before the next one.
    Group(String),
    Deck(Deck),
}

/// A topic with cards.
#[derive(Clone, Debug)]
struct Deck {
    topic: TopicId,
    title: String,
    due: Counts,
    /// All of its cards, and those that were answered at least once.
    cards: usize,
    begun: usize,
    /// Suspended, or set aside because they were forgotten again and again.
    aside: usize,
}

/// What one can do with the decks.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// Study the selected topic.
    Study,
    /// Study all topics, mixed.
    StudyAll,
    /// Go through all cards of the selected topic without rescheduling.
    Cram,
    /// Read the selected topic's note.
    Note,
    /// Bring back the suspended cards of the selected topic.
    BringBack,
    /// Select the deck so many further.
    Step(isize),
}

impl Decks {
    fn new(cx: &Cx<'_>) -> Self {
        let mut decks = Self { rows: Vec::new(), all: Counts::default(), selection: Selection::default(), saving: 0 };
        decks.count(cx);
        decks
    }

    /// Counts anew and keeps the selected topic selected.
    fn count(&mut self, cx: &Cx<'_>) {
        let selected = self.selected().map(|deck| deck.topic.clone());
        self.rows.clear();
        for shelf in cx.world.library.shelves() {
            let decks: Vec<Deck> =
                shelf.topics.iter().filter_map(|topic| Deck::of(cx, &topic.id, &topic.title)).collect();
            if !decks.is_empty() && !shelf.group.is_empty() {
                let gap = if self.rows.is_empty() { None } else { Some(Row::Group(String::new())) };
                self.rows.extend(gap.into_iter().chain([Row::Group(shelf.group.to_owned())]));
            }
            self.rows.extend(decks.into_iter().map(Row::Deck));
        }
        self.all = cx.world.student.queue(cx.world.library.cards(), &Plan::default(), cx.now).counts();
        let is_selected = |row: &Row| matches!(row, Row::Deck(deck) if Some(&deck.topic) == selected.as_ref());
        let first = self.rows.iter().position(|row| matches!(row, Row::Deck(_)));
        self.selection.at = self.rows.iter().position(is_selected).or(first).unwrap_or(0);
    }

    fn selected(&self) -> Option<&Deck> {
        match self.rows.get(self.selection.at) {
            Some(Row::Deck(deck)) => Some(deck),
            Some(Row::Group(_)) | None => None,
        }
    }

    /// Selects the deck so many decks further; groups are passed over.
    fn step(&mut self, by: isize) {
        let decks: Vec<usize> = (0..self.rows.len()).filter(|&row| matches!(self.rows[row], Row::Deck(_))).collect();
        let at = decks.iter().position(|&row| row == self.selection.at).unwrap_or(0);
        let next = at.saturating_add_signed(by).min(decks.len().saturating_sub(1));
        self.selection.at = decks.get(next).copied().unwrap_or(0);
    }

    fn study(&self, topics: Vec<TopicId>, is_cram: bool) -> Vec<Effect> {
        vec![Effect::Go(Route::at("review", Plan { topics, is_cram, ..Plan::default() }))]
    }

    fn study_selected(&self, is_cram: bool) -> Vec<Effect> {
        self.selected().map(|deck| self.study(vec![deck.topic.clone()], is_cram)).unwrap_or_default()
    }

    /// An event for each card of the selected topic that was set aside.
    fn bring_back(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(deck) = self.selected() else { return Vec::new() };
        let student = &cx.world.student;
        let newest = student.store().newest();
        let purpose = format!("bring back after {}", newest.map_or(0, |at| at.0));
        let mut mint = Mint::new(student.seed(), &purpose, newest);
        let aside = cx.world.library.cards_of(&deck.topic).iter().filter(|card| is_aside(cx, card));
        let event = |card: &crate::content::Card| mint.event(cx.now, Item::Card(card.id.clone()), What::Unsuspend {});
        let effects: Vec<_> = aside.map(event).map(Record::Event).map(Effect::Save).collect();
        self.saving = effects.len();
        effects
    }

    fn saved(&mut self, cx: &Cx<'_>, result: Result<(), String>) -> Vec<Effect> {
        self.saving = self.saving.saturating_sub(1);
        if self.saving == 0 {
            self.count(cx);
        }
        match result {
            Err(why) => vec![Effect::fail(why)],
            Ok(()) if self.saving == 0 => vec![Effect::done("Back in the deck, with a fresh start.")],
            Ok(()) => Vec::new(),
        }
    }
}

impl Deck {
    /// The deck of a topic, if it has cards.
    fn of(cx: &Cx<'_>, topic: &TopicId, title: &str) -> Option<Self> {
        let (library, student) = (&cx.world.library, &cx.world.student);
        let cards = library.cards_of(topic);
        if cards.is_empty() {
            return None;
        }
        let plan = Plan { topics: vec![topic.clone()], ..Plan::default() };
        Some(Self {
            topic: topic.clone(),
            title: title.to_owned(),
            due: student.queue(library.cards(), &plan, cx.now).counts(),
            cards: cards.len(),
            begun: cards.iter().filter(|card| student.state_of(card).stage != Stage::New).count(),
            aside: cards.iter().filter(|card| is_aside(cx, card)).count(),
        })
    }
}

/// Whether a card waits for the candidate to bring it back.
fn is_aside(cx: &Cx<'_>, card: &crate::content::Card) -> bool {
    let state = cx.world.student.state_of(card);
    state.suspended || state.lapses_in_a_row >= Limits::default().leech
}

impl Screen for Decks {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "decks.study", keys: &[Key::ENTER], help: "study topic", command: Command::Study },
        Binding { id: "decks.all", keys: &[Key::char('a')], help: "study all", command: Command::StudyAll },
        Binding { id: "decks.cram", keys: &[Key::char('c')], help: "cram topic", command: Command::Cram },
        Binding { id: "decks.note", keys: &[Key::char('n')], help: "note", command: Command::Note },
        Binding { id: "decks.back", keys: &[Key::char('z')], help: "bring back", command: Command::BringBack },
        Binding { id: "decks.down", keys: &[Key::DOWN, Key::char('j')], help: "next", command: Command::Step(1) },
        Binding { id: "decks.up", keys: &[Key::UP, Key::char('k')], help: "previous", command: Command::Step(-1) },
        Binding { id: "decks.page-down", keys: &[Key::PAGE_DOWN], help: "ten further", command: Command::Step(10) },
        Binding { id: "decks.page-up", keys: &[Key::PAGE_UP], help: "ten back", command: Command::Step(-10) },
        Binding { id: "decks.first", keys: &[Key::HOME], help: "first", command: Command::Step(isize::MIN) },
        Binding { id: "decks.last", keys: &[Key::END], help: "last", command: Command::Step(isize::MAX) },
    ];

    fn available(&self, command: Command) -> bool {
        match command {
            Command::BringBack => self.selected().is_some_and(|deck| deck.aside > 0),
            Command::StudyAll | Command::Step(_) => !self.rows.is_empty(),
            Command::Study | Command::Cram | Command::Note => self.selected().is_some(),
        }
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Study => self.study_selected(false),
            Command::StudyAll => self.study(Vec::new(), false),
            Command::Cram => self.study_selected(true),
            Command::Note => {
                self.selected().map(|deck| Effect::Go(Route::at("note", &deck.topic))).into_iter().collect()
            }
            Command::BringBack => self.bring_back(cx),
            Command::Step(by) => {
                self.step(by);
                Vec::new()
            }
        }
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Saved(result) => self.saved(cx, result),
            Reply::Shown | Reply::Reloaded => {
                self.count(cx);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        self.selection.scroll_into(usize::from(area.height.saturating_sub(4)), self.rows.len());
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let total = self.all.total();
        let note = Span::styled(
            if total == 1 { "1 card today".to_owned() } else { format!("{total} cards today") },
            theme.muted,
        );
        let inner = Panel::new(theme, "Decks").note(note).draw(area, buf);
        if self.rows.is_empty() {
            let why = "There are no cards yet. A folder with cards is added with --content DIR.";
            Empty { theme, why, next: &[] }.draw(inner, buf);
            return None;
        }
        let columns = Columns::of(inner.width);
        buf.set_line(inner.x + 2, inner.y, &columns.head(cx), inner.width.saturating_sub(2));
        let rows = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        let list = List { theme, selection: self.selection, rows: self.rows.len(), is_focused: true };
        list.draw(rows, buf, |row, _| match &self.rows[row] {
            Row::Group(name) => Line::from(Span::styled(name.clone(), theme.muted)),
            Row::Deck(deck) => columns.row(cx, deck),
        });
        None
    }
}

/// Which columns there is room for.
#[derive(Clone, Copy)]
struct Columns {
    title: usize,
    has_learning: bool,
    has_bar: bool,
}

/// Of a column with a count.
const COUNT: usize = 7;
/// Of the column with the bar and its numbers.
const BEGUN: usize = 22;

impl Columns {
    fn of(width: u16) -> Self {
        // The mark of the selected row and the scroll bar.
        let room = usize::from(width).saturating_sub(4);
        let has_learning = room >= 52;
        let has_bar = room >= 70;
        let used = 2 * COUNT + if has_learning { COUNT + 3 } else { 0 } + if has_bar { BEGUN } else { 0 };
        Self { title: room.saturating_sub(used).min(48), has_learning, has_bar }
    }

    fn head(self, cx: &Cx<'_>) -> Line<'static> {
        let mut text = format!("{:<title$}{:>COUNT$}{:>COUNT$}", "", "due", "new", title = self.title);
        if self.has_learning {
            text.push_str(&format!("{:>width$}", "learning", width = COUNT + 3));
        }
        if self.has_bar {
            text.push_str(&format!("{:>BEGUN$}", "begun"));
        }
        Line::from(Span::styled(text, cx.theme.muted))
    }

    fn row(self, cx: &Cx<'_>, deck: &Deck) -> Line<'static> {
        let theme = cx.theme;
        let aside = if deck.aside > 0 { format!(" {} {} aside", theme.glyphs.dot, deck.aside) } else { String::new() };
        let title = truncate(&deck.title, self.title.saturating_sub(width(&aside) + 1), theme.glyphs.ellipsis);
        let air = self.title.saturating_sub(width(&title) + width(&aside));
        let count = |count: usize, width: usize| {
            let text = if count > 0 { count.to_string() } else { String::new() };
            Span::styled(format!("{text:>width$}"), theme.text)
        };
        let mut line = Line::from(vec![
            Span::styled(title, theme.text),
            Span::styled(aside, theme.warn),
            Span::raw(" ".repeat(air)),
            count(deck.due.review, COUNT),
            count(deck.due.new, COUNT),
        ]);
        if self.has_learning {
            line.push_span(count(deck.due.learning, COUNT + 3));
        }
        if self.has_bar {
            line.push_span("   ");
            line.extend(bar(theme, deck.begun as f64 / deck.cards as f64, 8, theme.accent));
            line.push_span(Span::styled(format!("{:>5} / {:<3}", deck.begun, deck.cards), theme.muted));
        }
        line
    }
}

impl Destination for Decks {
    const NAME: &'static str = "cards";
    const TITLE: &'static str = "Cards";

    fn open(cx: &Cx<'_>, _argument: Option<&str>) -> Result<Self, Refusal> {
        Ok(Self::new(cx))
    }
}
