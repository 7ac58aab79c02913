//! The command line, end to end: the real binary on a scratch folder at a fixed moment.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const MONDAY: &str = "2026-11-23T09:00:00+01:00";
const TUESDAY: &str = "2026-11-24T09:00:00+01:00";

/// A candidate's machine.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: TempDir::new().expect("a scratch folder") }
    }

    fn data(&self) -> &Path {
        self.folder.path()
    }

    fn at(&self, moment: &str, arguments: &[&str]) -> Output {
        let mut command = Command::cargo_bin("sysdrill").expect("the binary is built");
        command.arg("--data-dir").arg(self.data()).args(["--now", moment, "--seed", "7"]).args(arguments);
        command.env("XDG_CONFIG_HOME", self.data()).env_remove("NO_COLOR").output().expect("it runs")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.at(MONDAY, arguments)
    }

    /// What a successful command prints.
    fn says(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.says(arguments)).expect("one JSON document")
    }

    /// Fails with `code`, says `message` on stderr and nothing on stdout.
    fn refuses(&self, arguments: &[&str], code: i32, message: &str) {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(text(&output.stderr).contains(message), "{arguments:?} said: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "", "{arguments:?}");
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program prints UTF-8")
}

/// Its keys, in the order of the alphabet.
fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn lists_have_the_shape_that_scripts_rely_on() {
    let desk = Desk::new();
    for kind in ["topics", "notes", "cards"] {
        let list = desk.json(&["list", kind, "--json"]);
        let entries = list.as_array().expect("a list");
        assert!(!entries.is_empty(), "{kind}");
        assert_eq!(keys(&entries[0]), ["file", "id", "kind", "title", "topic"], "{kind}");
    }
}

#[test]
fn the_built_in_content_is_sound_and_large_enough() {
    let report = Desk::new().json(&["check", "--json"]);
    assert_eq!(report["problems"], Value::Array(Vec::new()));
    assert!(report["notes"].as_u64() >= Some(10));
    assert!(report["cards"].as_u64() >= Some(240));
    let cards = Desk::new().json(&["list", "cards", "--json"]);
    for kind in ["recall", "cloze", "choose", "compute", "order", "mistake"] {
        let count = cards.as_array().expect("a list").iter().filter(|card| card["kind"] == kind).count();
        assert!(count >= 12, "{count} cards of kind {kind}");
    }
}

#[test]
fn check_names_the_place_of_a_problem_and_exits_with_one() {
    let desk = Desk::new();
    let topic = desk.data().join("mine/queues");
    std::fs::create_dir_all(&topic).expect("a folder");
    std::fs::write(topic.join("cards.toml"), "[[card]]\nid = \"a\"\nkind = \"recal\"\n").expect("a file");
    let folder = desk.data().join("mine");
    let output = desk.run(&["check", folder.to_str().expect("a plain path")]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stdout);
    assert!(said.contains("cards.toml:3:8: ") && said.contains("recall"), "{said}");
    desk.refuses(&["check", "/nowhere/at/all"], 2, "there is no such file or folder");
}

#[test]
fn a_grade_is_kept_and_brings_the_card_back_on_its_day() {
    let desk = Desk::new();
    let first = desk.json(&["queue", "--json"])[0].clone();
    assert_eq!(keys(&first), ["due", "id", "kind", "state"]);
    let id = first["id"].as_str().expect("an id");
    let easy = desk.json(&["grade", id, "4", "--json"]);
    assert_eq!(keys(&easy), ["difficulty", "due", "interval_days", "stability"]);
    let queued = |moment: &str| {
        let queue: Value = serde_json::from_slice(&desk.at(moment, &["queue", "--json"]).stdout).expect("a list");
        queue.as_array().expect("a list").iter().any(|card| card["id"] == id)
    };
    assert!(!queued(MONDAY) && !queued(TUESDAY));
    let due = format!("{}T09:00:00+01:00", easy["due"].as_str().expect("a day"));
    assert!(queued(&due), "due {due}");
}

#[test]
fn a_backup_brings_back_what_was_there() {
    let desk = Desk::new();
    let id = "consistent-hashing/ring-moved";
    desk.says(&["grade", id, "3"]);
    let copy = desk.data().join("copy.db");
    let copy = copy.to_str().expect("a plain path");
    desk.says(&["backup", copy]);
    desk.says(&["grade", id, "1"]);
    assert!(desk.says(&["doctor"]).contains("sound, 2 events"));
    assert!(desk.says(&["restore", copy]).contains("1 events"));
    assert!(desk.says(&["doctor"]).contains("sound, 1 events"));
    desk.refuses(&["restore", "/nowhere.db"], 2, "/nowhere.db");
}

#[test]
fn what_is_unknown_is_named_with_what_was_probably_meant() {
    let desk = Desk::new();
    desk.refuses(&["show", "consistent-hashng"], 1, "Did you mean `consistent-hashing`?");
    desk.refuses(&["grade", "consistent-hashing/ring-moved", "5"], 2, "give 1 (again)");
    desk.refuses(&["--now", "yesterday", "list", "topics"], 2, "cannot be used multiple times");
    desk.refuses(&["lst"], 2, "unrecognized subcommand");
    desk.refuses(&["--content", "/nowhere", "list", "topics"], 2, "there is no such folder");
}

#[test]
fn a_failing_command_prints_one_json_document_too() {
    let desk = Desk::new();
    for (arguments, code) in [(&["grade", "x/y", "3", "--json"][..], 1), (&["list", "nonsense", "--json"][..], 2)] {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        let document: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
        assert!(document["error"]["message"].is_string(), "{document}");
        assert_eq!(text(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn calc_prints_values_for_scripts_and_says_what_is_wrong_where() {
    let desk = Desk::new();
    assert_eq!(desk.says(&["calc", "1 GB / 4 KB"]), "250,000\n");
    let output = desk.run(&[
        "calc",
        "qps = 100M user * 10 req/user/day",
        "bad = 3 GB + 4 req",
        "hot = 10%..30% of 1 TB",
        "--json",
    ]);
    assert_eq!(output.status.code(), Some(1), "one line is wrong");
    let sheet: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    let lines = sheet["lines"].as_array().expect("lines");
    let value = lines[0]["value"].as_f64().expect("a number");
    assert!(
        (value - 1e9 / 86_400.0).abs() < 1e-6 && lines[0]["unit"] == "req/s" && lines[0]["display"] == "11.6k req/s"
    );
    assert!(lines[1]["error"]["column"].is_u64() && lines[1]["value"].is_null());
    assert!(lines[2]["low"].as_f64() < lines[2]["high"].as_f64());
    desk.refuses(&["calc", "1 parsec"], 1, "line 1, column 3: `parsec` is neither a name nor a unit");
    assert_eq!(desk.says(&["calc", "1 day", "--to", "s"]), "86,400 s\n");
}

#[test]
fn the_placement_simulator_counts_what_moves() {
    let desk = Desk::new();
    let line = "sim hash --scheme ring,modulo --nodes 10 --vnodes 100 --keys 20000 --add 1 --json";
    let arguments: Vec<&str> = line.split(' ').collect();
    let report = desk.json(&arguments);
    let [ring, modulo] = [&report["results"][0], &report["results"][1]];
    for (field, value) in [("nodes", 10), ("nodes_after", 11), ("vnodes", 100), ("keys", 20_000), ("misdirected", 0)] {
        assert_eq!(ring[field], value, "{field}");
    }
    assert!((0.05..0.14).contains(&ring["moved_ratio"].as_f64().expect("a share")), "{ring}");
    assert!((0.88..0.94).contains(&modulo["moved_ratio"].as_f64().expect("a share")), "{modulo}");
    let per_node = |load: &str| ring[load]["per_node"].as_array().expect("a list").len();
    assert_eq!((per_node("load_before"), per_node("load")), (10, 11));
    assert!(ring["rebalancing"]["hours"].as_f64() > Some(0.0), "{ring}");
    let table = desk.says(&arguments[..arguments.len() - 1]);
    assert!(table.contains("10 -> 11") && table.contains("n11  ####"), "{table}");
    let csv = desk.says(&["sim", "hash", "--scheme", "all", "--keys", "1k", "--csv"]);
    assert_eq!(csv.lines().count(), 12, "{csv}");
}

#[test]
fn the_placement_simulator_takes_keys_from_a_file_and_tells_of_failures_and_hot_keys() {
    let desk = Desk::new();
    let file = desk.data().join("keys.txt");
    std::fs::write(&file, "anna\nben\n\nclara\nanna\n").expect("written");
    let file = file.to_string_lossy().into_owned();
    let told =
        desk.json(&["sim", "hash", "--key-file", &file, "--nodes", "3", "--hot", "50%", "--hot-key", "ben", "--json"]);
    assert_eq!(told["results"][0]["keys"], 3, "a name that comes twice is one key");
    assert!(told["results"][0]["traffic"]["max_over_mean"].as_f64() >= Some(1.5), "{told}");
    let line = "sim hash --nodes 5 --keys 2k --replicas 2 --fail n1 --hot 0.3 --salt 8 --scheme range --prefix id:";
    let told = desk.says(&line.split(' ').collect::<Vec<_>>());
    assert!(told.contains("failure of n1: ") && told.contains(" 0 are lost with 2 copies"), "{told}");
    assert!(told.contains("keys are kept in order, and a suffix leaves them side by side"), "{told}");
    assert!(told.contains("a scan of 100 keys asks 1 of 5 nodes"), "{told}");
}

#[test]
fn the_placement_simulator_refuses_what_makes_no_sense() {
    let desk = Desk::new();
    let refuses = |line: &str, says: &str| {
        let arguments: Vec<&str> = ["sim", "hash"].into_iter().chain(line.split(' ')).collect();
        desk.refuses(&arguments, 2, says);
    };
    refuses("--scheme rig", "did you mean `ring`?");
    refuses("--nodes 0", "at least 1 node");
    refuses("--nodes -3", "a whole number, 0 or more");
    refuses("--nodes 3 --remove 5", "5 of 3 nodes cannot be removed");
    refuses("--vnodes 100000000", "give fewer virtual nodes");
    refuses("--scheme jump --remove n3", "can only remove the last, n10");
    refuses("--remove n77", "there is no node `n77`");
    refuses("--replicas 11", "need 11 nodes");
    refuses("--scheme modulo --weights 1,2", "knows no weights");
    refuses("--key-file /nowhere", "cannot be read");
    refuses("--key-file /dev/zero", "this is not a regular file");
    refuses("--hot NaN", "a share such as 0.2");
    refuses("--hot 200%", "a share such as 0.2");
    refuses("--zipf -5", "a number such as 1.1");
    refuses("--rate fast", "the rebalancing cannot be estimated");
    let output = desk.run(&["sim", "hash", "--nodes", "0", "--json"]);
    let document: Value = serde_json::from_slice(&output.stdout).expect("one document");
    assert!(document["error"]["message"].as_str().is_some_and(|message| message.contains("at least 1 node")));
}

#[test]
fn the_cache_simulator_counts_and_refuses_nonsense() {
    let desk = Desk::new();
    let run = desk.json(&[
        "sim",
        "cache",
        "--policy",
        "lru,mru",
        "--capacity",
        "9",
        "--workload",
        "loop:10",
        "--requests",
        "1000",
        "--json",
    ]);
    assert_eq!((&run["requests"], &run["objects"]), (&Value::from(1000), &Value::from(10)));
    assert_eq!(run["results"][0]["hits"], 0, "a loop over more than it holds gives LRU nothing");
    assert!(run["results"][1]["miss_ratio"].as_f64() < Some(0.2));
    desk.refuses(&["sim", "cache", "--policy", "lrx"], 2, "did you mean `lru`?");
    desk.refuses(&["sim", "cache", "--capacity", "0"], 2, "is not a capacity");
    desk.refuses(&["sim", "cache", "--trace", "/nowhere"], 2, "cannot be read");
    desk.refuses(&["sim", "cache", "--trace", "no\u{1b}[31m"], 2, "no␛[31m");
    desk.refuses(&["sim", "cache", "--cache-ms", "NaN"], 2, "give milliseconds");
}

#[test]
fn a_stream_counts_as_memory_does_and_says_what_it_cannot_do() {
    let desk = Desk::new();
    let trace = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/sim/mixed.txt");
    let cache = |more: &[&str]| {
        let usual = ["sim", "cache", "--policy", "lru,s3-fifo", "--trace", trace, "--json"];
        desk.json(&[&usual, more].concat())
    };
    for capacity in ["20", "10%"] {
        let [memory, stream] = [&["--capacity", capacity][..], &["--stream", "--capacity", capacity]].map(cache);
        for policy in 0..2 {
            assert_eq!(memory["results"][policy]["misses"], stream["results"][policy]["misses"], "{capacity}");
            assert!(stream["results"][policy]["hits"].as_u64() > Some(0));
        }
    }
    let of_a_pipe = ["sim", "cache", "--trace", "-", "--stream", "--capacity", "10%"];
    desk.refuses(&of_a_pipe, 2, "needs the number of distinct objects, and so a second pass");
    desk.refuses(
        &["sim", "cache", "--trace", trace, "--stream", "--policy", "opt"],
        2,
        "which a stream does not allow",
    );
}

#[test]
fn a_run_that_stops_early_counts_what_came_until_then() {
    let desk = Desk::new();
    let cache = |more: &[&str]| {
        let usual = ["sim", "cache", "--policy", "lru", "--capacity", "5", "--objects", "50", "--seed", "3", "--json"];
        desk.json(&[&usual, more].concat())
    };
    let (early, short) = (cache(&["--requests", "900", "--until", "300"]), cache(&["--requests", "300"]));
    assert_eq!(early["requests"], 300);
    assert_eq!(early["results"][0]["misses"], short["results"][0]["misses"]);
    let dear = cache(&["--requests", "300", "--cache-ms", "1", "--database-ms", "0"]);
    assert_eq!(dear["results"][0]["mean_latency_ms"], 1.0);
}

#[test]
fn strategies_and_stampedes_run_without_a_screen() {
    let desk = Desk::new();
    let run = desk.json(&["sim", "strategy", "--crash", "2500", "--seed", "1", "--json"]);
    let lost = |name: &str| {
        let results = run["results"].as_array().expect("results").iter();
        results.filter(|one| one["strategy"] == name).map(|one| one["lost_writes"].as_u64()).next().flatten()
    };
    assert!(lost("write-behind") > Some(0) && lost("write-through") == Some(0));
    let herd = desk.json(&["sim", "strategy", "--stampede", "--seed", "1", "--json"]);
    assert_eq!(herd["results"][1]["protection"], "single-flight");
    assert_eq!(herd["results"][1]["most_at_once"], 1);
    assert!(desk.says(&["sim", "strategy", "--strategy", "cache-aside", "--no-ttl"]).contains("cache-aside"));
    desk.refuses(&["sim", "strategy", "--strategy", "write-back"], 2, "is not a caching strategy");
    desk.refuses(&["sim", "strategy", "--keys", "0"], 2, "0 is not in");
}

#[test]
fn a_lab_refuses_what_its_simulator_refuses() {
    let desk = Desk::new();
    desk.refuses(&["lab", "cache", "--policy", "lrx"], 2, "did you mean `lru`?");
    desk.refuses(&["lab", "cache", "--policy", "fifo,lru,mru,lfu,opt"], 2, "at most 4");
    desk.refuses(&["lab", "cache"], 2, "needs a terminal");
}

#[test]
fn without_a_terminal_the_app_says_so_and_exits_with_two() {
    let desk = Desk::new();
    desk.refuses(&[], 2, "needs a terminal");
    desk.refuses(&["review"], 2, "needs a terminal");
}

#[test]
fn own_content_stands_beside_what_is_built_in() {
    let desk = Desk::new();
    let own = desk.data().join("content");
    std::fs::create_dir_all(&own).expect("a folder");
    std::fs::write(own.join("trivia.md"), "Q: What is up?\nA: The sky.\n").expect("a deck");
    let cards = desk.says(&["list", "cards"]);
    assert!(cards.contains("What is up?") && cards.contains("consistent-hashing/ring-moved"));
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let desk = Desk::new();
    let (bash, manual) = (desk.says(&["completions", "bash"]), desk.says(&["man"]));
    for command in [
        "review", "read", "calc", "sim", "lab", "queue", "grade", "list", "show", "check", "stats", "frame", "backup",
        "restore", "doctor",
    ] {
        assert!(bash.contains(command), "completions lack {command}");
        assert!(manual.contains(&format!("sysdrill\\-{command}")), "the manual lacks {command}");
    }
}

#[test]
fn nothing_printed_to_a_pipe_holds_an_escape_byte() {
    let desk = Desk::new();
    for arguments in
        [&["list", "cards"][..], &["show", "replication"], &["queue"], &["doctor"], &["check"], &["--help"]]
    {
        assert!(!desk.says(arguments).contains('\u{1b}'), "{arguments:?}");
    }
}

#[test]
fn a_plan_fits_into_its_minutes_and_is_no_worse_than_fixed_retention() {
    let desk = Desk::new();
    let plan = desk.json(&["plan", "--interview", "2026-12-14", "--minutes", "10", "--json"]);
    let days = plan["days"].as_array().expect("days");
    assert_eq!((days.len(), plan["days_left"].as_u64()), (21, Some(21)));
    assert!(days.iter().all(|day| day["minutes"].as_f64().is_some_and(|minutes| minutes <= 10.0)), "{days:?}");
    let share = |name: &str| plan["forecast"][name].as_f64().expect("a share");
    assert!(share("recall") > share("fixed_retention") - 0.005, "{}", plan["forecast"]);
    let met: u64 = plan["tiers"].as_array().expect("tiers").iter().filter_map(|tier| tier["met"].as_u64()).sum();
    let new: u64 = days.iter().filter_map(|day| day["new"].as_u64()).sum();
    assert_eq!(met, new, "each card is met once for the first time");
    assert!(plan["today"]["new"].as_u64().is_some_and(|new| new > 0));
    desk.refuses(&["plan"], 2, "There is no date to plan for");
    desk.refuses(&["plan", "--interview", "2026-11-01"], 2, "The interview was on 2026-11-01");
    desk.refuses(&["plan", "--interview", "2036-11-01"], 2, "at most 365 days ahead");
}

#[test]
fn progress_goes_to_another_machine_and_back_and_nothing_is_taken_by_halves() {
    let (here, there) = (Desk::new(), Desk::new());
    here.says(&["grade", "consistent-hashing/ring-moved", "3"]);
    let file = here.data().join("log.jsonl");
    let path = file.to_str().expect("a plain path");
    assert!(here.says(&["export", "--log", path]).starts_with("1 events in "));
    assert_eq!(here.says(&["export", "--log"]), std::fs::read_to_string(&file).expect("the log"));
    let dry = there.json(&["import", "--log", path, "--dry-run", "--json"]);
    assert_eq!((&dry["imported"], &there.json(&["stats", "--json"])["reviews"]), (&1.into(), &0.into()));
    let taken = there.json(&["import", "--log", path, "--json"]);
    assert_eq!((&taken["imported"], &taken["skipped"]), (&1.into(), &0.into()));
    assert!(there.says(&["import", "--log", path]).starts_with("0 events new, 1 here already"));
    assert_eq!(here.says(&["queue", "--json"]), there.says(&["queue", "--json"]));

    let third = Desk::new();
    let broken = std::fs::read_to_string(&file).expect("the log") + "{}\n";
    std::fs::write(&file, broken).expect("written");
    third.refuses(&["import", "--log", path], 2, "line 2 is no event of a log");
    assert_eq!(third.json(&["stats", "--json"])["reviews"], 0);
}
