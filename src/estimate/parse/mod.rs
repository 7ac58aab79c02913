//! Tokens in, expression out. Knows which words are units and names, but no values.
//!
//! One function a level of binding, loosest first: [`Parser::conversion`], sum, product, range, sign,
//! power, primary. A number takes its unit before any operator sees it; `literal` does that.
//! Length and depth are bounded, so no text can take long or exhaust the stack.

use std::ops::Range;

use super::error::{ErrorKind, Fault, Outcome};
use super::function;
use super::syntax::{Expr, Node, Operator};
use super::token::{Token, TokenKind, tokens};
use super::unit::Unit;
use super::vocabulary::{Vocabulary, remedy_for_call};

mod literal;

/// Longer lines are refused.
pub(super) const MAX_LENGTH: usize = 2_000;
/// Lines of more tokens are refused; it also bounds the depth of a tree that grows to the left.
const MAX_TOKENS: usize = 600;
/// Deeper nesting is refused.
const MAX_DEPTH: usize = 48;

/// An expression and how it was read where another reading was possible.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parsed {
    pub(super) expr: Expr,
    pub(super) readings: Vec<String>,
}

/// Parses a line that is one expression.
pub(super) fn expression(line: &str, vocabulary: &Vocabulary) -> Outcome<Parsed> {
    let tokens = bounded_tokens(line)?;
    Parser::new(line, &tokens, vocabulary).whole()
}

/// Parses a line that is one unit, such as `req/s`.
pub(super) fn unit(line: &str, vocabulary: &Vocabulary) -> Outcome<Unit> {
    let tokens = bounded_tokens(line)?;
    let mut parser = Parser::new(line, &tokens, vocabulary);
    let unit = parser.target()?;
    parser.end()?;
    Ok(unit)
}

/// The tokens of a line, within the bounds.
pub(super) fn bounded_tokens(line: &str) -> Outcome<Vec<Token<'_>>> {
    let limit =
        |message: &str| Fault::new(ErrorKind::Limit, 0..0, message).suggest("name its parts on lines of their own");
    if line.len() > MAX_LENGTH {
        return Err(limit("this line is too long"));
    }
    let tokens = tokens(line)?;
    if tokens.len() > MAX_TOKENS { Err(limit("this line has too many parts")) } else { Ok(tokens) }
}

/// Reads tokens from left to right.
pub(super) struct Parser<'a> {
    line: &'a str,
    tokens: &'a [Token<'a>],
    at: usize,
    depth: usize,
    /// How many calls the current place is inside of.
    calls: usize,
    vocabulary: &'a Vocabulary,
    readings: Vec<String>,
}

impl<'a> Parser<'a> {
    /// `tokens` are those of `line`, or a part of them that ends with [`TokenKind::End`].
    pub(super) fn new(line: &'a str, tokens: &'a [Token<'a>], vocabulary: &'a Vocabulary) -> Self {
        Self { line, tokens, at: 0, depth: 0, calls: 0, vocabulary, readings: Vec::new() }
    }

    /// The expression that all tokens make.
    pub(super) fn whole(mut self) -> Outcome<Parsed> {
        let expr = self.conversion()?;
        self.end()?;
        self.readings.dedup();
        Ok(Parsed { expr, readings: self.readings })
    }

    fn conversion(&mut self) -> Outcome<Expr> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let fault = Fault::new(ErrorKind::Limit, self.peek().span.clone(), "this is nested too deeply");
            return Err(fault.suggest("name its parts on lines of their own"));
        }
        let mut expr = self.sum()?;
        while self.take_to() {
            let unit = self.target()?;
            expr = self.spanning(&expr.span.clone(), Node::Convert(Box::new(expr), unit));
        }
        self.depth -= 1;
        Ok(expr)
    }

    fn sum(&mut self) -> Outcome<Expr> {
        let mut left = self.product()?;
        while let Some(operator) = self.take_operator(&[("+", Operator::Add), ("-", Operator::Subtract)]) {
            let right = self.product()?;
            if is_percent(&right) && !is_percent(&left) {
                let text = self.text(&right.span);
                let verb = if operator == Operator::Add { "more" } else { "less" };
                let factor = if operator == Operator::Add { "1 +" } else { "1 -" };
                self.readings
                    .push(format!("`{text}` is a plain number here; for {text} {verb} write `* ({factor} {text})`"));
            }
            left = self.binary(operator, left, right);
        }
        Ok(left)
    }

    fn product(&mut self) -> Outcome<Expr> {
        let mut left = self.range()?;
        loop {
            let symbols = [("*", Operator::Multiply), ("·", Operator::Multiply), ("/", Operator::Divide)];
            let operator = match self.take_operator(&symbols) {
                Some(operator) => operator,
                None if self.take_word("per") => Operator::Divide,
                None if self.take_word("of") => Operator::Of,
                None => return Ok(left),
            };
            let right = self.range()?;
            if operator == Operator::Divide {
                self.tell_how_division_is_read(&left, &right);
            }
            left = self.binary(operator, left, right);
        }
    }

    /// `a / 500 req/s` and `a / 500 req / s` differ; whoever writes one is told.
    fn tell_how_division_is_read(&mut self, left: &Expr, right: &Expr) {
        let text = self.text(&right.span);
        let has_tail = text.contains('/') || text.contains(" per ");
        if matches!(right.node, Node::Literal(..)) && has_tail {
            self.readings.push(format!("read as divided by ({text})"));
        }
        if let (Node::Binary(Operator::Divide, _, divisor), Node::Unit(_)) = (&left.node, &right.node)
            && matches!(divisor.node, Node::Literal(..))
        {
            let (left, divisor) = (self.text(&left.span), self.text(&divisor.span));
            self.readings.push(format!(
                "read as ({left}) / {text}; without blanks, `{divisor}/{text}`, the unit belongs to the number"
            ));
        }
    }

    fn range(&mut self) -> Outcome<Expr> {
        let low = self.signed()?;
        if !self.take_symbol("..") {
            return Ok(low);
        }
        let high = self.signed()?;
        if self.sees_symbol("..") {
            let fault = Fault::new(ErrorKind::Syntax, self.peek().span.clone(), "a range has two ends");
            return Err(fault.suggest("write `low..high`"));
        }
        let low = self.with_unit_of(low, &high);
        let span = low.span.start..high.span.end;
        Ok(Expr { node: Node::Range(Box::new(low), Box::new(high)), span })
    }

    /// `1..2 GB` runs from 1 GB: the bare end takes the other one's unit.
    fn with_unit_of(&mut self, mut low: Expr, high: &Expr) -> Expr {
        let Node::Literal(_, unit) = &high.node else { return low };
        if *unit == Unit::PLAIN {
            return low;
        }
        let end = match &mut low.node {
            Node::Negate(inner) => &mut inner.node,
            node => node,
        };
        if let Node::Literal(_, own) = end
            && *own == Unit::PLAIN
        {
            *own = unit.clone();
            self.readings.push(format!("read as a range from {low} to {high}"));
        }
        low
    }

    fn signed(&mut self) -> Outcome<Expr> {
        let start = self.peek().span.start;
        let mut negative = false;
        loop {
            if self.take_symbol("-") {
                negative = !negative;
            } else if !self.take_symbol("+") {
                break;
            }
        }
        let inner = self.power()?;
        let span = start..inner.span.end;
        Ok(if negative { Expr { node: Node::Negate(Box::new(inner)), span } } else { inner })
    }

    fn power(&mut self) -> Outcome<Expr> {
        let base = self.primary()?;
        if !self.take_symbol("^") {
            return Ok(base);
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::new(ErrorKind::Limit, self.peek().span.clone(), "this is nested too deeply"));
        }
        let exponent = self.signed()?;
        self.depth -= 1;
        Ok(self.binary(Operator::Power, base, exponent))
    }

    fn primary(&mut self) -> Outcome<Expr> {
        let token = self.peek().clone();
        match token.kind {
            TokenKind::Number { value, grouped } => {
                self.at += 1;
                if grouped && self.calls > 0 {
                    return Err(self.grouped_in_call(&token.span));
                }
                self.literal(value, token.span.start)
            }
            TokenKind::Symbol("$") => self.money(),
            TokenKind::Symbol("(") => self.parenthesised(),
            TokenKind::Word(word) => self.word(word, token.span),
            _ => Err(self.unexpected()),
        }
    }

    fn parenthesised(&mut self) -> Outcome<Expr> {
        let start = self.peek().span.start;
        self.at += 1;
        let inner = self.conversion()?;
        let end = self.close(start)?;
        self.beside(Expr { span: start..end, ..inner })
    }

    fn word(&mut self, word: &'a str, span: Range<usize>) -> Outcome<Expr> {
        if self.vocabulary.is_reserved(word) {
            return Err(self.unexpected());
        }
        self.at += 1;
        if self.sees_symbol("(") {
            return self.call(word, span);
        }
        let node = if self.vocabulary.is_name(word) {
            self.tell_of_shadow(word);
            Node::Name(word.to_owned())
        } else if let Some(unit) = self.vocabulary.unit(word) {
            Node::Unit(unit)
        } else {
            return Err(self.unknown(word, span));
        };
        Ok(Expr { node, span })
    }

    fn call(&mut self, word: &str, span: Range<usize>) -> Outcome<Expr> {
        let Some(function) = function::find(word) else {
            let valued = self.vocabulary.is_name(word) || self.vocabulary.unit(word).is_some();
            let fault = Fault::new(ErrorKind::Unknown, span, format!("`{word}` is not a function"));
            let remedy = if valued { format!("write `{word} * (…)`") } else { remedy_for_call(word) };
            return Err(fault.suggest(remedy));
        };
        let open = self.peek().span.start;
        self.at += 1;
        self.calls += 1;
        let mut arguments = Vec::new();
        if !self.sees_symbol(")") {
            arguments.push(self.conversion()?);
            while self.take_symbol(",") {
                arguments.push(self.conversion()?);
            }
        }
        let end = self.close(open)?;
        self.calls -= 1;
        if !function.arguments.contains(&arguments.len()) {
            let message = format!("`{word}` does not take {} arguments", arguments.len());
            return Err(
                Fault::new(ErrorKind::Syntax, span.start..end, message).suggest(format!("write `{}`", function.usage))
            );
        }
        Ok(Expr { node: Node::Call(word.to_owned(), arguments), span: span.start..end })
    }

    /// The closing parenthesis; returns where it ends.
    fn close(&mut self, open: usize) -> Outcome<usize> {
        let end = self.peek().span.end;
        if self.take_symbol(")") {
            Ok(end)
        } else if self.peek().kind == TokenKind::End {
            Err(Fault::new(ErrorKind::Syntax, open..open + 1, "this parenthesis is never closed").suggest("add `)`"))
        } else {
            Err(self.unexpected())
        }
    }

    pub(super) fn end(&self) -> Outcome<()> {
        if self.peek().kind == TokenKind::End { Ok(()) } else { Err(self.unexpected()) }
    }

    fn tell_of_shadow(&mut self, word: &str) {
        if self.vocabulary.names.contains(word)
            && let Some(unit) = self.vocabulary.any_unit(word)
        {
            self.readings.push(format!("`{word}` is the name of this sheet, not the unit {unit}"));
        }
    }

    fn grouped_in_call(&self, span: &Range<usize>) -> Fault {
        let text = self.text(span);
        Fault::new(ErrorKind::Syntax, span.clone(), "inside a call a comma separates arguments").suggest(format!(
            "write `{}` for one number or `{}` for several",
            text.replace(',', "_"),
            text.replace(',', ", ")
        ))
    }

    fn unknown(&self, word: &str, span: Range<usize>) -> Fault {
        let message = format!("`{word}` is neither a name nor a unit");
        Fault::new(ErrorKind::Unknown, span, message).suggest(self.vocabulary.remedy(word))
    }

    /// The fault of a token that does not belong where it stands.
    fn unexpected(&self) -> Fault {
        let token = self.peek();
        let fault = |message: String| Fault::new(ErrorKind::Syntax, token.span.clone(), message);
        match token.kind {
            TokenKind::End if self.at == 0 => fault("there is nothing to compute".to_owned()),
            TokenKind::End => fault("something is missing at the end".to_owned()),
            TokenKind::Number { .. } | TokenKind::Word(_) | TokenKind::Symbol("(" | "$") if self.follows_operand() => {
                fault(format!("an operator is missing before `{}`", self.text(&token.span)))
                    .suggest("put `*` or `/` between")
            }
            TokenKind::Symbol(")") if self.follows_operand() => {
                fault("this parenthesis was never opened".to_owned()).suggest("remove it")
            }
            TokenKind::Symbol(",") => fault("a comma only groups three digits or separates arguments".to_owned())
                .suggest("write decimals with a point"),
            _ => fault(format!("`{}` cannot stand here", self.text(&token.span))),
        }
    }

    fn follows_operand(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|before| self.tokens.get(before));
        before.is_some_and(|token| match token.kind {
            TokenKind::Word(word) => !self.vocabulary.is_reserved(word),
            TokenKind::Number { .. } | TokenKind::Symbol(")" | "%" | "$") => true,
            TokenKind::Symbol(_) | TokenKind::End => false,
        })
    }

    fn binary(&self, operator: Operator, left: Expr, right: Expr) -> Expr {
        let span = left.span.start..right.span.end;
        Expr { node: Node::Binary(operator, Box::new(left), Box::new(right)), span }
    }

    /// A node that began with `from` and ends with the last token read.
    fn spanning(&self, from: &Range<usize>, node: Node) -> Expr {
        let end = self.at.checked_sub(1).map_or(from.end, |last| self.tokens[last].span.end);
        Expr { node, span: from.start..end }
    }

    fn text(&self, span: &Range<usize>) -> &'a str {
        self.line.get(span.clone()).unwrap_or("")
    }

    fn peek(&self) -> &'a Token<'a> {
        self.token(self.at)
    }

    /// The token at a place; beyond the last one, the end.
    fn token(&self, at: usize) -> &'a Token<'a> {
        &self.tokens[at.min(self.tokens.len() - 1)]
    }

    /// Whether no blank stands between a token and the one before it.
    fn is_glued(&self, at: usize) -> bool {
        at > 0 && self.token(at).span.start == self.token(at - 1).span.end && self.token(at).kind != TokenKind::End
    }

    fn sees_symbol(&self, symbol: &str) -> bool {
        matches!(self.peek().kind, TokenKind::Symbol(seen) if seen == symbol)
    }

    fn take_symbol(&mut self, symbol: &str) -> bool {
        let seen = self.sees_symbol(symbol);
        self.at += usize::from(seen);
        seen
    }

    fn take_word(&mut self, word: &str) -> bool {
        let seen = matches!(self.peek().kind, TokenKind::Word(seen) if seen == word);
        self.at += usize::from(seen);
        seen
    }

    /// The word before the unit that a value is wanted in.
    fn take_to(&mut self) -> bool {
        let is_in = matches!(self.peek().kind, TokenKind::Word(word) if self.vocabulary.is_in_for_to(word));
        (is_in && self.take_word("in")) || self.take_word("to")
    }

    fn take_operator(&mut self, operators: &[(&str, Operator)]) -> Option<Operator> {
        operators.iter().find(|(symbol, _)| self.take_symbol(symbol)).map(|(_, operator)| *operator)
    }
}

fn is_percent(expr: &Expr) -> bool {
    matches!(&expr.node, Node::Literal(_, unit) if unit.mentions("%"))
}
