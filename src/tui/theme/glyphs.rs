//! The signs that the app draws besides text, in Unicode and in plain ASCII.

use ratatui::symbols::border;

/// One set of signs. Every sign is one column wide unless its field says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is named after what it draws")]
pub struct Glyphs {
    /// The enter key; in ASCII several columns wide.
    pub enter: &'static str,
    /// The arrow keys; in ASCII several columns wide.
    pub up: &'static str,
    pub down: &'static str,
    pub left: &'static str,
    pub right: &'static str,
    pub selected: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub warn: &'static str,
    pub dot: &'static str,
    pub bullet: &'static str,
    pub open_box: &'static str,
    pub ticked_box: &'static str,
    /// Up to three columns wide in ASCII.
    pub ellipsis: &'static str,
    /// Between a place and what lies in it.
    pub within: &'static str,
    pub bar_full: &'static str,
    pub bar_rest: &'static str,
    /// A column of a chart at one eighth to eight eighths of a row.
    pub eighths: [&'static str; 8],
    /// A cell of a calendar, from nothing to most.
    pub shades: [&'static str; 5],
    /// A thing among many, and the one that matters.
    pub cell: &'static str,
    pub cell_marked: &'static str,
    pub rule: &'static str,
    /// Where a rule meets the left and the right border.
    pub tee_left: &'static str,
    pub tee_right: &'static str,
    pub quote: &'static str,
    pub thumb: &'static str,
    /// Between columns of a table.
    pub vertical: &'static str,
    /// Where a table's rule meets a column border.
    pub crossing: &'static str,
    pub border: border::Set<'static>,
    /// Lines that meet, by the sides that they lead to: up 1, right 2, down 4, left 8.
    pub joints: [&'static str; 16],
    /// Heads of arrows: up, right, down, left.
    pub heads: [&'static str; 4],
}

impl Glyphs {
    /// For terminals with a Unicode font: nothing here is newer than box drawing, blocks and arrows.
    pub const UNICODE: Self = Self {
        enter: "⏎",
        up: "↑",
        down: "↓",
        left: "←",
        right: "→",
        selected: "▸",
        yes: "✓",
        no: "✗",
        warn: "!",
        dot: "·",
        bullet: "•",
        open_box: "☐",
        ticked_box: "☑",
        ellipsis: "…",
        within: "›",
        bar_full: "█",
        bar_rest: "░",
        eighths: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        shades: ["·", "░", "▒", "▓", "█"],
        cell: "▪",
        cell_marked: "◆",
        rule: "─",
        tee_left: "├",
        tee_right: "┤",
        quote: "▎",
        thumb: "▐",
        vertical: "│",
        crossing: "┼",
        border: border::ROUNDED,
        joints: [" ", "│", "─", "╰", "│", "│", "╭", "├", "─", "╯", "─", "┴", "╮", "┤", "┬", "┼"],
        heads: ["▲", "▶", "▼", "◀"],
    };

    /// Whether no letter beyond ASCII is to be drawn.
    pub fn is_ascii(&self) -> bool {
        self.bar_full.is_ascii()
    }

    /// For every terminal.
    pub const ASCII: Self = Self {
        enter: "Enter",
        up: "Up",
        down: "Down",
        left: "Left",
        right: "Right",
        selected: ">",
        yes: "+",
        no: "x",
        warn: "!",
        dot: "-",
        bullet: "*",
        open_box: "o",
        ticked_box: "x",
        ellipsis: "...",
        within: ">",
        bar_full: "#",
        bar_rest: ".",
        eighths: [".", ".", ":", ":", "+", "+", "#", "#"],
        shades: [".", "-", "+", "x", "#"],
        cell: "=",
        cell_marked: "@",
        rule: "-",
        tee_left: "+",
        tee_right: "+",
        quote: "|",
        thumb: "#",
        vertical: "|",
        crossing: "+",
        border: border::Set {
            top_left: "+",
            top_right: "+",
            bottom_left: "+",
            bottom_right: "+",
            vertical_left: "|",
            vertical_right: "|",
            horizontal_top: "-",
            horizontal_bottom: "-",
        },
        joints: [" ", "|", "-", "+", "|", "|", "+", "+", "-", "+", "-", "+", "+", "+", "+", "+"],
        heads: ["^", ">", "v", "<"],
    };
}
