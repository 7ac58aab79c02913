//! Schemes without a ring, as a field of letters: a piece of what is looked up, or a key, a letter.
//!
//! What has moved in the last change is shown reversed, so that one sees at a glance how much did.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::sim::placement::{Cluster, KeyId, NodeId, Path, Sees, Trail};
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::bar;
use crate::tui::widgets::text::truncate;

use super::nodes::{self, count};

/// More moves than this are sampled: the field has fewer letters anyhow.
const MOST_MOVES: usize = 20_000;

/// A field to be drawn.
pub(super) struct Grid<'a> {
    pub(super) theme: &'a Theme,
    pub(super) cluster: &'a Cluster,
    pub(super) path: Option<&'a Path>,
}

impl Grid<'_> {
    pub(super) fn draw(&self, area: Rect, buf: &mut Buffer) {
        if area.height < 3 || area.width < 4 {
            return;
        }
        let bids = self.bids();
        if !bids.is_empty() {
            return self.draw_bids(&bids, area, buf);
        }
        let field = Rect { height: area.height - 1, ..area };
        let cells = usize::from(field.width) * usize::from(field.height);
        let cells = cells.min(self.cluster.piece_count().unwrap_or(self.cluster.keys().len()));
        let followed = self.path.and_then(|path| path.id);
        let (letters, moved, mark) = match self.cluster.pieces(cells) {
            Some(letters) => {
                let mark = followed.map(|key| self.cluster.piece_of(key, cells));
                (letters, self.moved_pieces(cells), mark)
            }
            None => self.keys(cells, followed),
        };
        for (cell, node) in letters.iter().enumerate() {
            let x = field.x + (cell % usize::from(field.width)) as u16;
            let y = field.y + (cell / usize::from(field.width)) as u16;
            let mut style = nodes::style(self.theme, *node);
            if moved.contains(&cell) {
                style = style.add_modifier(Modifier::REVERSED);
            }
            buf[(x, y)].set_char(nodes::letter(*node)).set_style(style);
            if mark == Some(cell) {
                buf[(x, y)].set_style(self.theme.mark.add_modifier(Modifier::BOLD));
            }
        }
        let caption = truncate(&self.caption(cells), usize::from(area.width), self.theme.glyphs.ellipsis);
        buf.set_string(area.x, area.bottom() - 1, caption, self.theme.muted);
    }

    /// What a letter stands for.
    fn caption(&self, cells: usize) -> String {
        let all = self.cluster.piece_count().unwrap_or(self.cluster.keys().len());
        let of = |what: &str| match all.div_ceil(cells.max(1)) {
            1 => format!("a letter a {what}; moved reversed"),
            each => format!("a letter {each} of {} {what}s; moved reversed", count(all)),
        };
        match (self.cluster.about().sees, self.cluster.piece_count()) {
            (Sees::Slot, _) => of("slot"),
            (Sees::Order, _) => format!("all {} keys in order; moved reversed", count(all)),
            (Sees::Entry, _) => of("entry").replace("entrys", "entries"),
            (Sees::Hash, Some(_)) => of("entry").replace("entrys", "entries"),
            (Sees::Hash | Sees::Region, _) => format!("{cells} of {} keys; moved reversed", count(all)),
        }
    }

    fn moved_pieces(&self, cells: usize) -> BTreeSet<usize> {
        let moves = self.cluster.change().map_or(&[][..], |change| &change.moves);
        let step = moves.len().div_ceil(MOST_MOVES).max(1);
        moves.iter().step_by(step).map(|moved| self.cluster.piece_of(moved.key, cells)).collect()
    }

    /// One key a letter, evenly taken from all.
    fn keys(&self, cells: usize, followed: Option<KeyId>) -> (Vec<NodeId>, BTreeSet<usize>, Option<usize>) {
        let all = self.cluster.keys().len();
        let key = |cell: usize| KeyId((cell as u64 * all as u64 / cells as u64) as u32);
        let letters = (0..cells).map(|cell| self.cluster.owner(key(cell))).collect();
        let moves = self.cluster.change().map_or(&[][..], |change| &change.moves);
        let has_moved = |cell: &usize| moves.binary_search_by_key(&key(*cell), |moved| moved.key).is_ok();
        let mark = followed.map(|id| (id.index() as u64 * cells as u64 / all as u64) as usize);
        (letters, (0..cells).filter(has_moved).collect(), mark)
    }

    /// What the best nodes score for the followed key, the highest first, where nodes are scored.
    fn bids(&self) -> Vec<(NodeId, f64)> {
        let trail = self.path.map_or(&[][..], |path| &path.trail);
        let bid = |step: &Trail| match step {
            Trail::Score { node, score } => Some((*node, *score)),
            _ => None,
        };
        let mut bids: Vec<_> = trail.iter().filter_map(bid).collect();
        bids.sort_by(|a, b| b.1.total_cmp(&a.1));
        bids
    }

    fn draw_bids(&self, bids: &[(NodeId, f64)], area: Rect, buf: &mut Buffer) {
        let theme = self.theme;
        let title = truncate("highest scores for the key", usize::from(area.width), theme.glyphs.ellipsis);
        buf.set_string(area.x, area.y, title, theme.muted);
        let columns = usize::from(area.width).saturating_sub(12).clamp(4, 40);
        for ((node, score), y) in bids.iter().zip(area.y + 1..area.bottom()) {
            let is_best = *node == bids[0].0;
            let mut line = Line::from(Span::styled(format!("{} ", nodes::letter(*node)), nodes::style(theme, *node)));
            line.extend(bar(theme, *score, columns, nodes::style(theme, *node)));
            line.push_span(Span::styled(format!(" {score:.3}"), theme.text));
            line.push_span(Span::styled(
                if is_best { format!(" {}", theme.glyphs.yes) } else { String::new() },
                theme.good,
            ));
            buf.set_line(area.x, y, &line, area.width);
        }
    }
}
