//! The lines of a note that draw a design, as boxes, or as a list where boxes do not fit.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::{Line, Span};

use crate::board::{self, Count, Graph, Ink, NodeId, Problem, Room};
use crate::tui::theme::Theme;
use crate::tui::widgets::diagram::{Diagram, Labelled, Mark};
use crate::tui::widgets::text::truncate_line;

/// A design as it is shown in some room.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// The drawing lines that it was made from, and the room that it was made for.
    made_from: (String, Size),
    graph: Graph,
    shown: Shown,
}

#[derive(Debug, Default)]
enum Shown {
    #[default]
    Nothing,
    Boxes(Diagram),
    List(Vec<Item>),
}

/// A component of the list.
#[derive(Debug)]
struct Item {
    depth: usize,
    text: String,
    label: Option<String>,
    is_repeated: bool,
}

/// The lines of a text that draw, as they stand in it: what the drawing depends on, and nothing else.
pub(super) fn drawing_lines(text: &str) -> String {
    let lines = text.lines().map(|line| if board::draws(line) { line } else { "" });
    lines.collect::<Vec<_>>().join("\n")
}

impl Drawing {
    /// Draws anew where the drawing lines or the room are others than before. A few milliseconds for a large design,
    /// so not at every key.
    pub(super) fn update(&mut self, lines: String, room: Size) {
        let wanted = (lines, room);
        if self.made_from == wanted {
            return;
        }
        self.graph = board::parse(&wanted.0);
        let drawing = board::layout(&self.graph, Room { columns: room.width, rows: room.height });
        self.shown = match drawing {
            Some(drawing) => Shown::Boxes(diagram(&self.graph, &drawing)),
            None if self.graph.nodes.is_empty() => Shown::Nothing,
            None => Shown::List(items(&self.graph)),
        };
        self.made_from = wanted;
    }

    /// Whether there is nothing to be seen.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self.shown, Shown::Nothing)
    }

    /// Whether it is listed because boxes do not fit.
    pub(super) fn is_listed(&self) -> bool {
        matches!(self.shown, Shown::List(_))
    }

    /// The first thing that could not be read.
    pub(super) fn problem(&self) -> Option<&Problem> {
        self.graph.problems.first()
    }

    /// How many components and arrows there are.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.graph.nodes.len(), self.graph.edges.len())
    }

    /// The rows that it takes.
    pub(super) fn height(&self) -> u16 {
        match &self.shown {
            Shown::Nothing => 0,
            Shown::Boxes(diagram) => diagram.size.height,
            Shown::List(items) => items.len() as u16,
        }
    }

    /// Draws it from row `top` on, boxes in the middle of the area.
    pub(super) fn draw(&self, theme: &Theme, top: u16, area: Rect, buf: &mut Buffer) {
        match &self.shown {
            Shown::Nothing => {}
            Shown::Boxes(diagram) => {
                let air = area.width.saturating_sub(diagram.size.width) / 2;
                let area = Rect { x: area.x + air, width: area.width - air, ..area };
                diagram.draw(theme, Position::new(0, top), area, buf);
            }
            Shown::List(items) => {
                for (item, y) in items.iter().skip(usize::from(top)).zip(area.y..area.bottom()) {
                    let line = truncate_line(&item.line(theme), usize::from(area.width), theme.glyphs.ellipsis);
                    buf.set_line(area.x, y, &line, area.width);
                }
            }
        }
    }
}

impl Item {
    fn line(&self, theme: &Theme) -> Line<'static> {
        let glyphs = &theme.glyphs;
        let mut spans = Vec::new();
        if self.depth > 0 {
            let air = "  ".repeat(self.depth - 1);
            // The joint of a line from above to the right, and a head.
            spans.push(Span::styled(format!("{air}{}{} ", glyphs.joints[3], glyphs.heads[1]), theme.muted));
        }
        spans.push(Span::styled(self.text.clone(), theme.text));
        spans.extend(self.label.iter().map(|label| Span::styled(format!("  {label}"), theme.muted)));
        if self.is_repeated {
            spans.push(Span::styled(format!(" {}", glyphs.ellipsis), theme.muted));
        }
        Line::from(spans)
    }
}

fn items(graph: &Graph) -> Vec<Item> {
    let item = |entry: board::Entry| Item {
        depth: entry.depth,
        text: name(graph, entry.node),
        label: entry.edge.and_then(|edge| graph.edges[edge].label.clone()),
        is_repeated: entry.is_repeated,
    };
    board::outline(graph).into_iter().map(item).collect()
}

fn name(graph: &Graph, id: NodeId) -> String {
    let node = graph.node(id);
    let count = match node.count {
        None => String::new(),
        Some(Count::Exactly(count)) => format!(" *{count}"),
        Some(Count::Many) => " *n".to_owned(),
    };
    let remark = node.remark.as_ref().map(|remark| format!(" ({remark})")).unwrap_or_default();
    format!("{}{count}{remark}", node.name)
}

fn diagram(graph: &Graph, drawing: &board::Drawing) -> Diagram {
    let boxed = |frame: &board::Frame| Labelled {
        area: Rect::new(frame.corner.x, frame.corner.y, frame.size.columns, frame.size.rows),
        lines: frame.lines.clone(),
        remarks: frame.remarks,
    };
    let mark = |ink| match ink {
        Ink::Strokes(sides) => Mark::Joint(sides),
        Ink::Crossing => Mark::Bridge,
        Ink::Head(direction) => Mark::Head(direction as usize),
    };
    let place = |point: board::Point| Position::new(point.x, point.y);
    let words = drawing.routes.iter().filter_map(|route| route.label.clone());
    Diagram {
        size: Size::new(drawing.room.columns, drawing.room.rows),
        boxes: drawing.frames.iter().map(boxed).collect(),
        lines: drawing.ink(graph).into_iter().map(|(point, ink)| (place(point), mark(ink))).collect(),
        words: words.map(|(point, label)| (place(point), label)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, room: (u16, u16), expect: &[&str]) {
        let mut drawing = Drawing::default();
        drawing.update(drawing_lines(text), room.into());
        let area = Rect::new(0, 0, room.0, room.1);
        let mut buf = Buffer::empty(area);
        drawing.draw(&Theme::default(), 0, area, &mut buf);
        let row = |y| (0..room.0).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        let rows: Vec<String> = (0..room.1).map(row).collect();
        assert_eq!(rows, expect);
    }

    #[test]
    fn boxes_where_they_fit_and_a_list_where_they_do_not() {
        check(
            "prose\n- a -> b\n> x = 1",
            (20, 4),
            &["   ╭───╮    ╭───╮", "   │ a │───▶│ b │", "   ╰───╯    ╰───╯", ""],
        );
        check("client -> api*3 -(SQL)-> db (MySQL)", (24, 3), &["client", "╰▶ api *3", "  ╰▶ db (MySQL)  SQL"]);
        check("nothing here", (10, 1), &[""]);
    }

    #[test]
    fn a_loop_of_prose_changes_nothing() {
        assert_eq!(drawing_lines("one\na -> b\ntwo"), drawing_lines("other\na -> b\nwords"));
    }
}
