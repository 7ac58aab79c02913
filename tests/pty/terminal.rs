//! A terminal with the program in it: what it wrote, what the screen shows, and when it ended.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Longer than anything takes on a busy machine; only a failing test waits for it.
const LONGEST: Duration = Duration::from_secs(20);
/// How often what cannot be waited for is looked at.
const GLANCE: Duration = Duration::from_millis(20);

pub struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    /// Tells the reading thread to let go of the terminal after the next output.
    is_closing: Arc<AtomicBool>,
    screen: vt100::Parser,
    /// Every byte that was written.
    pub written: Vec<u8>,
    /// Line discipline before the program began.
    modes: String,
    _home: tempfile::TempDir,
}

impl Terminal {
    /// Opens a page with the words "a quiet page" in it.
    pub fn open() -> Self {
        Self::open_with(&[])
    }

    pub fn open_with(environment: &[(&str, &str)]) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let page = home.path().join("page.md");
        std::fs::write(&page, "# Page\n\nThis is a quiet page.\n").expect("written");
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let modes = modes_of(pair.master.as_ref());
        let child = pair.slave.spawn_command(command(home.path(), &page, environment)).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let keyboard = pair.master.take_writer().expect("a writer");
        let (sender, output) = channel();
        let is_closing = Arc::new(AtomicBool::new(false));
        let must_stop = Arc::clone(&is_closing);
        std::thread::spawn(move || {
            let mut buffer = [0; 1 << 16];
            // The end of the terminal is an error on Linux and an end of file elsewhere.
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() || must_stop.load(Ordering::SeqCst) {
                    break;
                }
            }
        });
        Self {
            master: Some(pair.master),
            keyboard: Some(keyboard),
            child,
            output,
            is_closing,
            screen: vt100::Parser::new(cells(24), cells(80), 0),
            written: Vec::new(),
            modes,
            _home: home,
        }
    }

    pub fn send(&mut self, bytes: &[u8]) -> &mut Self {
        let keyboard = self.keyboard.as_mut().expect("the terminal is open");
        keyboard.write_all(bytes).and_then(|()| keyboard.flush()).expect("the program reads");
        self
    }

    /// Waits until the screen shows what is wanted.
    #[track_caller]
    pub fn until(&mut self, wanted: &str) -> &mut Self {
        self.until_screen(wanted, |text| text.contains(wanted))
    }

    #[track_caller]
    pub fn until_screen(&mut self, what: &str, is_there: impl Fn(&str) -> bool) -> &mut Self {
        let mut waited = Duration::ZERO;
        while !is_there(&self.text()) {
            assert!(waited < LONGEST, "never on the screen: {what}\n{}", self.text());
            waited += self.listen(GLANCE);
        }
        self
    }

    /// Waits until the program has written something, however the screen looks.
    #[track_caller]
    pub fn until_written(&mut self, wanted: &str) -> &mut Self {
        let mut waited = Duration::ZERO;
        while !String::from_utf8_lossy(&self.written).contains(wanted) {
            assert!(waited < LONGEST, "never written: {wanted:?}");
            waited += self.listen(GLANCE);
        }
        self
    }

    /// Takes in what is written for so long.
    pub fn listen_for(&mut self, span: Duration) -> &mut Self {
        let mut waited = Duration::ZERO;
        while waited < span {
            waited += self.listen(GLANCE);
        }
        self
    }

    /// Waits for the end and returns the exit code.
    #[track_caller]
    pub fn exit_code(&mut self) -> u32 {
        let mut waited = Duration::ZERO;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be waited for") {
                self.listen(Duration::ZERO);
                while self.take(GLANCE) {}
                return status.exit_code();
            }
            assert!(waited < LONGEST, "the program does not end:\n{}", self.text());
            waited += self.listen(GLANCE);
        }
    }

    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// The colour of the first cell with this text.
    pub fn colour_of(&self, wanted: &str) -> vt100::Color {
        let rows: Vec<String> = self.screen.screen().rows(0, 80).collect();
        let (row, text) = rows.iter().enumerate().find(|(_, row)| row.contains(wanted)).expect("it is on the screen");
        let column = text[..text.find(wanted).expect("it is in the row")].chars().count();
        self.screen.screen().cell(row as u16, column as u16).expect("a cell").fgcolor()
    }

    /// Whether the terminal is as it was before the program began.
    #[track_caller]
    pub fn assert_mended(&self) {
        let written = String::from_utf8_lossy(&self.written);
        let last = |mode: &str| (written.rfind(&format!("[?{mode}h")), written.rfind(&format!("[?{mode}l")));
        for mode in ["1049", "2004"] {
            let (on, off) = last(mode);
            assert!(off > on, "mode {mode} is still on");
        }
        let (shown, hidden) = last("25");
        assert!(shown > hidden, "the cursor is still hidden");
        if let Some(master) = &self.master {
            assert_eq!(modes_of(master.as_ref()), self.modes, "the line discipline is as it was");
        }
    }

    pub fn resize(&mut self, cols: u16, rows: u16) -> &mut Self {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().expect("the terminal is open").resize(size).expect("resized");
        self.screen.screen_mut().set_size(cells(rows), cells(cols));
        self
    }

    /// Sends a signal by name.
    pub fn signal(&mut self, name: &str) -> &mut Self {
        let id = self.child.process_id().expect("it runs").to_string();
        let status = std::process::Command::new("kill").args(["-s", name, &id]).status().expect("kill runs");
        assert!(status.success());
        self
    }

    /// Waits until the process is stopped.
    #[track_caller]
    pub fn until_stopped(&mut self) -> &mut Self {
        let id = self.child.process_id().expect("it runs");
        let mut waited = Duration::ZERO;
        let is_stopped = || {
            let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).expect("it is alive");
            stat.rsplit(") ").next().is_some_and(|state| state.starts_with('T'))
        };
        while !is_stopped() {
            assert!(waited < LONGEST, "the process does not stop");
            waited += self.listen(GLANCE);
        }
        self
    }

    /// Closes the terminal as closing its window does. The help brings the output with which the reading thread
    /// lets go of it.
    #[track_caller]
    pub fn close(&mut self) -> &mut Self {
        self.is_closing.store(true, Ordering::SeqCst);
        self.send(b"?");
        let mut waited = Duration::ZERO;
        while self.output.recv_timeout(GLANCE) != Err(RecvTimeoutError::Disconnected) {
            waited += GLANCE;
            assert!(waited < LONGEST, "the reading thread does not let go");
        }
        self.keyboard = None;
        self.master = None;
        self
    }

    /// Takes in one piece of output, or waits for so long; returns how long it may have waited.
    fn listen(&mut self, wait: Duration) -> Duration {
        if self.take(wait) { Duration::ZERO } else { wait }
    }

    fn take(&mut self, wait: Duration) -> bool {
        match self.output.recv_timeout(wait) {
            Ok(bytes) => {
                self.screen.process(&bytes);
                self.written.extend(bytes);
                true
            }
            Err(RecvTimeoutError::Timeout) => false,
            // Nothing more is written, but the process may still be on its way out.
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::park_timeout(wait);
                false
            }
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that fails leaves no program behind; one that passed has none any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(home: &Path, page: &Path, environment: &[(&str, &str)]) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sysdrill"));
    command.env_clear();
    command.cwd(home);
    for (name, value) in
        [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin")]
    {
        command.env(name, value);
    }
    command.env("HOME", home);
    environment.iter().for_each(|(name, value)| command.env(name, value));
    command.arg("read");
    command.arg(page);
    command.arg("--data-dir");
    command.arg(home.join("data"));
    command
}

fn modes_of(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().expect("a pseudo-terminal has modes"))
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).expect("a terminal has cells")
}
