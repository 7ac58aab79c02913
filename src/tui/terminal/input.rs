//! What the terminal sends: read on a thread of its own, one burst at a time.
//!
//! The thread reads on only after the app has dealt with a burst, so there is one frame a burst, and while an
//! editor has the terminal nobody else reads from it.

use std::io;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Duration;

use ratatui::crossterm::event::{Event, KeyEvent, MouseEventKind, poll, read};
use ratatui::layout::Size;

use super::answers::{Answers, Sifted};
use crate::time::Clock;
use crate::tui::key::{Code, Key};
use crate::tui::theme::Background;

/// What the user or the terminal did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Happening {
    Key(Key),
    Paste(String),
    Resize(Size),
    Background(Background),
}

/// A paste whose text holds the end marker goes on as keys; what follows this quickly was not typed by hand.
const PASTE_GOES_ON: Duration = Duration::from_millis(40);

/// The way to tell the thread to read on.
#[derive(Debug)]
pub(super) struct ReadOn(SyncSender<()>);

impl ReadOn {
    /// The last burst has been dealt with.
    pub(super) fn tell(&self) {
        // Full means that it was told already; closed that the thread has ended and said why.
        let _ = self.0.try_send(());
    }
}

/// Starts reading. `deliver` gets every burst, and last why reading has ended.
pub(super) fn start(clock: Clock, deliver: impl Fn(io::Result<Vec<Happening>>) + Send + 'static) -> ReadOn {
    let (sender, receiver) = sync_channel(1);
    let mut answers = Answers::default();
    answers.expect(clock.now().awake);
    let mut reader = Reader { clock, answers };
    std::thread::spawn(move || {
        loop {
            let burst = reader.burst();
            let has_ended = burst.is_err();
            deliver(burst);
            if has_ended || receiver.recv().is_err() {
                break;
            }
        }
    });
    ReadOn(sender)
}

struct Reader {
    clock: Clock,
    answers: Answers,
}

impl Reader {
    /// Waits for something to happen and returns it with everything else that is already there.
    fn burst(&mut self) -> io::Result<Vec<Happening>> {
        let mut burst = Vec::new();
        loop {
            let wait = if burst.is_empty() { self.answers.patience() } else { Some(Duration::ZERO) };
            if let Some(wait) = wait
                && !poll(wait)?
            {
                if !burst.is_empty() {
                    return Ok(burst);
                }
                let given_up = self.answers.give_up();
                self.add(given_up, &mut burst);
                if !burst.is_empty() {
                    return Ok(burst);
                }
                continue;
            }
            match read()? {
                Event::Key(event) => self.key(&event, &mut burst),
                Event::Paste(text) => burst.push(Happening::Paste(whole_paste(text)?)),
                Event::Resize(width, height) => burst.push(Happening::Resize(Size { width, height })),
                Event::Mouse(mouse) => burst.extend(wheel(mouse.kind).map(Happening::Key)),
                Event::FocusGained | Event::FocusLost => {}
            }
        }
    }

    fn key(&mut self, event: &KeyEvent, burst: &mut Vec<Happening>) {
        if let Some(key) = Key::from_event(event) {
            let sifted = self.answers.feed(key, self.clock.now().awake);
            self.add(sifted, burst);
        }
    }

    fn add(&self, sifted: Vec<Sifted>, burst: &mut Vec<Happening>) {
        burst.extend(sifted.into_iter().map(|sifted| match sifted {
            Sifted::Key(key) => Happening::Key(key),
            Sifted::Background(background) => Happening::Background(background),
        }));
    }
}

/// The paste with what its own end marker cut off. Terminals should take the marker out of what they paste; not
/// all do, and then the rest of a hostile text would be commands.
fn whole_paste(mut text: String) -> io::Result<String> {
    while poll(PASTE_GOES_ON)? {
        match read()? {
            Event::Paste(more) => text.push_str(&more),
            Event::Key(event) => {
                let key = Key::from_event(&event);
                text.extend(key.and_then(|key| match key.code {
                    Code::Enter => Some('\n'),
                    Code::Tab => Some('\t'),
                    // In raw mode a line feed is Ctrl-J.
                    Code::Char('j') if key.mods.ctrl => Some('\n'),
                    _ => key.printable(),
                }));
            }
            Event::Resize(..) | Event::Mouse(_) | Event::FocusGained | Event::FocusLost => {}
        }
    }
    Ok(text)
}

/// The wheel scrolls as the arrow keys do, so no screen needs to know of it.
fn wheel(kind: MouseEventKind) -> Option<Key> {
    match kind {
        MouseEventKind::ScrollDown => Some(Key::DOWN),
        MouseEventKind::ScrollUp => Some(Key::UP),
        _ => None,
    }
}
