//! The app: loop, screens, widgets, theme.
//!
//! | module | what it is for |
//! |---|---|
//! | [`screen`] | what a screen is: keys, commands, drawing; what it may look at |
//! | [`effect`], [`job`], [`route`] | what a screen wants done, as data |
//! | [`key`], [`keymap`] | keys, and which of them run what |
//! | [`app`] | the stack of screens, dispatch, effects; no terminal inside |
//! | [`host`] | what the app needs from the machine |
//! | [`registry`] | every screen that can be gone to |
//! | [`terminal`] | the app in a real terminal |
//! | [`mod@frame`], [`picture`] | a screen after some keys, as text, ANSI or SVG |
//! | [`theme`], [`widgets`] | looks by role; things to draw with |
//!
//! To write a screen, read [`screen`], copy `screens/help`, and add a line to `screens::ALL`.

pub mod app;
pub mod effect;
pub mod frame;
pub mod host;
pub mod job;
pub mod key;
pub mod keymap;
pub mod layer;
pub mod picture;
pub mod registry;
pub mod route;
pub mod screen;
pub mod screens;
pub mod terminal;
pub mod theme;
pub mod widgets;
pub mod world;

pub use frame::frame;
pub use picture::{ansi, svg, text};
pub use terminal::{Options, TuiError, run};
