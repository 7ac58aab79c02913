//! An expression as a tree. It prints as text that parses to the same tree.

use std::fmt;
use std::ops::Range;

use super::unit::Unit;

/// An expression and the bytes of the line that it covers.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub node: Node,
    /// Where it stands.
    pub span: Range<usize>,
}

impl PartialEq for Expr {
    /// Equal trees are equal wherever they stand.
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

/// The kinds of expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A number with the unit bound to it; the unit may be that of a plain number.
    Literal(f64, Unit),
    /// A unit on its own: one of it.
    Unit(Unit),
    /// A name of the sheet or a reference number.
    Name(String),
    /// `-x`.
    Negate(Box<Expr>),
    /// Two operands.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `low..high`, a 90 % interval.
    Range(Box<Expr>, Box<Expr>),
    /// A function with its arguments.
    Call(String, Vec<Expr>),
    /// `x to unit`.
    Convert(Box<Expr>, Unit),
}

/// Operators with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`, `per`
    Divide,
    /// `10% of x`
    Of,
    /// `3 peak`: multiplies, and binds as a unit does.
    Beside,
    /// `^`
    Power,
}

/// How tightly a node holds together; an operand that holds less tightly needs parentheses.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    Convert,
    Sum,
    Product,
    Range,
    Sign,
    Power,
    Beside,
    Whole,
}

impl Node {
    fn binding(&self) -> Binding {
        match self {
            Self::Convert(..) => Binding::Convert,
            Self::Binary(Operator::Add | Operator::Subtract, ..) => Binding::Sum,
            Self::Binary(Operator::Multiply | Operator::Divide | Operator::Of, ..) => Binding::Product,
            Self::Range(..) => Binding::Range,
            Self::Negate(_) => Binding::Sign,
            Self::Binary(Operator::Power, ..) => Binding::Power,
            Self::Binary(Operator::Beside, ..) => Binding::Beside,
            Self::Literal(..) | Self::Unit(_) | Self::Name(_) | Self::Call(..) => Binding::Whole,
        }
    }
}

impl Expr {
    /// Every expression in the tree, parents first.
    pub fn walk(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        match &self.node {
            Node::Literal(..) | Node::Unit(_) | Node::Name(_) => {}
            Node::Negate(inner) | Node::Convert(inner, _) => inner.walk(visit),
            Node::Binary(_, left, right) | Node::Range(left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            Node::Call(_, arguments) => arguments.iter().for_each(|argument| argument.walk(visit)),
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::Literal(number, unit) => literal(f, *number, unit),
            Node::Unit(unit) => write!(f, "{unit}"),
            Node::Name(name) => f.write_str(name),
            Node::Negate(inner) => {
                f.write_str("-")?;
                match inner.node {
                    // Two signs side by side would be read as none.
                    Node::Negate(_) => write!(f, "({inner})"),
                    _ => operand(f, inner, Binding::Sign),
                }
            }
            Node::Binary(operator, left, right) => {
                let (own, symbol) = (self.node.binding(), operator.symbol());
                let (left_needs, right_needs) = operator.operands(own);
                match (&left.node, operator) {
                    // Bare, the power would belong to the unit alone.
                    (Node::Literal(_, unit), Operator::Power) if *unit != Unit::PLAIN => write!(f, "({left})")?,
                    _ => operand(f, left, left_needs)?,
                }
                f.write_str(symbol)?;
                operand(f, right, right_needs)
            }
            Node::Range(low, high) => {
                operand(f, low, Binding::Sign)?;
                f.write_str("..")?;
                operand(f, high, Binding::Sign)
            }
            Node::Call(name, arguments) => {
                write!(f, "{name}(")?;
                for (at, argument) in arguments.iter().enumerate() {
                    f.write_str(if at == 0 { "" } else { ", " })?;
                    write!(f, "{argument}")?;
                }
                f.write_str(")")
            }
            Node::Convert(inner, unit) => {
                operand(f, inner, Binding::Sum)?;
                write!(f, " to {unit}")
            }
        }
    }
}

impl Operator {
    /// With the blanks around it.
    fn symbol(self) -> &'static str {
        match self {
            Self::Add => " + ",
            Self::Subtract => " - ",
            Self::Multiply => " * ",
            Self::Divide => " / ",
            Self::Of => " of ",
            Self::Beside => " ",
            Self::Power => "^",
        }
    }

    /// How tightly the left and the right operand must hold.
    fn operands(self, own: Binding) -> (Binding, Binding) {
        match self {
            Self::Add | Self::Subtract => (own, Binding::Product),
            Self::Multiply | Self::Divide | Self::Of => (own, Binding::Range),
            Self::Power => (Binding::Beside, Binding::Sign),
            Self::Beside => (Binding::Whole, Binding::Whole),
        }
    }
}

fn operand(f: &mut fmt::Formatter<'_>, expr: &Expr, needs: Binding) -> fmt::Result {
    if expr.node.binding() >= needs { write!(f, "{expr}") } else { write!(f, "({expr})") }
}

/// Every digit, so that it reads back as the same number.
fn literal(f: &mut fmt::Formatter<'_>, number: f64, unit: &Unit) -> fmt::Result {
    if number == 0.0 || (1e-5..1e17).contains(&number.abs()) {
        write!(f, "{number}")?;
    } else {
        write!(f, "{number:e}")?;
    }
    match unit.to_string() {
        text if text.is_empty() => Ok(()),
        text if text.starts_with('%') => write!(f, "{text}"),
        text => write!(f, " {text}"),
    }
}
