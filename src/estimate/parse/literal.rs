//! Numbers with what belongs to them: `10M users`, `500 req/s/server`, `$20/month`, `3 peak`.

use super::super::error::{ErrorKind, Fault, Outcome};
use super::super::syntax::{Expr, Node, Operator};
use super::super::token::TokenKind;
use super::super::unit::{self, Unit};
use super::super::vocabulary::MULTIPLIERS;
use super::Parser;

impl<'a> Parser<'a> {
    /// What follows a number that has just been read and began at `start`.
    pub(super) fn literal(&mut self, number: f64, start: usize) -> Outcome<Expr> {
        let number = number * self.multiplier();
        let unit = match self.peek().kind {
            TokenKind::Symbol("%") => {
                self.at += 1;
                let percent = self.built_in("%");
                self.tail(percent)?
            }
            TokenKind::Symbol("$") => {
                self.at += 1;
                let dollar = self.built_in("$");
                self.tail(dollar)?
            }
            TokenKind::Word(word) => self.unit_after_number(word)?,
            _ => Unit::PLAIN,
        };
        let plain = unit == Unit::PLAIN;
        let expr = self.spanning(&(start..start), Node::Literal(number, unit));
        if plain { self.beside(expr) } else { Ok(expr) }
    }

    /// `$5M/month`, or the dollar alone.
    pub(super) fn money(&mut self) -> Outcome<Expr> {
        let start = self.peek().span.start;
        self.at += 1;
        let dollar = self.built_in("$");
        let TokenKind::Number { value, grouped } = self.peek().kind else {
            return Ok(self.spanning(&(start..start), Node::Unit(dollar)));
        };
        if grouped && self.calls > 0 {
            return Err(self.grouped_in_call(&self.peek().span));
        }
        self.at += 1;
        let billion = self.is_glued(self.at) && self.take_word("B");
        let number = value * if billion { 1e9 } else { self.multiplier() };
        let unit = self.tail(dollar)?;
        Ok(self.spanning(&(start..start), Node::Literal(number, unit)))
    }

    /// A name or unit that stands beside an operand multiplies it: `3 peak`, `(a + b) GB`.
    pub(super) fn beside(&mut self, left: Expr) -> Outcome<Expr> {
        let token = self.peek();
        let TokenKind::Word(word) = token.kind else { return Ok(left) };
        if self.vocabulary.is_reserved(word) || matches!(self.token(self.at + 1).kind, TokenKind::Symbol("(")) {
            return Ok(left);
        }
        self.at += 1;
        let node = if self.vocabulary.is_name(word) {
            self.tell_of_shadow(word);
            Node::Name(word.to_owned())
        } else if let Some(unit) = self.vocabulary.unit(word) {
            Node::Unit(self.tail(unit)?)
        } else {
            return Err(self.unknown(word, token.span.clone()));
        };
        let right = self.spanning(&token.span, node);
        Ok(self.binary(Operator::Beside, left, right))
    }

    /// The factor of a `k`, `M`, `bn`, `million` after the number; 1 where there is none.
    fn multiplier(&mut self) -> f64 {
        let TokenKind::Word(word) = self.peek().kind else { return 1.0 };
        let glued = self.is_glued(self.at);
        if word == "B" && glued {
            return self.billion_or_byte();
        }
        let Some((_, factor)) = MULTIPLIERS.iter().find(|(known, _)| *known == word) else { return 1.0 };
        if self.vocabulary.names.contains(word) {
            if !glued {
                return 1.0;
            }
            self.readings.push(format!("`{word}` glued to a number is a factor, not the name `{word}`"));
        }
        self.at += 1;
        *factor
    }

    /// `1B users` is a billion users, `1B` and `1B/s` are bytes.
    fn billion_or_byte(&mut self) -> f64 {
        let counts = match self.token(self.at + 1).kind {
            TokenKind::Word(word) if self.vocabulary.is_reserved(word) => false,
            TokenKind::Word(word) if self.vocabulary.is_name(word) => true,
            TokenKind::Word(word) => self
                .vocabulary
                .unit(word)
                .is_some_and(|unit| unit.factors().first().is_some_and(|(first, _)| first.dimension.is_count())),
            _ => false,
        };
        if counts {
            self.readings.push("read `B` as a billion; for bytes write ` B` after a blank".to_owned());
            self.at += 1;
            1e9
        } else {
            self.readings.push("read `B` as bytes; for a billion write `bn`".to_owned());
            1.0
        }
    }

    /// The unit that a word after a number begins; a plain one where the word is something else.
    fn unit_after_number(&mut self, word: &'a str) -> Outcome<Unit> {
        let follows = self.token(self.at + 1).kind;
        if self.vocabulary.is_reserved(word) || self.vocabulary.is_name(word) {
            return Ok(Unit::PLAIN);
        }
        if matches!(follows, TokenKind::Symbol("(")) && super::super::function::find(word).is_some() {
            return Err(self.operator_missing());
        }
        let Some(unit) = self.vocabulary.unit(word) else {
            return Err(self.unknown(word, self.peek().span.clone()));
        };
        self.at += 1;
        self.tail(unit)
    }

    fn operator_missing(&self) -> Fault {
        let token = self.peek();
        let message = format!("an operator is missing before `{}`", self.text(&token.span));
        Fault::new(ErrorKind::Syntax, token.span.clone(), message).suggest("put `*` or `/` between")
    }

    /// What is glued to a unit: `^2`, `/s`, `·req`; also ` per s`.
    fn tail(&mut self, first: Unit) -> Outcome<Unit> {
        let mut unit = Unit::PLAIN.times(&first, self.power_of_unit(&first)?);
        while let Some((next, sign, length)) = self.next_in_tail() {
            self.at += length;
            let power = self.power_of_unit(&next)?;
            unit = unit.times(&next, sign * power);
        }
        Ok(unit)
    }

    /// The next unit of a tail, 1 or -1, and how many tokens it takes.
    fn next_in_tail(&self) -> Option<(Unit, i32, usize)> {
        let sign = match self.peek().kind {
            TokenKind::Symbol("/") if self.is_glued(self.at) && self.is_glued(self.at + 1) => -1,
            TokenKind::Symbol("·") if self.is_glued(self.at) && self.is_glued(self.at + 1) => 1,
            TokenKind::Word("per") => -1,
            _ => return None,
        };
        let next = match self.token(self.at + 1).kind {
            TokenKind::Word(word) => self.vocabulary.unit(word)?,
            TokenKind::Symbol("$") => unit::find("$")?,
            _ => return None,
        };
        Some((next, sign, 2))
    }

    /// A whole power that is glued to a unit; 1 where there is none. In `99.9%^5` it belongs to the number.
    fn power_of_unit(&mut self, unit: &Unit) -> Outcome<i32> {
        if unit.dimension().is_plain() {
            return Ok(1);
        }
        let glued = self.is_glued(self.at) && self.is_glued(self.at + 1);
        let TokenKind::Number { value, .. } = self.token(self.at + 1).kind else { return Ok(1) };
        if !self.sees_symbol("^") || !glued {
            return Ok(1);
        }
        if value.fract() != 0.0 || !(1.0..=99.0).contains(&value) {
            let span = self.token(self.at + 1).span.clone();
            let fault = Fault::new(ErrorKind::Syntax, span, "the power of a unit is a whole number from 1 to 99");
            return Err(fault.suggest("put the number and its unit in parentheses"));
        }
        self.at += 2;
        self.readings.push("a power glued to a unit belongs to the unit alone".to_owned());
        Ok(value as i32)
    }

    /// The unit after `to`, where blanks may stand around `/`.
    pub(super) fn target(&mut self) -> Outcome<Unit> {
        let mut unit = Unit::PLAIN;
        let mut sign = if self.take_symbol("/") { -1 } else { 1 };
        loop {
            let token = self.peek();
            let next = match token.kind {
                TokenKind::Word(word) if !self.vocabulary.is_reserved(word) => {
                    let found = self.vocabulary.any_unit(word);
                    found.ok_or_else(|| self.not_a_unit(word))?
                }
                TokenKind::Symbol("%") => self.built_in("%"),
                TokenKind::Symbol("$") => self.built_in("$"),
                _ => return Err(Fault::new(ErrorKind::Syntax, token.span.clone(), "a unit is missing after `to`")),
            };
            self.at += 1;
            let power = self.power_of_unit(&next)?;
            unit = unit.times(&next, sign * power);
            sign = if self.take_symbol("/") || self.take_word("per") {
                -1
            } else if self.take_symbol("·") || self.take_symbol("*") {
                1
            } else {
                return Ok(unit);
            };
        }
    }

    fn not_a_unit(&self, word: &str) -> Fault {
        let message = format!("`{word}` is not a unit");
        Fault::new(ErrorKind::Unknown, self.peek().span.clone(), message).suggest(self.vocabulary.remedy(word))
    }

    fn built_in(&self, word: &str) -> Unit {
        unit::find(word).unwrap_or(Unit::PLAIN)
    }
}
