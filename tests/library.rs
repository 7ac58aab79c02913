//! Folders of content: what lies over what, what is refused, and what is kept while a file is broken.

use std::fs;
use std::path::Path;

use sysdrill::content::{CardId, TopicId};
use sysdrill::library::Library;
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), files);
    folder
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
}

fn note(title: &str) -> String {
    format!("+++\ntitle = \"{title}\"\nsummary = \"S\"\n+++\n# {title}\n")
}

fn card(id: &str, back: &str) -> String {
    format!(
        "[[card]]\nid = \"{id}\"\nkind = \"recall\"\ntier = \"core\"\nfront = \"Q\"\nback = \"{back}\"\nwhy = \"W\"\nnote = \"a\"\n"
    )
}

/// What stands in `library` of the topic `mine`: title and cards.
fn mine(library: &Library) -> (Option<&str>, Vec<String>) {
    let topic = TopicId::new("mine");
    let show = |card: &sysdrill::content::Card| format!("{} {:?}", card.id, card.kind);
    (library.topic(&topic).map(|topic| topic.title.as_str()), library.cards_of(&topic).iter().map(show).collect())
}

/// The problems of a folder, without the folder's own path.
fn problems(folder: &Path) -> Vec<String> {
    let prefix = format!("{}/", folder.display());
    Library::only(folder).problems().iter().map(|problem| problem.to_string().replace(&prefix, "")).collect()
}

#[test]
fn what_is_built_in_has_no_problems_and_every_entry_is_found() {
    let library = Library::built_in();
    assert_eq!(library.problems(), []);
    for topic in &library.content().topics {
        assert_eq!(library.topic(&topic.id), Some(topic));
        assert!(library.cards_of(&topic.id).iter().all(|card| card.topic == topic.id));
    }
    for card in library.cards() {
        assert_eq!(library.card(&card.id), Some(card));
    }
    let on_shelves: usize = library.shelves().iter().map(|shelf| shelf.topics.len()).sum();
    assert_eq!(on_shelves, library.content().topics.len());
}

#[test]
fn a_later_folder_replaces_entries_by_id() {
    let lower = folder(&[
        ("mine/note.md", &note("Lower")),
        ("mine/cards.toml", &[card("a", "lower a"), card("b", "lower b")].concat()),
        ("calculators/traffic.toml", "lower"),
        ("scenarios/hld/chat.toml", "lower"),
    ]);
    let upper = folder(&[
        ("mine/cards.toml", &[card("c", "upper c"), card("a", "upper a")].concat()),
        ("content/calculators/traffic.toml", "upper"),
    ]);
    let library = Library::open(&[lower.path().to_owned(), upper.path().to_owned()]);
    let (title, cards) = mine(&library);
    assert_eq!(title, Some("Lower"), "cards alone do not rename a topic");
    assert_eq!(
        cards,
        [
            "mine/a Recall { back: \"upper a\" }",
            "mine/b Recall { back: \"lower b\" }",
            "mine/c Recall { back: \"upper c\" }"
        ]
    );
    assert_eq!(library.file("calculators/traffic.toml").map(|file| &*file.text), Some("upper"));
    assert!(library.files("scenarios/hld/").iter().any(|file| file.path == "scenarios/hld/chat.toml"));
    assert!(library.card(&CardId::new("mine/none")).is_none());
}

#[test]
fn a_folder_may_be_a_topic_and_a_path_may_be_a_file() {
    let folder = folder(&[("mine/note.md", &note("Mine")), ("mine/cards.toml", &card("a", "x"))]);
    let topic = folder.path().join("mine");
    assert_eq!(mine(&Library::only(&topic)).0, Some("Mine"));
    assert_eq!(mine(&Library::only(&topic.join("cards.toml"))).1.len(), 1);
    assert_eq!(problems(&folder.path().join("none")).len(), 1);
    for path in ["calculators/traffic.toml", "lessons/cache/loop.toml"] {
        write(folder.path(), &[(path, "")]);
        assert!(Library::only(&folder.path().join(path)).file(path).is_some(), "{path}");
    }
}

#[test]
fn bad_files_are_named_and_never_hide_the_rest() {
    let folder = folder(&[("mine/note.md", &note("Mine")), ("mine/cards.toml", &card("a", "x"))]);
    let big = " ".repeat(1024 * 1024 + 1);
    write(folder.path(), &[("big.md", &big), ("pictures/cat.png", "\0")]);
    fs::write(folder.path().join("latin.md"), b"Q: caf\xe9?\nA: yes\n").expect("the file can be written");
    let deep = format!("{}deep.md", "d/".repeat(40));
    write(folder.path(), &[(&deep, "Q: deep?\nA: yes\n")]);
    assert_eq!(mine(&Library::only(folder.path())).1.len(), 1);
    assert_eq!(
        problems(folder.path()),
        [
            "big.md:1:1: the file is longer than the 1048576 bytes that are read: split it".to_owned(),
            format!("{}:1:1: folders stand more than 32 deep here: flatten them", ["d"; 33].join("/")),
            "latin.md:1:7: the file is not UTF-8 from here on: save it as UTF-8".to_owned(),
        ]
    );
}

#[test]
fn a_tree_without_end_is_passed_over_from_a_point_on() {
    let folder = folder(&[]);
    for n in 0..10_050 {
        fs::write(folder.path().join(format!("{n:05}.md")), "").expect("the file can be written");
    }
    let place = folder.path().display();
    assert_eq!(
        problems(folder.path()),
        [format!("{place}:1:1: there are more than 10000 files: some were passed over")]
    );
}

#[cfg(unix)]
#[test]
fn nothing_leads_out_of_a_folder_and_only_regular_files_are_opened() {
    use std::os::unix::fs::symlink;

    let outside = folder(&[("secret/note.md", &note("Secret"))]);
    let folder = folder(&[("mine/note.md", &note("Mine"))]);
    let link = |target: &Path, name: &str| symlink(target, folder.path().join(name)).expect("the link can be made");
    link(&outside.path().join("secret"), "secret");
    link(&outside.path().join("secret/note.md"), "out.md");
    link(folder.path(), "loop");
    link(Path::new("/dev/zero"), "endless.md");
    link(Path::new("nowhere"), "broken.md");
    fs::create_dir(folder.path().join("linked")).expect("the folder can be made");
    link(&folder.path().join("mine/note.md"), "linked/note.md");
    let fifo = folder.path().join("fifo.md");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status().expect("mkfifo is there");
    assert!(made.success());

    let library = Library::only(folder.path());
    let titles: Vec<_> = library.content().topics.iter().map(|topic| topic.id.as_str()).collect();
    assert_eq!(titles, ["linked", "mine"], "a link within the folder is followed");
    assert_eq!(
        problems(folder.path()),
        [
            "broken.md:1:1: this link leads nowhere: No such file or directory (os error 2)",
            "endless.md:1:1: this link leads out of the folder: copy the file here",
            "fifo.md:1:1: this is not a regular file: remove it",
            "loop:1:1: a link to a folder is not followed: copy the folder here",
            "out.md:1:1: this link leads out of the folder: copy the file here",
            "secret:1:1: this link leads out of the folder: copy the file here",
        ]
    );
}

#[test]
fn an_entry_whose_file_broke_stays_as_it_was() {
    let folder = folder(&[
        ("mine/note.md", &note("Mine")),
        ("mine/cards.toml", &[card("a", "good a"), card("b", "good b")].concat()),
        ("calculators/traffic.toml", "good"),
    ]);
    let folders = [folder.path().to_owned()];
    let before = Library::open(&folders);

    write(
        folder.path(),
        &[("mine/note.md", "no note"), ("mine/cards.toml", &format!("{}[[card]]\nid = \"b\n", card("a", "new a")))],
    );
    fs::write(folder.path().join("calculators/traffic.toml"), b"\xff").expect("the file can be written");
    let during = before.reopen(&folders);
    assert_eq!(during.problems().len(), 3);
    let (title, cards) = mine(&during);
    assert_eq!(title, Some("Mine"));
    assert_eq!(cards, ["mine/a Recall { back: \"new a\" }", "mine/b Recall { back: \"good b\" }"]);
    assert_eq!(during.file("calculators/traffic.toml").map(|file| &*file.text), Some("good"));

    write(folder.path(), &[("mine/note.md", &note("Mended")), ("mine/cards.toml", &card("a", "new a"))]);
    fs::remove_file(folder.path().join("calculators/traffic.toml")).expect("the file can be removed");
    let after = during.reopen(&folders);
    assert_eq!(after.problems(), []);
    assert_eq!(mine(&after), (Some("Mended"), vec!["mine/a Recall { back: \"new a\" }".to_owned()]));
    assert_eq!(after.file("calculators/traffic.toml"), Library::built_in().file("calculators/traffic.toml"));
}

#[test]
fn a_change_in_a_watched_folder_is_told() {
    let folder = folder(&[("mine/note.md", &note("Mine"))]);
    let (sender, receiver) = std::sync::mpsc::channel();
    let watch = sysdrill::library::watch(&[folder.path().to_owned()], move || {
        // Nobody listens any more once the test has seen what it waited for.
        let _ = sender.send(());
    });
    let _watch = watch.expect("the folder can be watched");
    write(folder.path(), &[("mine/cards.toml", &card("a", "x"))]);
    receiver.recv_timeout(std::time::Duration::from_secs(20)).expect("the change is told");
}

#[test]
fn cards_come_in_the_reading_order_of_their_topics() {
    let ordered = |title: &str, order: u32| note(title).replacen("+++\n", &format!("+++\norder = {order}\n"), 1);
    let folder = folder(&[
        ("alpha/note.md", &ordered("Alpha", 2)),
        ("alpha/cards.toml", &card("a", "x")),
        ("beta/note.md", &ordered("Beta", 1)),
        ("beta/cards.toml", &card("b", "y")),
    ]);
    let library = Library::only(folder.path());
    let ids: Vec<_> = library.cards().iter().map(|card| card.id.as_str()).collect();
    assert_eq!(ids, ["beta/b", "alpha/a"]);
    assert_eq!(library.cards_of(&TopicId::new("alpha")).len(), 1);

    let built_in = Library::built_in();
    let cards = built_in.cards();
    let places: Vec<_> = cards.iter().map(|card| built_in.topic(&card.topic).map(|topic| topic.order)).collect();
    assert!(places.is_sorted());
    let topics = &built_in.content().topics;
    assert_eq!(topics.iter().map(|topic| built_in.cards_of(&topic.id).len()).sum::<usize>(), cards.len());
}
