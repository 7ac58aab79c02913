//! SQLite: the event log and the state that is folded from it.
