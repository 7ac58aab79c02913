//! Laws that hold for all quantities, numbers that others worked out, and input that means harm.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use sysdrill::estimate::{Axis, ErrorKind, Expr, Quantity, Sheet, Unit, evaluate};

const UNITS: &[&str] =
    &["", "GB", "KiB", "Mbit", "ms", "day", "user", "req", "req/s", "GB/s", "req/user/day", "$/month", "KB/req", "%"];

fn quantity() -> impl Strategy<Value = Quantity> {
    let unit = prop::sample::select(UNITS);
    (1e-6_f64..1e9, unit).prop_map(|(number, unit)| evaluate(&format!("{number} {unit}")).expect("a literal"))
}

/// An expression as text, with every operator and parentheses where they are needed and where they are not.
fn expression() -> impl Strategy<Value = String> {
    let unit = prop::sample::select(UNITS);
    let leaf = (1_u32..100_000, unit).prop_map(|(number, unit)| format!("{} {unit}", f64::from(number) / 8.0));
    leaf.prop_recursive(5, 40, 3, |inner| {
        let operator = prop::sample::select(&[" + ", " - ", " * ", " / ", "..", " of "][..]);
        let function = prop::sample::select(&["max", "sum", "min"][..]);
        prop_oneof![
            (inner.clone(), operator, inner.clone()).prop_map(|(a, sign, b)| format!("{a}{sign}{b}")),
            inner.clone().prop_map(|a| format!("({a})")),
            inner.clone().prop_map(|a| format!("-{a}")),
            inner.clone().prop_map(|a| format!("({a})^2")),
            (function, inner.clone(), inner.clone()).prop_map(|(name, a, b)| format!("{name}({a}, {b})")),
            inner.prop_map(|a| format!("({a} to req/s)")),
        ]
    })
}

/// Two numbers are equal but for the last digits.
fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

proptest! {
    // A case that failed once belongs into the table, where it can be read.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn dimensions_add_up_in_products(a in quantity(), b in quantity()) {
        let product = a.dimension().times(b.dimension());
        prop_assert_eq!(&product, &b.dimension().times(a.dimension()));
        prop_assert_eq!(&product.over(b.dimension()), a.dimension());
        prop_assert!(product.over(&product).is_plain());
        prop_assert_eq!(a.dimension().to_the(2).square_root(), Some(a.dimension().clone()));
    }

    #[test]
    fn what_is_printed_parses_to_the_same_tree(text in expression()) {
        // Text that the grammar refuses, such as `1..2..3`, is not of interest here.
        if let Ok(tree) = Expr::parse(&text) {
            let again = Expr::parse(&tree.to_string());
            prop_assert_eq!(again.as_ref(), Ok(&tree), "{} printed as {}", text, tree);
        }
    }

    #[test]
    fn what_is_shown_exactly_reads_back_exactly(a in quantity()) {
        let again = evaluate(&a.exact()).expect("what is shown can be typed");
        prop_assert_eq!(again.dimension(), a.dimension());
        prop_assert!(near(again.base(), a.base()), "{} read back from {}", again.exact(), a.exact());
    }

    #[test]
    fn what_is_shown_rounds_by_less_than_half_a_per_cent(a in quantity()) {
        let shown = evaluate(&a.to_string()).expect("what is shown can be typed");
        prop_assert!((shown.ratio(&a).expect("one dimension") - 1.0).abs() <= 0.005, "{} for {}", shown, a.exact());
    }

    #[test]
    fn there_and_back_is_the_same(number in 1e-6_f64..1e9, from in 0_usize..4, to in 0_usize..4) {
        for family in [["GB", "KiB", "Mbit", "B"], ["ms", "day", "h", "year"], ["req/s", "req/day", "QPS", "req/year"]] {
            let there = evaluate(&format!("{number} {} to {}", family[from], family[to])).expect("one family");
            let unit = Unit::parse(family[from]).expect("a unit");
            prop_assert!(near(there.in_unit(&unit).expect("one family"), number));
        }
    }

    #[test]
    fn any_text_ends_in_a_value_or_an_error(text in "\\PC*") {
        let _ = evaluate(&text);
        let _ = Sheet::parse(&text).evaluate(1);
    }
}

#[test]
fn prefixes_are_those_of_the_standards() {
    // SI brochure, 9th edition, table 7; IEC 80000-13 for the binary ones.
    let check = |unit: &str, bytes: f64| {
        let one = evaluate(&format!("1 {unit} to B")).unwrap_or_else(|error| panic!("{unit}: {error}"));
        assert_eq!(one.base(), bytes * 8.0, "{unit}");
    };
    for (power, letter) in (1..).zip(["K", "M", "G", "T", "P", "E", "Z"]) {
        check(&format!("{letter}B"), 1000_f64.powi(power));
    }
    for (power, letter) in (1..).zip(["K", "M", "G", "T", "P", "E"]) {
        check(&format!("{letter}iB"), 1024_f64.powi(power));
    }
}

/// Values that the evaluator in `cross_check.py` gives, which shares no line with ours.
#[test]
fn an_independent_evaluator_agrees() {
    let rows: Vec<&str> = include_str!("data/estimate/cross_check.tsv").lines().collect();
    assert!(rows.len() > 600);
    for row in rows {
        let columns: Vec<&str> = row.split('\t').collect();
        let [text, number, powers] = columns[..] else { panic!("{row}: three columns") };
        let value = evaluate(text).unwrap_or_else(|error| panic!("{text}: {error}\n{}", error.caret(text)));
        let expect: f64 = number.parse().expect("a number");
        // The birthday formula is an approximation; all else differs by rounding alone.
        let slack = if text.starts_with("birthday") { 1e-3 } else { 1e-9 };
        assert!((value.base() - expect).abs() <= slack * expect.abs(), "{text} is {} and not {expect}", value.base());
        assert_eq!(axes(&value), powers, "{text}");
    }
}

/// The dimension as the table writes it: `bit:1 s:-1`.
fn axes(value: &Quantity) -> String {
    let mut names: Vec<String> = value
        .dimension()
        .powers()
        .iter()
        .map(|(axis, power)| match axis {
            Axis::Information => format!("bit:{power}"),
            Axis::Money => format!("$:{power}"),
            Axis::Time => format!("s:{power}"),
            Axis::Count(thing) => format!("{thing}:{power}"),
        })
        .collect();
    names.sort();
    names.join(" ")
}

/// The golden numbers of the scenarios follow from their inputs, as lines of a sheet.
#[test]
fn the_golden_numbers_of_the_scenarios() {
    let mut scenarios = 0;
    let table = include_str!("data/estimate/scenarios.txt").lines();
    for line in table.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (inputs, golden) = line.split_once('→').expect("inputs and golden numbers");
        let inputs: Vec<&str> = inputs.split(';').map(str::trim).collect();
        let [id, units, writes, reads, stored, returned, years, copies, factor] = inputs[..] else {
            panic!("{line}: nine inputs")
        };
        let size = |text: &str| if text == "-" { "0 B".to_owned() } else { text.to_owned() };
        let mut sheet = format!(
            "write_rate = {units} user * {writes} req/user/day
             read_rate = {units} user * {reads} req/user/day
             peak = (write_rate + read_rate) * {factor}
             stored = write_rate * {stored}/req * {years} year * {copies}
             egress = read_rate * {returned}/req",
            stored = size(stored),
            returned = size(returned),
        );
        let names = ["write_rate", "read_rate", "peak", "stored", "egress"];
        for (name, golden) in names.iter().zip(golden.split(';').map(str::trim)).filter(|(_, golden)| *golden != "-") {
            let rate = if golden.contains(' ') { "" } else { " req/s" };
            sheet += &format!("\n{name} ≈ {golden}{rate}");
        }
        for result in Sheet::parse(&sheet).evaluate(0) {
            assert!(result.error.is_none(), "{id}: {}: {:?}", result.text, result.error);
            assert_ne!(result.holds, Some(false), "{id}: {}", result.display);
        }
        scenarios += 1;
    }
    assert_eq!(scenarios, 64);
}

/// Whatever is thrown at it, an expression ends at once, in an error of the expected kind.
fn check_hostile(text: &str, kind: ErrorKind) {
    let once = || {
        let start = Instant::now();
        let outcome = evaluate(text);
        (start.elapsed(), outcome)
    };
    let runs: Vec<_> = (0..5).map(|_| once()).collect();
    let head: String = text.chars().take(30).collect();
    for (_, outcome) in &runs {
        assert_eq!(outcome.as_ref().map_err(|error| error.kind), Err(kind), "{head}");
    }
    // The fastest of five, since a busy machine slows any of them down.
    let fastest = runs.iter().map(|(time, _)| *time).min().expect("there were runs");
    assert!(fastest < Duration::from_millis(50), "{head}… took {fastest:?}");
}

#[test]
fn hostile_input_ends_at_once() {
    check_hostile(&"1+".repeat(5_000), ErrorKind::Limit);
    check_hostile(&"x".repeat(10_000), ErrorKind::Limit);
    check_hostile(&"x".repeat(1_900), ErrorKind::Unknown);
    check_hostile(&"(".repeat(1_000), ErrorKind::Limit);
    check_hostile(&"(".repeat(500), ErrorKind::Limit);
    check_hostile(&format!("{}1{}", "(".repeat(500), ")".repeat(50)), ErrorKind::Limit);
    check_hostile(&"max(".repeat(200), ErrorKind::Limit);
    check_hostile(&"-".repeat(590), ErrorKind::Syntax);
    check_hostile(&format!("2{}", "^2".repeat(200)), ErrorKind::Limit);
    check_hostile("10^10^10", ErrorKind::Arithmetic);
    check_hostile("1 / 0", ErrorKind::Arithmetic);
    check_hostile("1 / (1 GB - 1000 MB)", ErrorKind::Arithmetic);
    check_hostile("1 / (1 GB - 1 s)", ErrorKind::Dimension);
    check_hostile("(-1)^0.5", ErrorKind::Arithmetic);
    check_hostile("1e308 * 10", ErrorKind::Arithmetic);
    check_hostile("1e999", ErrorKind::Arithmetic);
    check_hostile("exp(1000)", ErrorKind::Arithmetic);
    check_hostile("(1 req)^99 * (1 req)^99", ErrorKind::Limit);
    check_hostile("k_of_n(1e9, 1e9, 50%)", ErrorKind::Arithmetic);
    check_hostile("erlang_c(1e12, 1e12)", ErrorKind::Arithmetic);
    check_hostile("NaN", ErrorKind::Unknown);
    check_hostile("\u{0}", ErrorKind::Syntax);
}

#[test]
fn long_sums_within_the_bounds_are_computed() {
    let sum = format!("1{}", " + 1".repeat(290));
    assert_eq!(evaluate(&sum).expect("within the bounds").base(), 291.0);
    let nested = format!("{}1{}", "(".repeat(40), ")".repeat(40));
    assert_eq!(evaluate(&nested).expect("within the bounds").base(), 1.0);
    assert!(evaluate("erlang_c(999_000, 1_000_000)").is_ok());
}

#[test]
fn a_sheet_of_many_ranges_is_refused_before_it_takes_long() {
    let line = format!("1..2{}", " * 1..2".repeat(20));
    let sheet = vec![line; 20].join("\n");
    let results = Sheet::parse(&sheet).evaluate(1);
    let last = results.last().and_then(|line| line.error.as_ref()).expect("too much");
    assert_eq!(last.kind, ErrorKind::Limit);
    assert!(results[0].error.is_none());
}

#[test]
fn a_sheet_has_a_last_line() {
    let results = Sheet::parse(&"1\n".repeat(600)).evaluate(1);
    assert!(results[499].error.is_none());
    assert_eq!(results[500].error.as_ref().map(|error| error.kind), Some(ErrorKind::Limit));
}
