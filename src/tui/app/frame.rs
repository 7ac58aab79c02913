//! What the app draws around the screens: header, footer, toasts, and a plain word where there is no room.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::widgets::{Paragraph, Widget, Wrap};

use crate::tui::effect::{Notice, Tone};
use crate::tui::host::Host;
use crate::tui::key::Key;
use crate::tui::layer::Hint;
use crate::tui::screen::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::footer::Footer;
use crate::tui::widgets::header::{Header, Lead};
use crate::tui::widgets::toast::Toast;

use super::globals;
use super::{App, SMALLEST};

/// How many keys of the screen the footer shows.
const FOOTER_KEYS: usize = 5;

impl<H: Host> App<H> {
    /// Draws a frame into a buffer, which may be larger or smaller than the size last told, and returns where the
    /// cursor belongs.
    pub fn draw(&mut self, buf: &mut Buffer) -> Option<Position> {
        let area = buf.area;
        buf.set_style(area, self.theme.text);
        if area.width < SMALLEST.width || area.height < SMALLEST.height {
            draw_too_small(&self.theme, area, buf);
            return None;
        }
        let body = Rect { y: area.y + 1, height: area.height - 2, ..area };
        let cursor = self.draw_screens(body, buf);
        // After the screens: what a screen says in the header may depend on how it was laid out.
        self.draw_header(Rect { height: 1, ..area }, buf);
        self.draw_footer(Rect { y: area.bottom() - 1, height: 1, ..area }, buf);
        let mut room = body.inner(Margin::new(2, 1));
        for notice in self.toasts.iter() {
            room = toast(&self.theme, notice).draw(room, buf);
        }
        cursor
    }

    /// Lays out and draws the page on top and the popups over it.
    fn draw_screens(&mut self, body: Rect, buf: &mut Buffer) -> Option<Position> {
        let Self { tabs, active, host, theme, config, keymap, now, .. } = self;
        let cx = Cx { now: *now, theme, config, keymap, world: host.world() };
        let mut cursor = None;
        for stacked in tabs[*active].visible() {
            if stacked.layer.is_popup() {
                buf.set_style(body, theme.veil);
            }
            stacked.layer.layout(&cx, body);
            cursor = stacked.layer.draw(&cx, body, buf);
        }
        cursor
    }

    fn draw_header(&self, row: Rect, buf: &mut Buffer) {
        let stack = &self.tabs[self.active];
        let cx = self.cx();
        let page = stack.layers.iter().rposition(|stacked| !stacked.layer.is_popup()).unwrap_or(0);
        let path = stack.layers.get(page).map(|stacked| stacked.layer.title(&cx)).unwrap_or_default();
        let status = stack.layers.get(page).map(|stacked| stacked.layer.status(&cx)).unwrap_or_default();
        let titles: Vec<_> = self.tabs.iter().map(|tab| tab.entry.title).collect();
        let lead = if page == 0 { Lead::Tabs(&titles, self.active) } else { Lead::Path(&path) };
        Header { theme: &self.theme, lead, status }.render(row, buf);
    }

    fn draw_footer(&self, row: Rect, buf: &mut Buffer) {
        let top = self.tabs[self.active].top().map(|stacked| stacked.layer.as_ref());
        let takes_text = top.is_some_and(|layer| layer.takes_text());
        // While text is taken a printable key is text, so the first that still runs the command is shown.
        let works = |key: &&Key| !takes_text || key.printable().is_none();
        let label = |hint: &Hint| {
            let key = self.keymap.keys(hint.id, hint.keys).iter().find(works)?;
            Some((key.label(&self.theme.glyphs), hint.help))
        };
        let own = top.map(|layer| layer.hints()).unwrap_or_default();
        let mut keys: Vec<(String, &str)> = Vec::new();
        for (key, help) in own.iter().filter(|hint| hint.available).filter_map(label) {
            // Two keys that do the same at this moment are shown once.
            if keys.len() < FOOTER_KEYS && keys.iter().all(|(_, shown)| *shown != help) {
                keys.push((key, help));
            }
        }
        let help = globals::hints(|_| true, |_| None).iter().find(|hint| hint.id == globals::HELP).and_then(label);
        let own_words = top.and_then(|layer| layer.footer(&self.cx()));
        Footer { theme: &self.theme, own_words, keys: &keys, help }.render(row, buf);
    }
}

fn toast<'a>(theme: &'a Theme, notice: &'a Notice) -> Toast<'a> {
    let (sign, style) = match notice.tone {
        Tone::Plain => ("", theme.text),
        Tone::Good => (theme.glyphs.yes, theme.good),
        Tone::Warn => (theme.glyphs.warn, theme.warn),
        Tone::Bad => (theme.glyphs.no, theme.bad),
    };
    Toast { theme, text: &notice.text, sign, style }
}

fn draw_too_small(theme: &Theme, area: Rect, buf: &mut Buffer) {
    let needed =
        format!("sysdrill needs at least {}x{} (now {}x{})", SMALLEST.width, SMALLEST.height, area.width, area.height);
    Paragraph::new(needed).style(theme.text).wrap(Wrap { trim: true }).render(area, buf);
}
