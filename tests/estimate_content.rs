//! The built-in calculators, drills and reference numbers: all of them compute, and what must come out does.

use std::fs;
use std::path::Path;

use sysdrill::content::Problem;
use sysdrill::estimate::Numbers;
use sysdrill::estimate::calculator::Calculator;
use sysdrill::estimate::drill::Drill;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a built-in file")
}

/// The files of a folder of content, in order.
fn files(folder: &str) -> Vec<String> {
    let folder_path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder_path).expect("a built-in folder");
    let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
    names.sort();
    names.iter().map(|name| format!("{folder}/{}", name.to_string_lossy())).collect()
}

fn none(problems: &[Problem]) {
    let text: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", text.join("\n"));
}

fn numbers() -> Numbers {
    let (numbers, problems) = Numbers::parse("content/numbers.toml", &read("content/numbers.toml"));
    none(&problems);
    numbers
}

fn calculators() -> Vec<Calculator> {
    let numbers = numbers();
    let mut problems = Vec::new();
    let mut calculators = Vec::new();
    for file in files("content/calculators") {
        let (calculator, found) = Calculator::parse(&file, &read(&file), &numbers);
        calculators.extend(calculator);
        problems.extend(found);
    }
    none(&problems);
    calculators
}

fn drills() -> Vec<Drill> {
    let mut problems = Vec::new();
    let mut drills = Vec::new();
    for file in files("content/drills") {
        let (found, wrong) = Drill::parse(&file, &read(&file));
        drills.extend(found);
        problems.extend(wrong);
    }
    none(&problems);
    drills
}

#[test]
fn every_reference_number_has_a_source_and_a_year() {
    for number in numbers().iter() {
        assert!(!number.source.title.is_empty() && number.source.year >= 2000, "{}", number.name);
    }
}

#[test]
fn every_calculator_comes_out_as_its_golden_numbers_say() {
    assert_eq!(calculators().len(), 14);
}

#[test]
fn every_plot_is_a_curve() {
    for calculator in calculators().iter().filter(|calculator| calculator.plot.is_some()) {
        let curve = calculator.curve(&calculator.defaults(), &numbers(), 40).expect("a plot has a curve");
        assert!(curve.points.len() >= 36, "{}: {} points", calculator.id, curve.points.len());
        let first = curve.points[0].1;
        assert!(curve.points.iter().any(|(_, y)| (y / first - 1.0).abs() > 0.01), "{} is flat", calculator.id);
    }
}

#[test]
fn forty_drills_are_of_forty_kinds() {
    let drills = drills();
    let mut ids: Vec<_> = drills.iter().map(|drill| drill.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((drills.len(), ids.len()), (40, 40));
}

#[test]
fn drills_ask_in_round_numbers() {
    for drill in drills() {
        for seed in 0..50 {
            let question = drill.question(seed).expect("a question");
            assert!(question.solution.base() > 0.0 && question.solution.base().is_finite(), "{}", question.text);
            let unwieldy = question.text.contains('{')
                || question.text.split(' ').any(|word| {
                    word.starts_with(|c: char| c.is_ascii_digit()) && (word.contains("e-") || word.len() > 8)
                });
            assert!(!unwieldy, "{}: {}", drill.id, question.text);
        }
    }
}
