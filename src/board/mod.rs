//! A design as text, such as `client -> lb -> api*3 -> {cache, db}`: what it says, and where its boxes and arrows go.
//!
//! Pure: it knows nothing of rounds, of what a component is for, or of a terminal. [`parse`] reads a text of any kind
//! and keeps the lines that draw something; [`Graph`] answers what a checkpoint asks of the drawing;
//! [`outline()`] lists it. Start reading at [`parse`].

mod graph;
mod outline;
mod parse;
mod problem;
mod token;

pub use graph::{Count, Edge, Graph, Node, NodeId};
pub use outline::{Entry, outline};
pub use parse::{draws, parse};
pub use problem::Problem;
