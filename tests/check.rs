//! Each rule catches what it is there for, at the place it says, and lets good content pass.

use std::fs;
use std::path::Path;

use sysdrill::check::{Corpus, RULES, Report, check};
use sysdrill::library::Library;

fn corpus(library: &Library) -> Corpus<'_> {
    Corpus { content: library.content(), files: library.files("") }
}

fn report(library: &Library) -> Report {
    check(corpus(library), corpus(library))
}

/// What is wrong with a fixture, a line a problem.
fn problems(fixture: &str) -> Vec<String> {
    let folder = Path::new("tests/data/check").join(fixture);
    let report = report(&Library::only(&folder));
    let shorten = |problem: String| problem.replace(&format!("{}/", folder.display()), "");
    report.problems.iter().map(|problem| shorten(problem.to_string())).collect()
}

#[test]
fn each_rule_catches_its_fixture() {
    // Unique ids and harmless characters are a matter of parsing, but a duty of `check` all the same.
    for fixture in RULES.iter().map(|rule| rule.name).chain(["ids", "characters"]) {
        let expected = fs::read_to_string(format!("tests/data/check/{fixture}/problems.txt"))
            .unwrap_or_else(|error| panic!("the rule `{fixture}` needs a fixture: {error}"));
        assert!(!expected.is_empty(), "{fixture} catches something");
        assert_eq!(problems(fixture).join("\n"), expected.trim_end(), "{fixture}");
    }
}

#[test]
fn good_content_passes_every_rule() {
    assert_eq!(problems("good"), [""; 0]);
}

#[test]
fn what_is_built_in_passes() {
    let report = report(&Library::built_in());
    let lines: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn rules_have_names_of_their_own() {
    let mut names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
    assert!(RULES.iter().all(|rule| rule.demands.ends_with('.')));
}

#[test]
fn links_of_a_folder_may_lead_into_all_content() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let topic = folder.path().join("mine");
    fs::create_dir(&topic).expect("the folder can be made");
    let text = "[[card]]\nid = \"a\"\nkind = \"recall\"\ntier = \"core\"\nfront = \"Q?\"\nback = \"A\"\nwhy = \"W\"\n\
                note = \"replication#replication\"\n";
    fs::write(topic.join("cards.toml"), text).expect("the file can be written");
    let alone = Library::only(folder.path());
    let all = Library::open(&[folder.path().to_owned()]);
    let astray =
        |all: &Library| check(corpus(&alone), corpus(all)).problems.iter().any(|p| p.message.starts_with("`note`"));
    assert!(astray(&alone) && !astray(&all));
}

#[test]
fn the_report_has_the_shape_that_others_rely_on() {
    let json =
        serde_json::to_value(report(&Library::only(Path::new("tests/data/check/orphans")))).expect("it serialises");
    assert_eq!(json["topics"], 2);
    assert_eq!(json["scenarios"], serde_json::json!({ "hld": 0, "lld": 0, "mini": 0 }));
    assert_eq!(json["calculators"], 0);
    assert_eq!(json["lessons"], 0);
    let problem = &json["problems"][0];
    assert_eq!(problem["file"], "tests/data/check/orphans/alone/note.md");
    assert_eq!((&problem["line"], &problem["column"]), (&serde_json::json!(5), &serde_json::json!(1)));
    assert!(problem["message"].is_string());
}
