//! The terminal's modes: entered, left, and left on every way out, also by a panic.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::crossterm::cursor::{Hide, Show};
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};

/// The terminal belongs to the process, and the panic hook must know whether to mend it.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Raw input on the alternate screen, until dropped.
#[derive(Debug)]
pub(super) struct Modes {
    mouse: bool,
}

impl Modes {
    /// Takes the terminal over.
    pub(super) fn enter(mouse: bool) -> io::Result<Self> {
        let modes = Self { mouse };
        modes.resume()?;
        Ok(modes)
    }

    /// Takes the terminal over again after it was lent or the process was stopped.
    pub(super) fn resume(&self) -> io::Result<()> {
        // crossterm takes no notice of what others did to the terminal meanwhile, so raw mode is left first.
        disable_raw_mode()?;
        enable_raw_mode()?;
        ENTERED.store(true, Ordering::SeqCst);
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, Hide)?;
        if self.mouse {
            execute!(io::stdout(), EnableMouseCapture)?;
        }
        Ok(())
    }

    /// Gives the terminal back for a while.
    pub(super) fn suspend(&self) {
        restore();
    }
}

impl Drop for Modes {
    fn drop(&mut self) {
        restore();
    }
}

/// Whether there is somebody to talk to, at both ends.
pub(super) fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Leaves all modes. What fails has no remedy here, and the terminal may be gone, so errors are passed over.
fn restore() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let _ = execute!(io::stdout(), DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
}

/// From now on a panic on any thread mends the terminal, logs the trace, says what happened and where the log
/// is, and ends the process: drawing on would undo the mending.
pub(super) fn mend_on_panic(log: PathBuf) {
    std::panic::set_hook(Box::new(move |panic| {
        restore();
        let trace = std::backtrace::Backtrace::force_capture();
        tracing::error!(%panic, %trace, "crashed");
        let message =
            format!("sysdrill crashed; what was graded is saved.\n{panic}\nThe log is in {}\n", log.display());
        let _ = io::stderr().write_all(message.as_bytes());
        std::process::exit(101);
    }));
}
