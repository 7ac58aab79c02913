//! `sysdrill sim hash`.

use std::process::ExitCode;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::output::{Align, Output};
use crate::cli::placement::{Placement, read_keys};
use crate::sim::placement::{HaulCost, Outcome, Params, Report, run as simulate};

/// Columns of a bar of the distribution.
const BAR: usize = 40;
/// More nodes than this are not listed one by one.
const MOST_BARS: usize = 40;

/// Arguments of `sim hash`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    placement: Placement,
    /// Print comma-separated values, a line a scheme
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let mut options = args.placement.options(context.seed)?;
    // An unknown scheme is named before a long list of keys is read.
    for scheme in &options.params.schemes {
        crate::sim::placement::find(scheme).map_err(|error| Failure::Cannot(error.to_string()))?;
    }
    read_keys(&mut options)?;
    let report = simulate(&options.params).map_err(|error| Failure::Cannot(error.to_string()))?;
    if args.json {
        output.json(&report)?;
    } else if args.csv {
        print_csv(&report, output)?;
    } else {
        print_table(&options.params, &report.results, output)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print_csv(report: &Report, output: &mut Output) -> Result<(), Failure> {
    output.line(
        "scheme,nodes,nodes_after,vnodes,keys,moved,moved_ratio,ideal_ratio,misdirected,max_over_mean,sd_over_mean,per_node",
    )?;
    for one in &report.results {
        let per_node: Vec<String> = one.load.per_node.iter().map(ToString::to_string).collect();
        let Outcome { scheme, nodes, nodes_after, vnodes, keys, moved, moved_ratio, ideal_ratio, .. } = one;
        let (max, sd, misdirected) = (one.load.max_over_mean, one.load.sd_over_mean, one.misdirected);
        output.line(format!(
            "{scheme},{nodes},{nodes_after},{vnodes},{keys},{moved},{moved_ratio},{ideal_ratio},{misdirected},{max},{sd},{}",
            per_node.join(" ")
        ))?;
    }
    Ok(())
}

fn print_table(params: &Params, results: &[Outcome], output: &mut Output) -> Result<(), Failure> {
    let columns = [
        ("scheme", Align::Left),
        ("nodes", Align::Right),
        ("moved", Align::Right),
        ("share", Align::Right),
        ("expected least", Align::Right),
        ("misdirected", Align::Right),
        ("max/mean", Align::Right),
        ("σ/mean", Align::Right),
        ("theory", Align::Right),
        ("memory", Align::Right),
    ];
    let row = |one: &Outcome| {
        let nodes = if one.nodes == one.nodes_after {
            one.nodes.to_string()
        } else {
            format!("{} -> {}", one.nodes, one.nodes_after)
        };
        vec![
            one.scheme.to_owned(),
            nodes,
            one.moved.to_string(),
            percent(one.moved_ratio),
            percent(one.ideal_ratio),
            one.misdirected.to_string(),
            format!("{:.3}", one.load.max_over_mean),
            percent(one.load.sd_over_mean),
            one.expected_sd_over_mean.map_or_else(|| "-".to_owned(), percent),
            bytes(one.memory_bytes),
        ]
    };
    let keys = results.first().map_or(0, |one| one.keys);
    let setting = &params.setting;
    output.line(format!("{keys} keys, {} virtual nodes a node, {}", setting.vnodes, setting.hash.id()))?;
    output.table(&columns, &results.iter().map(row).collect::<Vec<_>>())?;
    for one in results {
        print_one(params, one, output)?;
    }
    Ok(())
}

/// The distribution of one scheme and what else was asked about it.
fn print_one(params: &Params, one: &Outcome, output: &mut Output) -> Result<(), Failure> {
    output.line("")?;
    output.line(format!("{}, keys on each node", one.scheme))?;
    print_bars(one, output)?;
    if !one.why.is_empty() {
        output.line(&one.why)?;
        let HaulCost { data, takes, extra_load, .. } = &one.rebalancing;
        let at = format!("{} a key, {} a node of {}", params.haul.per_key, params.haul.rate, params.haul.network);
        output.line(format!("rebalancing: {data} in {takes}, {extra_load} of the network ({at})"))?;
    }
    if let Some(failure) = &one.failure {
        let growth = (failure.worst_growth - 1.0) * 100.0;
        output.line(format!(
            "failure of {}: {} keys lose a copy, {} are lost with {} a key; {} nodes take over, the worst gets {growth:.0} % more",
            failure.failed.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            failure.lost_a_copy,
            failure.lost,
            copies(failure.copies),
            failure.takeover.len(),
        ))?;
    }
    if let Some(traffic) = &one.traffic {
        let (busiest, ratio) = (traffic.busiest, traffic.max_over_mean);
        output.line(format!("requests: the busiest node, {busiest}, gets {ratio:.2} times the mean"))?;
    }
    if let Some(salting) = one.salting.as_ref().filter(|salting| salting.suffixes > 1) {
        let (before, after) = (salting.before.max_over_mean, salting.after.max_over_mean);
        output.line(format!(
            "salted under {} names on {} nodes: {before:.2} -> {after:.2} times the mean; a read asks for {} names; {}",
            salting.suffixes,
            salting.nodes.len(),
            salting.read_fan_out,
            salting.verdict
        ))?;
    }
    let [local, global] = &one.index;
    Ok(output.line(format!(
        "a scan of {} keys asks {} of {} nodes; an index lookup asks {} (local) or {} (global), a write touches {} or {}",
        one.scan.keys, one.scan.asked, one.scan.nodes, local.lookup, global.lookup, local.write, global.write
    ))?)
}

fn print_bars(one: &Outcome, output: &mut Output) -> Result<(), Failure> {
    let load = &one.load;
    let names = load.names.iter().take(MOST_BARS).map(String::len).max().unwrap_or(0);
    let most = load.per_node.iter().copied().max().unwrap_or(1).max(1);
    let digits = most.to_string().len();
    for (name, keys) in load.names.iter().zip(&load.per_node).take(MOST_BARS) {
        let bar = "#".repeat((*keys as usize * BAR).div_ceil(most as usize));
        output.line(format!(
            "{name:<names$}  {bar:<BAR$}  {keys:>digits$}  {}",
            percent(*keys as f64 / one.keys as f64)
        ))?;
    }
    if load.names.len() > MOST_BARS {
        output.line(format!("… and {} nodes more", load.names.len() - MOST_BARS))?;
    }
    Ok(())
}

fn copies(count: usize) -> String {
    if count == 1 { "1 copy".to_owned() } else { format!("{count} copies") }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// Bytes with three digits or so.
fn bytes(count: usize) -> String {
    match count as f64 {
        count if count < 1e3 => format!("{count} B"),
        count if count < 1e6 => format!("{:.1} kB", count / 1e3),
        count => format!("{:.1} MB", count / 1e6),
    }
}
