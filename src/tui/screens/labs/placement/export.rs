//! The run as a file: a table, everything as JSON, or the picture.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::sim::placement::{Outcome, Report};
use crate::tui::effect::Effect;
use crate::tui::picture;
use crate::tui::screen::Cx;

use super::{Lab, view};

/// Columns and rows of an exported picture.
const PICTURE: (u16, u16) = (120, 40);

/// Writes the run as `csv`, `json` or `svg`.
pub(super) fn export(lab: &Lab, cx: &Cx<'_>, format: &str) -> Effect {
    let contents = match format {
        "csv" => table(&outcomes(lab)),
        "json" => {
            let report = Report { results: outcomes(lab) };
            serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
        }
        _ => {
            let area = Rect::new(0, 0, PICTURE.0, PICTURE.1);
            let mut buffer = Buffer::empty(area);
            buffer.set_style(area, cx.theme.text);
            view::draw(lab, cx.theme, area, &mut buffer);
            picture::svg(&buffer)
        }
    };
    Effect::Export { name: format!("placement.{format}"), contents }
}

fn outcomes(lab: &Lab) -> Vec<Outcome> {
    (0..lab.scene.clusters.len()).filter_map(|place| lab.facts_of(place)).map(|facts| facts.outcome.clone()).collect()
}

/// A line a node and scheme, so that a spreadsheet can draw them.
fn table(outcomes: &[Outcome]) -> String {
    let mut text = "scheme,node,keys,moved_ratio,ideal_ratio,misdirected,max_over_mean,sd_over_mean\n".to_owned();
    for one in outcomes {
        for (name, keys) in one.load.names.iter().zip(&one.load.per_node) {
            let Outcome { scheme, moved_ratio, ideal_ratio, misdirected, load, .. } = one;
            let (max, sd) = (load.max_over_mean, load.sd_over_mean);
            text.push_str(&format!("{scheme},{name},{keys},{moved_ratio},{ideal_ratio},{misdirected},{max},{sd}\n"));
        }
    }
    text
}
