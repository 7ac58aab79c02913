//! The interface of a policy: what each file beside this one implements.

use std::fmt;
use std::sync::Arc;

use crate::sim::cache::expiry::Lifetime;
use crate::sim::cache::future::Future;
use crate::sim::cache::step::Watch;
use crate::sim::cache::view::View;

/// What a policy is, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// As the command line writes it.
    pub id: &'static str,
    /// As a heading writes it.
    pub title: &'static str,
    /// Which entry it evicts, in one line.
    pub rule: &'static str,
    /// What a hit does to the entry, in one line, where nothing else is told.
    pub on_hit: &'static str,
    /// Who proposed it.
    pub source: &'static str,
    /// Whether it must know the whole trace beforehand.
    pub needs_future: bool,
}

/// Everything that decides a run, besides the requests.
#[derive(Clone, Debug)]
pub struct Setting {
    /// How many objects may be resident, at least 1.
    pub capacity: usize,
    /// The ids are `0..objects`; more may be added by growing.
    pub objects: usize,
    /// For policies that draw and for jittered lifetimes.
    pub seed: u64,
    /// Whether and when entries expire.
    pub expiry: Option<Lifetime>,
    /// When each request's object is requested next; only `opt` looks at it.
    pub future: Option<Arc<Future>>,
}

impl Setting {
    /// A cache of `capacity` for the ids `0..objects`, without expiry, seed 0.
    pub fn new(capacity: usize, objects: usize) -> Self {
        Self { capacity, objects, seed: 0, expiry: None, future: None }
    }
}

/// A rule of eviction together with the state that it needs.
///
/// Objects are dense ids below the number that the policy was made or grown for; time is the index of the request. All
/// objects have size one and every miss inserts.
pub trait Policy: Clone + fmt::Debug + Send + 'static {
    /// What it is, in words.
    const ABOUT: About;

    /// An empty cache. The setting is valid: [`super::build`] has seen to it.
    fn new(setting: &Setting) -> Self;

    /// Makes room for ids up to `objects`.
    fn grow(&mut self, objects: usize);

    /// Whether an object is resident, at the time of its request.
    fn holds(&self, id: u32, now: u64) -> bool;

    /// Serves one request, the `now`-th, and says whether it was a hit.
    fn request<W: Watch>(&mut self, id: u32, now: u64, watch: &mut W) -> bool;

    /// Takes out a resident whose request `now` found it expired. It leaves no ghost.
    fn forget(&mut self, id: u32, now: u64);

    /// Brings near what a request for this object will need.
    fn prefetch(&self, id: u32);

    /// How many objects are resident.
    fn residents(&self) -> usize;

    /// What it holds, before the request `now`.
    fn view(&self, now: u64) -> View;
}
