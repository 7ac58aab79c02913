//! How near the matcher comes to people's labels, and what must not change its mind.
//!
//! `cargo test --test round_evidence -- --nocapture` prints precision and recall of tier 2 and above for each scenario,
//! with every disagreement. Transcripts marked `held-out` are left out unless `ROUND_HELD_OUT` is set, so that nobody
//! tunes to them; `docs/rounds.md` describes the files.

#[path = "round/transcript.rs"]
mod transcript;

use std::collections::BTreeMap;

use rstest::rstest;
use sysdrill::rng;
use sysdrill::round::Level;

use transcript::{Court, Transcript, transcripts};

/// Below which share of right credits, and of credits found, the matcher is not worth trusting.
const PRECISION: f64 = 0.90;
const RECALL: f64 = 0.80;

#[derive(Default)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
    transcripts: usize,
}

impl Tally {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
}

fn chosen() -> Vec<Transcript> {
    let held_out = std::env::var_os("ROUND_HELD_OUT").is_some();
    transcripts().into_iter().filter(|one| (one.labels.set == "held-out") == held_out).collect()
}

#[test]
fn credits_agree_with_labels() {
    let court = Court::open();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for transcript in chosen() {
        let scenario = court.scenario(&transcript.scenario);
        for id in transcript.labels.tiers.keys() {
            assert!(scenario.checkpoint(id).is_some(), "{}: there is no checkpoint `{id}`", transcript.name);
        }
        let proofs = court.judge(&scenario, &transcript.text);
        let tally = tallies.entry(transcript.scenario.clone()).or_default();
        tally.transcripts += 1;
        for finding in &proofs.findings {
            let label = transcript.labels.tiers.get(&finding.id).copied().unwrap_or(0);
            let found = finding.tier.number();
            let sort = match (label >= 2, found >= 2) {
                (true, true) => {
                    tally.right += 1;
                    continue;
                }
                (false, false) => continue,
                (false, true) => {
                    tally.wrong += 1;
                    "credited, label"
                }
                (true, false) => {
                    tally.missed += 1;
                    "missed, label"
                }
            };
            let quote = finding.said.as_ref().map(|said| said.quote.as_str()).unwrap_or_default();
            println!("{}: {} {sort} {label}, found {found}: {quote}", transcript.name, finding.id);
        }
    }
    let mut all = Tally::default();
    println!("{:24} {:>11} {:>9} {:>7}", "scenario", "transcripts", "precision", "recall");
    for (scenario, tally) in &tallies {
        println!("{scenario:24} {:>11} {:>9.3} {:>7.3}", tally.transcripts, tally.precision(), tally.recall());
        all.right += tally.right;
        all.wrong += tally.wrong;
        all.missed += tally.missed;
        all.transcripts += tally.transcripts;
    }
    println!("{:24} {:>11} {:>9.3} {:>7.3}", "all", all.transcripts, all.precision(), all.recall());
    assert!(all.precision() >= PRECISION, "precision {:.3}", all.precision());
    assert!(all.recall() >= RECALL, "recall {:.3}", all.recall());
}

#[test]
fn a_list_of_words_an_echo_and_talk_of_other_things_are_never_at_the_bar() {
    let court = Court::open();
    let styles = ["stuffed", "prompt echo", "off-topic"];
    for transcript in chosen().iter().filter(|one| styles.contains(&one.labels.style.as_str())) {
        let scenario = court.scenario(&transcript.scenario);
        for level in Level::ALL {
            assert!(!court.is_at_the_bar(&scenario, &transcript.text, level), "{} {}", transcript.name, level.name());
        }
    }
}

#[test]
fn wrong_statements_are_found_and_only_those() {
    let court = Court::open();
    for transcript in chosen() {
        let scenario = court.scenario(&transcript.scenario);
        let proofs = court.judge(&scenario, &transcript.text);
        let raised: Vec<&str> = proofs.red_flags.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(raised, transcript.labels.red_flags, "{}", transcript.name);
    }
}

#[test]
fn shuffling_the_words_of_a_line_destroys_its_claims() {
    let court = Court::open();
    let (mut survived, mut tried) = (0, 0);
    for transcript in chosen().iter().filter(|one| one.labels.style == "strong") {
        let scenario = court.scenario(&transcript.scenario);
        for line in transcript.text.lines().filter(|line| line.split_whitespace().count() >= 8) {
            // A drawing and a sum have no order of words to lose.
            if line.starts_with('>') || sysdrill::board::draws(line) {
                continue;
            }
            let claims = |text: &str| -> Vec<String> {
                let proofs = court.judge(&scenario, text);
                proofs.findings.into_iter().filter(|one| one.tier.number() >= 2).map(|one| one.id).collect()
            };
            let before = claims(line);
            for seed in 0..if before.is_empty() { 0 } else { 5 } {
                let mut words: Vec<&str> = line.split_whitespace().collect();
                rng::stream(seed, line).shuffle(&mut words);
                let after = claims(&words.join(" "));
                tried += before.len();
                survived += before.iter().filter(|id| after.contains(id)).count();
            }
        }
    }
    println!("{survived} of {tried} claims survive the shuffling of their line");
    assert!(tried > 100, "{tried}");
    assert!(survived * 4 <= tried, "{survived} of {tried}");
}

#[rstest]
#[case("redirect-status", "We use 302 so that clicks are counted.", "We do not use 302, clicks are not counted.")]
#[case("cache-hot", "A cache holds hot links.", "A cache does not hold hot links.")]
#[case("cache-hot", "We put hot links into a cache.", "We never put hot links into a cache.")]
#[case("clicks-async", "Click events go to a queue.", "Click events do not go to a queue.")]
#[case("owner-index", "An index on owner serves the list.", "There is no index on owner.")]
#[case("stateless-many", "The API servers are stateless.", "The API servers are not stateless.")]
#[case("replicas", "The database has a replica in another zone.", "The database has no replica in another zone.")]
#[case("rate-limited-create", "We rate limit creation per account.", "We do not rate limit creation per account.")]
#[case("malicious-targets", "We scan targets for phishing.", "We do not scan targets for phishing.")]
#[case("watches", "We alert on redirect latency.", "We never alert on redirect latency.")]
#[case("idempotent-create", "Create is idempotent by a key of the client.", "Create is not idempotent.")]
#[case("cache-hot", "A cache holds hot links.", "We could maybe use a cache for hot links.")]
#[case("cache-hot", "A cache holds hot links.", "Should a cache hold hot links?")]
fn denying_a_claim_removes_its_credit(#[case] id: &str, #[case] claimed: &str, #[case] denied: &str) {
    let court = Court::open();
    let scenario = court.scenario("url-shortener");
    let tier = |text: &str| {
        let proofs = court.judge(&scenario, text);
        proofs.findings.iter().find(|finding| finding.id == id).map_or(0, |finding| finding.tier.number())
    };
    assert!(tier(claimed) >= 2, "{claimed}");
    assert!(tier(denied) < 2, "{denied}");
}

#[test]
fn the_same_answer_in_other_words_scores_nearly_the_same() {
    let court = Court::open();
    let scenario = court.scenario("url-shortener");
    let all = transcripts();
    let text = |name: &str| {
        let found = all.iter().find(|one| one.name.ends_with(name)).expect("the transcript is there");
        court.score(&scenario, &found.text, Level::Senior).mean.expect("it is judged")
    };
    let (one, other) = (text("strong-senior.md"), text("strong-paraphrase.md"));
    assert!((one - other).abs() <= 0.25, "{one} and {other}");
}

#[test]
fn talk_of_other_things_changes_nothing() {
    let court = Court::open();
    for transcript in chosen() {
        let scenario = court.scenario(&transcript.scenario);
        let more = format!(
            "{}\n\nThe weather is fine today. My colleague likes gardening, and the office moves in spring.\n",
            transcript.text
        );
        let tiers = |text: &str| -> Vec<_> {
            court.judge(&scenario, text).findings.into_iter().map(|finding| (finding.id, finding.tier)).collect()
        };
        assert_eq!(tiers(&transcript.text), tiers(&more), "{}", transcript.name);
    }
}

#[test]
fn a_later_correction_counts_and_is_said() {
    let court = Court::open();
    let scenario = court.scenario("url-shortener");
    let wrong = "We use 301, because a permanent redirect lets us count every click.\n";
    let right = "We use 302 instead of 301 so that clicks are counted.\n";
    let flags = |text: String| {
        let proofs = court.judge(&scenario, &text);
        (proofs.red_flags.len(), proofs.retracted.len())
    };
    assert_eq!(flags(wrong.to_owned()), (1, 0));
    assert_eq!(flags(format!("{wrong}{right}")), (0, 1));
    assert_eq!(flags(format!("{right}{wrong}")), (1, 0));
}

#[test]
fn a_number_is_judged_by_the_inputs_that_were_stated() {
    let court = Court::open();
    let scenario = court.scenario("url-shortener");
    let tier = |text: &str| {
        let proofs = court.judge(&scenario, text);
        proofs.findings.iter().find(|finding| finding.id == "write-rate").map_or(0, |finding| finding.tier.number())
    };
    assert_eq!(tier("> created = 1M link/day\n> write_rate = created to link/s"), 2);
    assert_eq!(tier("> created = 5M link/day\n> write_rate = created to link/s"), 2, "58/s follows from 5M");
    assert_eq!(tier("> created = 5M link/day\n> write_rate = 12 link/s * 1"), 0, "12/s does not");
    assert_eq!(tier("about 20 writes per second"), 2, "from the head a factor of two is near enough");
    assert_eq!(tier("about 100 writes per second"), 0);
}
