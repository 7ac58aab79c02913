//! The lab's key table.

use crate::tui::key::Key;
use crate::tui::screen::Binding;

/// What one can do in the lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// A node joins.
    Add,
    /// The selected node leaves.
    Remove,
    /// One step back.
    Back,
    /// Choose the schemes that stand side by side.
    Schemes,
    /// More or fewer virtual nodes.
    VirtualNodes(isize),
    /// Follow one key.
    Follow,
    /// One key gets a share of the requests.
    Hot,
    /// Write it under several names.
    Salt,
    /// More or fewer copies.
    Replicas(isize),
    /// The selected node fails, or comes back.
    Kill,
    /// The selected node's weight.
    Weight,
    /// Take load off the selected node by hand: split its range, move its piece.
    Relieve,
    /// The next hash.
    Hash,
    /// More or fewer keys.
    Keys(isize),
    /// Keys drawn, or ascending names.
    Names,
    /// Requests: even, popular keys, newest keys.
    Popularity,
    /// How many keys a scan reads.
    Scan,
    /// Data of a key and the rates at which it moves.
    Haul,
    /// Let the change be done at once.
    Finish,
    /// Look at the next scheme.
    Focus,
    /// Select a node, or a row of a menu.
    Step(isize),
    /// Choose the selected row, or take what was typed.
    Take,
    /// Close what is open over the lab.
    Close,
    /// The command line that gives the same figures, on the clipboard.
    Copy,
    /// Write the run to a file.
    Export,
    /// The lessons.
    Lessons,
}

pub(super) const KEYS: &[Binding<Command>] = &[
    Binding { id: "hash.take", keys: &[Key::ENTER], help: "take", command: Command::Take },
    Binding { id: "hash.close", keys: &[Key::ESC], help: "close", command: Command::Close },
    Binding { id: "hash.finish", keys: &[Key::SPACE], help: "finish", command: Command::Finish },
    Binding { id: "hash.add", keys: &[Key::char('a')], help: "add", command: Command::Add },
    Binding { id: "hash.remove", keys: &[Key::char('x')], help: "remove", command: Command::Remove },
    Binding { id: "hash.schemes", keys: &[Key::char('s')], help: "schemes", command: Command::Schemes },
    Binding { id: "hash.vnodes", keys: &[Key::char('v')], help: "vnodes", command: Command::VirtualNodes(1) },
    Binding { id: "hash.follow", keys: &[Key::char('f')], help: "follow", command: Command::Follow },
    Binding { id: "hash.hot", keys: &[Key::char('o')], help: "hot", command: Command::Hot },
    Binding { id: "hash.salt", keys: &[Key::char('t')], help: "salt", command: Command::Salt },
    Binding { id: "hash.kill", keys: &[Key::char('k')], help: "kill", command: Command::Kill },
    Binding { id: "hash.back", keys: &[Key::char('u'), Key::BACKSPACE], help: "step back", command: Command::Back },
    Binding {
        id: "hash.fewer-vnodes",
        keys: &[Key::char('V')],
        help: "fewer virtual nodes",
        command: Command::VirtualNodes(-1),
    },
    Binding { id: "hash.replicas", keys: &[Key::char('r')], help: "more copies", command: Command::Replicas(1) },
    Binding {
        id: "hash.fewer-replicas",
        keys: &[Key::char('R')],
        help: "fewer copies",
        command: Command::Replicas(-1),
    },
    Binding { id: "hash.weight", keys: &[Key::char('w')], help: "node's weight", command: Command::Weight },
    Binding { id: "hash.relieve", keys: &[Key::char('b')], help: "split or move a piece", command: Command::Relieve },
    Binding { id: "hash.hash", keys: &[Key::char('h')], help: "next hash", command: Command::Hash },
    Binding { id: "hash.keys", keys: &[Key::char('n')], help: "ten times the keys", command: Command::Keys(1) },
    Binding { id: "hash.fewer-keys", keys: &[Key::char('N')], help: "a tenth of the keys", command: Command::Keys(-1) },
    Binding { id: "hash.names", keys: &[Key::char('i')], help: "ascending ids", command: Command::Names },
    Binding { id: "hash.popularity", keys: &[Key::char('p')], help: "popularity", command: Command::Popularity },
    Binding { id: "hash.scan", keys: &[Key::char('g')], help: "longer scans", command: Command::Scan },
    Binding { id: "hash.haul", keys: &[Key::char('d')], help: "data and rates", command: Command::Haul },
    Binding { id: "hash.focus", keys: &[Key::TAB], help: "next scheme", command: Command::Focus },
    Binding { id: "hash.down", keys: &[Key::DOWN, Key::char('j')], help: "next node", command: Command::Step(1) },
    Binding { id: "hash.up", keys: &[Key::UP], help: "node before", command: Command::Step(-1) },
    Binding { id: "hash.copy", keys: &[Key::char('y')], help: "copy command line", command: Command::Copy },
    Binding { id: "hash.export", keys: &[Key::char('e')], help: "export", command: Command::Export },
    Binding { id: "hash.lessons", keys: &[Key::char('l')], help: "lessons", command: Command::Lessons },
];
