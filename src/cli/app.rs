//! The app itself: `sysdrill` without a command, and the commands that open a certain screen of it.

use std::process::ExitCode;

use clap::ColorChoice;

use super::arguments::Global;
use super::context::Context;
use super::failure::Failure;
use crate::config::{self, Config, ConfigProblem};
use crate::store::Store;
use crate::tui::route::Route;
use crate::tui::terminal::{self, Colour, Options, TuiError};
use crate::tui::world::World;

/// Opens the app at a screen and runs it to its end.
pub(super) fn run(global: &Global, start: Route) -> Result<ExitCode, Failure> {
    terminal::assert_usable()?;
    let context = Context::running(global)?;
    let (config, problems) = settings(&context)?;
    let store = Store::open(&context.paths.data, context.now())?;
    if let Err(error) = store.back_up_if_due(context.now()) {
        // The app is of use without today's backup; `sysdrill doctor` tells what there is.
        tracing::warn!(%error, "no backup was made");
    }
    let world = World::new(context.library(), store, context.paths.content.clone(), context.seed)?;
    // Whoever names a screen has been here before; a first start without one asks its four questions.
    let is_first = start == Route::to("today") && !world.student.has_profile();
    let start = if is_first { Route::at("profile", "first") } else { start };
    Ok(terminal::run(Options {
        clock: context.clock.clone(),
        world,
        config,
        problems,
        data: context.paths.data.clone(),
        colour: colour(global.color),
        start,
    })?)
}

/// The settings file, where there is one, and what is wrong in it.
pub(super) fn settings(context: &Context) -> Result<(Config, Vec<ConfigProblem>), Failure> {
    let path = &context.paths.config;
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(config::parse(&text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !context.paths.config_named => {
            Ok((Config::default(), Vec::new()))
        }
        Err(error) => Err(Failure::cannot(format!("The settings {} cannot be read", path.display()), error)),
    }
}

/// What `--color` asks of the app.
pub(super) fn colour(choice: ColorChoice) -> Colour {
    match choice {
        ColorChoice::Auto => Colour::Auto,
        ColorChoice::Always => Colour::Always,
        ColorChoice::Never => Colour::Never,
    }
}

impl From<TuiError> for Failure {
    fn from(error: TuiError) -> Self {
        Self::Cannot(error.to_string())
    }
}
