//! What it costs to open the library, with as much content as there shall be.
//!
//! `cargo bench --bench start`. The corpus is made up: 49 notes of 9 KB, 900 cards, 140 scenarios of 30 KB.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use sysdrill::content::{Pack, Stored, TopicId, pack, parse};
use sysdrill::library::Library;

const TOPICS: usize = 49;
const CARDS: usize = 900;
const SCENARIOS: usize = 140;

fn library(bench: &mut Criterion) {
    let Pack { index, texts } = corpus();
    let texts: &'static str = texts.leak();
    let open = || Library::unpacked(&index, texts).expect("the corpus was packed just now");
    println!("index {} KB, texts {} KB", index.len() / 1000, texts.len() / 1000);

    let mut group = bench.benchmark_group("library");
    group.bench_function("open", |bencher| bencher.iter(open));
    let library = open();
    let ids: Vec<_> = library.cards().iter().map(|card| card.id.clone()).collect();
    group.bench_function("a card by id", |bencher| bencher.iter(|| library.card(black_box(&ids[450]))));
    let topic = TopicId::new("topic-7");
    group.bench_function("cards of a topic", |bencher| bencher.iter(|| library.cards_of(black_box(&topic)).len()));
    group.bench_function("built in", |bencher| bencher.iter(Library::built_in));
    group.finish();
}

fn corpus() -> Pack {
    let mut files = Vec::new();
    for topic in 0..TOPICS {
        let note = format!(
            "+++\ntitle = \"Topic {topic}\"\nsummary = \"What it is about, in one line.\"\ngroup = \"Group {}\"\norder = {topic}\n\
             sources = [{{ title = \"A paper on it\", by = \"Somebody\", year = 2007 }}]\n+++\n\n# Topic {topic}\n\n{}",
            topic / 8,
            "## A section\n\nWords that somebody wrote down to be read by somebody else, and a number.\n\n".repeat(100)
        );
        files.push((format!("content/topic-{topic}/note.md"), note));
        files.push((format!("content/topic-{topic}/cards.toml"), cards(topic)));
    }
    let scenario = "text = \"A line of a scenario that is read when it is opened, and no earlier.\"\n".repeat(400);
    let others: Vec<Stored<'_>> = (0..SCENARIOS)
        .map(|n| format!("scenarios/hld/problem-{n:03}.toml"))
        .map(|path| Stored { file: path.clone().into(), path: path.into(), text: scenario.as_str().into() })
        .collect();
    let content = parse(files);
    assert!(content.problems.is_empty(), "{:?}", content.problems);
    assert_eq!(content.cards.len(), CARDS);
    pack(content, &others).expect("everything can be packed")
}

fn cards(topic: usize) -> String {
    let mut text = String::new();
    for n in (0..CARDS).filter(|n| n % TOPICS == topic) {
        write!(
            text,
            "[[card]]\nid = \"card-{n}\"\nkind = \"recall\"\ntier = \"plus\"\nfront = \"What happens to question number {n} when it is asked again?\"\n\
             back = \"It is answered, number {n} included.\"\nwhy = \"A sentence of reasons, about as long as they are.\"\n\
             note = \"a-section\"\ntags = [\"one\", \"two\"]\nsiblings = \"group-{}\"\n\n",
            n % 7
        )
        .expect("a string takes everything");
    }
    text
}

criterion_group!(benches, library);
criterion_main!(benches);
