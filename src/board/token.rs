//! The words of one line of a design: names, arrows, brackets and commas, each with the character where it begins.

/// A word of a design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Name(String),
    Arrow(Arrow),
    Open,
    Close,
    Comma,
}

/// Where an arrow points, and what is written on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arrow {
    pub(super) left: bool,
    pub(super) right: bool,
    pub(super) label: Option<String>,
}

/// The tokens of a line with their columns, counted in characters from 0.
pub(super) fn tokens(line: &str) -> Vec<(usize, Token)> {
    let chars: Vec<char> = line.chars().collect();
    let mut tokens = Vec::new();
    let mut name = Name::default();
    let mut at = 0;
    while at < chars.len() {
        if let Some(length) = remark(&chars[at..]) {
            chars[at..at + length].iter().enumerate().for_each(|(offset, c)| name.push(at + offset, *c));
            at += length;
            continue;
        }
        let (token, next) = match chars[at] {
            '{' => (Some(Token::Open), at + 1),
            '}' => (Some(Token::Close), at + 1),
            ',' => (Some(Token::Comma), at + 1),
            _ => match arrow(&chars[at..]) {
                Some((arrow, length)) => (Some(Token::Arrow(arrow)), at + length),
                None => (None, at + 1),
            },
        };
        match token {
            Some(token) => {
                name.finish(&mut tokens);
                tokens.push((at, token));
            }
            None => name.push(at, chars[at]),
        }
        at = next;
    }
    name.finish(&mut tokens);
    tokens
}

/// The length of a remark in round brackets that begins here; commas and arrows in it are its own.
fn remark(chars: &[char]) -> Option<usize> {
    let close = (chars[0] == '(').then(|| chars.iter().position(|c| *c == ')'))?;
    close.map(|close| close + 1)
}

/// A name that is being read.
#[derive(Default)]
struct Name {
    start: usize,
    text: String,
}

impl Name {
    fn push(&mut self, at: usize, c: char) {
        if self.text.is_empty() {
            if c.is_whitespace() {
                return;
            }
            self.start = at;
        }
        self.text.push(c);
    }

    fn finish(&mut self, tokens: &mut Vec<(usize, Token)>) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim_end();
        if !text.is_empty() {
            tokens.push((self.start, Token::Name(text.to_owned())));
        }
    }
}

/// The arrow that begins here, and how many characters it takes: `->`, `-->`, `=>`, `<->`, `<-`, `→`, `←`, `↔` and
/// `-(label)->`, `-[label]->` with any of these heads.
fn arrow(chars: &[char]) -> Option<(Arrow, usize)> {
    let plain = |left, right| Arrow { left, right, label: None };
    match chars[0] {
        '→' | '⟶' | '⇒' => return Some((plain(false, true), 1)),
        '←' | '⟵' => return Some((plain(true, false), 1)),
        '↔' | '⟷' => return Some((plain(true, true), 1)),
        _ => {}
    }
    let left = chars[0] == '<';
    let mut at = usize::from(left);
    let shaft = |from: usize| chars[from..].iter().take_while(|c| matches!(c, '-' | '=')).count();
    let first = shaft(at);
    if first == 0 {
        return None;
    }
    at += first;
    let mut label = None;
    if let Some(close) = chars.get(at).and_then(|c| closing(*c))
        && let Some(length) = chars[at..].iter().position(|c| *c == close)
    {
        let text: String = chars[at + 1..at + length].iter().collect();
        at += length + 1;
        let second = shaft(at);
        if second == 0 {
            return None;
        }
        at += second;
        label = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    let right = chars.get(at) == Some(&'>');
    if !left && !right {
        return None;
    }
    Some((Arrow { left, right, label }, at + usize::from(right)))
}

fn closing(open: char) -> Option<char> {
    match open {
        '(' => Some(')'),
        '[' => Some(']'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expect: &str) {
        let words: Vec<String> =
            tokens(line).into_iter().map(|(column, token)| format!("{column}{}", show(token))).collect();
        assert_eq!(words.join(" "), expect, "{line}");
    }

    fn show(token: Token) -> String {
        match token {
            Token::Name(name) => format!("`{name}`"),
            Token::Arrow(Arrow { left, right, label }) => {
                let (left, right) = (if left { "<" } else { "" }, if right { ">" } else { "" });
                format!("{left}-{}-{right}", label.unwrap_or_default())
            }
            Token::Open => "{".to_owned(),
            Token::Close => "}".to_owned(),
            Token::Comma => ",".to_owned(),
        }
    }

    #[test]
    fn names_may_have_several_words_hyphens_and_remarks() {
        check("load balancer -> write-behind cache", "0`load balancer` 14--> 17`write-behind cache`");
        check("a->b", "0`a` 1--> 3`b`");
        check("cache (redis, 3 nodes) -> db", "0`cache (redis, 3 nodes)` 23--> 26`db`");
        check("a -> {b, c}", "0`a` 2--> 5{ 6`b` 7, 9`c` 10}");
    }

    #[test]
    fn arrows_have_heads_and_labels() {
        check("a -(gRPC)-> b", "0`a` 2-gRPC-> 12`b`");
        check("a <-[events, async]-> b", "0`a` 2<-events, async-> 22`b`");
        check("a <- b --> c => d", "0`a` 2<-- 5`b` 7--> 11`c` 13--> 16`d`");
        check("a → b ↔ c", "0`a` 2--> 4`b` 6<--> 8`c`");
        check("a - b", "0`a - b`");
        check("a -(b c", "0`a -(b c`");
        check("x < 5 -> y", "0`x < 5` 6--> 9`y`");
    }
}
