//! Workloads: requests that a seed draws, for when no trace is at hand.
//!
//! Object 0 is the most popular where popularity differs. Parsed from words such as `zipf:1.0`; start reading at
//! [`Workload`].

use std::fmt;
use std::str::FromStr;

use crate::rng::{Stream, stream};

/// Popularity of the base under `scan`, `shift` and `bursts`, as web traffic has it (Breslau et al. 1999).
const BASE_ALPHA: f64 = 1.0;

/// Requests in which one burst, if there is one, takes place.
const BURST_SPAN: u64 = 1000;

/// A pattern of requests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Workload {
    /// `zipf:α`: the k-th most popular object is asked for in proportion to k^−α.
    Zipf {
        /// 0 is uniform, 1 is typical of the web.
        alpha: f64,
    },
    /// `uniform`: every object alike.
    Uniform,
    /// `loop:n`: objects 0 to n − 1 in turn, for ever.
    Loop {
        /// How many.
        objects: u32,
    },
    /// `scan:period`: a Zipf load over the first half of the objects; the last quarter of every period reads the other half
    /// in order, going on where the scan before ended.
    Scan {
        /// In requests.
        period: u64,
    },
    /// `shift:period`: a Zipf load whose popular objects are others after every period.
    Shift {
        /// In requests.
        period: u64,
    },
    /// `bursts`: a Zipf load; in one of four spans of 1,000 requests, every other request is for one object that the seed draws.
    Bursts,
}

/// Why a text is not a workload.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a workload: {problem}")]
pub struct WorkloadError {
    text: String,
    problem: String,
}

impl FromStr for Workload {
    type Err = WorkloadError;

    fn from_str(text: &str) -> Result<Self, WorkloadError> {
        let refuse = |problem: String| WorkloadError { text: text.to_owned(), problem };
        let (name, value) = match text.split_once(':') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        let number = |what: &str| -> Result<u64, WorkloadError> {
            let value = value.ok_or_else(|| refuse(format!("it needs {what}, as in `{name}:1000`")))?;
            let parsed = value.parse().ok().filter(|number| (1..=u64::from(u32::MAX)).contains(number));
            parsed.ok_or_else(|| refuse(format!("{what} is a whole number from 1 to 2^32 - 1")))
        };
        let workload = match name {
            "zipf" => {
                let value = value.ok_or_else(|| refuse("it needs an exponent, as in `zipf:1.0`".to_owned()))?;
                let alpha = value.parse().ok().filter(|alpha| (0.0..=10.0).contains(alpha));
                Self::Zipf { alpha: alpha.ok_or_else(|| refuse("the exponent is a number from 0 to 10".to_owned()))? }
            }
            "loop" => Self::Loop { objects: number("a number of objects")? as u32 },
            "scan" => Self::Scan { period: number("a period in requests")? },
            "shift" => Self::Shift { period: number("a period in requests")? },
            "uniform" | "bursts" if value.is_some() => return Err(refuse(format!("`{name}` takes no value"))),
            "uniform" => Self::Uniform,
            "bursts" => Self::Bursts,
            _ => {
                return Err(refuse(
                    "there are zipf:α, uniform, loop:n, scan:period, shift:period and bursts".to_owned(),
                ));
            }
        };
        Ok(workload)
    }
}

impl fmt::Display for Workload {
    /// As it is parsed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zipf { alpha } => write!(f, "zipf:{alpha:?}"),
            Self::Uniform => f.write_str("uniform"),
            Self::Loop { objects } => write!(f, "loop:{objects}"),
            Self::Scan { period } => write!(f, "scan:{period}"),
            Self::Shift { period } => write!(f, "shift:{period}"),
            Self::Bursts => f.write_str("bursts"),
        }
    }
}

impl Workload {
    /// The endless requests of this workload over `objects` objects; `loop:n` brings its own number.
    ///
    /// # Panics
    /// If there are no objects.
    pub fn requests(self, objects: u32, seed: u64) -> Requests {
        assert!(objects > 0, "a workload asks for something");
        let popular = match self {
            Self::Zipf { alpha } => Popularity::zipf(objects, alpha),
            Self::Scan { .. } => Popularity::zipf(objects.div_ceil(2), BASE_ALPHA),
            Self::Shift { .. } | Self::Bursts => Popularity::zipf(objects, BASE_ALPHA),
            Self::Uniform | Self::Loop { .. } => Popularity::default(),
        };
        Requests { workload: self, objects, popular, draws: stream(seed, "workload"), at: 0, burst: None }
    }

    /// How many objects there are at most among requests over `objects` objects.
    pub fn objects(self, objects: u32) -> u32 {
        if let Self::Loop { objects } = self { objects } else { objects }
    }
}

/// Requests without end, decided by the workload, the number of objects and the seed.
#[derive(Clone, Debug)]
pub struct Requests {
    workload: Workload,
    objects: u32,
    popular: Popularity,
    draws: Stream,
    at: u64,
    /// The object of this span's burst.
    burst: Option<u32>,
}

impl Iterator for Requests {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let at = self.at;
        self.at += 1;
        Some(match self.workload {
            Workload::Zipf { .. } => self.popular.draw(&mut self.draws),
            Workload::Uniform => self.draws.below(u64::from(self.objects)) as u32,
            Workload::Loop { objects } => (at % u64::from(objects)) as u32,
            Workload::Scan { period } => self.scan(at, period),
            Workload::Shift { period } => {
                let moved = (at / period) * u64::from(self.objects.div_ceil(10));
                let id = u64::from(self.popular.draw(&mut self.draws)) + moved;
                (id % u64::from(self.objects)) as u32
            }
            Workload::Bursts => self.bursts(at),
        })
    }
}

impl Requests {
    fn scan(&mut self, at: u64, period: u64) -> u32 {
        let (round, within) = (at / period, at % period);
        let length = period / 4;
        let quiet = period - length;
        let popular = self.objects.div_ceil(2);
        let scanned = u64::from(self.objects - popular);
        if within < quiet || scanned == 0 {
            return self.popular.draw(&mut self.draws);
        }
        popular + ((round * length + within - quiet) % scanned) as u32
    }

    fn bursts(&mut self, at: u64) -> u32 {
        if at.is_multiple_of(BURST_SPAN) {
            let object = self.draws.below(u64::from(self.objects)) as u32;
            self.burst = (self.draws.below(4) == 0).then_some(object);
        }
        match self.burst {
            Some(object) if at % 2 == 1 => object,
            _ => self.popular.draw(&mut self.draws),
        }
    }
}

/// A distribution over ranks from which one draws exactly and in constant time (Walker 1977, as Vose 1991 builds it).
#[derive(Clone, Debug, Default)]
struct Popularity(Vec<Bucket>);

/// An equal share of the probability: the rank of its index below `limit`, another above.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    limit: f64,
    other: u32,
}

impl Popularity {
    /// Ranks `0..objects`, the k-th with weight (k + 1)^−α.
    fn zipf(objects: u32, alpha: f64) -> Self {
        let weights: Vec<f64> = (0..objects).map(|rank| (f64::from(rank) + 1.0).powf(-alpha)).collect();
        // Summed from the smallest on, which loses the least.
        let total: f64 = weights.iter().rev().sum();
        let scale = f64::from(objects) / total;
        let mut buckets: Vec<Bucket> =
            weights.iter().zip(0..).map(|(weight, rank)| Bucket { limit: weight * scale, other: rank }).collect();
        let (mut poor, mut rich): (Vec<u32>, Vec<u32>) =
            (0..objects).partition(|&rank| buckets[rank as usize].limit < 1.0);
        while let (Some(taker), Some(&giver)) = (poor.pop(), rich.last()) {
            buckets[taker as usize].other = giver;
            let lack = 1.0 - buckets[taker as usize].limit;
            buckets[giver as usize].limit -= lack;
            if buckets[giver as usize].limit < 1.0 {
                rich.pop();
                poor.push(giver);
            }
        }
        // What is left is full, up to rounding.
        for rank in poor.into_iter().chain(rich) {
            buckets[rank as usize].limit = 1.0;
        }
        Self(buckets)
    }

    #[inline]
    fn draw(&self, draws: &mut Stream) -> u32 {
        let rank = draws.index(self.0.len());
        let bucket = self.0[rank];
        if draws.unit() < bucket.limit { rank as u32 } else { bucket.other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(workload: &str, objects: u32, requests: usize) -> Vec<f64> {
        let workload: Workload = workload.parse().expect("a workload");
        let mut counts = vec![0.0; objects as usize];
        for id in workload.requests(objects, 1).take(requests) {
            counts[id as usize] += 1.0;
        }
        counts
    }

    #[test]
    fn zipf_is_exact() {
        for alpha in [0.0, 0.7, 1.0, 2.5] {
            let requests = 200_000;
            let found = counts(&format!("zipf:{alpha}"), 50, requests);
            let weights: Vec<f64> = (1..=50).map(|rank| f64::from(rank).powf(-alpha)).collect();
            let total: f64 = weights.iter().sum();
            // Chi-squared with 49 degrees of freedom: 85.4 is exceeded once in a thousand times.
            let chi: f64 = found
                .iter()
                .zip(&weights)
                .map(|(count, weight)| {
                    (count - requests as f64 * weight / total).powi(2) / (requests as f64 * weight / total)
                })
                .sum();
            assert!(chi < 85.4, "alpha {alpha}: {chi}");
        }
    }

    #[test]
    fn patterns_are_what_they_say() {
        let first = |workload: &str, objects, count| {
            let workload: Workload = workload.parse().expect("a workload");
            workload.requests(objects, 7).take(count).collect::<Vec<u32>>()
        };
        assert_eq!(first("loop:3", 99, 7), [0, 1, 2, 0, 1, 2, 0]);
        assert_eq!(first("scan:8", 10, 32)[6..8], [5, 6], "the last quarter of a period scans the other half");
        assert_eq!(first("scan:8", 10, 32)[14..16], [7, 8], "and goes on where it ended");
        let shifting = first("shift:1000", 1000, 2000);
        let top = |ids: &[u32], id| ids.iter().filter(|&&other| other == id).count();
        assert!(top(&shifting[..1000], 0) > 80 && top(&shifting[1000..], 100) > 80, "the most popular one moves");
        let bursty = first("bursts", 10_000, 40_000);
        let busiest =
            bursty.chunks(1000).filter(|span| span.iter().skip(1).step_by(2).all(|id| *id == span[1])).count();
        assert!((4..=17).contains(&busiest), "a quarter of 40 spans, within 2.5 standard deviations: {busiest}");
        assert_eq!(first("uniform", 5, 100), first("uniform", 5, 100));
    }

    #[test]
    fn a_workload_is_written_as_it_is_read() {
        for text in ["zipf:1.0", "zipf:0.75", "uniform", "loop:120", "scan:1000", "shift:500", "bursts"] {
            assert_eq!(text.parse::<Workload>().map(|workload| workload.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_is_not_a_workload_is_refused_with_a_remedy() {
        let check = |text: &str, problem: &str| {
            let error = text.parse::<Workload>().expect_err(text).to_string();
            assert!(error.contains(problem), "{text}: {error}");
        };
        check("zipf", "needs an exponent");
        check("zipf:NaN", "a number from 0 to 10");
        check("zipf:-1", "a number from 0 to 10");
        check("loop:0", "whole number from 1");
        check("scan", "as in `scan:1000`");
        check("shift:x", "a period in requests is a whole number");
        check("bursts:3", "takes no value");
        check("pareto", "there are zipf:α");
    }
}
