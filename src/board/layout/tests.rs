use std::collections::BTreeSet;

use proptest::prelude::{ProptestConfig, prop, proptest};

use super::super::{Ink, parse};
use super::*;

const WIDE: Room = Room { columns: 118, rows: 36 };
const NARROW: Room = Room { columns: 78, rows: 40 };

/// The picture in plain signs.
fn picture(graph: &Graph, drawing: &Drawing) -> String {
    let mut rows = vec![vec![' '; usize::from(drawing.room.columns)]; usize::from(drawing.room.rows)];
    let mut put = |x: usize, y: usize, text: &str| {
        text.chars().enumerate().for_each(|(offset, c)| rows[y][x + offset] = c);
    };
    for (cell, ink) in drawing.ink(graph) {
        put(usize::from(cell.x), usize::from(cell.y), &sign(ink).to_string());
    }
    for frame in &drawing.frames {
        let (x, y) = (usize::from(frame.corner.x), usize::from(frame.corner.y));
        let inside = usize::from(frame.size.columns) - 2;
        put(x, y, &format!("╭{}╮", "─".repeat(inside)));
        for (offset, line) in frame.lines.iter().enumerate() {
            put(x, y + 1 + offset, &format!("│ {line:<width$} │", width = inside - 2));
        }
        put(x, y + usize::from(frame.size.rows) - 1, &format!("╰{}╯", "─".repeat(inside)));
    }
    for (start, label) in drawing.routes.iter().filter_map(|route| route.label.as_ref()) {
        put(usize::from(start.x), usize::from(start.y), label);
    }
    rows.iter().map(|row| row.iter().collect::<String>().trim_end().to_owned() + "\n").collect()
}

fn sign(ink: Ink) -> char {
    match ink {
        Ink::Crossing => '┼',
        Ink::Head(Direction::Up) => '▲',
        Ink::Head(Direction::Right) => '▶',
        Ink::Head(Direction::Down) => '▼',
        Ink::Head(Direction::Left) => '◀',
        Ink::Strokes(strokes) => match strokes {
            [_, false, _, false] => '│',
            [false, _, false, _] => '─',
            [false, true, true, false] => '╭',
            [false, false, true, true] => '╮',
            [true, true, false, false] => '╰',
            [true, false, false, true] => '╯',
            [false, true, true, true] => '┬',
            [true, true, false, true] => '┴',
            [true, true, true, false] => '├',
            [true, false, true, true] => '┤',
            _ => '╋',
        },
    }
}

/// What must hold of every drawing.
fn is_sound(graph: &Graph, drawing: &Drawing, room: Room) {
    assert!(drawing.room.columns <= room.columns && drawing.room.rows <= room.rows);
    let mut walls = BTreeSet::new();
    for frame in &drawing.frames {
        for y in frame.corner.y..frame.corner.y + frame.size.rows {
            for x in frame.corner.x..frame.corner.x + frame.size.columns {
                assert!(x < drawing.room.columns && y < drawing.room.rows, "a box stands outside");
                assert!(walls.insert(Point { x, y }), "two boxes overlap");
            }
        }
    }
    assert_eq!((drawing.frames.len(), drawing.routes.len()), (graph.nodes.len(), graph.edges.len()));
    let ink = drawing.ink(graph);
    for route in &drawing.routes {
        let edge = &graph.edges[route.edge];
        assert!(route.cells.windows(2).all(|pair| pair[0].x.abs_diff(pair[1].x) + pair[0].y.abs_diff(pair[1].y) == 1));
        assert!(route.cells.iter().all(|cell| !walls.contains(cell)), "an arrow runs through a box");
        let (first, last) = (route.cells[0], route.cells[route.cells.len() - 1]);
        assert!(touches(&drawing.frames[edge.from.0], first, route.leaves.opposite()));
        assert!(touches(&drawing.frames[edge.to.0], last, route.enters));
        assert_eq!(ink[&last], Ink::Head(route.enters));
        if edge.is_mutual {
            assert_eq!(ink[&first], Ink::Head(route.leaves.opposite()));
        }
    }
    let strangers = |a: &Route, b: &Route| {
        let (a, b) = (&graph.edges[a.edge], &graph.edges[b.edge]);
        a.from != b.from && a.to != b.to
    };
    for (at, a) in drawing.routes.iter().enumerate() {
        for b in drawing.routes[at + 1..].iter().filter(|b| strangers(a, b)) {
            let shared: Vec<&Point> = a.cells.iter().filter(|cell| b.cells.contains(cell)).collect();
            assert!(shared.iter().all(|cell| ink[cell] == Ink::Crossing), "arrows merge that have nothing in common");
        }
    }
}

/// Whether a cell lies next to a box that stands in this direction of it, away from its corners.
fn touches(frame: &Frame, cell: Point, direction: Direction) -> bool {
    let (dx, dy) = direction.step();
    let (x, y) = (i32::from(cell.x) + dx, i32::from(cell.y) + dy);
    let (left, top) = (i32::from(frame.corner.x), i32::from(frame.corner.y));
    let (right, bottom) = (left + i32::from(frame.size.columns) - 1, top + i32::from(frame.size.rows) - 1);
    let (level, upright) = ((left + 1..right).contains(&x), (top + 1..bottom).contains(&y));
    if direction.is_horizontal() { upright && (x == left || x == right) } else { level && (y == top || y == bottom) }
}

#[track_caller]
fn check(name: &str, design: &str) {
    let graph = parse(design);
    assert_eq!(graph.problems, []);
    let mut pictures = String::new();
    for room in [WIDE, NARROW] {
        match layout(&graph, room) {
            Some(drawing) => {
                is_sound(&graph, &drawing, room);
                pictures += &format!("{} x {}\n\n{}\n", room.columns, room.rows, picture(&graph, &drawing));
            }
            None => pictures += &format!("{} x {}\n\nno room\n\n", room.columns, room.rows),
        }
    }
    insta::assert_snapshot!(name, format!("{design}\n\n{pictures}"));
}

#[test]
fn url_shortener() {
    check("url_shortener", "client -> cdn -> lb -> api*3 -> {cache (Redis), db*2}\napi -> key service -> key db");
}

#[test]
fn rate_limiter() {
    check(
        "rate_limiter",
        "client -> gateway*4 -> limiter -> {counters (Redis), rules cache}\nrules db -> rules cache\ngateway -> service",
    );
}

#[test]
fn key_value_store() {
    check(
        "key_value_store",
        "client -> coordinator -> {node a, node b, node c}\nnode a <-> node b\nnode b <-> node c\nnode c -> sstable",
    );
}

#[test]
fn chat() {
    check(
        "chat",
        "phone <-> websocket gateway*20 -> chat service -> {message queue, presence (Redis)}\nmessage queue -> fan-out worker -> {push service, websocket gateway}\nchat service -> messages (Cassandra)\npush service -> APNs",
    );
}

#[test]
fn news_feed() {
    check(
        "news_feed",
        "client -> lb -> {post service, feed service}\npost service -> post db; post service -(events)-> queue -> fan-out -> feed cache\nfeed service -> feed cache; feed service -> post db; fan-out -> graph db",
    );
}

#[test]
fn video() {
    check(
        "video",
        "creator -(upload)-> upload service -> raw store -> queue -> transcoder*n -> video store -> CDN -> viewer\nupload service -> metadata db; viewer -> api -> metadata db",
    );
}

#[test]
fn crawler() {
    check(
        "crawler",
        "seeds -> frontier -> fetcher*50 -> parser -> {content store, link filter}\nlink filter -> frontier\nfetcher -> dns cache\nlink filter -> seen filter (Bloom)",
    );
}

#[test]
fn payments() {
    check(
        "payments",
        "client -> api -(idempotency)-> payment service -> {ledger, outbox}\noutbox -> relay -> queue -> {notifier, fraud, reporting}\npayment service <-> provider (card network)\nnotifier -> client",
    );
}

#[test]
fn twenty_components() {
    check(
        "twenty_components",
        "web, mobile -> cdn -> lb -> gateway -> {auth, search, cart, order, catalogue}\nauth -> users db; search -> index; cart -> cart cache; order -> order db; catalogue -> catalogue db\norder -> queue -> {shipping, billing, mailer}\nbilling -> provider; catalogue -> cdc -> index",
    );
}

#[test]
fn loops_and_bare_names() {
    check("loops_and_bare_names", "worker -> worker -> db -> worker\n分片 -> db");
}

#[test]
fn two_by_two_do_not_merge_into_one() {
    let graph = parse("{a, b} -> {c, d}");
    let drawing = layout(&graph, WIDE).expect("four boxes fit");
    is_sound(&graph, &drawing, WIDE);
}

#[test]
fn what_does_not_fit_is_not_drawn() {
    assert_eq!(layout(&parse("a -> b"), Room { columns: 3, rows: 3 }), None);
    assert_eq!(layout(&Graph::default(), WIDE), None);
    let many: Vec<String> = (0..=LARGEST).map(|n| format!("n{n}")).collect();
    assert_eq!(layout(&parse(&many.join(" -> ")), Room { columns: 1_000, rows: 1_000 }), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_drawing_is_sound(pairs in prop::collection::vec((0..12_usize, 0..12_usize, 0..6_usize), 1..18), narrow in prop::bool::ANY) {
        let line = |(from, to, kind): &(usize, usize, usize)| match kind {
            0 => format!("n{from} <-> n{to}"),
            1 => format!("n{from} -(sends)-> n{to}"),
            _ => format!("n{from} -> n{to}"),
        };
        let graph = parse(&pairs.iter().map(line).collect::<Vec<_>>().join("\n"));
        let room = if narrow { NARROW } else { WIDE };
        if let Some(drawing) = layout(&graph, room) {
            is_sound(&graph, &drawing, room);
        }
    }
}
