//! How long it takes until a queue is there, and until a grade is on the disk.
//!
//! Budgets: a queue of 50,000 cards 10 ms, read from the disk 40 ms; a normal store open with today's counts 2 ms.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use sysdrill::content::{Card, CardId, CardKind, Place, Tier, TopicId};
use sysdrill::recall::{
    Answer, Ask, Event, Item, ItemState, Limits, Mint, Parameters, Queue, Rating, Rules, Scheduler, State, What, fold,
};
use sysdrill::store::Store;
use sysdrill::time::{Now, StudyDay, Timestamp, ZoneOffset};
use tempfile::TempDir;

const DAY: i64 = 86_400_000;

fn noon(day: i64) -> Now {
    let wall = Timestamp((20_000 + day) * DAY + DAY / 2);
    Now { wall, awake: Duration::ZERO, boot: Duration::ZERO, offset: ZoneOffset(0) }
}

/// A library of cards in thirty topics, some of them siblings.
fn library(count: usize) -> Vec<Card> {
    let card = |n: usize| Card {
        id: CardId::new(format!("topic-{}/card-{n}", n % 30)),
        topic: TopicId::new(format!("topic-{}", n % 30)),
        tier: [Tier::Core, Tier::Plus, Tier::Deep][n / 30 % 3],
        front: "What?".to_owned(),
        kind: CardKind::Recall { back: "That.".to_owned() },
        why: String::new(),
        note: None,
        lesson: None,
        tags: Vec::new(),
        siblings: n.is_multiple_of(5).then(|| format!("group-{}", n / 90)),
        contrast: None,
        place: Place::default(),
    };
    (0..count).map(card).collect()
}

/// One review of each card but every tenth, spread over three months so that about half are due.
fn reviews(cards: &[Card]) -> Vec<Event> {
    let scheduler = Scheduler::new(&Parameters::default(), Rules { learning: Vec::new(), ..Rules::default() });
    let mut mint = Mint::new(1, "bench", None);
    let mut events = Vec::new();
    for (n, card) in cards.iter().enumerate().filter(|(n, _)| n % 10 != 0) {
        let now = noon(-(n as i64 % 90));
        let item = Item::Card(card.id.clone());
        let rating = Rating::ALL[n % 4];
        let review = scheduler.review(&item, &ItemState::default(), now, rating, Answer::default());
        events.push(mint.event(now, item, What::Review(review)));
    }
    events
}

fn ask(reviews: u32) -> Ask<'static> {
    let limits = Limits { reviews, ..Limits::default() };
    Ask { now: noon(0).wall, today: StudyDay(20_000), limits, topics: &[], seed: 1, aim: None }
}

/// A store in which every card but some was answered once.
fn studied(cards: &[Card]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let mut store = Store::open(folder.path(), noon(0)).expect("a store");
    store.merge(noon(0), &reviews(cards)).expect("saved");
    folder
}

fn counts(folder: &Path, cards: &[Card]) -> usize {
    let store = Store::open(folder, noon(0)).expect("a store");
    let state = store.state().expect("states");
    Queue::build(cards, &state, ask(200)).counts().total()
}

fn queue(c: &mut Criterion) {
    let cards = library(50_000);
    let state: State = fold(&reviews(&cards));
    c.bench_function("queue of 50,000 cards", |b| b.iter(|| Queue::build(&cards, black_box(&state), ask(200))));
    c.bench_function("queue of 50,000 cards without limits", |b| {
        b.iter(|| Queue::build(&cards, black_box(&state), ask(u32::MAX)));
    });
}

fn store(c: &mut Criterion) {
    let (many, normal) = (library(50_000), library(700));
    let (large, small) = (studied(&many), studied(&normal));
    c.bench_function("open, read and queue 50,000 cards", |b| b.iter(|| counts(large.path(), &many)));
    c.bench_function("open, read and queue 700 cards", |b| b.iter(|| counts(small.path(), &normal)));
    let mut store = Store::open(small.path(), noon(0)).expect("a store");
    let mut mint = Mint::new(2, "bench", store.newest());
    let flag =
        |mint: &mut Mint| mint.event(noon(1), Item::Card(CardId::new("topic-1/card-1")), What::Flag { on: true });
    c.bench_function("save one event", |b| {
        b.iter_batched(|| flag(&mut mint), |event| store.append(&event).expect("saved"), BatchSize::PerIteration);
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    targets = queue, store
}
criterion_main!(benches);
