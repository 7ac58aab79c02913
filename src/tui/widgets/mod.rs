//! Things to draw with. They know the theme and plain values, nothing of what there is to study.

pub mod bar;
pub mod columns;
pub mod curve;
pub mod diagram;
pub mod dots;
pub mod editor;
pub mod empty;
pub mod field;
pub mod footer;
pub mod header;
pub mod histogram;
pub mod list;
pub mod markdown;
pub mod panel;
pub mod plot;
pub mod text;
pub mod toast;
pub mod wrap;
