//! The lessons that come with the program: each claim holds, and fails in the contrast.

use std::fs;
use std::path::Path;

use sysdrill::content::Problem;
use sysdrill::sim::lesson::{Answer, Lesson, Prediction};

/// Parses and proves a lesson.
fn check(path: &str, text: &str) -> Result<Lesson, Problem> {
    let lesson = Lesson::parse(path, text)?;
    let proof = lesson.prove()?;
    if let Answer::Number { measure, .. } = &lesson.question.answer {
        let measured = proof.measures.get(measure).expect("the proof has seen to it");
        assert!(lesson.is_right(Prediction::Number(measured), &proof.measures), "{path}");
    }
    Ok(lesson)
}

#[test]
fn every_lesson_is_proved_by_its_run_and_its_contrast() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/lessons/cache");
    let mut problems = Vec::new();
    let mut orders = Vec::new();
    for file in fs::read_dir(folder).expect("the lessons are there") {
        let path = file.expect("a readable folder").path();
        let text = fs::read_to_string(&path).expect("a readable lesson");
        match check(&path.to_string_lossy(), &text) {
            Ok(lesson) => orders.push(lesson.order),
            Err(problem) => problems.push(problem.to_string()),
        }
    }
    assert_eq!(problems, Vec::<String>::new());
    orders.sort_unstable();
    assert_eq!(orders, (1..=18).collect::<Vec<u32>>(), "each lesson has its place");
}

/// A lesson of which parts can be replaced to break it.
const SOUND: &str = r#"
title = "A loop"
claims = ["lru.hits = 0"]
explanation = "Because."

[question]
ask = "How many hits?"
measure = "lru.hits"
within = 5.0

[setup]
lab = "cache"
policies = ["lru"]
capacities = ["3"]
keys = "1 2 3 4 1 2 3 4"

[contrast]
set = { capacities = ["4"] }
explanation = "It fits."
"#;

#[test]
fn a_lesson_that_teaches_nothing_is_refused_with_the_place() {
    assert!(check("sound.toml", SOUND).is_ok());
    let refuse = |from: &str, to: &str, words: &str| {
        let broken = SOUND.replace(from, to);
        assert_ne!(broken, SOUND, "{from}");
        let problem = check("broken.toml", &broken).expect_err(words).to_string();
        assert!(problem.contains(words), "{problem}");
    };
    refuse("lru.hits = 0", "lru.hits = 1", "the claim `lru.hits = 1` does not hold: lru.hits is 0");
    refuse("lru.hits = 0", "lru.hits >= 0", "every claim holds in the contrast too");
    refuse("lru.hits = 0", "lru.hit = 0", "nothing called `lru.hit` is measured: there are lru.hit_ratio, lru.hits");
    refuse("lru.hits = 0", "lru.hits is 0", "broken.toml:3:1: `lru.hits is 0` is not a claim");
    refuse("[\"lru\"]", "[\"lur\"]", "broken.toml:11:1: `lur` is not a policy (did you mean `lru`?)");
    refuse("capacities = [\"3\"]", "capacities = [\"0\"]", "`0` is not a capacity");
    refuse("keys = ", "kyes = ", "unknown field `kyes`");
    refuse("lab = \"cache\"", "lab = \"lru\"", "`lab` says what runs");
    refuse("{ capacities", "{ seed = 1, capacities", "changes exactly one parameter");
    refuse("within = 5.0", "", "either `options` and `right` or `measure` and `within`");
    refuse("title = \"A loop\"", "title = ", "broken.toml:2:");
}

#[test]
fn a_prediction_is_right_within_the_tolerance() {
    let lesson = Lesson::parse("sound.toml", SOUND).expect("it is sound");
    let measures = lesson.setup.run().expect("it runs");
    assert!(lesson.is_right(Prediction::Number(5.0), &measures));
    assert!(!lesson.is_right(Prediction::Number(5.1), &measures));
    assert!(!lesson.is_right(Prediction::Option(1), &measures));
}
