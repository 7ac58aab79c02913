//! What shows that something was said: the patterns of a scenario's checkpoints, as they are written in its file.
//!
//! Only the patterns; how a text is searched for them is the matcher's matter. Start reading at [`Claim`].

use crate::content::Fields;

/// Alternatives of which one must stand in the text, written `hot links | popular`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms(Vec<String>);

impl Terms {
    /// Takes a text apart at its bars.
    pub fn new(text: &str) -> Self {
        Self(text.split('|').map(|term| term.trim().to_owned()).filter(|term| !term.is_empty()).collect())
    }

    /// Whether nothing is wanted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The alternatives, each of one or several words.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// A number of a kind in place of a word, written `<rate>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wildcard {
    /// Any number.
    Number,
    /// A time: `200 ms`.
    Duration,
    /// Something per time: `100 req/s`.
    Rate,
    /// Bytes: `500 B`.
    Size,
    /// Per cent: `99.9 %`.
    Percent,
}

impl Wildcard {
    const WORDS: [(&'static str, Self); 5] = [
        ("<number>", Self::Number),
        ("<duration>", Self::Duration),
        ("<rate>", Self::Rate),
        ("<size>", Self::Size),
        ("<percent>", Self::Percent),
    ];

    /// The wildcard that a term is, if it is one.
    pub fn of(term: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(word, _)| *word == term).map(|&(_, wildcard)| wildcard)
    }
}

/// The places of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// What it is about.
    Subject,
    /// What is done or said of it.
    Relation,
    /// To what.
    Object,
    /// Under which circumstances.
    Condition,
}

/// A statement: its slots are filled within one clause, at most twelve words apart. An empty slot wants nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// What it is about.
    pub subject: Terms,
    /// What is done or said of it.
    pub relation: Terms,
    /// To what.
    pub object: Terms,
    /// Under which circumstances.
    pub condition: Terms,
}

impl Claim {
    /// The slots that want something.
    pub fn slots(&self) -> impl Iterator<Item = (Slot, &Terms)> {
        let all = [
            (Slot::Subject, &self.subject),
            (Slot::Relation, &self.relation),
            (Slot::Object, &self.object),
            (Slot::Condition, &self.condition),
        ];
        all.into_iter().filter(|(_, terms)| !terms.is_empty())
    }

    /// Reads a claim. One word alone proves nothing, so it has two slots at least.
    pub(super) fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let claim = Self {
            subject: terms(fields, "subject"),
            relation: terms(fields, "relation"),
            object: terms(fields, "object"),
            condition: terms(fields, "condition"),
        };
        if claim.slots().count() < 2 {
            fields.reject(
                "subject",
                "a claim has two slots at least: say of `subject` what is done (`relation`) or to what (`object`)",
            );
        }
        Some(claim)
    }
}

/// What a weighing of alternatives mentions; three of the four make one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TradeOff {
    /// What was taken.
    pub choice: Terms,
    /// What was not.
    pub alternative: Terms,
    /// By what they are compared.
    pub criterion: Terms,
    /// What the choice costs.
    pub cost: Terms,
}

impl TradeOff {
    pub(super) fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let trade_off = Self {
            choice: terms(fields, "choice"),
            alternative: terms(fields, "alternative"),
            criterion: terms(fields, "criterion"),
            cost: terms(fields, "cost"),
        };
        if [&trade_off.choice, &trade_off.alternative, &trade_off.criterion, &trade_off.cost]
            .iter()
            .any(|t| t.is_empty())
        {
            fields.reject("choice", "a trade-off has `choice`, `alternative`, `criterion` and `cost`: fill all four");
        }
        Some(trade_off)
    }
}

/// Something that a drawn design must show. Nodes are named by terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Structure {
    /// `path client -> lb -> api`: a way that passes these in order, others between them.
    Path(Vec<Terms>),
    /// `edge api -> queue`: an arrow from one to the other.
    Edge(Terms, Terms),
    /// `no client -> db`: both are drawn, and no arrow leads from one to the other.
    NoEdge(Terms, Terms),
    /// `node cache`: it is drawn.
    Node(Terms),
    /// `many api`: it is drawn several times over (`api*3`).
    Many(Terms),
    /// `between api and worker: queue`: every way from one to the other passes it.
    Between(Terms, Terms, Terms),
}

impl Structure {
    /// Reads a predicate.
    ///
    /// # Errors
    /// What a predicate looks like, where the text is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let refuse = || {
            Err(format!(
                "`{text}` is no predicate: write `path a -> b -> c`, `edge a -> b`, `no a -> b`, `node a`, `many a` or `between a and b: c`"
            ))
        };
        let Some((verb, rest)) = text.trim().split_once(' ') else { return refuse() };
        let way: Vec<Terms> = rest.split("->").map(Terms::new).collect();
        if way.iter().any(Terms::is_empty) {
            return refuse();
        }
        match (verb, way.as_slice()) {
            ("path", [_, _, ..]) => Ok(Self::Path(way)),
            ("edge", [from, to]) => Ok(Self::Edge(from.clone(), to.clone())),
            ("no", [from, to]) => Ok(Self::NoEdge(from.clone(), to.clone())),
            ("node", [node]) => Ok(Self::Node(node.clone())),
            ("many", [node]) => Ok(Self::Many(node.clone())),
            ("between", [_]) => {
                let parts = rest.split_once(':').and_then(|(ends, middle)| Some((ends.split_once(" and ")?, middle)));
                match parts.map(|((from, to), middle)| (Terms::new(from), Terms::new(to), Terms::new(middle))) {
                    Some((from, to, middle)) if !(from.is_empty() || to.is_empty() || middle.is_empty()) => {
                        Ok(Self::Between(from, to, middle))
                    }
                    _ => refuse(),
                }
            }
            _ => refuse(),
        }
    }
}

/// The terms of a key; none where it is missing.
pub(super) fn terms(fields: &mut Fields<'_, '_>, key: &'static str) -> Terms {
    let terms = Terms::new(&fields.optional_text(key).unwrap_or_default());
    if fields.has(key) && terms.is_empty() {
        fields.reject(key, format!("`{key}` names no terms: write them as `one | another` or leave the key out"));
    }
    if let Some(odd) = terms.iter().find(|term| term.starts_with('<') && Wildcard::of(term).is_none()) {
        let message = format!("`{odd}` is no kind of number: use <number>, <duration>, <rate>, <size> or <percent>");
        fields.reject(key, message);
    }
    terms
}

/// Terms that must be there.
pub(super) fn needed_terms(fields: &mut Fields<'_, '_>, key: &'static str) -> Terms {
    if !fields.has(key) {
        fields.reject(key, format!("`{key}` is missing: name its terms as `one | another`"));
    }
    terms(fields, key)
}

/// The predicates of a key.
pub(super) fn structure(fields: &mut Fields<'_, '_>, key: &'static str) -> Vec<Structure> {
    let mut predicates = Vec::new();
    for text in fields.texts(key) {
        match Structure::parse(&text) {
            Ok(predicate) => predicates.push(predicate),
            Err(message) => fields.reject(key, message),
        }
    }
    predicates
}
