//! How many reviews come on each of the next days.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Section;
use crate::time::StudyDay;
use crate::tui::screen::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::Columns;

/// The longest look ahead, and the one for narrow screens.
const FAR: usize = 30;
const NEAR: usize = 14;

/// So many reviews on one day reach the top of the chart, unless another day has more.
const CEILING: u32 = 10;

/// Dues by day.
#[derive(Debug)]
pub(super) struct Forecast {
    today: StudyDay,
    dues: Vec<u32>,
}

impl Forecast {
    pub(super) fn of(cx: &Cx<'_>) -> Self {
        let student = &cx.world.student;
        let dues = student.basis(cx.world.library.cards(), cx.now).forecast(FAR);
        Self { today: student.today(cx.now), dues }
    }
}

impl Section for Forecast {
    fn title(&self) -> &'static str {
        "Reviews to come"
    }

    fn height(&self, _width: u16) -> u16 {
        7
    }

    fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        // Three columns a day are the least in which a number is read.
        let days = if usize::from(area.width) >= FAR * 3 { FAR } else { NEAR };
        let label = |ahead: usize| match ahead {
            0 => "today".to_owned(),
            _ if ahead.is_multiple_of(7) => {
                let day = self.today.plus(i32::try_from(ahead).unwrap_or(i32::MAX));
                day.date().strftime("%-d %b").to_string()
            }
            _ => String::new(),
        };
        let labels: Vec<String> = (0..days).map(label).collect();
        let style = |theme: &Theme, ahead: usize| if ahead == 0 { theme.accent } else { theme.muted };
        Columns { theme, values: &self.dues[..days.min(self.dues.len())], ceiling: CEILING, labels: &labels, style }
            .draw(area, buf);
    }
}
