//! `sysdrill show ID`.

use std::process::ExitCode;

use super::context::Context;
use super::failure::Failure;
use super::output::Output;
use super::scenario;
use crate::content::{Card, CardId, CardKind, TopicId};
use crate::estimate::Draws;
use crate::estimate::calculator::Calculator;
use crate::library::Library;
use crate::round::{Family, Scenario, describe};

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The id of a note's topic, a card, a calculator or a scenario, as `sysdrill list` prints them
    id: String,
}

pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let library = context.library();
    if let Some(note) = library.note(&TopicId::new(&args.id)) {
        output.text(&note.body)?;
    } else if let Some(card) = library.card(&CardId::new(&args.id)) {
        print_card(card, output)?;
    } else if let Some(calculator) = library.calculator(&args.id) {
        print_calculator(calculator, &library, output)?;
    } else if let Some((Some(scenario), _)) =
        Scenario::find(library.files("scenarios/"), &args.id, &scenario::numbers(&library))
    {
        output.text(describe(&scenario))?;
    } else {
        return Err(Failure::No(unknown(&library, &args.id)));
    }
    Ok(ExitCode::SUCCESS)
}

/// Names what was probably meant.
pub(super) fn unknown(library: &Library, id: &str) -> String {
    let topics = library.content().topics.iter().map(|topic| topic.id.as_str());
    let cards = library.cards().iter().map(|card| card.id.as_str());
    let calculators = library.calculators().iter().map(|calculator| calculator.id.as_str());
    let scenarios = library.files("scenarios/").iter().filter(|file| Family::of_path(&file.path).is_some());
    let scenarios = scenarios.filter_map(|file| file.path.rsplit('/').next()?.strip_suffix(".toml"));
    let nearest = topics
        .chain(cards)
        .chain(calculators)
        .chain(scenarios)
        .map(|known| (strsim::jaro_winkler(known, id), known))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(one, _), (other, _)| one.total_cmp(other));
    match nearest {
        Some((_, known)) => format!("There is no note, card, calculator or scenario `{id}`. Did you mean `{known}`?"),
        None => format!(
            "There is no note, card, calculator or scenario `{id}`. `sysdrill list notes`, `list cards`, `list calculators` and `list scenarios` name them."
        ),
    }
}

/// The fields with their defaults and what comes of them, which reads back as a sheet.
fn print_calculator(calculator: &Calculator, library: &Library, output: &mut Output) -> std::io::Result<()> {
    output.line(format!("{} · calculator", calculator.id))?;
    output.line("")?;
    output.line(format!("{}: {}", calculator.title, calculator.summary))?;
    let results = calculator.evaluate(&calculator.defaults(), library.numbers(), &mut Draws::new(0));
    let shown = |line: usize| results.lines.get(line).map_or("", |result| result.display.as_str());
    output.line("")?;
    for (at, input) in calculator.inputs.iter().enumerate() {
        let value = format!("{} = {}", input.name, shown(calculator.input_line(at)));
        output.line(format!("{value:<40}  # {}. {}", input.title, input.hint))?;
    }
    output.line("")?;
    for (at, result) in calculator.outputs.iter().enumerate() {
        output.line(format!("{} = {}", result.name, result.expression))?;
        output.line(format!("    → {}   {}. {}", shown(calculator.output_line(at)), result.title, result.why))?;
    }
    Ok(())
}

fn print_card(card: &Card, output: &mut Output) -> std::io::Result<()> {
    output.line(format!("{} · {} · {}", card.id, card.kind.name(), card.tier.name()))?;
    output.line("")?;
    output.line(&card.front)?;
    output.line("")?;
    match &card.kind {
        CardKind::Recall { back } | CardKind::Mistake { back } => output.line(back)?,
        CardKind::Cloze { gaps } => {
            let hidden = gaps.iter().filter_map(|&(from, to)| card.front.get(from as usize..to as usize));
            output.line(hidden.collect::<Vec<_>>().join(" · "))?;
        }
        CardKind::Choose { options } => {
            for option in options {
                let mark = if option.right { "+" } else { "-" };
                let because = if option.because.is_empty() { String::new() } else { format!("  ({})", option.because) };
                output.line(format!("{mark} {}{because}", option.text))?;
            }
        }
        CardKind::Compute { answer, unit, within } => {
            output.line(format!("{answer} to {unit}, within a factor of {}", within.get()))?;
        }
        CardKind::Order { steps } => {
            for (at, step) in steps.iter().enumerate() {
                output.line(format!("{}. {step}", at + 1))?;
            }
        }
    }
    if !card.why.is_empty() {
        output.line("")?;
        output.line(format!("Why: {}", card.why))?;
    }
    Ok(())
}
