//! Functions of the trade: availability, quorums, filters, identifiers and queues.
//!
//! Sources: Erlang C and M/M/c from Kleinrock, Queueing Systems I (1975), 3.5; Bloom filters from Bloom (1970) with
//! the optimal number of hashes; Little (1961) for `little`.

use super::super::dimension::{Axis, Dimension};
use super::super::quantity::Style;
use super::super::value::{Number, Value};
use super::{Answer, Complaint, count, lift, plain, seconds, share};

const YEAR: f64 = 365.0 * 86_400.0;

/// An argument that is a share between 0 and 1.
fn probability(arguments: &[Value], at: usize) -> Result<Number, Complaint> {
    let number = plain(arguments, at)?;
    if number.all(|x| (0.0..=1.0).contains(&x)) {
        Ok(number)
    } else {
        Err(Complaint::domain(at, "a share between 0 and 100% is needed here").suggest("write it like `99.9%`"))
    }
}

/// An argument that is a whole number of at least `least` and at most `most`; of less where a function that loops
/// over it would have to do so for each sample.
fn whole_count(arguments: &[Value], at: usize, least: f64, most: f64) -> Result<Number, Complaint> {
    const MOST_FOR_SAMPLES: f64 = 1_000.0;
    let number = count(arguments, at)?;
    let uncertain = arguments.iter().any(|argument| matches!(argument.number, Number::Samples(_)));
    let most = if uncertain { most.min(MOST_FOR_SAMPLES) } else { most };
    if number.all(|x| x.fract() == 0.0 && (least..=most).contains(&x)) {
        Ok(number)
    } else {
        Err(Complaint::domain(at, format!("a whole number from {least} to {most} is needed here")))
    }
}

pub(super) fn downtime(arguments: &[Value]) -> Answer {
    let availability = probability(arguments, 0)?;
    let period = match arguments.get(1) {
        None => Number::Point(YEAR),
        Some(period) if period.dimension == Dimension::of(Axis::Time, 1) => period.number.clone(),
        Some(other) => {
            return Err(Complaint::dimension(1, format!("a period is needed here, not a {}", other.dimension)));
        }
    };
    Ok(seconds(availability.zip(period, |a, period| (1.0 - a) * period)))
}

pub(super) fn nines(arguments: &[Value]) -> Answer {
    let availability = probability(arguments, 0)?;
    if availability.all(|a| a < 1.0) {
        Ok(Value::plain(availability.map(|a| -(1.0 - a).log10())))
    } else {
        Err(Complaint::domain(0, "100% has no end of nines"))
    }
}

pub(super) fn series(arguments: &[Value]) -> Answer {
    let mut all = probability(arguments, 0)?;
    for at in 1..arguments.len() {
        all = all.zip(probability(arguments, at)?, |x, y| x * y);
    }
    Ok(share(all))
}

/// `parallel(a, n)`, or the availabilities one by one.
pub(super) fn parallel(arguments: &[Value], notes: &mut Vec<String>) -> Answer {
    if arguments.len() == 2 && !is_share(&arguments[1]) {
        let (a, n) = (probability(arguments, 0)?, whole_count(arguments, 1, 1.0, 1e6)?);
        return Ok(share(a.zip(n, |a, n| 1.0 - (1.0 - a).powf(n))));
    }
    if arguments.len() == 2 {
        notes.push("read as two parts, not as a number of equal parts".to_owned());
    }
    let mut down = probability(arguments, 0)?.map(|a| 1.0 - a);
    for at in 1..arguments.len() {
        down = down.zip(probability(arguments, at)?, |down, a| down * (1.0 - a));
    }
    Ok(share(down.map(|down| 1.0 - down)))
}

/// Whether a second argument reads as an availability and not as a number of parts.
fn is_share(value: &Value) -> bool {
    value.dimension.is_plain() && value.number.all(|x| (0.0..1.0).contains(&x))
}

pub(super) fn k_of_n(arguments: &[Value]) -> Answer {
    let (k, n) = (whole_count(arguments, 0, 0.0, 1000.0)?, whole_count(arguments, 1, 1.0, 1000.0)?);
    let a = probability(arguments, 2)?;
    if !k.clone().zip(n.clone(), |k, n| k - n).all(|excess| excess <= 0.0) {
        return Err(Complaint::domain(0, "more parts are needed than there are"));
    }
    Ok(share(lift([&k, &n, &a], |[k, n, a]| at_least(k as u32, n as u32, a))))
}

/// The chance of at least `k` successes in `n` trials. Terms follow from each other, in logarithms, since
/// binomials of a thousand leave the range of a float.
fn at_least(k: u32, n: u32, p: f64) -> f64 {
    if k == 0 || p == 1.0 {
        return 1.0;
    }
    if p == 0.0 {
        return 0.0;
    }
    let (ln_p, ln_q) = (p.ln(), (-p).ln_1p());
    let mut ln_binomial = 0.0;
    let mut sum = 0.0;
    // From n successes downwards: the binomials of n over i and n over n - i are equal.
    for failures in 0..=(n - k) {
        if failures > 0 {
            ln_binomial += f64::from(n - failures + 1).ln() - f64::from(failures).ln();
        }
        sum += (ln_binomial + f64::from(n - failures) * ln_p + f64::from(failures) * ln_q).exp();
    }
    sum.min(1.0)
}

pub(super) fn quorum(arguments: &[Value], notes: &mut Vec<String>) -> Answer {
    let n = whole_count(arguments, 0, 1.0, 1000.0)?;
    let (r, w) = (whole_count(arguments, 1, 1.0, 1000.0)?, whole_count(arguments, 2, 1.0, 1000.0)?);
    for (at, size) in [(1, &r), (2, &w)] {
        if !size.clone().zip(n.clone(), |size, n| size - n).all(|excess| excess <= 0.0) {
            return Err(Complaint::domain(at, "a quorum is at most all copies"));
        }
    }
    let overlap = lift([&n, &r, &w], |[n, r, w]| (r + w - n).max(0.0));
    notes.push(if overlap.all(|copies| copies > 0.0) {
        "R + W > N: every read quorum contains a copy of the last acknowledged write".to_owned()
    } else {
        "R + W <= N: a read quorum can miss the last acknowledged write".to_owned()
    });
    Ok(Value::plain(overlap))
}

pub(super) fn bloom_bits(arguments: &[Value]) -> Answer {
    let (n, p) = (count(arguments, 0)?, probability(arguments, 1)?);
    if !p.all(|p| p > 0.0 && p < 1.0) {
        return Err(Complaint::domain(1, "a share of false positives above 0 and below 100% is needed here"));
    }
    let ln2 = std::f64::consts::LN_2;
    let number = n.zip(p, |n, p| n * -p.ln() / (ln2 * ln2));
    Ok(Value { number, dimension: Dimension::of(Axis::Information, 1), style: Style::default() })
}

/// By the exponential approximation, exact to about n / 2^bits.
pub(super) fn birthday(arguments: &[Value]) -> Answer {
    let n = count(arguments, 0)?;
    let information = Dimension::of(Axis::Information, 1);
    let bits = if arguments[1].dimension == information { arguments[1].number.clone() } else { plain(arguments, 1)? };
    if !bits.all(|bits| (0.0..=4096.0).contains(&bits)) || !n.all(|n| n >= 0.0) {
        return Err(Complaint::domain(1, "a number of bits up to 4096 is needed here"));
    }
    let chance = n.zip(bits, |n, bits| -(-n * (n - 1.0).max(0.0) / 2.0 * (-bits).exp2()).exp_m1());
    Ok(Value::plain(chance))
}

pub(super) fn erlang_c(arguments: &[Value]) -> Answer {
    let (load, servers) = (count(arguments, 0)?, whole_count(arguments, 1, 1.0, 1e6)?);
    if load.all(|load| load < 0.0) {
        return Err(Complaint::domain(0, "a load of at least 0 is needed here"));
    }
    stable(&load.clone().zip(servers.clone(), |load, servers| load / servers))?;
    Ok(share(load.zip(servers, chance_to_wait)))
}

pub(super) fn mmc_wait(arguments: &[Value]) -> Answer {
    let (busy, servers) = busy_share(arguments)?;
    stable(&busy)?;
    let wait = lift([&busy, &arguments[1].number, &servers], |[busy, mu, c]| {
        chance_to_wait(busy * c, c) / (c * mu * (1.0 - busy))
    });
    Ok(seconds(wait))
}

pub(super) fn utilisation(arguments: &[Value], notes: &mut Vec<String>) -> Answer {
    let (busy, _) = busy_share(arguments)?;
    if !busy.all(|busy| busy < 1.0) {
        notes.push("at 100% and above the queue grows without limit".to_owned());
    }
    Ok(share(busy))
}

pub(super) fn little(arguments: &[Value]) -> Answer {
    rate(arguments, 0)?;
    if arguments[1].dimension != Dimension::of(Axis::Time, 1) {
        return Err(Complaint::dimension(1, format!("a time is needed here, not a {}", arguments[1].dimension)));
    }
    let product = arguments[0].clone().times(arguments[1].clone());
    Ok(Value { style: Style::default(), ..product })
}

/// An argument must be a rate of things.
fn rate(arguments: &[Value], at: usize) -> Result<(), Complaint> {
    let dimension = &arguments[at].dimension;
    let counted = dimension.times(&Dimension::of(Axis::Time, 1)).is_count();
    if counted && dimension.power(&Axis::Time) == -1 && arguments[at].number.all(|x| x >= 0.0) {
        Ok(())
    } else {
        let complaint = Complaint::dimension(at, format!("a rate is needed here, not a {dimension}"));
        Err(complaint.suggest("write it like `100 req/s`"))
    }
}

/// λ / (μ c), and c. Where μ is per server, c counts servers; else both are bare.
fn busy_share(arguments: &[Value]) -> Result<(Number, Number), Complaint> {
    rate(arguments, 0)?;
    rate(arguments, 1)?;
    let servers = whole_count(arguments, 2, 1.0, 1e6)?;
    let busy = arguments[0].clone().over(arguments[1].clone()).over(arguments[2].clone());
    if !busy.dimension.is_plain() {
        let message = format!("{} and {} do not fit together", arguments[0].dimension, arguments[1].dimension);
        return Err(Complaint::dimension(1, message).suggest("write `mmc_wait(100 req/s, 30 req/s, 4)`"));
    }
    if !arguments[1].number.all(|mu| mu > 0.0) {
        return Err(Complaint::domain(1, "a server that serves nothing makes everyone wait"));
    }
    Ok((busy.number, servers))
}

fn stable(busy: &Number) -> Result<(), Complaint> {
    if busy.all(|busy| busy < 1.0) {
        return Ok(());
    }
    let complaint =
        Complaint::domain(0, "the load is at or above what the servers can do: the queue grows without limit");
    Err(complaint.suggest("add servers"))
}

/// Erlang C from the reciprocal of Erlang B, whose terms are c! / (c - k)! / load^k.
///
/// The loop ends after about √c steps beyond c - load, or when the sum says that nobody waits.
fn chance_to_wait(load: f64, servers: f64) -> f64 {
    let (mut term, mut reciprocal, mut left) = (1.0, 1.0, servers);
    while left >= 1.0 && term > reciprocal * 1e-17 && reciprocal < 1e300 {
        term *= left / load;
        reciprocal += term;
        left -= 1.0;
    }
    let blocked = reciprocal.recip();
    let busy = load / servers;
    blocked / (1.0 - busy * (1.0 - blocked))
}
