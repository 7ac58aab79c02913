//! What must hold for any bytes at all: shared by the fuzz target and by `cargo test`.

use sysdrill::estimate::{Draws, Sheet, evaluate};

/// Evaluates the bytes as a sheet and panics where a promise of the language is broken.
pub(crate) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let sheet = Sheet::parse(&text);
    let results = sheet.evaluate_with(&mut Draws::new(7));
    assert_eq!(results.lines.len(), text.lines().count(), "every line has a result");
    for (at, (line, result)) in text.lines().zip(&results.lines).enumerate() {
        assert_eq!(result.text, line);
        if let Some(error) = &result.error {
            assert!(result.value.is_none() && !error.message.is_empty());
            assert_eq!(error.line as usize, at + 1);
            assert!(line.get(error.span.clone()).is_some(), "{line:?}: {error:?} is out of place");
            let before = line.get(..error.span.start).map_or(0, |before| before.chars().count());
            assert_eq!(error.column as usize, before + 1);
            assert_eq!(error.caret(line).lines().count(), 2 + line.matches('\n').count());
        }
        if let Some(value) = &result.value {
            assert!(value.base().is_finite(), "{line:?} is {value:?}");
            if let (Some(low), Some(high)) = (result.low(), result.high()) {
                assert!(low.base() <= value.base() && value.base() <= high.base(), "{line:?}");
            } else if !text.contains("unit") {
                reads_back(line, &result.display, value.base());
            }
            let derivation = sheet.derive(at, &results).expect("a value can be derived");
            assert!(!derivation.formula.is_empty() && !derivation.exact.is_empty());
        }
        assert!((0.0..=1.01).contains(&results.sensitivity(at).iter().map(|share| share.of_variance).sum::<f64>()));
    }
}

/// What is shown means the same when it is typed again, but for its rounding.
fn reads_back(line: &str, shown: &str, base: f64) {
    let again = evaluate(shown).unwrap_or_else(|error| panic!("{line:?} is shown as {shown:?}: {error}"));
    let off = (again.base() - base).abs();
    assert!(off <= 0.006 * base.abs(), "{line:?} is shown as {shown:?}, which reads as {}", again.exact());
}
