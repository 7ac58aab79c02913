//! The colours behind the roles, and what becomes of them in terminals with fewer colours.

use ratatui::style::Color;

use super::{Background, Depth, Kind};

/// A colour for terminals with 24 bits or 256 colours, and the one of sixteen that stands for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hue {
    rgb: (u8, u8, u8),
    ansi: Color,
}

const fn hue(rgb: u32, ansi: Color) -> Hue {
    Hue { rgb: ((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8), ansi }
}

/// One colour for each role that has one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    pub(super) text: Hue,
    pub(super) muted: Hue,
    pub(super) accent: Hue,
    pub(super) good: Hue,
    pub(super) bad: Hue,
    pub(super) warn: Hue,
    pub(super) border: Hue,
    pub(super) selection: Hue,
    pub(super) code: Hue,
    pub(super) series: [Hue; 6],
}

impl Palette {
    pub(super) fn of(kind: Kind, background: Background) -> &'static Self {
        match (kind, background) {
            (Kind::Dark, _) => &DARK,
            (Kind::Light, _) => &LIGHT,
            (Kind::HighContrast, Background::Dark) => &CONTRAST_ON_DARK,
            (Kind::HighContrast, Background::Light) => &CONTRAST_ON_LIGHT,
            (Kind::ColourBlind, Background::Dark) => &SAFE_ON_DARK,
            (Kind::ColourBlind, Background::Light) => &SAFE_ON_LIGHT,
        }
    }
}

impl Hue {
    /// The colour as a terminal of this depth can show it; the terminal's own where it shows none.
    pub(super) fn at(self, depth: Depth) -> Color {
        let (r, g, b) = self.rgb;
        match depth {
            Depth::True => Color::Rgb(r, g, b),
            Depth::Ansi256 => Color::Indexed(nearest_of_256(self.rgb)),
            Depth::Ansi16 => self.ansi,
            Depth::Mono => Color::Reset,
        }
    }
}

/// The nearest entry of the 6×6×6 cube or of the grey ramp of xterm's 256 colours. The first sixteen are left
/// out: users redefine them.
fn nearest_of_256((r, g, b): (u8, u8, u8)) -> u8 {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let level = |x: u8| (0..6_u8).min_by_key(|&i| LEVELS[usize::from(i)].abs_diff(x)).unwrap_or(0);
    let distance = |(r2, g2, b2): (u8, u8, u8)| {
        [(r, r2), (g, g2), (b, b2)].iter().map(|(x, y)| u32::from(x.abs_diff(*y)).pow(2)).sum::<u32>()
    };
    let cube = (level(r), level(g), level(b));
    let at = |i: u8| LEVELS[usize::from(i)];
    let in_cube = (distance((at(cube.0), at(cube.1), at(cube.2))), 16 + 36 * cube.0 + 6 * cube.1 + cube.2);
    let greys = (0..24_u8).map(|step| (distance((8 + 10 * step, 8 + 10 * step, 8 + 10 * step)), 232 + step));
    greys.chain([in_cube]).min().map_or(in_cube.1, |(_, index)| index)
}

const DARK: Palette = Palette {
    text: hue(0xd7dae2, Color::Reset),
    muted: hue(0x8a90a3, Color::DarkGray),
    accent: hue(0x6cb6ff, Color::LightBlue),
    good: hue(0x7bc47f, Color::Green),
    bad: hue(0xf07178, Color::Red),
    warn: hue(0xe5b567, Color::Yellow),
    border: hue(0x4a5064, Color::DarkGray),
    selection: hue(0x2a3347, Color::DarkGray),
    code: hue(0xc9b8f5, Color::Cyan),
    series: [
        hue(0x6cb6ff, Color::LightBlue),
        hue(0xe5b567, Color::Yellow),
        hue(0x7bc47f, Color::Green),
        hue(0xd78ad8, Color::Magenta),
        hue(0x5fc9c4, Color::Cyan),
        hue(0xf07178, Color::Red),
    ],
};

const LIGHT: Palette = Palette {
    text: hue(0x24292f, Color::Reset),
    muted: hue(0x656d7a, Color::DarkGray),
    accent: hue(0x0b62c4, Color::Blue),
    good: hue(0x1a7f37, Color::Green),
    bad: hue(0xb42318, Color::Red),
    warn: hue(0x8a5a00, Color::Magenta),
    border: hue(0xb3bac5, Color::Gray),
    selection: hue(0xdbe7f7, Color::Gray),
    code: hue(0x6639ba, Color::Magenta),
    series: [
        hue(0x0b62c4, Color::Blue),
        hue(0x8a5a00, Color::Yellow),
        hue(0x1a7f37, Color::Green),
        hue(0x8e3b9e, Color::Magenta),
        hue(0x0f766e, Color::Cyan),
        hue(0xb42318, Color::Red),
    ],
};

const CONTRAST_ON_DARK: Palette = Palette {
    text: hue(0xffffff, Color::White),
    muted: hue(0xd0d0d0, Color::Gray),
    accent: hue(0xffff00, Color::LightYellow),
    good: hue(0x00ff5f, Color::LightGreen),
    bad: hue(0xff8787, Color::LightRed),
    warn: hue(0xffd75f, Color::LightYellow),
    border: hue(0xffffff, Color::White),
    selection: hue(0x005fff, Color::Blue),
    code: hue(0x5fffff, Color::LightCyan),
    series: [
        hue(0xffff00, Color::LightYellow),
        hue(0x5fffff, Color::LightCyan),
        hue(0x00ff5f, Color::LightGreen),
        hue(0xff87ff, Color::LightMagenta),
        hue(0xffffff, Color::White),
        hue(0xff8787, Color::LightRed),
    ],
};

const CONTRAST_ON_LIGHT: Palette = Palette {
    text: hue(0x000000, Color::Black),
    muted: hue(0x303030, Color::DarkGray),
    accent: hue(0x0000c8, Color::Blue),
    good: hue(0x005f00, Color::Green),
    bad: hue(0xaf0000, Color::Red),
    warn: hue(0x5f3700, Color::Black),
    border: hue(0x000000, Color::Black),
    selection: hue(0xffd75f, Color::Yellow),
    code: hue(0x5f0087, Color::Magenta),
    series: [
        hue(0x0000c8, Color::Blue),
        hue(0x5f3700, Color::Black),
        hue(0x005f00, Color::Green),
        hue(0x5f0087, Color::Magenta),
        hue(0x005f87, Color::Cyan),
        hue(0xaf0000, Color::Red),
    ],
};

/// The eight colours of Okabe and Ito (2008), which every common colour vision tells apart.
const SAFE_ON_DARK: Palette = Palette {
    text: hue(0xd7dae2, Color::Reset),
    muted: hue(0x8a90a3, Color::DarkGray),
    accent: hue(0x56b4e9, Color::LightCyan),
    good: hue(0x56b4e9, Color::LightCyan),
    bad: hue(0xe69f00, Color::LightYellow),
    warn: hue(0xf0e442, Color::Yellow),
    border: hue(0x4a5064, Color::DarkGray),
    selection: hue(0x2a3347, Color::DarkGray),
    code: hue(0xcc79a7, Color::Magenta),
    series: [
        hue(0x56b4e9, Color::LightCyan),
        hue(0xe69f00, Color::LightYellow),
        hue(0x009e73, Color::Green),
        hue(0xf0e442, Color::Yellow),
        hue(0xcc79a7, Color::Magenta),
        hue(0xd55e00, Color::Red),
    ],
};

const SAFE_ON_LIGHT: Palette = Palette {
    text: hue(0x24292f, Color::Reset),
    muted: hue(0x656d7a, Color::DarkGray),
    accent: hue(0x0072b2, Color::Blue),
    good: hue(0x0072b2, Color::Blue),
    bad: hue(0xb34700, Color::Red),
    warn: hue(0x8a5a00, Color::Magenta),
    border: hue(0xb3bac5, Color::Gray),
    selection: hue(0xdbe7f7, Color::Gray),
    code: hue(0x9c4f80, Color::Magenta),
    series: [
        hue(0x0072b2, Color::Blue),
        hue(0xb34700, Color::Red),
        hue(0x00795a, Color::Green),
        hue(0x8a5a00, Color::Yellow),
        hue(0x9c4f80, Color::Magenta),
        hue(0x24292f, Color::Black),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_becomes_the_nearest_that_there_is() {
        let indexed = |rgb| nearest_of_256(rgb);
        assert_eq!(indexed((255, 255, 255)), 231);
        assert_eq!(indexed((0, 0, 0)), 16);
        assert_eq!(indexed((255, 0, 0)), 196);
        assert_eq!(indexed((128, 128, 128)), 244, "a grey of the ramp is nearer than any of the cube");
        assert_eq!(hue(0x5fafff, Color::Blue).at(Depth::Ansi256), Color::Indexed(75));
        assert_eq!(hue(0x5fafff, Color::Blue).at(Depth::Ansi16), Color::Blue);
        assert_eq!(hue(0x5fafff, Color::Blue).at(Depth::Mono), Color::Reset);
    }
}
