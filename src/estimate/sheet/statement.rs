//! What a line of a sheet says: nothing, a unit, a value, or that two values agree.

use super::super::error::{ErrorKind, Fault, Outcome};
use super::super::parse::Parser;
use super::super::unit;
use super::super::vocabulary::RESERVED;
use super::{Expr, Parsed, Token, TokenKind, Vocabulary};

/// A line, understood.
#[derive(Clone, Debug)]
pub(super) enum Statement {
    /// Nothing, or a comment.
    Blank,
    /// `unit ride`.
    Unit,
    /// An expression, with or without a name before it.
    Value(Expr),
    /// `left ≈ right`.
    Agree(Expr, Expr),
}

impl Statement {
    /// The expressions in it.
    pub(super) fn expressions(&self) -> impl Iterator<Item = &Expr> {
        let (left, right) = match self {
            Self::Blank | Self::Unit => (None, None),
            Self::Value(expr) => (Some(expr), None),
            Self::Agree(left, right) => (Some(left), Some(right)),
        };
        left.into_iter().chain(right)
    }
}

/// The words that a line brings into the sheet.
#[derive(Default)]
pub(super) struct NewNames<'a> {
    pub(super) defined: Option<&'a str>,
    pub(super) declared: Vec<&'a str>,
}

/// What a line defines, whether the rest of it is right or wrong.
pub(super) fn names_of<'a>(tokens: &[Token<'a>]) -> NewNames<'a> {
    let kinds: Vec<_> = tokens.iter().map(|token| token.kind).collect();
    match kinds.as_slice() {
        [TokenKind::Word("unit"), TokenKind::Word(first), rest @ ..] => {
            let more = rest.iter().filter_map(|kind| match kind {
                TokenKind::Word(word) => Some(*word),
                _ => None,
            });
            let declared = std::iter::once(*first).chain(more).filter(|word| !RESERVED.contains(word)).collect();
            NewNames { defined: None, declared }
        }
        [TokenKind::Word(name), TokenKind::Symbol("="), ..] if !RESERVED.contains(name) => {
            NewNames { defined: Some(name), declared: Vec::new() }
        }
        _ => NewNames::default(),
    }
}

/// Parses a line whose tokens have been read. Readings are how it was read where another way was possible.
pub(super) fn statement(
    line: &str,
    tokens: &[Token<'_>],
    vocabulary: &Vocabulary,
    readings: &mut Vec<String>,
) -> Outcome<Statement> {
    let mut parse = |tokens: &[Token<'_>]| -> Outcome<Expr> {
        let Parsed { expr, readings: new } = Parser::new(line, tokens, vocabulary).whole()?;
        readings.extend(new);
        Ok(expr)
    };
    let symbol = |wanted| tokens.iter().position(|token| token.kind == TokenKind::Symbol(wanted));
    match (tokens, symbol("≈")) {
        ([_], _) => Ok(Statement::Blank),
        ([Token { kind: TokenKind::Word("unit"), .. }, rest @ ..], _) if !is_equals(rest) => {
            declaration(rest).map(|()| Statement::Unit)
        }
        ([name, equals, ..], _) if equals.kind == TokenKind::Symbol("=") => {
            let TokenKind::Word(word) = name.kind else { return Err(not_a_name(name)) };
            if RESERVED.contains(&word) {
                return Err(not_a_name(name));
            }
            parse(&tokens[2..]).map(Statement::Value)
        }
        (_, Some(at)) => {
            let end = Token { kind: TokenKind::End, span: tokens[at].span.start..tokens[at].span.start };
            let left: Vec<_> = tokens[..at].iter().cloned().chain([end]).collect();
            Ok(Statement::Agree(parse(&left)?, parse(&tokens[at + 1..])?))
        }
        (_, None) => match symbol("=") {
            Some(at) => Err(several_words(&tokens[..at]).unwrap_or_else(|| not_a_name(&tokens[at]))),
            None => parse(tokens).map(Statement::Value),
        },
    }
}

fn is_equals(tokens: &[Token<'_>]) -> bool {
    tokens.first().is_some_and(|token| token.kind == TokenKind::Symbol("="))
}

fn not_a_name(token: &Token<'_>) -> Fault {
    let fault = Fault::new(ErrorKind::Syntax, token.span.clone(), "before `=` stands one name");
    fault.suggest("write `name = …`, or `a ≈ b` to compare")
}

/// Words before `=`, which make one name where nothing stands between them.
fn several_words(tokens: &[Token<'_>]) -> Option<Fault> {
    let word = |token: &Token<'_>| match token.kind {
        TokenKind::Word(word) => Some(word.to_owned()),
        _ => None,
    };
    let words = tokens.iter().map(word).collect::<Option<Vec<_>>>()?;
    let span = tokens.first()?.span.start..tokens.last()?.span.end;
    let fault = Fault::new(ErrorKind::Syntax, span, "a name is one word");
    Some(fault.suggest(format!("write `{}`", words.join("_"))))
}

/// The words after `unit`, with or without commas between them.
fn declaration(tokens: &[Token<'_>]) -> Outcome<()> {
    let mut named = false;
    for token in tokens {
        match token.kind {
            TokenKind::Word(word) if unit::find(word).is_some_and(|unit| !unit.dimension().is_count()) => {
                let message = format!("`{word}` is a unit already, and not of counted things");
                let fault = Fault::new(ErrorKind::Name, token.span.clone(), message);
                return Err(fault.suggest("give the counted thing another name"));
            }
            TokenKind::Word(word) if !RESERVED.contains(&word) => named = true,
            TokenKind::Symbol(",") if named => {}
            TokenKind::End if named => return Ok(()),
            _ => {
                let fault = Fault::new(
                    ErrorKind::Syntax,
                    token.span.clone(),
                    "after `unit` stands the name of a counted thing",
                );
                return Err(fault.suggest("write it like `unit ride`"));
            }
        }
    }
    Ok(())
}
