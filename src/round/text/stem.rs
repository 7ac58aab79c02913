//! A light stemmer: enough that `caches`, `cached` and `caching` are one word, not so much that `partition` and `party` are.

/// The stem of a word in lower case.
pub(super) fn stem(word: &str) -> String {
    let mut stem = word.trim_end_matches("'s").to_owned();
    if stem.len() <= 3 || !stem.is_ascii() {
        return stem;
    }
    if let Some(base) = stem.strip_suffix("ies").or_else(|| stem.strip_suffix("ied")) {
        stem = format!("{base}y");
    } else if stem.ends_with('s') && !["ss", "us", "is"].iter().any(|end| stem.ends_with(end)) {
        stem.pop();
    }
    for end in ["ing", "ed"] {
        if let Some(base) = stem.strip_suffix(end).filter(|base| has_vowel(base) && base.len() >= 3) {
            stem = undouble(base);
            break;
        }
    }
    if let Some(base) = stem.strip_suffix("ion").filter(|base| base.len() >= 4 && base.ends_with('t')) {
        stem = base.to_owned();
    }
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    // Both spellings of `serialise` are one word.
    if let Some(base) = stem.strip_suffix("iz") {
        stem = format!("{base}is");
    }
    stem
}

fn has_vowel(text: &str) -> bool {
    text.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// `plann` is `plan`, but `process` and `call` stay.
fn undouble(base: &str) -> String {
    let mut chars = base.chars().rev();
    match (chars.next(), chars.next()) {
        (Some(last), Some(before)) if last == before && !matches!(last, 'l' | 's' | 'e') => {
            base[..base.len() - 1].to_owned()
        }
        _ => base.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            &["cache", "caches", "cached", "caching"][..],
            &["retry", "retries", "retried", "retrying"],
            &["invalidate", "invalidated", "invalidation", "invalidating"],
            &["partition", "partitions", "partitioned", "partitioning"],
            &["plan", "plans", "planned", "planning"],
            &["expire", "expires", "expired", "expiring"],
            &["serialise", "serialize", "serialized"],
            &["queue", "queues", "queued"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
    }

    #[test]
    fn different_words_keep_different_stems() {
        for (one, other) in
            [("read", "ready"), ("pass", "past"), ("status", "state"), ("analysis", "analyst"), ("red", "read")]
        {
            assert_ne!(stem(one), stem(other));
        }
    }
}
