//! Quantities with units, expressions and sheets; pure.
