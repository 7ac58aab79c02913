//! A day as people write it: `2026-12-24`, `24 Dec`, `3 weeks`, `20 days`.

use jiff::civil::Date;

use crate::time::StudyDay;

/// Nobody prepares for longer than two years.
const FARTHEST: i32 = 730;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Why a text is no day to prepare for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum DateError {
    #[error("`{0}` is not a date: write 2026-12-24, 24 Dec, 3 weeks or 20 days, or leave it empty.")]
    Unreadable(String),
    #[error("{0} is over: write a day that is still to come, or leave it empty.")]
    Over(StudyDay),
    #[error("{0} is more than two years away: leave the date empty until it is nearer.")]
    Far(StudyDay),
}

/// The day that a text means, none where it is empty. A day without a year is the next such day.
pub(super) fn read(text: &str, today: StudyDay) -> Result<Option<StudyDay>, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let unreadable = || DateError::Unreadable(text.to_owned());
    let found = iso(text).or_else(|| span(text, today)).or_else(|| day_and_month(text, today));
    let day = found.ok_or_else(unreadable)?;
    match day.days_since(today) {
        ..0 => Err(DateError::Over(day)),
        FARTHEST.. => Err(DateError::Far(day)),
        _ => Ok(Some(day)),
    }
}

/// The day as a sentence would say it: `Thu 24 Dec 2026, in 32 days`.
pub(super) fn say(day: StudyDay, today: StudyDay) -> String {
    let date = day.date().strftime("%a %-d %b %Y");
    match day.days_since(today) {
        0 => format!("{date}, today"),
        1 => format!("{date}, tomorrow"),
        days => format!("{date}, in {days} days"),
    }
}

fn iso(text: &str) -> Option<StudyDay> {
    text.parse::<Date>().ok().map(StudyDay::from_date)
}

/// `3 weeks`, `3w`, `in 20 days`, `20 d`.
fn span(text: &str, today: StudyDay) -> Option<StudyDay> {
    let text = text.strip_prefix("in ").unwrap_or(text);
    let end_of_number = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(end_of_number);
    let days = match unit.trim().to_lowercase().as_str() {
        "d" | "day" | "days" => 1,
        "w" | "week" | "weeks" => 7,
        _ => return None,
    };
    Some(today.plus(number.parse::<i32>().ok()?.saturating_mul(days)))
}

/// `24 Dec`, `Dec 24`, `24 December`.
fn day_and_month(text: &str, today: StudyDay) -> Option<StudyDay> {
    let (first, second) = text.split_once(' ')?;
    let (day, month) = if first.starts_with(|c: char| c.is_ascii_digit()) { (first, second) } else { (second, first) };
    let day: i8 = day.trim_end_matches('.').parse().ok()?;
    let month = month.trim().to_lowercase();
    let month = MONTHS.iter().position(|name| month.starts_with(name))? as i8 + 1;
    let this_year = today.date().year();
    let next = [this_year, this_year + 1].into_iter().filter_map(|year| Date::new(year, month, day).ok());
    next.map(StudyDay::from_date).find(|day| *day >= today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> StudyDay {
        iso("2026-11-22").expect("a date")
    }

    fn check(text: &str, said: &str) {
        let read = match read(text, today()) {
            Ok(Some(day)) => say(day, today()),
            Ok(None) => "none".to_owned(),
            Err(error) => error.to_string(),
        };
        assert!(read.starts_with(said), "{text}: {read}");
    }

    #[test]
    fn a_day_is_read_as_people_write_it() {
        check("2026-12-24", "Thu 24 Dec 2026, in 32 days");
        check("24 Dec", "Thu 24 Dec 2026");
        check("Dec 24", "Thu 24 Dec 2026");
        check("24. december", "Thu 24 Dec 2026");
        check("3 weeks", "Sun 13 Dec 2026, in 21 days");
        check("in 20 days", "Sat 12 Dec 2026");
        check("3w", "Sun 13 Dec 2026");
        check("1 d", "Mon 23 Nov 2026, tomorrow");
        check("22 Nov", "Sun 22 Nov 2026, today");
        check("21 Nov", "Sun 21 Nov 2027");
        check("  ", "none");
    }

    #[test]
    fn what_is_no_day_to_prepare_for_is_refused_with_a_remedy() {
        for text in ["soon", "24", "2026-13-01", "31 Feb", "3 months", "Dec", "99999999999 days"] {
            check(text, &format!("`{text}` is not a date"));
        }
        check("2026-11-21", "2026-11-21 is over");
        check("2036-01-01", "2036-01-01 is more than two years away");
        check("2000000000 weeks", "");
    }
}
