//! Boxes and arrows that have their places already.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::widgets::{Block, Borders, Widget};

use crate::tui::theme::Theme;

/// A picture of boxes with arrows between them, in cells from its own top left corner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagram {
    /// How much it covers.
    pub size: Size,
    /// Never over each other.
    pub boxes: Vec<Labelled>,
    /// The cells of the arrows.
    pub lines: Vec<(Position, Mark)>,
    /// Words on arrows.
    pub words: Vec<(Position, String)>,
}

/// A box and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// With the border.
    pub area: Rect,
    /// One a row.
    pub lines: Vec<String>,
    /// How many of the last lines are only a remark.
    pub remarks: usize,
}

/// A cell of an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Lines up, to the right, down and to the left that belong together.
    Joint([bool; 4]),
    /// A line that passes over another without touching it.
    Bridge,
    /// A head: 0 up, 1 to the right, 2 down, 3 to the left.
    Head(usize),
}

impl Diagram {
    /// Draws what lies within `area` when the picture is moved by `scroll`.
    pub fn draw(&self, theme: &Theme, scroll: Position, area: Rect, buf: &mut Buffer) {
        let mut paper = Buffer::empty(Rect::from((Position::ORIGIN, self.size)));
        self.paint(theme, &mut paper);
        for y in 0..area.height.min(self.size.height.saturating_sub(scroll.y)) {
            for x in 0..area.width.min(self.size.width.saturating_sub(scroll.x)) {
                let from = paper[(x + scroll.x, y + scroll.y)].clone();
                if let Some(to) = buf.cell_mut((area.x + x, area.y + y)) {
                    *to = from;
                }
            }
        }
    }

    fn paint(&self, theme: &Theme, paper: &mut Buffer) {
        for (place, mark) in &self.lines {
            let (sign, style) = sign(theme, *mark);
            paper.set_string(place.x, place.y, sign, style);
        }
        for (place, words) in &self.words {
            paper.set_string(place.x, place.y, words, theme.muted);
        }
        for labelled in &self.boxes {
            let block = Block::new().borders(Borders::ALL).border_set(theme.glyphs.border).border_style(theme.border);
            block.render(labelled.area, paper);
            for (row, line) in (1..).zip(&labelled.lines) {
                let is_remark = usize::from(row) > labelled.lines.len() - labelled.remarks;
                let style = if is_remark { theme.muted } else { theme.text };
                paper.set_string(labelled.area.x + 2, labelled.area.y + row, line, style);
            }
        }
    }
}

fn sign(theme: &Theme, mark: Mark) -> (&'static str, Style) {
    let glyphs = &theme.glyphs;
    match mark {
        Mark::Joint(sides) => {
            let at = (0..4).filter(|side| sides[*side]).map(|side| 1 << side).sum::<usize>();
            (glyphs.joints[at], theme.muted)
        }
        // The upright line is whole and the level one has a gap, as on a drawn plan: a cross would join them.
        Mark::Bridge => (glyphs.joints[5], theme.muted),
        Mark::Head(direction) => (glyphs.heads[direction % 4], theme.accent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::{Background, Depth, Glyphs, Kind};

    fn check(glyphs: Glyphs, scroll: Position, expect: &[&str]) {
        let level = [false, true, false, true];
        let lines = [
            (Position::new(5, 1), Mark::Joint(level)),
            (Position::new(6, 1), Mark::Bridge),
            (Position::new(6, 2), Mark::Joint([true, true, false, false])),
            (Position::new(7, 1), Mark::Head(1)),
        ];
        let boxed =
            |x: u16, line: &str| Labelled { area: Rect::new(x, 0, 5, 3), lines: vec![line.to_owned()], remarks: 0 };
        let diagram = Diagram {
            size: Size::new(13, 3),
            boxes: vec![boxed(0, "a"), boxed(8, "b")],
            lines: lines.to_vec(),
            words: vec![(Position::new(5, 0), "rw".to_owned())],
        };
        let theme = Theme::new(Kind::Dark, Background::Dark, Depth::Mono, glyphs);
        let area = Rect::new(0, 0, 14, 3);
        let mut buf = Buffer::empty(area);
        diagram.draw(&theme, scroll, area, &mut buf);
        let rows =
            area.rows().map(|row| row.columns().map(|cell| buf[cell.as_position()].symbol()).collect::<String>());
        assert_eq!(rows.map(|row| row.trim_end().to_owned()).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn boxes_lines_and_words_have_their_places() {
        check(Glyphs::UNICODE, Position::ORIGIN, &["╭───╮rw ╭───╮", "│ a │─│▶│ b │", "╰───╯ ╰ ╰───╯"]);
        check(Glyphs::ASCII, Position::ORIGIN, &["+---+rw +---+", "| a |-|>| b |", "+---+ + +---+"]);
    }

    #[test]
    fn what_is_scrolled_away_is_cut() {
        check(Glyphs::ASCII, Position::new(4, 1), &["|-|>| b |", "+ + +---+", ""]);
        check(Glyphs::ASCII, Position::new(40, 9), &["", "", ""]);
    }
}
