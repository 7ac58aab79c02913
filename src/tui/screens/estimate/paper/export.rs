//! A sheet as somebody else reads it.

use crate::estimate::LineResult;
use crate::tui::widgets::text::width;

/// What stands beside a line: its value, or why there is none.
pub(super) fn value(line: &LineResult) -> String {
    match (&line.error, line.holds) {
        (Some(error), _) => format!("error: {error}"),
        (None, Some(holds)) => format!("{} ({})", line.display, if holds { "holds" } else { "does not hold" }),
        (None, None) => line.display.clone(),
    }
}

/// As text that can be typed again: the values stand in comments.
pub(super) fn text(lines: &[LineResult]) -> String {
    let columns = lines.iter().filter(|line| !value(line).is_empty()).map(|line| width(&line.text)).max().unwrap_or(0);
    let row = |line: &LineResult| match value(line) {
        value if value.is_empty() => line.text.trim_end().to_owned(),
        value => format!("{}{}  → {value}", line.text, " ".repeat(columns.saturating_sub(width(&line.text)))),
    };
    lines.iter().map(|line| row(line) + "\n").collect()
}

/// As Markdown: a table of the sums, comments between them as paragraphs, readings and errors in words below.
pub(super) fn markdown(title: &str, lines: &[LineResult]) -> String {
    let mut page = format!("# {title}\n");
    let mut is_in_table = false;
    for line in lines {
        let text = line.text.trim();
        let is_sum = !value(line).is_empty() || line.error.is_some();
        if is_sum {
            if !is_in_table {
                page += "\n| sum | value |\n|---|---:|\n";
            }
            page += &format!("| `{}` | {} |\n", text.replace('|', "\\|"), value(line).replace('|', "\\|"));
        } else if !text.is_empty() {
            page += &format!("\n{}\n", text.trim_start_matches(['#', ' ']));
        }
        is_in_table = is_sum;
    }
    let notes: Vec<String> = lines
        .iter()
        .flat_map(|line| line.notes.iter().map(|note| format!("- `{}`: {note}\n", line.text.trim())))
        .collect();
    if !notes.is_empty() {
        page += "\nHow it was read:\n\n";
        page += &notes.concat();
    }
    page
}

/// A file's name for a sheet's.
pub(super) fn file_name(title: &str, ending: &str) -> String {
    let slug: String = title.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let slug: Vec<&str> = slug.split('-').filter(|part| !part.is_empty()).collect();
    format!("{}.{ending}", if slug.is_empty() { "sheet".to_owned() } else { slug.join("-") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Sheet;

    const SHEET: &str = "# Writes\nnew = 100M url/month\nrate = new to url/s\nbad = 1 GB + 1 s\n\n1 ≈ 1";

    #[test]
    fn text_reads_back_as_the_same_sheet() {
        let lines = Sheet::parse(SHEET).evaluate(0);
        let text = text(&lines);
        assert!(text.starts_with("# Writes\nnew = 100M url/month  → 100M url/month\n"), "{text}");
        let again = Sheet::parse(&text).evaluate(0);
        assert_eq!(
            again.iter().map(|line| &line.display).collect::<Vec<_>>(),
            lines.iter().map(|line| &line.display).collect::<Vec<_>>()
        );
    }

    #[test]
    fn markdown_has_a_table_of_sums() {
        let page = markdown("URL shortener", &Sheet::parse(SHEET).evaluate(0));
        let expect = "# URL shortener\n\nWrites\n\n| sum | value |\n|---|---:|\n| `new = 100M url/month` | 100M url/month |\n| `rate = new to url/s` | 38.6 url/s |\n| `bad = 1 GB + 1 s` | error: ";
        assert!(page.starts_with(expect), "{page}");
        assert_eq!(file_name("URL shortener: writes", "md"), "url-shortener-writes.md");
        assert_eq!(file_name("…", "md"), "sheet.md");
    }
}
