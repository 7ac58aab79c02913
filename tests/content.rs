//! What the parser of notes, cards and decks reads, and what it says of what it cannot read.

use proptest::prelude::*;
use sysdrill::content::{CardKind, Content, pack, parse, unpack};

const NOTE: &str =
    "+++\ntitle = \"Consistent hashing\"\nsummary = \"Move only a share.\"\n+++\n\n# Consistent hashing\n";

/// A card that has all that every card needs, and `rest`.
fn card(id: &str, rest: &str) -> String {
    format!("[[card]]\nid = \"{id}\"\ntier = \"core\"\nwhy = \"So.\"\nnote = \"movement\"\n{rest}\n")
}

fn recall(id: &str) -> String {
    card(id, "kind = \"recall\"\nfront = \"Why?\"\nback = \"Because.\"")
}

fn parse_cards(text: &str) -> Content {
    parse([("hashing/cards.toml", text)])
}

/// Parses one `cards.toml` and compares its problems, as `line:column: message`.
fn check(text: &str, problems: &[&str]) {
    check_file("hashing/cards.toml", text, problems);
}

fn check_file(path: &str, text: &str, problems: &[&str]) {
    let found: Vec<String> = parse([(path, text)])
        .problems
        .iter()
        .map(|problem| problem.to_string().strip_prefix(&format!("{path}:")).expect("names its file").to_owned())
        .collect();
    assert_eq!(found, problems, "{text}");
}

fn ids(content: &Content) -> Vec<&str> {
    content.cards.iter().map(|card| card.id.as_str()).collect()
}

#[test]
fn a_note_is_read_with_its_front_matter_and_headings() {
    let text = "+++\ntitle = \"Consistent hashing\"\nsummary = \"Move only a share.\"\norder = 12\ngroup = \"Data\"\n\
                related = [\"replication\"]\nsources = [{ title = \"Random Trees\", by = \"Karger\", year = 1997 }]\n\
                +++\n\n# Consistent hashing\n\nText.\n\n## Why a ring?\n";
    let content = parse([("content/hashing/note.md", text)]);
    assert_eq!(content.problems, []);
    let (topic, note) = (&content.topics[0], &content.notes[0]);
    assert_eq!((topic.id.as_str(), topic.order, topic.group.as_str(), topic.minutes), ("hashing", 12, "Data", 1));
    assert_eq!(topic.sources[0].year, 1997);
    let headings: Vec<_> = note.headings.iter().map(|h| (h.anchor.as_str(), h.level, h.line)).collect();
    assert_eq!(headings, [("consistent-hashing", 1, 1), ("why-a-ring", 2, 5)]);
    let ring = note.body.find("Why").expect("the heading is there");
    assert_eq!(note.place_of(ring).to_string(), "content/hashing/note.md:14:4");
}

#[test]
fn what_is_wrong_with_a_note_is_said_at_once() {
    check_file(
        "hashing/note.md",
        "+++\ntitel = \"A\"\nsummary = 3\nsources = [{ title = \"B\" }]\n+++\n# A\n",
        &[
            "2:1: `titel` is not a key: did you mean `title`?",
            "2:1: `title` is missing: add `title = \"…\"`",
            "3:11: `summary` must be a text in quotes, not an integer",
            "4:12: `year` is missing: add `year = …`",
        ],
    );
    check_file(
        "hashing/note.md",
        "# A\n",
        &["1:1: a note begins with TOML between two lines `+++`: add `title` and `summary`"],
    );
    let place = "1:1: `note.md` stands in a folder that is named for its topic, in lower-case letters, digits and \
                 hyphens: move it there";
    check_file("My Topic/note.md", NOTE, &[place]);
    check_file("note.md", NOTE, &[place]);
}

#[test]
fn every_kind_of_card_is_read() {
    let text = [
        recall("a"),
        card("b", "kind = \"cloze\"\nfront = \"A {{ring}} of {{ nodes }}.\""),
        card(
            "c",
            "kind = \"choose\"\nfront = \"Which?\"\nright = [\"R\"]\nwrong = [{ text = \"W\", because = \"B\" }]",
        ),
        card("d", "kind = \"compute\"\nfront = \"How much?\"\nanswer = \"1M * 500 B\"\nunit = \"MB\"\nwithin = 2"),
        card("e", "kind = \"order\"\nfront = \"Order.\"\nsteps = [\"1\", \"2\", \"3\"]"),
        card(
            "f",
            "kind = \"mistake\"\nfront = \"All keys move.\"\nback = \"A share.\"\ncontrast = \"replication/lag\"",
        ),
    ]
    .concat();
    let content = parse_cards(&text);
    assert_eq!(content.problems, []);
    let kinds: Vec<_> = content.cards.iter().map(|card| card.kind.name()).collect();
    assert_eq!(kinds, CardKind::NAMES);
    assert_eq!(content.cards[1].front, "A ring of nodes.");
    assert_eq!(content.cards[1].kind, CardKind::Cloze { gaps: vec![(2, 6), (10, 15)] });
    let CardKind::Compute { within, .. } = &content.cards[3].kind else { panic!("a compute card") };
    assert_eq!(within.get(), 2.0);
    assert_eq!(content.cards[5].contrast.as_ref().map(|id| id.as_str()), Some("replication/lag"));
    assert_eq!(content.cards[5].place.to_string(), format!("hashing/cards.toml:{}:1", text.matches('\n').count() - 8));
    assert_eq!(content.topics[0].title, "Hashing", "named by its id where there is no note");
}

#[test]
fn a_broken_card_never_hides_its_neighbours() {
    let broken = card("broken", "kind = \"recall\"\nfront = \"no end\nback = \"x\"");
    let text = [recall("a"), broken, recall("b"), card("c", "steps = [\"1\", "), recall("d")].concat();
    let content = parse_cards(&text);
    assert_eq!(ids(&content), ["hashing/a", "hashing/b", "hashing/d"]);
    let lines: Vec<_> = content.problems.iter().map(|problem| problem.place.line).collect();
    assert_eq!(lines.len(), 2, "one problem for each broken card: {:?}", content.problems);
    assert_eq!(lines[0], 15);
}

#[test]
fn each_problem_names_its_place_and_the_remedy() {
    check(
        &card("a b", "kind = \"recal\"\nfornt = \"Why?\"\nback = 3"),
        &[
            "1:1: `front` is missing: add `front = \"…\"`",
            "2:6: `a b` is not an id: use lower-case letters, digits and hyphens",
            "6:8: `recal` is not a kind of card: did you mean `recall`?",
            "7:1: `fornt` is not a key: did you mean `front`?",
        ],
    );
    check(
        &card("a", "kind = \"choose\"\nfront = \"Which?\"\nright = []\nwrong = [\"W\"]"),
        &[
            "8:9: a choose card needs at least one right option: add it to `right`",
            "9:9: a choose card needs at least one wrong option: add it to `wrong`",
            "9:10: `wrong` must be a list of tables, not a string",
        ],
    );
    check(
        &card("a", "kind = \"compute\"\nfront = \"What?\"\nanswer = \"1\"\nwithin = 0.5"),
        &["9:10: `within` is a factor from 1 to 1000, such as 1.1 for ten per cent either way"],
    );
    check(
        &card("a", "kind = \"order\"\nfront = \"Order.\"\nsteps = [\"1\"]"),
        &["8:9: `steps` gives 3 to 7 in the right order, not 1"],
    );
    check(
        &card("a", "kind = \"cloze\"\nfront = \"A {{ring.\""),
        &["7:9: a gap of the cloze is empty or not closed: write `{{hidden}}`"],
    );
    check("[[crad]]\nid = \"a\"\n", &["1:3: `crad` is not a key: did you mean `card`?"]);
}

#[test]
fn an_id_is_given_once() {
    let text = [recall("a"), recall("a")].concat();
    check(
        &text,
        &["9:1: there is a card `hashing/a` already, hashing/cards.toml:1:1: give this one another id or text"],
    );
    let twice = parse([("a/hashing/note.md", NOTE), ("b/hashing/note.md", NOTE)]);
    assert_eq!(twice.notes.len(), 1);
    assert_eq!(
        twice.problems[0].to_string(),
        "b/hashing/note.md:1:1: the topic `hashing` has a note already, a/hashing/note.md: rename one of the folders"
    );
}

#[test]
fn characters_that_a_terminal_obeys_are_named_and_harmless() {
    let content = parse([("hashing/note.md", format!("{NOTE}\nred \u{1b}[31m and \u{202e}back\n"))]);
    assert_eq!(
        content.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "hashing/note.md:8:5: the text contains the character U+001B: remove it",
            "hashing/note.md:8:15: the text contains the character U+202E: remove it",
        ],
    );
    assert!(content.notes[0].body.ends_with("red ␛[31m and back\n"));
    let spelled = card("a", "kind = \"recall\"\nfront = \"\\u001b[2J\"\nback = \"x\"");
    check(&spelled, &["7:9: `front` spells a control or invisible character by its code: remove it"]);
    assert_eq!(parse_cards(&spelled).cards[0].front, "␛[2J");
}

#[test]
fn a_deck_has_questions_and_clozes() {
    let text = "+++\nname = \"Leases and quorums\"\n+++\n\nQ: What does a lease\nprotect against?\nA: A holder that\nwakes up late.\n\n\
                C: A quorum needs [W + R > N] to read the [latest] [link](https://a.b) \\[sic\\].\n---\nfree text\n";
    let content = parse([("my/deck.md", text)]);
    assert_eq!(content.problems, []);
    assert_eq!(
        (content.topics[0].id.as_str(), content.topics[0].title.as_str()),
        ("leases-and-quorums", "Leases and quorums")
    );
    let [question, first, second] = &content.cards[..] else { panic!("three cards: {:?}", content.cards) };
    assert_eq!(question.front, "What does a lease\nprotect against?");
    assert_eq!(question.kind, CardKind::Recall { back: "A holder that\nwakes up late.".to_owned() });
    assert_eq!(first.front, "A quorum needs W + R > N to read the latest [link](https://a.b) [sic].");
    assert_eq!(first.kind, CardKind::Cloze { gaps: vec![(15, 24)] });
    assert_eq!(second.kind, CardKind::Cloze { gaps: vec![(37, 43)] });
    assert!(first.siblings.is_some() && first.siblings == second.siblings);
    assert_ne!(first.id, second.id);
    assert_eq!(question.place.to_string(), "my/deck.md:5:1");
}

#[test]
fn a_card_without_an_id_keeps_its_id_when_only_its_answer_or_its_lines_change() {
    let id = |text: &str| parse([("deck.md", text)]).cards[0].id.clone();
    assert_eq!(id("Q: What is a lease?\nA: A lock.\n"), id("\nQ: What is\n a lease?\nA: A lock that ends.\n"));
    assert_ne!(id("Q: What is a lease?\nA: A lock.\n"), id("Q: What is a lock?\nA: A lock.\n"));
}

#[test]
fn what_is_wrong_with_a_deck_is_said_at_once() {
    check_file(
        "deck.md",
        "Q: No answer?\n\nC: no gap\n\nA: one\n\nQ: Good?\nA: Yes.\nA: Again.\n",
        &[
            "1:1: this question has no answer: add a line `A: …`",
            "3:1: this cloze hides nothing: put `[…]` around a part of it",
            "5:1: this answer has no question before it",
            "9:1: this answer has no question before it",
        ],
    );
    assert_eq!(parse([("README.md", "# No deck\n\nQuestions: none.\n")]), Content::default());
}

#[test]
fn what_is_packed_is_unpacked() {
    let files = [
        ("hashing/note.md", NOTE.to_owned()),
        ("hashing/cards.toml", recall("a")),
        ("deck.md", "Q: A?\nA: B.".to_owned()),
    ];
    let content = parse(files);
    let packed = pack(content.clone(), &[]).expect("everything can be packed");
    let (unpacked, files) = unpack(&packed.index, packed.texts.leak()).expect("what was packed can be unpacked");
    assert_eq!(unpacked, content);
    assert_eq!(files, []);
}

#[test]
fn depth_and_length_harm_nobody() {
    let many = |piece: &str| piece.repeat(60_000 / piece.len());
    let toml = |text: String| (format!("[[card]]\nid = {text}"), "a/cards.toml");
    let note = |text: String| (format!("{NOTE}{text}"), "a/note.md");
    let hostile = [
        toml(many("[")),
        toml(many("{a=")),
        toml(many("1\na=")),
        toml(format!("1\n{} = 1", many("a."))),
        toml(format!("1\n[[{}a]]", many("a."))),
        toml(format!("\"{}", many("\\u0041"))),
        toml(format!("1\n{}", many("[[card]]\n"))),
        toml(format!("1\nfornt{} = 1", many("t"))),
        note(many("[")),
        note(many("![](")),
        note(many("> ")),
        note(many("- ")),
        note(many("*a _b ")),
        note(many("`")),
        note(many("# a\n")),
        note(many("|a|\n|-|\n")),
        note(many("<a ")),
        note(many("&#27;")),
        (many("C: [[[]]]"), "deck.md"),
        (many("Q:\n"), "deck.md"),
        (many("a\u{301}"), "deck.md"),
    ];
    for (text, path) in hostile {
        let start = text.chars().take(60).collect::<String>();
        let content = parse([(path, &text)]);
        assert!(content.cards.len() <= 1 && content.problems.len() <= 101, "{start}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_fall(text in "(\\PC|[\\n\\x00-\\x1f\"'{}\\[\\]=+#|`]|\\+\\+\\+\n|\\[\\[card\\]\\]\n|[QAC]: ){0,200}") {
        for path in ["a/note.md", "a/cards.toml", "deck.md", ""] {
            for problem in parse([(path, &text)]).problems {
                let printable = problem.to_string().chars().all(|c| !c.is_control());
                prop_assert!(printable, "{:?}", problem);
            }
        }
    }

    #[test]
    fn a_card_is_read_whatever_stands_between_it_and_the_next(noise in "[a-z\"'{}=.,\\[\\] ]{0,60}") {
        prop_assume!(!noise.starts_with("[["));
        let text = format!("{}{}{}", recall("first"), card("noisy", &noise), recall("last"));
        let content = parse_cards(&text);
        prop_assert!(ids(&content).contains(&"hashing/first"));
        prop_assert!(ids(&content).contains(&"hashing/last"));
    }
}
