//! Import and export: progress as JSON lines, to be read by other programs and merged with that of another machine.
//!
//! What comes in is checked whole before any of it is handed on, so that nothing is taken by halves; whoever calls gives
//! the events to the store. Start reading at [`log::read`].

pub mod log;
