//! Calculators: the list of them, and the form in front of each.

mod form;
mod list;
mod view;

pub use form::Form;
pub use list::Calculators;
