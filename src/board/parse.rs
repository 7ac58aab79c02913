//! From text to graph.
//!
//! A note holds prose, sheet lines and designs. A line draws when it has an arrow and what stands around its arrows could
//! be names; a sentence in which an arrow happens to stand does not. What a drawing line gets wrong is told, and everything
//! that can be understood is kept.

use std::collections::BTreeMap;

use super::graph::{Count, Edge, Graph, Node, NodeId};
use super::problem::Problem;
use super::token::{Arrow, Token, tokens};

/// Longer ones are sentences.
const WORDS_OF_A_NAME: usize = 5;
/// Longer ones are sentences, too.
const LONGEST_NAME: usize = 48;
/// What a text may draw at most, so that a pasted file costs nothing.
const MOST_NODES: usize = 200;
const MOST_EDGES: usize = 1_000;
/// Groups in groups.
const DEEPEST: usize = 8;

/// Reads the lines of a text that draw something; lines that name the same component are joined there.
///
/// A line is a chain of names with arrows between them: `client -> lb -> api*3 -> {cache, db}`. A name may have several
/// words, a count (`*3`, `*n`) and a remark in brackets; a group in braces, or names with commas between them, stand in
/// one place of the chain; an arrow may point back (`<-`) or both ways (`<->`) and have a label (`-(gRPC)->`); `;` begins
/// a new chain; a bullet and a title such as `write path:` may stand in front.
pub fn parse(text: &str) -> Graph {
    let mut reader = Reader::default();
    for (number, line) in text.lines().enumerate() {
        if draws(line) {
            reader.line(number, line);
        }
    }
    reader.graph
}

/// Whether a line draws something, well or badly.
pub fn draws(line: &str) -> bool {
    let (_, body) = body(line);
    if body.starts_with('>') {
        return false;
    }
    let tokens = tokens(body);
    let could_be_name =
        |name: &String| name.split_whitespace().count() <= WORDS_OF_A_NAME && name.chars().count() <= LONGEST_NAME;
    tokens.iter().any(|(_, token)| matches!(token, Token::Arrow(_)))
        && tokens.iter().all(|(_, token)| !matches!(token, Token::Name(name) if !could_be_name(name)))
}

/// What a line says behind its bullet and title, and the character where that begins.
fn body(line: &str) -> (usize, &str) {
    let mut rest = line.trim_start();
    for bullet in ["- ", "* ", "+ ", "• "] {
        rest = rest.strip_prefix(bullet).unwrap_or(rest).trim_start();
    }
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        rest = rest[digits..].strip_prefix(". ").or_else(|| rest[digits..].strip_prefix(") ")).unwrap_or(rest);
    }
    if let Some(colon) = rest.find(": ")
        && rest[..colon].chars().all(|c| c.is_alphanumeric() || " -_*/()".contains(c))
    {
        rest = rest[colon + 2..].trim_start();
    }
    let start = line[..line.len() - rest.len()].chars().count();
    (start, rest.trim_end())
}

#[derive(Default)]
struct Reader {
    graph: Graph,
    by_name: BTreeMap<String, NodeId>,
    by_ends: BTreeMap<(NodeId, NodeId), usize>,
}

/// The nodes at the two ends of a part of a chain.
struct Ends {
    heads: Vec<NodeId>,
    tails: Vec<NodeId>,
}

/// A line that is being read.
struct Cursor {
    line: usize,
    tokens: Vec<(usize, Token)>,
    at: usize,
    /// The column behind the last token.
    end: usize,
}

impl Cursor {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    fn column(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |(column, _)| *column)
    }

    fn take(&mut self, wanted: &Token) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) {
        let (mut start, body) = body(line);
        for chain in body.split(';') {
            let tokens = tokens(chain).into_iter().map(|(column, token)| (start + column, token)).collect();
            let end = start + chain.chars().count();
            let mut cursor = Cursor { line: number, tokens, at: 0, end };
            while cursor.at < cursor.tokens.len() {
                let before = cursor.at;
                self.chain(&mut cursor, 0);
                if cursor.take(&Token::Close) {
                    let column = cursor.tokens[cursor.at - 1].0;
                    self.problem(number, column, "this } closes nothing", "take it away, or open a group with {");
                }
                cursor.at = cursor.at.max(before + 1);
            }
            start = end + 1;
        }
    }

    /// `stop (arrow stop)*`
    fn chain(&mut self, cursor: &mut Cursor, depth: usize) -> Ends {
        let first = cursor.column();
        let mut ends = self.stop(cursor, depth);
        while let Some(Token::Arrow(arrow)) = cursor.peek().cloned() {
            let column = cursor.column();
            if ends.tails.is_empty() && column == first {
                self.problem(
                    cursor.line,
                    column,
                    "nothing stands before this arrow",
                    "write where it begins: client -> api",
                );
            }
            cursor.at += 1;
            let behind = cursor.column();
            let next = self.stop(cursor, depth);
            if next.heads.is_empty()
                && !matches!(cursor.peek(), Some(Token::Name(_) | Token::Open))
                && cursor.column() == behind
            {
                self.problem(cursor.line, column, "this arrow leads nowhere", "write what it leads to: client -> api");
            }
            self.connect(cursor.line, column, &ends.tails, &next.heads, &arrow);
            if !next.tails.is_empty() {
                ends.tails = next.tails;
            }
            if ends.heads.is_empty() {
                ends.heads = next.heads;
            }
        }
        ends
    }

    /// `item (, item)*` outside of braces, one item inside, where a comma begins the next chain.
    fn stop(&mut self, cursor: &mut Cursor, depth: usize) -> Ends {
        let mut ends = self.item(cursor, depth);
        while depth == 0 && cursor.take(&Token::Comma) {
            let next = self.item(cursor, depth);
            ends.heads.extend(next.heads);
            ends.tails.extend(next.tails);
        }
        ends
    }

    fn item(&mut self, cursor: &mut Cursor, depth: usize) -> Ends {
        let column = cursor.column();
        match cursor.peek().cloned() {
            Some(Token::Name(name)) => {
                cursor.at += 1;
                let node: Vec<NodeId> = self.node(cursor.line, column, &name).into_iter().collect();
                Ends { heads: node.clone(), tails: node }
            }
            Some(Token::Open) => {
                cursor.at += 1;
                self.group(cursor, column, depth + 1)
            }
            _ => Ends { heads: Vec::new(), tails: Vec::new() },
        }
    }

    /// `chain (, chain)* }`
    fn group(&mut self, cursor: &mut Cursor, column: usize, depth: usize) -> Ends {
        let mut ends = Ends { heads: Vec::new(), tails: Vec::new() };
        if depth > DEEPEST {
            self.problem(
                cursor.line,
                column,
                "groups stand too deep in each other",
                "begin a new line from one of its names",
            );
            cursor.at = cursor.tokens.len();
            return ends;
        }
        loop {
            let member = self.chain(cursor, depth);
            ends.heads.extend(member.heads);
            ends.tails.extend(member.tails);
            match cursor.peek() {
                Some(Token::Comma) => cursor.at += 1,
                Some(Token::Close) => {
                    cursor.at += 1;
                    break;
                }
                // Two names without a comma cannot be, for they would be one; a group behind a name can.
                Some(Token::Name(_) | Token::Open) => {
                    self.problem(cursor.line, cursor.column(), "a comma is missing before this", "write {cache, db}");
                }
                _ => {
                    self.problem(cursor.line, column, "this group is not closed", "write } behind its last name");
                    break;
                }
            }
        }
        if ends.heads.is_empty() {
            self.problem(cursor.line, column, "this group is empty", "write names in it: {cache, db}");
        }
        ends
    }

    fn node(&mut self, line: usize, column: usize, written: &str) -> Option<NodeId> {
        let Some(node) = node_of(written, line) else {
            self.problem(line, column, "a component has no name", "write a word such as api");
            return None;
        };
        let key = key(&node.name);
        if let Some(id) = self.by_name.get(&key).copied() {
            let known = &mut self.graph.nodes[id.0];
            known.count = known.count.or(node.count);
            if known.remark.is_none() {
                known.remark = node.remark;
            }
            return Some(id);
        }
        if self.graph.nodes.len() == MOST_NODES {
            self.problem(line, column, "there are more than 200 components", "draw a part of the design");
            return None;
        }
        let id = NodeId(self.graph.nodes.len());
        self.by_name.insert(key, id);
        self.graph.nodes.push(node);
        Some(id)
    }

    fn connect(&mut self, line: usize, column: usize, tails: &[NodeId], heads: &[NodeId], arrow: &Arrow) {
        for (tail, head) in tails.iter().flat_map(|tail| heads.iter().map(move |head| (*tail, *head))) {
            let (from, to) = if arrow.right { (tail, head) } else { (head, tail) };
            let is_mutual = arrow.left && arrow.right;
            let known = self.by_ends.get(&(from, to)).copied();
            let back = self.by_ends.get(&(to, from)).copied().filter(|_| from != to);
            if let Some(at) = known.or(back.filter(|at| is_mutual || self.graph.edges[*at].is_mutual)) {
                let edge = &mut self.graph.edges[at];
                edge.is_mutual |= is_mutual;
                if edge.label.is_none() {
                    edge.label.clone_from(&arrow.label);
                }
                continue;
            }
            if self.graph.edges.len() == MOST_EDGES {
                self.problem(line, column, "there are more than 1,000 arrows", "draw a part of the design");
                return;
            }
            self.by_ends.insert((from, to), self.graph.edges.len());
            self.graph.edges.push(Edge { from, to, is_mutual, label: arrow.label.clone(), line });
        }
    }

    fn problem(&mut self, line: usize, column: usize, message: &str, remedy: &str) {
        let problem = Problem { line, column, message: message.to_owned(), remedy: remedy.to_owned() };
        if self.graph.problems.len() < MOST_NODES && self.graph.problems.last() != Some(&problem) {
            self.graph.problems.push(problem);
        }
    }
}

/// What makes two names one: case, blanks and hyphens do not count.
fn key(name: &str) -> String {
    let words: Vec<String> =
        name.split(|c: char| c.is_whitespace() || c == '-' || c == '_').map(str::to_lowercase).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A name with its count and remark: `api*3 (Go)`, `[cache]`, `api x3`.
fn node_of(written: &str, line: usize) -> Option<Node> {
    let mut text = written.trim_matches(|c: char| c.is_whitespace() || "`\"'.".contains(c)).to_owned();
    text = unwrapped(&text, '(', ')');
    let mut remark = None;
    if let (Some(open), Some(close)) = (text.find('('), text.find(')'))
        && open > 0
        && open < close
    {
        remark = Some(text[open + 1..close].trim().to_owned()).filter(|remark| !remark.is_empty());
        text = format!("{} {}", text[..open].trim_end(), text[close + 1..].trim_start());
    }
    let text = unwrapped(text.trim(), '[', ']');
    let (name, count) = counted(&text);
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (!key(&name).is_empty()).then_some(Node { name, remark, count, line })
}

/// A name out of the brackets that some draw as its box.
fn unwrapped(text: &str, open: char, close: char) -> String {
    let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    inner.filter(|inner| !inner.contains(close)).unwrap_or(text).to_owned()
}

/// A name and the count behind it.
fn counted(text: &str) -> (&str, Option<Count>) {
    let signs = text.char_indices().rev().find(|(_, c)| matches!(c, '*' | '×' | 'x'));
    let Some((at, sign)) = signs else { return (text, None) };
    let (name, number) = (&text[..at], text[at + sign.len_utf8()..].trim());
    // `x` is also a letter: it counts only when it stands apart.
    if sign == 'x' && !name.ends_with(' ') || name.trim().is_empty() {
        return (text, None);
    }
    let count = match number {
        "" if sign == '*' => Some(Count::Many),
        "n" | "N" | "many" => Some(Count::Many),
        _ => number.parse().ok().map(Count::Exactly),
    };
    count.map_or((text, None), |count| (name.trim_end(), Some(count)))
}

#[cfg(test)]
mod tests;
