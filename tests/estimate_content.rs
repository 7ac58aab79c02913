//! The built-in calculators, drills and reference numbers: all of them compute, and what must come out does.

use std::fs;
use std::path::Path;

use sysdrill::content::Problem;
use sysdrill::estimate::calculator::Calculator;
use sysdrill::estimate::drill::{Drill, score};
use sysdrill::estimate::{Numbers, Sheet};

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

/// The problems of a calculator, each as `line:column message`.
fn check_calculator(text: &str, expect: &[&str]) {
    let (calculator, problems) = Calculator::parse("content/calculators/x.toml", text, &numbers());
    assert_eq!(calculator.is_none(), !expect.is_empty());
    assert_problems(&problems, expect);
}

fn check_drills(text: &str, good: usize, expect: &[&str]) {
    let (drills, problems) = Drill::parse("content/drills/x.toml", text);
    assert_eq!(drills.len(), good);
    assert_problems(&problems, expect);
}

fn assert_problems(problems: &[Problem], expect: &[&str]) {
    let told: Vec<_> = problems
        .iter()
        .map(|problem| format!("{}:{} {}", problem.place.line, problem.place.column, problem.message))
        .collect();
    assert_eq!(told.len(), expect.len(), "{told:#?}");
    for (told, expect) in told.iter().zip(expect) {
        assert!(told.starts_with(expect), "{told} instead of {expect}");
    }
}

/// A calculator of one input and one output, some of it replaced.
fn calculator(replace: &[(&str, &str)]) -> String {
    let mut text = r#"title = "T"
summary = "S"
[[input]]
name = "dau"
title = "Users"
unit = "user"
default = "1M"
range = ["1", "1bn"]
hint = "Ask."
[[output]]
name = "rate"
title = "Rate"
expression = "dau * 10 req/user/day"
why = "Because."
golden = "116 req/s"
"#
    .to_owned();
    for (from, to) in replace {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

#[test]
fn a_calculator_that_cannot_compute_is_refused_with_the_place() {
    check_calculator(&calculator(&[]), &[]);
    check_calculator(&calculator(&[("dau * 10 req", "dau * 10 rek")]), &["13:24 `rek` is neither a name nor a unit"]);
    check_calculator(&calculator(&[("116", "200")]), &["15:10 this comes out as 116 req/s, not 200 req/s"]);
    check_calculator(&calculator(&[("116 req/s", "116 GB")]), &["15:10 this comes out as 116 req/s: rate of req"]);
    check_calculator(&calculator(&[("\"1M\"", "\"5 GB\"")]), &["7:11 5 GB is not what is asked for here"]);
    check_calculator(&calculator(&[("\"1M\"", "\"2bn\"")]), &["7:11 2B user is outside the sensible range"]);
    check_calculator(&calculator(&[("\"1bn\"", "\"1 TB\"")]), &["8:15 1 TB is not what is asked for here"]);
    check_calculator(&calculator(&[("\"user\"", "\"usr\"")]), &["4:8 `usr` is not a unit"]);
    check_calculator(&calculator(&[("\"rate\"", "\"dau\"")]), &["11:8 there are two `dau`"]);
    check_calculator(&calculator(&[("\"rate\"", "\"My rate\"")]), &["11:8 a name has lower-case letters"]);
    check_calculator(&calculator(&[("why", "reason")]), &["14:1 unknown field `reason`"]);
    check_calculator("title = ", &["1:9"]);
    let plot = calculator(&[]) + "[plot]\nx = \"rate\"\ny = \"dau\"\n";
    check_calculator(&plot, &["16:1 a plot runs over an input that has a range"]);
}

#[test]
fn a_field_takes_numbers_as_people_type_them() {
    let (found, _) = Calculator::parse("x.toml", &calculator(&[]), &numbers());
    let dau = &found.expect("it is right").inputs[0];
    let check = |typed: &str, line: &str| assert_eq!(dau.with_unit(typed), line, "{typed}");
    check("200M", "200M user");
    check("200M user", "200M user");
    check("10B", "10B user");
    check("1M..2M", "1M..2M user");
    check("1M + 2M", "(1M + 2M) user");
    check("5 GB", "5 GB");
    check("nonsense", "nonsense");
}

#[test]
fn a_form_is_a_sheet() {
    let (found, _) = Calculator::parse("x.toml", &calculator(&[]), &numbers());
    let found = found.expect("it is right");
    let sheet = found.to_sheet(&["200M".to_owned()]);
    assert_eq!(sheet, "dau = 200M user\nrate = dau * 10 req/user/day");
    let results = Sheet::parse(&sheet).evaluate(0);
    assert_eq!(results[found.output_line(0)].display, "23.1k req/s");
}

/// A file of one drill, some of it replaced.
fn drill(replace: &[(&str, &str)]) -> String {
    let mut text = r#"title = "Group"
[[drill]]
id = "rate"
title = "Rate"
topic = "estimation"
question = "{dau.n} users, {each} each?"
answer = "dau * each"
unit = "req/s"
why = "Because."
parameters = { dau = { from = "1M user", to = "90M user" }, each = { any = ["10 req/user/day"] } }
golden = { parameters = { dau = "1M user", each = "10 req/user/day" }, answer = "116 req/s" }
"#
    .to_owned();
    for (from, to) in replace {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

#[test]
fn a_drill_that_cannot_be_asked_is_refused_with_the_place() {
    check_drills(&drill(&[]), 1, &[]);
    check_drills(&drill(&[("dau * each", "dau * eech")]), 0, &["7:17 `eech` is neither a name nor a unit"]);
    check_drills(&drill(&[("116", "200")]), 0, &["11:81 this comes out as 116 req/s, not 200 req/s"]);
    check_drills(&drill(&[("\"req/s\"", "\"GB\"")]), 0, &["7:10 the answer is a rate of req, but `unit` is not"]);
    check_drills(&drill(&[("{each}", "some")]), 0, &["6:12 the question does not tell `each`"]);
    check_drills(&drill(&[("\"90M user\"", "\"1k user\"")]), 0, &["10:31 `from` and `to` are positive"]);
    check_drills(&drill(&[("[\"10 req/user/day\"]", "[]")]), 0, &["3:6 a parameter has `from` and `to`"]);
    let twice = drill(&[]) + &drill(&[("title = \"Group\"\n", "")]);
    check_drills(&twice, 1, &["13:6 there are two drills `rate`"]);
    let one_is_bad = drill(&[]) + &drill(&[("title = \"Group\"\n", ""), ("\"rate\"", "\"b\""), ("dau *", "dau +")]);
    check_drills(&one_is_bad, 1, &["17:11 number of user + req/user/s"]);
}

#[test]
fn an_answer_is_scored_by_its_ratio() {
    let (drills, _) = Drill::parse("x.toml", &drill(&[]));
    let question = drills[0].question(3).expect("a question");
    let solution = question.solution.base();
    let check = |answer: String, points: f64| {
        let answer = question.read(&answer).expect("an answer");
        let score = score(&question, &answer, None).expect("a rate");
        assert_eq!(score.points, points, "{answer} for {}", question.solution);
    };
    check(format!("{solution}"), 1.0);
    check(format!("{} req/s", solution * 2.0), 1.0);
    check(format!("{} req/day", solution * 86_400.0 / 2.0), 1.0);
    check(format!("{}", solution * 2.1), 0.5);
    check(format!("{}", solution / 5.0), 0.5);
    check(format!("{}", solution * 5.1), 0.0);
    check("-5".to_owned(), 0.0);
    check("0".to_owned(), 0.0);
    let wrong = question.read("5 GB").expect("a quantity");
    assert!(score(&question, &wrong, None).is_err());
}

#[test]
fn an_interval_is_a_hit_where_it_holds_the_solution() {
    let (drills, _) = Drill::parse("x.toml", &drill(&[]));
    let question = drills[0].question(3).expect("a question");
    let times = |factor: f64| question.read(&format!("{}", question.solution.base() * factor)).expect("a rate");
    let hit =
        |low: f64, high: f64| score(&question, &times(1.0), Some((&times(low), &times(high)))).expect("rates").hit;
    assert_eq!((hit(0.5, 2.0), hit(1.1, 2.0), hit(0.1, 0.9)), (Some(true), Some(false), Some(false)));
}

#[test]
fn availability_is_compared_by_what_is_missing() {
    let drills = drills();
    let chain = drills.iter().find(|drill| drill.id == "series-and-parallel").expect("it is built in");
    let question = chain.question(1).expect("a question");
    let missing = 1.0 - question.solution.base();
    let answer = |factor: f64| question.read(&format!("{}", 1.0 - missing * factor)).expect("a share");
    let points = |factor: f64| score(&question, &answer(factor), None).expect("a share").points;
    assert_eq!((points(1.5), points(4.0), points(20.0)), (1.0, 0.5, 0.0));
}

#[test]
fn a_reference_number_is_refused_with_the_place() {
    let check = |name: &str, value: &str, expect: &str| {
        let text = format!(
            "[[number]]\nname = \"{name}\"\ntitle = \"T\"\ngroup = \"G\"\nvalue = \"{value}\"\nsource = {{ title = \"S\", year = 2020 }}\n"
        );
        let (_, problems) = Numbers::parse("content/numbers.toml", &text);
        assert_problems(&problems, if expect.is_empty() { &[] } else { std::slice::from_ref(&expect) });
    };
    check("rtt", "0.5 ms", "");
    check("rtt", "0.5 mz", "5:14 `mz` is neither a name nor a unit");
    check("day", "1 s", "2:8 `day` is a unit");
    check("My rtt", "1 s", "2:8 `My rtt` is no name");
}
