//! `sysdrill calc EXPR…`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use super::context::Context;
use super::failure::Failure;
use super::input;
use super::output::Output;
use crate::content::clean;
use crate::estimate::{Error, LineResult, Quantity, Sheet, Unit};

/// Arguments of `calc`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Expressions, each a line of one sheet; `-` reads a sheet from standard input [example: "100M user * 10 req/user/day"]
    #[arg(required_unless_present = "sheet")]
    lines: Vec<String>,
    /// Show the last value in this unit
    #[arg(long, value_name = "UNIT")]
    to: Option<String>,
    /// Evaluate a sheet file
    #[arg(long, value_name = "FILE", conflicts_with = "lines")]
    sheet: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// The answer, as scripts read it.
#[derive(Debug, Serialize)]
struct Document {
    lines: Vec<Line>,
}

/// `value`, `low` and `high` are unrounded and in `unit`.
#[derive(Debug, Serialize)]
struct Line {
    text: String,
    name: Option<String>,
    value: Option<f64>,
    unit: Option<String>,
    display: Option<String>,
    low: Option<f64>,
    high: Option<f64>,
    notes: Vec<String>,
    holds: Option<bool>,
    error: Option<Message>,
}

#[derive(Debug, Serialize)]
struct Message {
    message: String,
    line: u32,
    column: u32,
    suggestion: Option<String>,
}

/// Exits with 1 where a line has an error or a comparison does not hold.
pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let text = clean(&text(args)?).into_owned();
    let library = context.library();
    let mut lines = Sheet::with_numbers(&text, library.numbers()).evaluate(context.seed);
    if let Some(unit) = &args.to {
        show_last_in(unit, &mut lines)?;
    }
    if args.json {
        output.json(&Document { lines: lines.iter().map(Line::of).collect() })?;
    } else {
        print(&lines, output)?;
    }
    let is_wrong = |line: &LineResult| line.error.is_some() || line.holds == Some(false);
    Ok(if lines.iter().any(is_wrong) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn text(args: &Args) -> Result<String, Failure> {
    if let Some(file) = &args.sheet {
        return input::read(file, input::TEXT)
            .map_err(|error| Failure::cannot(format!("The sheet {} cannot be read", file.display()), error));
    }
    if args.lines == ["-"] {
        return input::read(Path::new("-"), input::TEXT).map_err(|error| Failure::cannot("Standard input", error));
    }
    Ok(args.lines.join("\n"))
}

/// Converts the last line that has a value.
fn show_last_in(unit: &str, lines: &mut [LineResult]) -> Result<(), Failure> {
    let unit = Unit::parse(unit).map_err(|error| Failure::No(format!("--to {unit}: {}", told(&error))))?;
    let Some(line) = lines.iter_mut().rev().find(|line| line.value.is_some()) else { return Ok(()) };
    let convert = |quantity: &Quantity| quantity.to_unit(&unit).map_err(|error| Failure::No(format!("--to: {error}")));
    let value = line.value.as_ref().map(convert).transpose()?;
    if let Some(spread) = &mut line.spread {
        spread.low = convert(&spread.low)?;
        spread.high = convert(&spread.high)?;
        line.display = format!("{} … {}", spread.low, spread.high);
    } else if let Some(value) = &value {
        line.display = value.to_string();
    }
    line.value = value;
    line.other_forms.clear();
    Ok(())
}

impl Line {
    fn of(line: &LineResult) -> Self {
        let unit = line.value.as_ref().map(Quantity::shown_unit);
        let number = |quantity: Option<&Quantity>| quantity?.in_unit(unit.as_ref()?).ok();
        Self {
            text: line.text.clone(),
            name: line.name.clone(),
            value: number(line.value.as_ref()),
            low: number(line.low()),
            high: number(line.high()),
            unit: unit.as_ref().map(ToString::to_string),
            display: line.value.is_some().then(|| line.display.clone()),
            notes: line.notes.clone(),
            holds: line.holds,
            error: line.error.as_ref().map(Message::of),
        }
    }
}

impl Message {
    fn of(error: &Error) -> Self {
        Self {
            message: error.message.clone(),
            line: error.line,
            column: error.column,
            suggestion: error.suggestion.clone(),
        }
    }
}

/// Values go to standard output, each beside its name where the sheet has several; errors and readings to standard error.
fn print(lines: &[LineResult], output: &mut Output) -> Result<(), Failure> {
    let is_sheet = lines.iter().filter(|line| line.value.is_some() || line.error.is_some()).count() > 1;
    let width = lines.iter().map(|line| unicode_width::UnicodeWidthStr::width(line.text.trim_end())).max().unwrap_or(0);
    for (at, line) in lines.iter().enumerate() {
        if let Some(error) = &line.error {
            eprintln!("line {}, column {}: {}", error.line, error.column, told(error));
            eprintln!("{}", indented(&error.caret(&line.text)));
        }
        for note in &line.notes {
            eprintln!("line {}: {note}", at + 1);
        }
        let forms =
            if line.other_forms.is_empty() { String::new() } else { format!("  ({})", line.other_forms.join(", ")) };
        let shown = match (line.holds, &line.value) {
            (Some(true), _) => "holds".to_owned(),
            (Some(false), _) => "does not hold".to_owned(),
            (None, Some(_)) => format!("{}{forms}", line.display),
            (None, None) => continue,
        };
        if is_sheet || line.holds.is_some() {
            let text = line.text.trim_end();
            let blanks = " ".repeat(width - unicode_width::UnicodeWidthStr::width(text));
            output.line(format!("{text}{blanks}  →  {shown}"))?;
        } else {
            output.line(shown)?;
        }
    }
    Ok(())
}

fn told(error: &Error) -> String {
    match &error.suggestion {
        Some(suggestion) => format!("{}; {suggestion}", error.message),
        None => error.message.clone(),
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}
