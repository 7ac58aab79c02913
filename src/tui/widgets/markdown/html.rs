//! HTML fragments inside Markdown, as readable text: tags dropped, breaks kept, images named.
//!
//! Not an HTML parser: it knows the dozen tags that READMEs use and lets the rest vanish.

/// A piece of an HTML fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    /// A line break.
    Break,
    /// The border of a block: a paragraph, a list item, a cell.
    Boundary,
    /// An image's alternative text.
    Image(String),
    /// What follows until [`Piece::LinkEnd`] leads there.
    Link(String),
    LinkEnd,
    Strong(bool),
    Emphasis(bool),
}

/// Splits a fragment into pieces. Comments, scripts and styles vanish.
pub(super) fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        push_text(&mut pieces, &rest[..start]);
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(end) = rest.find('>') else {
            // A lone `<` is text.
            push_text(&mut pieces, rest);
            return pieces;
        };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let name = tag_name(tag);
        if matches!(name.as_str(), "script" | "style") {
            let closing = format!("</{name}");
            rest = rest.find(&closing).map_or("", |at| &rest[at..]);
            continue;
        }
        pieces.extend(meaning(&name, tag));
    }
    push_text(&mut pieces, rest);
    pieces
}

fn tag_name(tag: &str) -> String {
    let closing = tag.starts_with('/');
    let name: String =
        tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    if closing { format!("/{name}") } else { name }
}

fn meaning(name: &str, tag: &str) -> Option<Piece> {
    Some(match name {
        "br" => Piece::Break,
        "img" => Piece::Image(attribute(tag, "alt").unwrap_or_default()),
        "a" => Piece::Link(attribute(tag, "href")?),
        "/a" => Piece::LinkEnd,
        "b" | "strong" | "summary" | "th" => Piece::Strong(true),
        "/b" | "/strong" | "/th" => Piece::Strong(false),
        "/summary" => Piece::Boundary,
        "i" | "em" => Piece::Emphasis(true),
        "/i" | "/em" => Piece::Emphasis(false),
        "p" | "/p" | "div" | "/div" | "li" | "tr" | "/tr" | "/details" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        | "/h1" | "/h2" | "/h3" | "/h4" | "/h5" | "/h6" | "hr" | "ul" | "/ul" | "ol" | "/ol" => Piece::Boundary,
        "td" => Piece::Text(" ".to_owned()),
        _ => return None,
    })
}

/// The value of an attribute, in either kind of quotes or none.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find(name) {
        let start = from + found;
        from = start + name.len();
        let begins_word = tag[..start].ends_with(|c: char| c.is_ascii_whitespace());
        let Some(value) = tag[from..].trim_start().strip_prefix('=') else { continue };
        if !begins_word {
            continue;
        }
        let value = value.trim_start();
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
            _ => value.split(|c: char| c.is_ascii_whitespace() || c == '/').next(),
        };
        return value.map(decode);
    }
    None
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(decode(text)));
    }
}

/// The entities that occur in prose.
fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    named.iter().fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expect: &[Piece]) {
        assert_eq!(pieces(html), expect, "{html}");
    }

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    #[test]
    fn what_readmes_contain_becomes_text() {
        check("a<br/>b", &[text("a"), Piece::Break, text("b")]);
        check(
            "<p align=\"center\"><img src=\"x.png\" alt=\"A &amp; B\"></p>",
            &[Piece::Boundary, Piece::Image("A & B".into()), Piece::Boundary],
        );
        check("<a href='http://x'>y</a>", &[Piece::Link("http://x".into()), text("y"), Piece::LinkEnd]);
        check(
            "<details><summary>More</summary>z</details>",
            &[Piece::Strong(true), text("More"), Piece::Boundary, text("z"), Piece::Boundary],
        );
    }

    #[test]
    fn what_must_not_be_seen_vanishes() {
        check("<!-- no -->", &[]);
        check("<script>alert(1)</script>x", &[text("x")]);
        check("<!-- unclosed", &[]);
    }

    #[test]
    fn what_is_not_a_tag_is_text() {
        check("1 < 2", &[text("1 "), text("< 2")]);
        check("<img data-alt=x>", &[Piece::Image(String::new())]);
    }
}
