//! Which units somebody may want to see a quantity in.

/// What is counted by prefixes, and spans of time.
const HEADS: &[&str] = &[
    "B", "KB", "MB", "GB", "TB", "PB", "EB", "KiB", "MiB", "GiB", "TiB", "PiB", "bit", "kbit", "Mbit", "Gbit", "Tbit",
    "ns", "us", "ms", "s", "min", "h", "day", "week", "month", "year", "$", "%",
];

/// By what a rate is counted.
const PERIODS: &[&str] = &["", "/s", "/min", "/h", "/day", "/week", "/month", "/year"];

/// Units to try for a quantity that is shown in `unit`, the one in which it is shown first; most of them measure
/// something else.
pub(super) fn candidates(unit: &str) -> Vec<String> {
    let mut parts = unit.split('/');
    let counted = parts.next().unwrap_or_default();
    let below: Vec<&str> = parts.collect();
    let is_time = |part: &&str| ["s", "min", "h", "day", "week", "month", "year"].contains(part);
    // What stands below the fraction besides time is kept: `KB/req`, `req/s/server`.
    let kept: String = below.iter().filter(|part| !is_time(part)).map(|part| format!("/{part}")).collect();
    let heads = [counted].into_iter().chain(HEADS.iter().copied().filter(|head| *head != counted));
    let mut units = vec![unit.to_owned()];
    for head in heads {
        for period in PERIODS {
            units.push(format!("{head}{period}{kept}"));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    units.retain(|unit| !unit.is_empty() && seen.insert(unit.clone()));
    units
}

#[cfg(test)]
mod tests {
    use crate::estimate::evaluate;

    fn check(expression: &str, expect: &[(&str, &str)]) {
        let value = evaluate(expression).expect(expression);
        let all = value.in_other_units();
        for (unit, shown) in expect {
            let found = all.iter().find(|(text, _)| text == unit).map(|(_, value)| value.to_string());
            assert_eq!(found.as_deref(), Some(*shown), "{expression} in {unit}: {all:?}");
        }
        let again = |unit: &str| evaluate(&format!("({expression}) to {unit}")).expect(unit);
        assert!(all.iter().all(|(unit, value)| again(unit) == *value), "each can be typed");
    }

    #[test]
    fn a_quantity_has_the_units_of_its_dimension() {
        check("1.5 PB", &[("TB", "1,500 TB"), ("TiB", "1,360 TiB")]);
        check("1bn req/day", &[("req/s", "11,600 req/s"), ("req/day", "1,000,000,000 req/day")]);
        check("100 Mbit/s", &[("MB/s", "12.5 MB/s"), ("Gbit/s", "0.1 Gbit/s"), ("TB/day", "1.08 TB/day")]);
        check("90 min", &[("h", "1.5 h"), ("s", "5,400 s")]);
        check("2 KB/req", &[("B/req", "2,000 B/req")]);
        check("$20/month", &[("$/year", "$240/year")]);
    }

    #[test]
    fn a_plain_number_can_be_a_percentage() {
        check("0.25", &[("%", "25%")]);
    }
}
