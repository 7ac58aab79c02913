//! Each lesson on placement holds in its set-up and fails in its contrast.

use std::fs;
use std::path::Path;

use sysdrill::sim::lesson::{Answer, Lesson};

#[test]
fn every_lesson_is_proved_by_its_run_and_by_its_contrast() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/lessons/hash");
    let mut problems = Vec::new();
    let mut proved = 0;
    for entry in fs::read_dir(folder).expect("the lessons are there") {
        let path = entry.expect("a file").path();
        let text = fs::read_to_string(&path).expect("text");
        match Lesson::parse(&path.display().to_string(), &text).and_then(|lesson| Ok((lesson.prove()?, lesson))) {
            Ok((proof, lesson)) => {
                proved += 1;
                if let Answer::Number { measure, within } = &lesson.question.answer {
                    let measured = proof.measures.get(measure).expect("proved, so measured");
                    assert!(*within <= measured.abs().max(1.0), "{}: any prediction would be right", lesson.title);
                }
            }
            Err(problem) => problems.push(problem.to_string()),
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(proved >= 10, "{proved} lessons");
}
