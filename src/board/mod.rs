//! A design as text, such as `client -> lb -> api*3 -> {cache, db}`: what it says, and where its boxes and arrows go.
//!
//! Pure: it knows nothing of rounds, of what a component is for, or of a terminal. [`parse`] reads a text of any kind
//! and keeps the lines that draw something; [`Graph`] answers what a checkpoint asks of the drawing;
//! [`layout()`] turns a graph into boxes and arrows in character cells, which whoever has a screen can draw, and
//! [`outline()`] into an indented list. Start reading at [`parse`].

mod cells;
mod graph;
mod layout;
mod outline;
mod parse;
mod problem;
mod token;

pub use cells::Ink;
pub use graph::{Count, Edge, Graph, Node, NodeId};
pub use layout::{Direction, Drawing, Flow, Frame, LARGEST, Point, Room, Route, layout};
pub use outline::{Entry, outline};
pub use parse::{draws, parse};
pub use problem::Problem;
