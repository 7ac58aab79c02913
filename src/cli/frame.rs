//! `sysdrill frame SCREEN`.

use std::process::ExitCode;

use clap::{ColorChoice, ValueEnum};

use super::app;
use super::arguments::Global;
use super::context::Context;
use super::failure::Failure;
use super::output::Output;
use crate::store::Store;
use crate::tui::app::Looks;
use crate::tui::frame::{FrameSize, Request, frame, strokes};
use crate::tui::picture;
use crate::tui::route::Route;
use crate::tui::terminal::looks;
use crate::tui::theme::{Background, Depth};
use crate::tui::world::World;

/// Arguments of `frame`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// today, library, note:ID, cards, progress, help, palette …
    screen: Route,
    /// Columns and rows
    #[arg(long, value_name = "WxH", default_value = "80x24")]
    size: FrameSize,
    /// Keys to press first, separated by blanks [example: "space 3 ctrl-p type:some_text"]
    #[arg(long, default_value = "")]
    keys: String,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Rows of characters
    Text,
    /// The same with colours, for a terminal
    Ansi,
    /// A picture
    Svg,
}

/// Draws on a scratch store unless the data directory was named.
pub(super) fn run(global: &Global, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let context = Context::still(global)?;
    let keys = strokes(&args.keys).map_err(|error| Failure::Cannot(error.to_string()))?;
    let (config, _) = app::settings(&context)?;
    let store =
        if global.data_dir.is_some() { Store::open(&context.paths.data, context.now())? } else { Store::scratch()? };
    let world = World::new(context.library(), store, context.paths.content.clone(), context.seed)?;
    let looks = args.format.looks(global.color);
    let request =
        Request { screen: args.screen.clone(), size: args.size, keys, world, config, looks, now: context.now() };
    let buffer = frame(request).map_err(|refusal| Failure::No(refusal.to_string()))?;
    output.text(match args.format {
        Format::Text => picture::text(&buffer),
        Format::Ansi => picture::ansi(&buffer),
        Format::Svg => picture::svg(&buffer),
    })?;
    Ok(ExitCode::SUCCESS)
}

impl Format {
    /// A picture has all colours; a terminal has those of the environment.
    fn looks(self, colour: ColorChoice) -> Looks {
        match (self, colour) {
            (Self::Svg, ColorChoice::Auto | ColorChoice::Always) => {
                Looks { depth: Depth::True, background: Background::default(), unicode: true }
            }
            _ => looks(app::colour(colour), |name| std::env::var_os(name)),
        }
    }
}
