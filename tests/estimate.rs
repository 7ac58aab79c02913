//! The estimation language seen from outside: the examples of its documentation.

use sysdrill::estimate::Sheet;

/// Each line of a sheet with what is shown beside it, after `→`.
fn check(sheet: &str) {
    let results = Sheet::parse(sheet).evaluate(1);
    for (line, result) in sheet.lines().zip(&results) {
        let Some((_, expect)) = line.split_once('→') else { continue };
        let mut shown = match &result.error {
            Some(error) => error.to_string(),
            None => result.display.clone(),
        };
        if expect.contains('(') {
            shown += &format!("  ({})", result.other_forms.join(", "));
        }
        assert_eq!(shown, expect.trim(), "{line}\n{result:#?}");
    }
}

#[test]
fn the_sheet_of_the_documentation() {
    check(
        "dau      = 100M user
         per_user = 10 req/user/day
         qps      = dau * per_user              →  11.6k req/s  (1.00B req/day)
         peak     = 3 qps                       →  34.7k req/s
         size     = 300 B/req
         stored   = qps * size * 5 year * 3     →  1.64 PB
         stored to TiB                          →  1,490 TiB
         ceil(peak / (500 req/s/server))        →  70 server
         hot      = 10%..30% of stored          →  164 TB … 493 TB",
    );
}
