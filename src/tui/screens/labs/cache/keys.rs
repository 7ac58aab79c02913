//! The keys of the lab.

use crate::sim::replay::Wanted;
use crate::tui::key::{Code, Key};
use crate::tui::screen::Binding;

/// What one can do in the lab. What the arrows do depends on the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Run or pause; in the comparison start or cancel.
    Run,
    /// One request forward, or a parameter up.
    Right,
    /// One request back, or a parameter down.
    Left,
    /// The next policy or parameter, or the one before.
    Step(isize),
    /// So many requests forward or back.
    Leap(isize),
    /// To the first request or past the last one.
    Edge(bool),
    /// To the next request of a kind.
    Seek(Wanted),
    /// Faster or slower.
    Speed(isize),
    /// Choose policies.
    Policies,
    /// Choose where requests come from.
    Workload,
    /// Choose how many objects fit.
    Capacity,
    /// Twice or half as many.
    Resize(bool),
    /// Choose when entries expire.
    Expiry,
    /// Change everything, as the command line has it.
    Options,
    /// The next view, or the one before.
    View(isize),
    /// Compute the miss ratios by size, or stop that.
    Curves,
    /// Stop the job that is at work.
    Cancel,
    /// Copy the command line.
    Copy,
    /// Write the run to a file.
    Export,
    /// The lessons.
    Lessons,
}

const fn shift(code: Code) -> Key {
    let mut key = Key::plain(code);
    key.mods.shift = true;
    key
}

const fn bind(id: &'static str, keys: &'static [Key], help: &'static str, command: Command) -> Binding<Command> {
    Binding { id, keys, help, command }
}

/// The table.
pub(super) const KEYS: &[Binding<Command>] = &[
    bind("cache-lab.run", &[Key::SPACE], "run", Command::Run),
    bind("cache-lab.right", &[Key::RIGHT], "step", Command::Right),
    bind("cache-lab.left", &[Key::LEFT], "step back", Command::Left),
    bind("cache-lab.view", &[Key::TAB], "view", Command::View(1)),
    bind("cache-lab.policies", &[Key::char('p')], "policies", Command::Policies),
    bind("cache-lab.workload", &[Key::char('w')], "workload", Command::Workload),
    bind("cache-lab.capacity", &[Key::char('c')], "capacity", Command::Capacity),
    bind("cache-lab.faster", &[Key::char('+'), Key::char('=')], "faster", Command::Speed(1)),
    bind("cache-lab.slower", &[Key::char('-')], "slower", Command::Speed(-1)),
    bind("cache-lab.miss", &[Key::char('m')], "to the next miss", Command::Seek(Wanted::Miss)),
    bind("cache-lab.eviction", &[Key::char('e')], "to the next eviction", Command::Seek(Wanted::Eviction)),
    bind("cache-lab.curves", &[Key::char('g')], "curves by size", Command::Curves),
    bind("cache-lab.expiry", &[Key::char('t')], "expiry", Command::Expiry),
    bind("cache-lab.larger", &[Key::char(']')], "twice the capacity", Command::Resize(true)),
    bind("cache-lab.smaller", &[Key::char('[')], "half the capacity", Command::Resize(false)),
    bind("cache-lab.options", &[Key::char('o')], "all options", Command::Options),
    bind("cache-lab.next", &[Key::DOWN, Key::char('j')], "next", Command::Step(1)),
    bind("cache-lab.previous", &[Key::UP, Key::char('k')], "previous", Command::Step(-1)),
    bind("cache-lab.leap", &[Key::PAGE_DOWN, shift(Code::Right)], "100 requests on", Command::Leap(100)),
    bind("cache-lab.leap-back", &[Key::PAGE_UP, shift(Code::Left)], "100 requests back", Command::Leap(-100)),
    bind("cache-lab.end", &[Key::END], "to the end", Command::Edge(true)),
    bind("cache-lab.start", &[Key::HOME], "to the beginning", Command::Edge(false)),
    bind("cache-lab.view-back", &[Key::BACK_TAB], "view before", Command::View(-1)),
    bind("cache-lab.cancel", &[Key::char('s')], "stop the work", Command::Cancel),
    bind("cache-lab.copy", &[Key::char('y')], "copy the command line", Command::Copy),
    bind("cache-lab.export", &[Key::char('x')], "export", Command::Export),
    bind("cache-lab.lessons", &[Key::char('l')], "lessons", Command::Lessons),
];

/// What the footer shows, as far as there is room, with a word for each.
pub(super) const FOOTER: &[(Command, &str)] = &[
    (Command::Run, "run"),
    (Command::Right, "step"),
    (Command::Left, "back"),
    (Command::Seek(Wanted::Miss), "miss"),
    (Command::Policies, "policies"),
    (Command::Workload, "load"),
    (Command::Capacity, "size"),
    (Command::View(1), "view"),
    (Command::Speed(1), "faster"),
    (Command::Speed(-1), "slower"),
    (Command::Export, "export"),
    (Command::Copy, "copy"),
    (Command::Lessons, "lessons"),
];
