//! A run as a file: CSV and JSON for other programs, SVG for a page.

use std::fmt::Write;

use serde::Serialize;

use super::curves::{Curves, FLOOR};
use super::lane::name;
use super::live::Live;
use super::setup::Setup;
use crate::tui::effect::Effect;

/// Moments of the hit ratio over time.
const MOMENTS: usize = 200;

/// Colours of the lines, readable on white.
const COLOURS: [&str; 5] = ["#0b62c4", "#b54708", "#1a7f37", "#8e3b9e", "#6b7280"];

#[derive(Serialize)]
struct Document<'a> {
    command: &'a str,
    requests: usize,
    objects: usize,
    results: Vec<Result<'a>>,
    curves: Vec<Points<'a>>,
}

#[derive(Serialize)]
struct Result<'a> {
    policy: &'a str,
    capacity: usize,
    hits: u64,
    misses: u64,
    miss_ratio: f64,
    mean_latency_ms: f64,
    hit_ratio_over_time: Vec<(u64, f64)>,
}

#[derive(Serialize)]
struct Points<'a> {
    policy: &'a str,
    points: Vec<(usize, f64)>,
}

/// The effect that writes the run in a format: `csv`, `json` or `svg`.
pub(super) fn export(format: &str, setup: &Setup, live: &Live, curves: &Curves) -> Effect {
    let contents = match format {
        "csv" => csv(live),
        "svg" => svg(setup, live, curves),
        _ => json(setup, live, curves),
    };
    Effect::Export { name: format!("cache-lab-{}.{format}", live.replay.at()), contents }
}

fn csv(live: &Live) -> String {
    let lanes = live.replay.lanes();
    let ids: Vec<&str> = lanes.iter().map(|lane| lane.about.id).collect();
    let mut text = format!("request,{}\n", ids.join(","));
    let ratios: Vec<_> = lanes.iter().map(|lane| live.replay.hit_ratios(lane, MOMENTS)).collect();
    for place in 0..ratios.iter().map(Vec::len).min().unwrap_or(0) {
        let at = (ratios[0][place].0 * live.replay.at() as f64).round() as u64;
        let row: Vec<String> = ratios.iter().map(|ratios| format!("{:.6}", ratios[place].1)).collect();
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{at},{}", row.join(","));
    }
    text
}

fn json(setup: &Setup, live: &Live, curves: &Curves) -> String {
    let at = live.replay.at();
    let result = |lane| {
        let outcome = live.replay.outcome(lane);
        let moments = live.replay.hit_ratios(lane, MOMENTS).into_iter();
        Result {
            policy: lane.about.id,
            capacity: lane.capacity,
            hits: outcome.hits,
            misses: outcome.misses(),
            miss_ratio: outcome.miss_ratio(),
            mean_latency_ms: outcome.mean_latency(setup.latency),
            hit_ratio_over_time: moments.map(|(x, y)| ((x * at as f64).round() as u64, y)).collect(),
        }
    };
    let document = Document {
        command: &setup.command(at),
        requests: at,
        objects: live.replay.load().distinct(),
        results: live.replay.lanes().iter().map(result).collect(),
        curves: curves
            .done()
            .iter()
            .map(|curve| Points {
                policy: curve.policy,
                points: curve.points.iter().map(|point| (point.capacity, point.miss_ratio)).collect(),
            })
            .collect(),
    };
    let text = serde_json::to_string_pretty(&document).expect("numbers and names are JSON");
    format!("{text}\n")
}

/// A line of a chart: name, colour, points from 0 to 1.
type Line = (String, &'static str, Vec<(f64, f64)>);

fn svg(setup: &Setup, live: &Live, curves: &Curves) -> String {
    let lanes = live.replay.lanes();
    let over_time: Vec<Line> = lanes
        .iter()
        .zip(COLOURS)
        .map(|(lane, colour)| (name(lane.about.id), colour, live.replay.hit_ratios(lane, MOMENTS)))
        .collect();
    let largest = (live.replay.load().distinct().max(2) as f64).ln();
    let by_size: Vec<Line> = curves
        .done()
        .iter()
        .filter_map(|curve| {
            let shown = lanes.iter().position(|lane| lane.about.id == curve.policy);
            let colour = COLOURS[shown.or_else(|| (curve.policy == FLOOR).then_some(4))?];
            let point = |point: &crate::sim::curve::Point| ((point.capacity as f64).ln() / largest, point.miss_ratio);
            Some((name(curve.policy), colour, curve.points.iter().map(point).collect()))
        })
        .collect();
    let at = live.replay.at();
    let mut text = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 960 380\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\">\n<rect width=\"960\" height=\"380\" fill=\"#fff\"/>\n",
    );
    text.push_str(&chart(0, "Hit ratio over time", ["0", &at.to_string()], &over_time));
    let keys = live.replay.load().distinct().to_string();
    text.push_str(&chart(480, "Miss ratio by cache size (logarithmic)", ["1", &keys], &by_size));
    let command = escaped(&setup.command(at));
    let _ = writeln!(text, "<text x=\"24\" y=\"364\" fill=\"#57606a\" font-size=\"11\">{command}</text>\n</svg>");
    text
}

fn chart(left: u32, title: &str, ends: [&str; 2], lines: &[Line]) -> String {
    let (x, y, width, height) = (left + 56, 64, 392, 232);
    let mut text = format!("<text x=\"{}\" y=\"32\" font-weight=\"600\">{title}</text>\n", left + 24);
    for (share, label) in [(0.0, "100 %"), (0.5, "50 %"), (1.0, "0 %")] {
        let at = f64::from(y) + share * f64::from(height);
        let _ = writeln!(
            text,
            "<path d=\"M{x} {at}h{width}\" stroke=\"#d0d7de\"/><text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#57606a\">{label}</text>",
            x - 8,
            at + 4.0
        );
    }
    for (end, anchor, at) in [(ends[0], "start", x), (ends[1], "end", x + width)] {
        let _ = writeln!(
            text,
            "<text x=\"{at}\" y=\"{}\" text-anchor=\"{anchor}\" fill=\"#57606a\">{end}</text>",
            y + height + 20
        );
    }
    for (place, (name, colour, points)) in lines.iter().enumerate() {
        let place_of = |(px, py): &(f64, f64)| {
            format!(
                "{:.1},{:.1}",
                f64::from(x) + px.clamp(0.0, 1.0) * f64::from(width),
                f64::from(y) + (1.0 - py) * f64::from(height)
            )
        };
        let points: Vec<String> = points.iter().map(place_of).collect();
        let _ = writeln!(
            text,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\"/>\
             <text x=\"{}\" y=\"50\" fill=\"{colour}\">{name}</text>",
            points.join(" "),
            x + 84 * place as u32
        );
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
