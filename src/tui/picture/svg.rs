//! A picture for the README and for bug reports.

use std::fmt::Write;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::{Look, Run, rows};

/// Pixels of a cell.
const CELL: (usize, usize) = (9, 19);
/// Pixels around the cells.
const MARGIN: usize = 14;
/// Where letters stand within a cell.
const BASELINE: usize = 14;

const BACKGROUND: (u8, u8, u8) = (0x18, 0x1a, 0x22);
const FOREGROUND: (u8, u8, u8) = (0xd7, 0xda, 0xe2);

/// The buffer as an SVG document on a dark ground. Every run is stretched to its columns, so borders meet in any
/// monospaced font.
pub fn svg(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width) * CELL.0 + 2 * MARGIN;
    let height = usize::from(buffer.area.height) * CELL.1 + 2 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"{}\"/>\n\
         <g font-family=\"ui-monospace, 'JetBrains Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
         font-size=\"15\" xml:space=\"preserve\">\n",
        hex(BACKGROUND)
    );
    for (row, runs) in rows(buffer).iter().enumerate() {
        for run in runs {
            draw(&mut out, row, run);
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn draw(out: &mut String, row: usize, run: &Run) {
    let (x, y) = (MARGIN + run.column * CELL.0, MARGIN + row * CELL.1);
    let width = run.columns * CELL.0;
    let (fg, bg) = colours(run.look);
    // Writing to a string cannot fail.
    if bg != BACKGROUND {
        let _ =
            writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{}\"/>", CELL.1, hex(bg));
    }
    if run.text.trim().is_empty() {
        return;
    }
    let baseline = y + BASELINE;
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{baseline}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{}>{}</text>",
        hex(fg),
        attributes(run.look.modifier),
        escaped(&run.text)
    );
}

fn attributes(modifier: Modifier) -> String {
    const ATTRIBUTES: [(Modifier, &str); 5] = [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
        (Modifier::DIM, " opacity=\"0.6\""),
    ];
    ATTRIBUTES.iter().filter(|(known, _)| modifier.contains(*known)).map(|(_, written)| *written).collect()
}

fn colours(look: Look) -> ((u8, u8, u8), (u8, u8, u8)) {
    let (fg, bg) = (rgb(look.fg).unwrap_or(FOREGROUND), rgb(look.bg).unwrap_or(BACKGROUND));
    if look.modifier.contains(Modifier::REVERSED) { (bg, fg) } else { (fg, bg) }
}

/// A colour in the picture; `None` for the terminal's own.
fn rgb(colour: Color) -> Option<(u8, u8, u8)> {
    let index = match colour {
        Color::Reset => return None,
        Color::Rgb(r, g, b) => return Some((r, g, b)),
        Color::Indexed(index) => index,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    Some(indexed(index))
}

/// xterm's 256 colours; the first sixteen, which users choose themselves, in a common set.
fn indexed(index: u8) -> (u8, u8, u8) {
    const FIRST: [u32; 16] = [
        0x282a36, 0xe05252, 0x62be69, 0xddb24a, 0x5b8def, 0xbe78dc, 0x56bec8, 0xcdd0d8, 0x6e7382, 0xff6e6e, 0x82e187,
        0xfad26e, 0x82aaff, 0xdc96fa, 0x78e1eb, 0xf5f6fa,
    ];
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match index {
        0..=15 => {
            let [_, r, g, b] = FIRST[usize::from(index)].to_be_bytes();
            (r, g, b)
        }
        16..=231 => {
            let cube = usize::from(index - 16);
            (LEVELS[cube / 36], LEVELS[cube / 6 % 6], LEVELS[cube % 6])
        }
        grey => {
            let level = 8 + 10 * (grey - 232);
            (level, level, level)
        }
    }
}

fn hex((r, g, b): (u8, u8, u8)) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;

    #[test]
    fn a_picture_has_the_text_its_colours_and_no_markup_of_the_text() {
        let picture = svg(&sample());
        assert!(picture.contains("a&lt;分&gt;</text>"), "{picture}");
        assert!(picture.contains("fill=\"#010203\" font-weight=\"bold\""), "{picture}");
        assert!(picture.contains("width=\"18\" height=\"19\" fill=\"#5fafff\""), "{picture}");
        assert_eq!(picture.matches("<text").count(), 3);
    }

    #[test]
    fn the_256_colours_are_those_of_xterm() {
        assert_eq!(indexed(75), (95, 175, 255));
        assert_eq!(indexed(231), (255, 255, 255));
        assert_eq!(indexed(232), (8, 8, 8));
    }
}
