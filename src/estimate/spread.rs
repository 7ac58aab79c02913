//! What an uncertain quantity looks like: median, 90 % interval, histogram, and which input drives it.

use std::sync::Arc;

use super::dimension::Dimension;
use super::draws::Draw;
use super::quantity::{Quantity, Style};

/// An uncertain quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// The 5 % quantile.
    pub low: Quantity,
    /// The 50 % quantile.
    pub median: Quantity,
    /// The 95 % quantile.
    pub high: Quantity,
    samples: Arc<[f64]>,
}

/// How often an uncertain quantity falls where.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Where the first bin begins: the 1 % quantile.
    pub from: Quantity,
    /// Where the last bin ends: the 99 % quantile.
    pub to: Quantity,
    /// How many of [`SAMPLES`](super::SAMPLES) fall into each of the equally wide bins.
    pub counts: Vec<u32>,
}

impl Spread {
    pub(super) fn new(samples: Arc<[f64]>, dimension: &Dimension, style: &Style) -> Self {
        let shown = |base| Quantity::from_parts(base, dimension.clone(), style.clone());
        let quantiles = Quantiles::of(&samples);
        let [low, median, high] = [0.05, 0.5, 0.95].map(|share| quantiles.at(share));
        // Samples on both sides of zero only come near it: 0..10 must not begin at 0.0003.
        let near_zero = 1e-3 * low.abs().max(high.abs());
        let both_sides = samples.iter().any(|x| *x < 0.0) && samples.iter().any(|x| *x > 0.0);
        let snapped = |x: f64| if both_sides && x.abs() < near_zero { 0.0 } else { x };
        let [low, median, high] = [low, median, high].map(|x| shown(snapped(x)));
        Self { low, median, high, samples }
    }

    /// Equally wide bins between the 1 % and the 99 % quantile; what lies outside is left out.
    ///
    /// # Panics
    /// If `bins` is zero.
    pub fn histogram(&self, bins: usize) -> Histogram {
        assert!(bins > 0, "a histogram has at least one bin");
        let quantiles = Quantiles::of(&self.samples);
        let (from, to) = (quantiles.at(0.01), quantiles.at(0.99));
        let mut counts = vec![0; bins];
        for sample in self.samples.iter().filter(|sample| (from..=to).contains(*sample)) {
            let bin = (sample - from) / (to - from) * bins as f64;
            counts[(bin as usize).min(bins - 1)] += 1;
        }
        let (_, dimension, style) = self.median.clone().into_parts();
        let shown = |base| Quantity::from_parts(base, dimension.clone(), style.clone());
        Histogram { from: shown(from), to: shown(to), counts }
    }

    /// The share of the variance that one input explains on its own, from 0 to 1.
    ///
    /// The samples are grouped by the input; the share is the variance of the group means over the variance
    /// of all (the correlation ratio, which is the first-order Sobol index). Where all samples are
    /// positive their logarithms are taken: estimates are products, and there the shares of the factors add up to 1.
    pub(super) fn share_explained_by(&self, input: &Draw) -> f64 {
        const GROUPS: usize = 100;
        let logarithmic = self.samples.iter().all(|sample| *sample > 0.0);
        let measure = |sample: f64| if logarithmic { sample.ln() } else { sample };
        let (mut sums, mut sizes) = ([0.0; GROUPS], [0.0; GROUPS]);
        let (mut sum, mut squares) = (0.0, 0.0);
        let origin = measure(self.samples[0]);
        for (sample, stratum) in self.samples.iter().zip(input.strata.iter()) {
            let x = measure(*sample) - origin;
            let group = usize::from(*stratum) * GROUPS / self.samples.len();
            sums[group] += x;
            sizes[group] += 1.0;
            sum += x;
            squares += x * x;
        }
        let count = self.samples.len() as f64;
        let total = squares - sum * sum / count;
        if total <= 0.0 {
            return 0.0;
        }
        let between = sums.iter().zip(sizes).map(|(sum, size)| sum * sum / size).sum::<f64>() - sum * sum / count;
        // Chance alone makes group means differ; take off what it is expected to contribute.
        let (groups, within) = (GROUPS as f64, (total - between).max(0.0));
        ((between - (groups - 1.0) * within / (count - groups)) / total).clamp(0.0, 1.0)
    }
}

/// Exact quantiles without sorting everything: samples are counted into buckets, then one bucket is searched.
struct Quantiles<'a> {
    samples: &'a [f64],
    least: u64,
    shift: u32,
    /// How many samples lie in the buckets before each.
    before: Vec<u32>,
}

const BUCKETS: usize = 2048;

impl<'a> Quantiles<'a> {
    fn of(samples: &'a [f64]) -> Self {
        let (mut least, mut most) = (u64::MAX, 0);
        for sample in samples {
            let key = key(*sample);
            least = least.min(key);
            most = most.max(key);
        }
        let width = most.wrapping_sub(least) / BUCKETS as u64;
        let shift = u64::BITS - width.leading_zeros();
        let mut before = vec![0; BUCKETS + 1];
        for sample in samples {
            before[((key(*sample) - least) >> shift) as usize + 1] += 1;
        }
        for bucket in 1..=BUCKETS {
            before[bucket] += before[bucket - 1];
        }
        Self { samples, least, shift, before }
    }

    /// Halfway between the two samples at the boundary.
    fn at(&self, share: f64) -> f64 {
        let above = (share * self.samples.len() as f64) as usize;
        f64::midpoint(self.ranked(above - 1), self.ranked(above))
    }

    /// The sample that has `rank` smaller ones.
    fn ranked(&self, rank: usize) -> f64 {
        let bucket = self.before.partition_point(|before| *before as usize <= rank) - 1;
        let in_bucket = |sample: &&f64| ((key(**sample) - self.least) >> self.shift) as usize == bucket;
        let mut candidates: Vec<f64> = self.samples.iter().filter(in_bucket).copied().collect();
        let within = rank - self.before[bucket] as usize;
        *candidates.select_nth_unstable_by(within, f64::total_cmp).1
    }
}

/// The bits of a number, so changed that they sort as the numbers do.
fn key(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::draws::{Draws, SAMPLES};

    fn spread(f: impl Fn(f64, f64) -> f64) -> (Spread, [f64; 2]) {
        let mut draws = Draws::new(1);
        let (x, y) = (draws.get("x"), draws.get("y"));
        let samples = x.scores.iter().zip(y.scores.iter()).map(|(x, y)| f(*x, *y)).collect();
        let spread = Spread::new(samples, &Dimension::PLAIN, &Style::default());
        let shares = [&x, &y].map(|input| spread.share_explained_by(input));
        (spread, shares)
    }

    #[test]
    fn quantiles_are_those_of_the_sorted_samples() {
        let (spread, _) = spread(|x, y| (x + 0.3 * y).exp() - 0.5);
        let mut sorted = spread.samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let halfway = |rank: usize| f64::midpoint(sorted[rank - 1], sorted[rank]);
        assert_eq!(spread.low.base(), halfway(SAMPLES / 20));
        assert_eq!(spread.median.base(), halfway(SAMPLES / 2));
        assert_eq!(spread.high.base(), halfway(SAMPLES * 19 / 20));
    }

    #[test]
    fn equal_samples_have_equal_quantiles() {
        let (spread, shares) = spread(|_, _| 3.0);
        assert_eq!((spread.low.base(), spread.high.base(), shares), (3.0, 3.0, [0.0, 0.0]));
    }

    #[test]
    fn shares_of_variance_are_those_of_the_algebra() {
        let check = |f: fn(f64, f64) -> f64, expect: [f64; 2]| {
            let (_, shares) = spread(f);
            for (share, expect) in shares.iter().zip(expect) {
                assert!((share - expect).abs() < 0.01, "{shares:?} instead of {expect:?}");
            }
        };
        check(|x, y| x + y, [0.5, 0.5]);
        check(|x, y| x + 3.0 * y, [0.1, 0.9]);
        check(|x, y| (x + 2.0 * y).exp(), [0.2, 0.8]);
        check(|x, y| x * y, [0.0, 0.0]);
        check(|x, _| x.abs() + 1.0, [1.0, 0.0]);
    }

    #[test]
    fn a_histogram_holds_all_but_the_outermost() {
        let (spread, _) = spread(|x, _| x);
        let histogram = spread.histogram(20);
        let inside = histogram.counts.iter().sum::<u32>() as usize;
        assert!((inside as isize - (SAMPLES * 98 / 100) as isize).abs() <= 2, "{inside}");
        assert!(histogram.counts[10] > histogram.counts[0]);
    }
}
