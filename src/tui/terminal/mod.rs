//! The app in a real terminal.
//!
//! Threads read input, signals and jobs, and tell the loop through one channel; the loop hands what happened to
//! the [`App`] and draws one frame for each burst. Start reading at [`run`].

mod abilities;
mod answers;
mod desk;
mod input;
mod log;
mod modes;
mod signals;

use std::io::{self, BufWriter, Stdout, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};

use super::app::{App, Setup};
use super::effect::{Notice, Tone};
use super::host::Ticket;
use super::job::News;
use super::key::Key;
use super::route::Route;
use super::screen::Refusal;
use super::screens;
use super::world::World;
use crate::config::{Config, ConfigProblem};
use crate::library;
use crate::time::Clock;

pub use abilities::{Colour, looks};
use desk::Desk;
use input::{Happening, ReadOn};
use modes::Modes;
use signals::Summons;

/// What the app in the terminal begins with.
#[derive(Debug)]
pub struct Options {
    /// Where the time comes from.
    pub clock: Clock,
    /// Content and progress.
    pub world: World,
    /// What the user chose.
    pub config: Config,
    /// What is wrong in the configuration, to be shown.
    pub problems: Vec<ConfigProblem>,
    /// Where logs go.
    pub data: PathBuf,
    /// When to use colour.
    pub colour: Colour,
    /// The screen to begin with.
    pub start: Route,
}

/// Why there is no app.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// Output or input is a file or a pipe.
    #[error("the app needs a terminal; `sysdrill --help` lists commands that work without one")]
    NoTerminal,
    /// `TERM` says that the terminal knows no cursor.
    #[error("the terminal is dumb (TERM=dumb); `sysdrill --help` lists commands that work in it")]
    Dumb,
    /// The first screen cannot be opened.
    #[error(transparent)]
    Start(#[from] Refusal),
    /// The terminal does not do what it is asked.
    #[error("the terminal fails: {0}")]
    Terminal(#[from] io::Error),
}

/// Something that the loop is told.
enum Event {
    Input(io::Result<Vec<Happening>>),
    Summons(Summons),
    News(Ticket, News),
    ContentChanged,
}

type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// Runs the app until the user or the system ends it: 0, or 128 and the number of the signal.
///
/// # Errors
/// Where there is no terminal to run in; nothing is written to it then.
pub fn run(options: Options) -> Result<ExitCode, TuiError> {
    assert_usable()?;
    Session::begin(options)?.run()
}

/// Refuses surroundings in which no app can run, before anything is opened for it.
///
/// # Errors
/// Where input or output is not a terminal, or one that knows no cursor.
pub fn assert_usable() -> Result<(), TuiError> {
    if !modes::is_interactive() {
        return Err(TuiError::NoTerminal);
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return Err(TuiError::Dumb);
    }
    Ok(())
}

/// The app, its terminal and what tells it things.
struct Session {
    clock: Clock,
    app: App<Desk>,
    screen: Screen,
    events: Receiver<Event>,
    read_on: ReadOn,
    _watch: Option<library::Watch>,
}

/// Whether the loop goes on.
enum Flow {
    On,
    End(u8),
}

impl Session {
    fn begin(options: Options) -> Result<Self, TuiError> {
        let Options { clock, world, config, mut problems, data, colour, start } = options;
        let logs = data.join("logs");
        let logging = log::start(&logs);
        modes::mend_on_panic(logs);
        let (sender, events) = channel();
        let lent = signals::Lent::default();
        listen_to_signals(&sender, &lent)?;
        let watch = watch_content(&sender, &world.folders);
        let news_sender = sender.clone();
        let desk = Desk {
            world,
            data,
            modes: Modes::enter(config.mouse)?,
            lent,
            tell: Box::new(move |ticket| tell_news(news_sender.clone(), ticket)),
            must_redraw: false,
        };
        let screen = Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout())))?;
        let looks = looks(colour, |name| std::env::var_os(name));
        let setup = Setup { screens: screens::ALL, host: desk, config, looks, size: screen.size()?, start };
        let (mut app, of_keys) = App::new(setup, clock.now())?;
        problems.extend(of_keys);
        if let Err(error) = logging {
            app.notify(Notice { tone: Tone::Warn, text: format!("There is no log: {error}.") });
        }
        app.notify_of(&problems);
        ask_background()?;
        let input_sender = sender;
        let read_on = input::start(clock.clone(), move |burst| tell(&input_sender, Event::Input(burst)));
        Ok(Self { clock, app, screen, events, read_on, _watch: watch })
    }

    fn run(mut self) -> Result<ExitCode, TuiError> {
        loop {
            if self.draw().is_err() {
                return Ok(self.terminal_is_gone());
            }
            #[cfg(debug_assertions)]
            crash_if_asked();
            let mut next = self.wait();
            while let Some(event) = next {
                if let Flow::End(code) = self.handle(event)? {
                    return Ok(ExitCode::from(code));
                }
                next = self.events.try_recv().ok();
            }
            self.app.tick(self.clock.now());
            if self.app.is_ending() {
                return Ok(ExitCode::SUCCESS);
            }
        }
    }

    /// The next event, or nothing when the app wants to be woken.
    fn wait(&self) -> Option<Event> {
        match self.app.next_wake(self.clock.now()) {
            None => self.events.recv().ok(),
            Some(wait) => match self.events.recv_timeout(wait) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
            },
        }
    }

    fn handle(&mut self, event: Event) -> Result<Flow, TuiError> {
        let now = self.clock.now();
        match event {
            Event::Input(Ok(burst)) => {
                for happening in burst {
                    self.happen(happening)?;
                }
                self.read_on.tell();
            }
            Event::Input(Err(error)) => {
                tracing::error!(%error, "input ended");
                return Ok(self.end_with(signal_hook::consts::SIGHUP));
            }
            Event::Summons(Summons::End(signal)) => return Ok(self.end_with(signal)),
            Event::Summons(Summons::Stop) => self.stop()?,
            Event::Summons(Summons::Continued) => self.take_back()?,
            Event::News(ticket, news) => self.app.news(ticket, news, now),
            Event::ContentChanged => {
                self.app.host_mut().world.reload();
                self.app.reloaded(now);
            }
        }
        if self.app.is_ending() { Ok(Flow::End(0)) } else { Ok(Flow::On) }
    }

    fn happen(&mut self, happening: Happening) -> io::Result<()> {
        let now = self.clock.now();
        match happening {
            _ if self.app.is_ending() => {}
            // In raw mode the terminal sends no signal for Ctrl-Z.
            Happening::Key(key) if key == Key::ctrl('z') => self.stop()?,
            Happening::Key(key) => self.app.key(key, now),
            Happening::Paste(text) => self.app.paste(&text, now),
            Happening::Resize(size) => self.app.resize(size),
            Happening::Background(background) => self.app.set_background(background),
        }
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.app.host_mut().must_redraw) {
            self.screen.clear()?;
        }
        let Self { app, screen, .. } = self;
        execute!(screen.backend_mut(), BeginSynchronizedUpdate)?;
        screen.draw(|frame| {
            if let Some(position) = app.draw(frame.buffer_mut()) {
                frame.set_cursor_position(position);
            }
        })?;
        execute!(screen.backend_mut(), EndSynchronizedUpdate)
    }

    /// Gives the terminal back to the shell until the process is continued.
    fn stop(&mut self) -> io::Result<()> {
        self.app.host_mut().modes.suspend();
        signals::stop()?;
        self.take_back()
    }

    fn take_back(&mut self) -> io::Result<()> {
        let desk = self.app.host_mut();
        desk.must_redraw = true;
        desk.modes.resume()
    }

    /// Everything is saved; the exit code tells the signal, as a shell would.
    fn end_with(&mut self, signal: i32) -> Flow {
        self.app.end(self.clock.now());
        Flow::End(128 + u8::try_from(signal).unwrap_or(0))
    }

    fn terminal_is_gone(&mut self) -> ExitCode {
        self.app.end(self.clock.now());
        ExitCode::from(128 + signal_hook::consts::SIGHUP as u8)
    }
}

/// The loop outlives all who tell it things, but for the moment of leaving, when nobody needs to know any more.
fn tell(sender: &Sender<Event>, event: Event) {
    let _ = sender.send(event);
}

fn tell_news(sender: Sender<Event>, ticket: Ticket) -> Box<dyn Fn(News) + Send> {
    Box::new(move |news| tell(&sender, Event::News(ticket, news)))
}

fn listen_to_signals(sender: &Sender<Event>, lent: &signals::Lent) -> io::Result<()> {
    let sender = sender.clone();
    signals::start(lent.clone(), move |summons| tell(&sender, Event::Summons(summons)))
}

/// Without a watch changed content shows after a restart, so failing is only logged.
fn watch_content(sender: &Sender<Event>, folders: &[PathBuf]) -> Option<library::Watch> {
    let sender = sender.clone();
    let watch = library::watch(folders, move || tell(&sender, Event::ContentChanged));
    watch.inspect_err(|error| tracing::warn!(%error, "content is not watched")).ok()
}

/// Asks for the background (OSC 11); the answer comes as input, if at all, and nobody waits for it. The Linux
/// console would print the question.
fn ask_background() -> io::Result<()> {
    if std::env::var_os("TERM").is_some_and(|term| term == "linux") {
        return Ok(());
    }
    let mut out = io::stdout();
    out.write_all(b"\x1b]11;?\x1b\\")?;
    out.flush()
}

/// Panics on a thread of its own where `SYSDRILL_CRASH` is set: how a test sees what a panic leaves behind.
#[cfg(debug_assertions)]
fn crash_if_asked() {
    if std::env::var_os("SYSDRILL_CRASH").is_some() {
        let crash = || panic!("asked to crash");
        // The panic ends the process before there is anything to join.
        let _ = std::thread::spawn(crash).join();
    }
}
