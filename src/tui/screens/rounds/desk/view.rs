//! Where things stand on the screen of a running round.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::{Line, Span};

use crate::round::{LineKind, Stage};
use crate::time::Now;
use crate::tui::screen::Cx;
use crate::tui::widgets::empty::Empty;
use crate::tui::widgets::panel::Panel;

use super::Desk;
use super::keys::{self, Command};
use super::phases::{self, Standing};
use super::talk::{self, How, Said};

/// From this width on the phases stand in a column of their own, and the design below the interviewer.
const WIDE: u16 = 104;
/// Columns of the phases.
const PHASES: u16 = 27;
/// Rows from which the goal of a phase has room.
const TALL: u16 = 30;

/// The parts of the screen, each with its border but for the row of phases.
#[derive(Clone, Copy, Debug)]
struct Areas {
    /// A column, or a row where there is no room for one.
    phases: Rect,
    /// What the phase is for; empty where there is no room.
    goal: Rect,
    notes: Rect,
    talk: Rect,
    /// The design; empty where there is no room or nothing drawn.
    design: Rect,
}

impl Areas {
    fn of(desk: &Desk, area: Rect) -> Self {
        let nothing = Rect::default();
        if area.width < WIDE {
            let phases = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
            let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
            if desk.shows_design {
                let notes = Rect { height: below.height / 2, ..below };
                let design = Rect { y: notes.bottom(), height: below.height - notes.height, ..below };
                return Self { phases, goal: nothing, notes, talk: nothing, design };
            }
            let talk = below.width * 2 / 5;
            let notes = Rect { width: below.width - talk, ..below };
            let talk = Rect { x: notes.right(), width: talk, ..below };
            return Self { phases, goal: nothing, notes, talk, design: nothing };
        }
        let count = desk.round.phases().len() as u16;
        let column = Rect { width: PHASES, ..area };
        let has_goal = area.height >= TALL;
        let phases = if has_goal { Rect { height: (count + 2).min(column.height), ..column } } else { column };
        let goal = Rect { y: phases.bottom(), height: column.height - phases.height, ..column };
        let rest = Rect { x: column.right(), width: area.width - PHASES, ..area };
        let side = rest.width * 9 / 20;
        let notes = Rect { width: rest.width - side, ..rest };
        let side = Rect { x: notes.right(), width: side, ..rest };
        if desk.notes.drawing.is_empty() && !desk.shows_design {
            return Self { phases, goal, notes, talk: side, design: nothing };
        }
        if desk.shows_design {
            let wide = Rect { height: rest.height / 2, ..rest };
            let design = Rect { y: wide.bottom(), height: rest.height - wide.height, ..rest };
            let notes = Rect { width: wide.width - side.width, ..wide };
            return Self { phases, goal, notes, talk: Rect { x: notes.right(), width: side.width, ..wide }, design };
        }
        let talk = Rect { height: side.height * 2 / 5, ..side };
        let design = Rect { y: talk.bottom(), height: side.height - talk.height, ..side };
        Self { phases, goal, notes, talk, design }
    }
}

/// Lays the notes out, and the design where typing has rested.
pub(super) fn layout(desk: &mut Desk, cx: &Cx<'_>, area: Rect) {
    let areas = Areas::of(desk, area);
    let room = Panel::inner(if areas.design.is_empty() { areas.talk } else { areas.design });
    desk.notes.draw_design(cx.now, Size { width: room.width, height: room.height });
    // Whether there is a design decides about the room of the rest.
    let areas = Areas::of(desk, area);
    desk.notes.layout(cx.theme, Panel::inner(areas.notes));
    let most = if desk.shows_design {
        let height = Panel::inner(areas.design).height;
        usize::from(desk.notes.drawing.height().saturating_sub(height))
    } else {
        talk::hidden(cx.theme, &said(desk), Panel::inner(areas.talk))
    };
    desk.scrolled = desk.scrolled.min(most);
}

pub(super) fn draw(desk: &Desk, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let theme = cx.theme;
    let areas = Areas::of(desk, area);
    let standings = standings(desk, cx.now);
    if areas.phases.height > 1 {
        let inner = Panel::new(theme, "Phases").draw(areas.phases, buf);
        phases::draw_column(theme, &standings, inner, buf);
    } else {
        phases::draw_row(theme, &standings, areas.phases, buf);
    }
    if areas.goal.height > 2 {
        draw_goal(desk, cx, areas.goal, buf);
    }
    if !areas.talk.is_empty() {
        draw_talk(desk, cx, areas.talk, buf);
    }
    if !areas.design.is_empty() {
        draw_design(desk, cx, areas.design, buf);
    }
    draw_notes(desk, cx, areas.notes, buf)
}

fn draw_notes(desk: &Desk, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let theme = cx.theme;
    let title = desk.round.script().kind.phases.get(desk.round.phase()).map_or("", |phase| &phase.title);
    let title = format!("Your notes: {title}");
    let is_running = desk.round.stage() == Stage::Running;
    let inner = Panel::new(theme, &title).focused(is_running).draw(area, buf);
    if is_running {
        return Some(desk.notes.draw(theme, inner, buf));
    }
    // Whoever stops the clock does not think on over the notes.
    let next =
        [(label(cx, Command::Pause), "lets it run again"), (label(cx, Command::Leave), "leaves; the draft is saved")];
    Empty { theme, why: "The clock stands still, and so do the notes.", next: &next }.draw(inner, buf);
    None
}

fn draw_goal(desk: &Desk, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) {
    let theme = cx.theme;
    let Some(phase) = desk.round.script().kind.phases.get(desk.round.phase()) else { return };
    let inner = Panel::new(theme, "This phase").draw(area, buf);
    let columns = usize::from(inner.width);
    let wrapped = |text: &str, style| {
        let lines = crate::tui::widgets::wrap::wrap(text, columns);
        lines.into_iter().map(|line| Line::styled(line.to_owned(), style)).collect::<Vec<_>>()
    };
    let mut lines = wrapped(&phase.goal, theme.text);
    lines.push(Line::default());
    lines.push(Line::styled("done when", theme.muted));
    lines.extend(wrapped(&phase.exit, theme.text));
    for (line, y) in lines.iter().zip(inner.y..inner.bottom()) {
        buf.set_line(inner.x, y, line, inner.width);
    }
}

fn draw_talk(desk: &Desk, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) {
    let theme = cx.theme;
    let left = desk.round.hints_left();
    let hints =
        if left == 0 { "no hints left".to_owned() } else { format!("{} hint, {left} left", label(cx, Command::Hint)) };
    let inner = Panel::new(theme, "Interviewer").note(Span::styled(hints, theme.muted)).draw(area, buf);
    talk::draw(theme, &said(desk), desk.scrolled, inner, buf);
}

fn draw_design(desk: &Desk, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) {
    let theme = cx.theme;
    let (nodes, edges) = desk.notes.drawing.size();
    let note = match nodes {
        0 => String::new(),
        _ if desk.notes.drawing.is_listed() && !desk.shows_design => format!("{} larger", label(cx, Command::Design)),
        _ => format!("{nodes} parts, {edges} arrows"),
    };
    let inner = Panel::new(theme, "Design").note(Span::styled(note, theme.muted)).draw(area, buf);
    if desk.notes.drawing.is_empty() {
        let why = "A line such as client -> lb -> api*3 -> {cache, db} is drawn here.";
        Empty { theme, why, next: &[] }.draw(inner, buf);
        return;
    }
    let top = if desk.shows_design { desk.scrolled as u16 } else { 0 };
    desk.notes.drawing.draw(theme, top, inner, buf);
}

fn standings(desk: &Desk, now: Now) -> Vec<Standing> {
    let open = desk.round.phase();
    let phases = desk.round.script().kind.phases.iter().zip(desk.round.phases()).enumerate();
    phases
        .map(|(at, (phase, log))| Standing {
            title: phase.title.clone(),
            spent: if at == open { desk.round.spent(now).0 } else { log.spent },
            budget: log.budget,
            is_open: at == open,
            was_open: log.visits > 0,
        })
        .collect()
}

/// What was said, as the panel shows it.
fn said(desk: &Desk) -> Vec<Said> {
    let how = |kind: &LineKind| match kind {
        LineKind::Opening | LineKind::Prompt | LineKind::Probe => How::Word,
        LineKind::Answer => How::Answer,
        LineKind::Hint(_) => How::Hint,
        LineKind::Curveball(_) => How::Curveball,
        LineKind::Policy | LineKind::Time => How::Time,
    };
    // The policy was said before the start; here it would only be in the way.
    let lines = desk.round.lines().iter().filter(|line| line.kind != LineKind::Policy);
    let mut said: Vec<Said> = lines.map(|line| Said { how: how(&line.kind), text: unfolded(&line.text) }).collect();
    let flawed = &desk.round.script().scenario.design.flawed;
    if !flawed.trim().is_empty() {
        // A design keeps its lines, and it is looked at all the time.
        said.insert(1.min(said.len()), Said { how: How::Design, text: flawed.trim().to_owned() });
    }
    said
}

/// Lines of a file are no lines of speech.
fn unfolded(text: &str) -> String {
    let paragraphs = text.trim().split("\n\n").map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// The key of a command, as it is shown.
pub(super) fn label(cx: &Cx<'_>, command: Command) -> String {
    let binding = keys::binding(command);
    let key = binding.and_then(|binding| cx.keymap.keys(binding.id, binding.keys).first().copied());
    key.map(|key| key.label(&cx.theme.glyphs)).unwrap_or_default()
}
