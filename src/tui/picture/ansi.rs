//! Text with ANSI colours (ECMA-48 SGR).

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::{Look, rows};

/// The rows with their colours, each ending in a reset.
pub fn ansi(buffer: &Buffer) -> String {
    let mut out = String::new();
    for row in rows(buffer) {
        for run in row {
            out.push_str(&format!("\u{1b}[{}m{}", codes(run.look), run.text));
        }
        out.push_str("\u{1b}[0m\n");
    }
    out
}

fn codes(look: Look) -> String {
    const ATTRIBUTES: [(Modifier, u8); 5] = [
        (Modifier::BOLD, 1),
        (Modifier::DIM, 2),
        (Modifier::ITALIC, 3),
        (Modifier::UNDERLINED, 4),
        (Modifier::REVERSED, 7),
    ];
    let attributes = ATTRIBUTES.iter().filter(|(modifier, _)| look.modifier.contains(*modifier));
    let struck = look.modifier.contains(Modifier::CROSSED_OUT).then(|| "9".to_owned());
    let colours = colour(look.fg, 30).into_iter().chain(colour(look.bg, 40));
    let codes = attributes.map(|(_, code)| code.to_string()).chain(struck).chain(colours);
    std::iter::once("0".to_owned()).chain(codes).collect::<Vec<_>>().join(";")
}

/// The code of a colour; `base` is 30 for the foreground and 40 for the background. The terminal's own has none.
fn colour(colour: Color, base: u8) -> Option<String> {
    let plain = |offset: u8| Some((base + offset).to_string());
    let bright = |offset: u8| Some((base + 60 + offset).to_string());
    match colour {
        Color::Reset => None,
        Color::Black => plain(0),
        Color::Red => plain(1),
        Color::Green => plain(2),
        Color::Yellow => plain(3),
        Color::Blue => plain(4),
        Color::Magenta => plain(5),
        Color::Cyan => plain(6),
        Color::Gray => plain(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(index) => Some(format!("{};5;{index}", base + 8)),
        Color::Rgb(r, g, b) => Some(format!("{};2;{r};{g};{b}", base + 8)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::ansi;

    #[test]
    fn colours_are_written_as_the_terminal_reads_them() {
        let expect = "\u{1b}[0;1;38;2;1;2;3ma<分>\u{1b}[0m     \u{1b}[0m\n\
                      \u{1b}[0mplain \u{1b}[0;31;48;5;75mon\u{1b}[0m  \u{1b}[0m\n";
        assert_eq!(ansi(&sample()), expect);
    }
}
