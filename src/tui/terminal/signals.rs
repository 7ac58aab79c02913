//! Signals, and the terminal's own end.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

/// What the system wants of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Summons {
    /// End, and report this signal's number.
    End(i32),
    /// Stop until continued.
    Stop,
    /// The process was continued; the terminal may look like anything.
    Continued,
}

/// While set, the terminal belongs to an editor, and Ctrl-C and Ctrl-Z are for that.
pub(super) type Lent = Arc<AtomicBool>;

/// Listens on threads of their own.
pub(super) fn start(lent: Lent, deliver: impl Fn(Summons) + Send + Clone + 'static) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
    let on_signal = deliver.clone();
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let is_for_editor = lent.load(Ordering::SeqCst) && matches!(signal, SIGINT | SIGTSTP);
            match signal {
                _ if is_for_editor => {}
                SIGTSTP => on_signal(Summons::Stop),
                SIGCONT => on_signal(Summons::Continued),
                number => on_signal(Summons::End(number)),
            }
        }
    });
    // crossterm reads a closed terminal for ever, and a session without a controlling terminal gets no SIGHUP.
    std::thread::spawn(move || {
        let stdin = io::stdin();
        let mut terminal = [PollFd::new(&stdin, PollFlags::empty())];
        while poll(&mut terminal, None) == Err(Errno::INTR) {}
        deliver(Summons::End(SIGHUP));
    });
    Ok(())
}

/// Stops the process as Ctrl-Z does; returns when it is continued.
pub(super) fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(SIGTSTP)
}
