//! How much was answered on each day: a week a column, a weekday a row.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Section;
use crate::recall::History;
use crate::time::StudyDay;
use crate::tui::screen::Cx;
use crate::tui::theme::Theme;

const WEEKDAYS: [&str; 7] = ["Mon", "", "Wed", "", "Fri", "", "Sun"];

/// Columns before the first week, and of each week.
const LABEL: u16 = 5;
const WEEK: u16 = 2;

/// The longest and the shortest look back, in weeks.
const LONGEST: u16 = 26;
const SHORTEST: u16 = 8;

/// Answers by day.
#[derive(Debug)]
pub(super) struct Calendar {
    today: StudyDay,
    answers: BTreeMap<StudyDay, u32>,
}

impl Calendar {
    pub(super) fn of(cx: &Cx<'_>, history: &History<'_>) -> Self {
        let answers = history.days().into_iter().map(|(day, total)| (day, total.answers)).collect();
        Self { today: cx.world.student.today(cx.now), answers }
    }

    /// The weeks since the first answer, within bounds.
    fn weeks(&self) -> u16 {
        let first = self.answers.keys().next().copied().unwrap_or(self.today);
        let days = u16::try_from(self.monday(0).days_since(first)).unwrap_or(0);
        (days.div_ceil(7) + 1).clamp(SHORTEST, LONGEST)
    }

    /// The Monday of the week, `weeks` before this one.
    fn monday(&self, weeks: u16) -> StudyDay {
        let days_since_monday = i32::from(self.today.date().weekday().to_monday_zero_offset());
        self.today.plus(-days_since_monday - 7 * i32::from(weeks))
    }
}

impl Section for Calendar {
    fn title(&self) -> &'static str {
        "Answers by day"
    }

    fn height(&self, _width: u16) -> u16 {
        8
    }

    fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        for (label, y) in WEEKDAYS.iter().zip(area.y..area.bottom()) {
            buf.set_string(area.x, y, label, theme.muted);
        }
        let weeks = (area.width.saturating_sub(LABEL) / WEEK).min(self.weeks());
        let most = self.answers.values().copied().max().unwrap_or(0);
        let mut month_shown = 0;
        for week in 0..weeks {
            let monday = self.monday(weeks - 1 - week);
            let x = area.x + LABEL + week * WEEK;
            for (weekday, y) in (0..7).zip(area.y..area.bottom()) {
                let day = monday.plus(weekday);
                if day <= self.today {
                    let level = level(self.answers.get(&day).copied().unwrap_or(0), most);
                    let style = if level == 0 { theme.border } else { theme.accent };
                    buf.set_string(x, y, theme.glyphs.shades[level], style);
                }
            }
            let date = monday.date();
            let fits = x + 3 <= area.right() && area.height > 7;
            if date.day() <= 7 && date.month() != month_shown && fits {
                buf.set_string(x, area.y + 7, date.strftime("%b").to_string(), theme.muted);
                month_shown = date.month();
            }
        }
    }
}

/// How dark a day is, from 0 for nothing to 4 for about the most.
fn level(answers: u32, most: u32) -> usize {
    if most == 0 { 0 } else { (answers * 4).div_ceil(most) as usize }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_day_without_answers_is_blank_and_the_best_is_darkest() {
        assert_eq!([0, 1, 25, 26, 50, 99, 100].map(|answers| level(answers, 100)), [0, 1, 1, 2, 2, 4, 4]);
        assert_eq!(level(0, 0), 0);
    }
}
