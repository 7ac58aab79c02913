//! Which parts of a note ask something.

/// With what a question may begin that lacks its mark.
const ASKING: [&str; 18] = [
    "how", "what", "which", "who", "when", "where", "why", "do", "does", "is", "are", "can", "may", "must", "should",
    "will", "need", "any",
];

/// The questions of a text, one by one.
pub(super) fn questions(text: &str) -> Vec<&str> {
    let mut questions = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with('>')) {
        let mut rest = line;
        while let Some(mark) = rest.find('?') {
            questions.push(&rest[..=mark]);
            rest = &rest[mark + 1..];
        }
        let first = rest.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
        if first.is_some_and(|first| ASKING.contains(&first.to_lowercase().as_str())) {
            questions.push(rest);
        }
    }
    questions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        assert_eq!(questions(text), expect, "{text}");
    }

    #[test]
    fn a_question_has_its_mark_or_its_word() {
        check("- How many links? And users? fine", &["- How many links?", " And users?"]);
        check("how many writes per second", &["how many writes per second"]);
        check("- many links are created", &[]);
        check("> how = 3\nwrite how it works", &[]);
    }
}
