//! One policy as it is drawn: what it holds, segment by segment, and what it did last, in a sentence.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::sim::cache::{Entry, Segment, Step, View};
use crate::sim::replay::Lane;
use crate::sim::run::{Latency, Outcome};
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{grouped, truncate, width};
use crate::tui::widgets::wrap::wrap;

/// A policy's name as a heading has it.
pub(super) fn name(id: &str) -> String {
    match id {
        "w-tinylfu" => "W-TinyLFU".to_owned(),
        "random" => "Random".to_owned(),
        _ => id.to_uppercase(),
    }
}

/// A policy in a frame.
#[derive(Debug)]
pub(super) struct LaneBox<'a> {
    pub(super) theme: &'a Theme,
    pub(super) lane: &'a Lane,
    pub(super) outcome: Outcome,
    pub(super) latency: Latency,
    pub(super) style: Style,
    /// A piece of its line in the charts.
    pub(super) sign: &'static str,
    pub(super) is_focused: bool,
    /// Such as `2 of 3`, where not all are shown.
    pub(super) place: String,
}

impl LaneBox<'_> {
    pub(super) fn draw(self, area: Rect, buf: &mut Buffer) {
        let title = format!("{}{}", name(self.lane.about.id), self.place);
        let room = usize::from(area.width).saturating_sub(width(&title) + 7);
        let inner = Panel::new(self.theme, &title).note(self.note(room)).focused(self.is_focused).draw(area, buf);
        if inner.is_empty() {
            return;
        }
        let sentence = self.sentence(usize::from(inner.width));
        let lines = sentence.len().min(if inner.height > 5 { 3 } else { 2 }).min(usize::from(inner.height));
        let top = inner.height - lines as u16;
        self.draw_contents(Rect { height: top, ..inner }, buf);
        self.draw_sentence(&sentence[..lines], sentence.len() > lines, inner, inner.y + top, buf);
    }

    /// The figures, as many as there is room for.
    fn note(&self, room: usize) -> Line<'static> {
        let Outcome { requests, .. } = self.outcome;
        if requests == 0 {
            return Line::from(Span::styled("empty", self.theme.muted));
        }
        let dot = self.theme.glyphs.dot;
        let miss = self.outcome.miss_ratio() * 100.0;
        let hit = format!("{} hit {:.1} %", self.sign, 100.0 - miss);
        let database = format!(" {dot} to database {miss:.1} %");
        let latency = format!(" {dot} mean {:.2} ms", self.outcome.mean_latency(self.latency));
        let mut line = Line::from(Span::styled(hit, self.style.add_modifier(Modifier::BOLD)));
        for more in [latency, database] {
            if line.width() + width(&more) <= room {
                line.push_span(Span::styled(more, self.theme.muted));
            }
        }
        line
    }

    fn sentence(&self, columns: usize) -> Vec<String> {
        let text = match self.lane.last() {
            Some(step) => {
                let rule = match step.hit {
                    _ if !step.events.is_empty() => String::new(),
                    true => format!(" → {}", self.lane.about.on_hit),
                    false => " → inserted, there is room".to_owned(),
                };
                format!("{} {}", self.sign(step), self.plain(&format!("{step}{rule}")))
            }
            None => format!("{}: {}.", self.lane.about.title, self.lane.about.rule),
        };
        wrap(&text, columns).into_iter().map(str::to_owned).collect()
    }

    fn sign(&self, step: &Step) -> &'static str {
        if step.hit { self.theme.glyphs.yes } else { self.theme.glyphs.no }
    }

    /// The sentence in signs that the terminal has.
    fn plain(&self, text: &str) -> String {
        if self.theme.glyphs.is_ascii() { text.replace('→', "->").replace('×', "x") } else { text.to_owned() }
    }

    fn draw_sentence(&self, lines: &[String], is_cut: bool, inner: Rect, y: u16, buf: &mut Buffer) {
        let columns = usize::from(inner.width);
        let style = match self.lane.last() {
            Some(step) if step.hit => self.theme.good,
            Some(_) => self.theme.bad,
            None => self.theme.muted,
        };
        for (place, line) in lines.iter().enumerate() {
            let is_last = place + 1 == lines.len();
            let line = if is_last && is_cut {
                let cut = truncate(&format!("{line} "), columns.saturating_sub(1), "");
                format!("{}{}", cut.trim_end(), self.theme.glyphs.ellipsis)
            } else {
                line.clone()
            };
            // The sign and the word are coloured, the reason is plain.
            let head = if place == 0 && self.lane.last().is_some() { line.find(' ').map_or(0, |at| at + 5) } else { 0 };
            let (head, rest) = line.split_at(line.char_indices().map(|(at, _)| at).find(|&at| at >= head).unwrap_or(0));
            let plain = if self.lane.last().is_some() { self.theme.text } else { self.theme.muted };
            let spans = vec![
                Span::styled(head.to_owned(), style.add_modifier(Modifier::BOLD)),
                Span::styled(rest.to_owned(), plain),
            ];
            buf.set_line(inner.x, y + place as u16, &Line::from(spans), inner.width);
        }
    }

    fn draw_contents(&self, area: Rect, buf: &mut Buffer) {
        let view = self.lane.view();
        let groups = groups(&view);
        let needed = groups.len() as u16;
        let has_head = area.height > needed;
        let head = u16::from(has_head);
        let rows = area.height.saturating_sub(head);
        if rows == 0 {
            return;
        }
        if has_head {
            self.draw_head(&view, Rect { height: 1, ..area }, buf);
        }
        let by_key = view.residents().count() <= BY_KEY;
        let strips = Strips { theme: self.theme, style: self.style, last: self.lane.last(), most: most(&view), by_key };
        let each = (rows / needed.max(1)).max(1);
        let label = view.segments.iter().map(|segment| width(segment.name)).max().unwrap_or(0);
        for (place, group) in (0_u16..).zip(&groups) {
            let y = area.y + head + place * each;
            // The last group gets what is left over.
            let height = if place + 1 == needed { area.bottom().saturating_sub(y) } else { each };
            let height = height.min(area.bottom().saturating_sub(y));
            let share = area.width / group.len().max(1) as u16;
            for (column, segment) in (0_u16..).zip(group) {
                let gap = if column > 0 { 2 } else { 0 };
                let wide = if column as usize + 1 == group.len() { area.width - share * column } else { share };
                let place = Rect { x: area.x + share * column + gap, y, width: wide.saturating_sub(gap), height };
                strips.draw(segment, label, place, buf);
            }
        }
    }

    /// What the ends mean, at the left; parameters that move, at the right.
    fn draw_head(&self, view: &View, area: Rect, buf: &mut Buffer) {
        let Some(first) = view.segments.first() else { return };
        let arrow = if self.theme.glyphs.is_ascii() { "->" } else { self.theme.glyphs.right };
        let ends = match first.ends {
            (newest, "") => newest.to_owned(),
            (newest, oldest) => format!("{newest} {arrow} {oldest}"),
        };
        let mut figures: Vec<String> =
            view.figures.iter().map(|(name, value)| format!("{} = {}", figure(name), number(*value))).collect();
        if let Some((segment, hand)) = view.segments.iter().find_map(|segment| Some((segment, segment.hand?))) {
            let entry = segment.entries[hand];
            let used = if entry.mark.unwrap_or(0) > 0 { "used" } else { "not used" };
            figures.push(format!("hand at k{}, {used}", entry.id));
        }
        let held: usize = view.segments.iter().filter(|segment| !segment.ghost).map(|s| s.entries.len()).sum();
        figures.push(format!("{} of {}", grouped(held as u64), grouped(self.lane.capacity as u64)));
        let room = usize::from(area.width);
        buf.set_stringn(area.x, area.y, &ends, room, self.theme.muted);
        while figures.len() > 1 && width(&figures.join("  ")) + width(&ends) + 2 > room {
            figures.pop();
        }
        let figures = figures.join("  ");
        if width(&figures) + width(&ends) + 2 <= room {
            let x = area.right() - width(&figures) as u16;
            buf.set_string(x, area.y, figures, self.theme.text);
        }
    }
}

/// Segments that stand on one row: ghosts beside the residents that they were.
fn groups(view: &View) -> Vec<Vec<&Segment>> {
    let mut groups: Vec<Vec<&Segment>> =
        view.segments.iter().filter(|segment| !segment.ghost).map(|segment| vec![segment]).collect();
    for (group, ghost) in groups.iter_mut().zip(view.segments.iter().filter(|segment| segment.ghost)) {
        group.push(ghost);
    }
    groups
}

/// The largest mark, which is as high as a cell.
fn most(view: &View) -> i64 {
    view.segments.iter().flat_map(|segment| &segment.entries).filter_map(|entry| entry.mark).max().unwrap_or(0)
}

/// A figure's name where there is little room.
fn figure(name: &str) -> &str {
    if name.starts_with("uses counted") { "sketch counted" } else { name }
}

fn number(value: f64) -> String {
    if value.fract() == 0.0 { grouped(value as u64) } else { format!("{value:.1}") }
}

/// So many residents are shown by their keys; more are easier to follow as cells.
const BY_KEY: usize = 24;

/// Entries as cells.
struct Strips<'a> {
    theme: &'a Theme,
    style: Style,
    last: Option<&'a Step>,
    most: i64,
    by_key: bool,
}

impl Strips<'_> {
    /// Draws a segment: its name and how many it holds, then a cell for each entry, or for several.
    fn draw(&self, segment: &Segment, label: usize, area: Rect, buf: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let mut cells = area;
        if !segment.name.is_empty() {
            let text = format!("{:<label$} {:>3} ", segment.name, segment.entries.len());
            let columns = (width(&text) as u16).min(area.width);
            let style = if segment.ghost { self.theme.border } else { self.theme.muted };
            buf.set_stringn(area.x, area.y, &text, area.width.into(), style.patch(self.theme.muted));
            cells = Rect { x: area.x + columns, width: area.width - columns, ..area };
        }
        if !self.by_key || !self.draw_keys(segment, cells, buf) {
            self.draw_cells(segment, cells, buf);
        }
    }

    /// Draws the keys themselves where all of them fit; says whether it did.
    fn draw_keys(&self, segment: &Segment, area: Rect, buf: &mut Buffer) -> bool {
        let words: Vec<(String, &Entry)> = segment.entries.iter().map(|entry| (self.word(entry), entry)).collect();
        let mut places = Vec::with_capacity(words.len());
        let (mut x, mut y) = (area.x, area.y);
        for (word, _) in &words {
            let columns = width(word) as u16;
            if x + columns > area.right() {
                (x, y) = (area.x, y + 1);
            }
            if y >= area.bottom() || columns > area.width {
                return false;
            }
            places.push((x, y));
            x += columns + 1;
        }
        for (index, ((word, entry), (x, y))) in words.iter().zip(places).enumerate() {
            buf.set_string(x, y, word, self.style_of(segment, index..index + 1, entry));
        }
        true
    }

    /// A key with its mark: `k17`, `k17·2`.
    fn word(&self, entry: &Entry) -> String {
        match entry.mark {
            Some(mark) => format!("k{}{}{mark}", entry.id, self.theme.glyphs.dot),
            None => format!("k{}", entry.id),
        }
    }

    fn draw_cells(&self, segment: &Segment, area: Rect, buf: &mut Buffer) {
        let slots = usize::from(area.width) * usize::from(area.height);
        if slots == 0 || segment.entries.is_empty() {
            return;
        }
        let each = segment.entries.len().div_ceil(slots);
        for (place, entries) in segment.entries.chunks(each).enumerate() {
            let (row, column) = (place / usize::from(area.width), place % usize::from(area.width));
            let shown = entries.iter().find(|entry| self.is_last(entry)).unwrap_or(&entries[0]);
            let symbol = match () {
                () if self.is_last(shown) && !segment.ghost => self.theme.glyphs.cell_marked,
                () if segment.ghost => self.theme.glyphs.bar_rest,
                () => self.symbol(segment, entries),
            };
            let style = self.style_of(segment, place * each..place * each + entries.len(), shown);
            buf.set_string(area.x + column as u16, area.y + row as u16, symbol, style);
        }
    }

    fn symbol(&self, segment: &Segment, entries: &[Entry]) -> &'static str {
        let glyphs = &self.theme.glyphs;
        let is_marked = segment.entries.iter().any(|entry| entry.mark.is_some());
        match entries.iter().filter_map(|entry| entry.mark).max() {
            Some(mark) => {
                // Counts are skewed: on a logarithmic scale the rest is not all alike.
                let share = (1.0 + mark.max(0) as f64).ln() / (1.0 + self.most.max(1) as f64).ln();
                glyphs.eighths[(share * 7.0).round() as usize % 8]
            }
            None if is_marked => glyphs.bar_rest,
            None => glyphs.cell,
        }
    }

    fn is_last(&self, entry: &Entry) -> bool {
        self.last.is_some_and(|step| step.id == entry.id)
    }

    fn style_of(&self, segment: &Segment, places: std::ops::Range<usize>, shown: &Entry) -> Style {
        let mut style = match self.last {
            _ if segment.ghost => self.theme.muted,
            Some(step) if self.is_last(shown) && step.hit => self.theme.good.add_modifier(Modifier::BOLD),
            Some(_) if self.is_last(shown) => self.theme.bad.add_modifier(Modifier::BOLD),
            _ => self.style,
        };
        if segment.hand.is_some_and(|hand| places.contains(&hand)) {
            style = style.add_modifier(Modifier::REVERSED);
        }
        style
    }
}
