//! How long an expression and a sheet take: they are evaluated anew at every key press.
//!
//! Goals: an expression below 20 µs; a sheet of 50 lines below 1 ms, below 5 ms where all of it is uncertain, the draws
//! are kept and a line is typed on. Sensitivity is asked for apart, for one line at a time.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use sysdrill::estimate::{Draws, Sheet, evaluate};

/// A sheet of 50 lines, each of which needs the one before.
fn sheet(inputs: &str) -> String {
    let mut lines: Vec<String> = inputs.lines().map(str::to_owned).collect();
    lines.push("q0 = dau * per_user".to_owned());
    for step in 1..=50 - lines.len() {
        lines.push(format!("q{step} = q{} * 1.01 + q0 / 7 - 3 req/s", step - 1));
    }
    lines.join("\n")
}

fn expressions(bench: &mut Criterion) {
    bench.bench_function("expression", |b| {
        b.iter(|| evaluate(black_box("ceil(34.7k req/s / (500 req/s/server))")));
    });
    bench.bench_function("expression with an unknown word", |b| b.iter(|| evaluate(black_box("10 usres"))));
}

fn sheets(bench: &mut Criterion) {
    let certain = sheet("dau = 100M user\nper_user = 10 req/user/day\nsize = 300 B/req");
    let uncertain = sheet("dau = 50M..200M user\nper_user = 5..20 req/user/day\nsize = 200..500 B/req");
    bench.bench_function("sheet of 50 lines", |b| b.iter(|| Sheet::parse(black_box(&certain)).evaluate(1)));
    // What is typed on changes one line: the last, on which nothing depends, or the first, on which all do.
    let mut draws = Draws::new(1);
    let mut alternate = |bench: &mut Criterion, name: &str, texts: [String; 2]| {
        let mut turn = 0;
        bench.bench_function(name, |b| {
            b.iter(|| {
                turn += 1;
                Sheet::parse(black_box(&texts[turn % 2])).evaluate_with(&mut draws)
            });
        });
    };
    let last = [uncertain.clone(), format!("{uncertain} + 1 req/s")];
    alternate(bench, "sheet of 50 uncertain lines, the last one typed on", last);
    let first = [uncertain.clone(), uncertain.replacen("50M", "51M", 1)];
    alternate(bench, "sheet of 50 uncertain lines, the first one typed on", first);
    bench.bench_function("sheet of 50 uncertain lines, drawn anew", |b| {
        b.iter(|| Sheet::parse(black_box(&uncertain)).evaluate(1));
    });
    let results = Sheet::parse(&uncertain).evaluate_with(&mut draws);
    bench.bench_function("sensitivity of a line", |b| b.iter(|| results.sensitivity(black_box(49))));
}

criterion_group!(benches, expressions, sheets);
criterion_main!(benches);
