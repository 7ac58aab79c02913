//! The study screens, driven through the real app with keys, over a scratch store and at a fixed moment.

#[path = "screens/stage.rs"]
mod stage;

#[path = "screens/bindings.rs"]
mod bindings;
#[path = "screens/labs.rs"]
mod labs;
#[path = "screens/looks.rs"]
mod looks;
#[path = "screens/rounds.rs"]
mod rounds;
#[path = "screens/session.rs"]
mod session;
