//! One card, both sides, with what is known of it: where the search and the links of notes lead.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::content::CardId;
use crate::recall::{Due, Item, ItemState, Mint, What};
use crate::time::StudyDay;
use crate::tui::effect::{Effect, Record};
use crate::tui::key::Key;
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen};

use super::desk::{Desk, SeeKeys};

/// A card to look at.
#[derive(Debug)]
pub struct Card {
    desk: Desk,
    state: ItemState,
    today: StudyDay,
}

/// What one can do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Read the section that teaches it.
    Note,
    /// Leave it out until it is unsuspended, or bring it back.
    Suspend,
    /// Mark it for a second look, or no longer.
    Flag,
    /// Scroll so many lines.
    Scroll(isize),
}

impl Card {
    fn save(&self, cx: &Cx<'_>, what: What) -> Vec<Effect> {
        let (student, newest) = (&cx.world.student, cx.world.student.store().newest());
        let mut mint = Mint::new(student.seed(), &format!("card after {}", newest.map_or(0, |at| at.0)), newest);
        let event = mint.event(cx.now, Item::Card(self.desk.card.id.clone()), what);
        vec![Effect::Save(Record::Event(event))]
    }

    /// What is known of it, in one line: `review · due in 3 days · 5 answers, forgotten once`.
    fn standing(&self) -> String {
        let ItemState { stage, due, reviews, lapses, suspended, flagged, .. } = self.state;
        let mut parts = vec![stage.name().to_owned()];
        match due {
            _ if suspended => parts.push("suspended".to_owned()),
            Some(Due::On(day)) => parts.push(match day.days_since(self.today) {
                ..=0 => "due today".to_owned(),
                1 => "due tomorrow".to_owned(),
                days => format!("due in {days} days"),
            }),
            Some(Due::At(_)) => parts.push("due within minutes".to_owned()),
            None => {}
        }
        match (reviews, lapses) {
            (0, _) => {}
            (1, _) => parts.push("1 answer".to_owned()),
            (reviews, 0) => parts.push(format!("{reviews} answers")),
            (reviews, lapses) => parts.push(format!("{reviews} answers, forgotten {lapses} of them")),
        }
        if flagged {
            parts.push("flagged".to_owned());
        }
        parts.join(" · ")
    }
}

impl Screen for Card {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "card.note", keys: &[Key::char('n'), Key::ENTER], help: "note", command: Command::Note },
        Binding { id: "card.suspend", keys: &[Key::char('z')], help: "suspend", command: Command::Suspend },
        Binding { id: "card.flag", keys: &[Key::char('f')], help: "flag", command: Command::Flag },
        Binding { id: "card.down", keys: &[Key::DOWN, Key::char('j')], help: "down", command: Command::Scroll(1) },
        Binding { id: "card.up", keys: &[Key::UP, Key::char('k')], help: "up", command: Command::Scroll(-1) },
    ];

    fn title(&self, cx: &Cx<'_>) -> String {
        let topic = &self.desk.card.topic;
        let topic = cx.world.library.topic(topic).map_or(topic.as_str(), |topic| &topic.title);
        format!("Cards {} {topic}", cx.theme.glyphs.dot)
    }

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Note => self.desk.card.note.is_some(),
            Command::Scroll(_) => self.desk.overflows(),
            Command::Suspend | Command::Flag => true,
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Suspend if self.state.suspended => Some("bring back"),
            Command::Flag if self.state.flagged => Some("take the flag off"),
            _ => None,
        }
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Note => self.desk.note().map(|note| Effect::Go(Route::at("note", note))).into_iter().collect(),
            Command::Suspend if self.state.suspended => self.save(cx, What::Unsuspend {}),
            Command::Suspend => self.save(cx, What::Suspend {}),
            Command::Flag => self.save(cx, What::Flag { on: !self.state.flagged }),
            Command::Scroll(by) => {
                self.desk.scroll(by);
                Vec::new()
            }
        }
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Saved(Err(why)) => return vec![Effect::fail(why)],
            Reply::Reloaded => self.desk.reload(&cx.world.library),
            _ => {}
        }
        self.state = cx.world.student.state_of(&self.desk.card);
        Vec::new()
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        let card = Rect { height: area.height.saturating_sub(1), ..area };
        let note = Self::KEYS.first().and_then(|binding| cx.keymap.keys(binding.id, binding.keys).first());
        let note = note.map(|key| key.label(&cx.theme.glyphs)).unwrap_or_default();
        self.desk.layout(&cx.world.library, cx.theme, SeeKeys { note: &note, lesson: "" }, true, card);
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let card = Rect { height: area.height.saturating_sub(1), ..area };
        self.desk.draw(cx.theme, card, buf);
        let standing = Line::from(Span::styled(self.standing(), cx.theme.muted));
        buf.set_line(area.x + 3, area.bottom() - 1, &standing, area.width.saturating_sub(4));
        None
    }
}

impl Destination for Card {
    const NAME: &'static str = "card";
    const TITLE: &'static str = "Card";

    fn open(cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal> {
        let id = CardId::new(argument.unwrap_or_default());
        let Some(card) = cx.world.library.card(&id) else {
            let text = format!("There is no card `{id}`; `sysdrill list cards` shows what there is.");
            return Err(Refusal(text));
        };
        let state = cx.world.student.state_of(card);
        Ok(Self { desk: Desk::to_read(card.clone()), state, today: cx.world.student.today(cx.now) })
    }
}
