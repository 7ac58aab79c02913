//! A solution to show: what each family of scenarios has of it.

use crate::content::Fields;

use super::Family;

/// A solution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Design {
    /// What the system does.
    pub functional: Vec<String>,
    /// How well, with measures.
    pub nonfunctional: Vec<Measured>,
    /// What it leaves out.
    pub exclusions: Vec<String>,
    /// The calls.
    pub apis: Vec<Api>,
    /// The data.
    pub entities: Vec<Entity>,
    /// The parts.
    pub components: Vec<Component>,
    /// The design as a line of boxes; empty where there is none.
    pub diagram: String,
    /// User actions from end to end.
    pub walks: Vec<Walk>,
    /// Where it is hard.
    pub dives: Vec<DeepDive>,
    /// What was weighed.
    pub decisions: Vec<Decision>,
    /// What only a low-level design has.
    pub low_level: LowLevel,
    /// The order of action of a mini-case.
    pub steps: Vec<String>,
    /// What a mini-case lures one into.
    pub traps: Vec<Named>,
    /// The design that a critique takes apart; Markdown.
    pub flawed: String,
}

/// A goal with its measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The goal.
    pub goal: String,
    /// How it is measured, with a number.
    pub measure: String,
}

/// Something with a name and a word about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What it is called.
    pub name: String,
    /// The word about it.
    pub text: String,
}

/// A call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api {
    /// `POST /links`.
    pub call: String,
    /// Fields that go in.
    pub request: String,
    /// Fields that come back.
    pub response: String,
    /// Codes, and when.
    pub errors: String,
    /// Idempotency, pagination, limits.
    pub notes: String,
}

/// A table, a collection or a class with its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is called.
    pub name: String,
    /// Its duty, in a sentence.
    pub duty: String,
    /// `code: text (11)`.
    pub fields: Vec<String>,
    /// What finds a row, and by what it is spread.
    pub key: String,
    /// What else finds rows.
    pub indexes: Vec<String>,
}

/// A part of the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// What it is called.
    pub name: String,
    /// What it does.
    pub duty: String,
    /// How it fails, and what then.
    pub failure: String,
}

/// A user action from end to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Which action.
    pub title: String,
    /// Its steps.
    pub steps: Vec<String>,
}

/// An option of a dive or a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    /// What it is called.
    pub name: String,
    /// What speaks for it.
    pub gain: String,
    /// What speaks against it.
    pub cost: String,
}

/// A hard place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeepDive {
    /// As a question.
    pub question: String,
    /// At least two.
    pub options: Vec<Opt>,
    /// What is taken and why.
    pub choice: String,
    /// How it fails, and what then.
    pub failures: Vec<String>,
}

/// A weighing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// As a question.
    pub question: String,
    /// At least two.
    pub options: Vec<Opt>,
    /// By what they are compared.
    pub criteria: Vec<String>,
    /// What is taken and why.
    pub choice: String,
    /// The point where the choice flips.
    pub flips: String,
}

/// What only a low-level design has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LowLevel {
    /// `Lot 1 — * Level`, with a word.
    pub relations: Vec<String>,
    /// `VehicleSize { Motorcycle, Car, Truck }`.
    pub enums: Vec<String>,
    /// Patterns that were considered.
    pub patterns: Vec<Pattern>,
    /// Code of the interfaces.
    pub interfaces: String,
    /// Code of the core.
    pub logic: String,
    /// What must hold whatever runs at once.
    pub invariant: String,
    /// What keeps it.
    pub mechanism: String,
    /// Tests by name, with what each proves.
    pub tests: Vec<Named>,
}

/// A pattern that was considered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// What it is called.
    pub name: String,
    /// Where it serves, or why it does not.
    pub why: String,
    /// Whether it was turned down.
    pub rejected: bool,
}

/// Reads what a family has of a solution.
pub(super) fn read(family: Family, fields: &mut Fields<'_, '_>) -> Design {
    let mut design = Design::default();
    match family {
        Family::Hld => {
            requirements(&mut design, fields);
            design.apis = fields.tables("api", |fields| Some(api(fields)));
            design.entities = fields.tables("entity", |fields| Some(entity(fields)));
            architecture(&mut design, fields);
        }
        Family::Lld => {
            requirements(&mut design, fields);
            design.entities = fields.tables("entity", |fields| Some(entity(fields)));
            design.walks = fields.tables("walk", |fields| Some(walk(fields)));
            design.dives = fields.tables("dive", |fields| Some(dive(fields)));
            design.decisions = fields.tables("decision", |fields| Some(decision(fields)));
            design.low_level = low_level(fields);
        }
        Family::Mini => {
            design.steps = fields.texts("steps");
            design.decisions = fields.tables("decision", |fields| Some(decision(fields)));
            design.traps = fields.tables("trap", |fields| Some(named(fields)));
        }
        Family::Critique => {
            design.flawed = fields.filled("flawed");
            design.diagram = fields.optional_text("diagram").unwrap_or_default();
        }
    }
    design
}

fn requirements(design: &mut Design, fields: &mut Fields<'_, '_>) {
    design.functional = fields.texts("functional");
    design.nonfunctional = fields.tables("nonfunctional", |fields| {
        Some(Measured { goal: fields.filled("goal"), measure: fields.filled("measure") })
    });
    design.exclusions = fields.texts("exclusions");
}

fn architecture(design: &mut Design, fields: &mut Fields<'_, '_>) {
    design.components = fields.tables("component", |fields| {
        Some(Component { name: fields.filled("name"), duty: fields.filled("duty"), failure: fields.filled("failure") })
    });
    design.diagram = fields.filled("diagram");
    design.walks = fields.tables("walk", |fields| Some(walk(fields)));
    design.dives = fields.tables("dive", |fields| Some(dive(fields)));
    design.decisions = fields.tables("decision", |fields| Some(decision(fields)));
}

fn api(fields: &mut Fields<'_, '_>) -> Api {
    Api {
        call: fields.filled("call"),
        request: fields.optional_text("request").unwrap_or_default(),
        response: fields.filled("response"),
        errors: fields.filled("errors"),
        notes: fields.optional_text("notes").unwrap_or_default(),
    }
}

fn entity(fields: &mut Fields<'_, '_>) -> Entity {
    Entity {
        name: fields.filled("name"),
        duty: fields.filled("duty"),
        fields: fields.texts("fields"),
        key: fields.optional_text("key").unwrap_or_default(),
        indexes: fields.texts("indexes"),
    }
}

fn walk(fields: &mut Fields<'_, '_>) -> Walk {
    let walk = Walk { title: fields.filled("title"), steps: fields.texts("steps") };
    if walk.steps.len() < 2 {
        fields.reject("steps", "a walk-through has two steps at least");
    }
    walk
}

fn options(fields: &mut Fields<'_, '_>) -> Vec<Opt> {
    let options = fields.tables("options", |fields| {
        Some(Opt { name: fields.filled("name"), gain: fields.filled("gain"), cost: fields.filled("cost") })
    });
    if options.len() < 2 {
        fields.reject("options", "there are two options at least, or nothing is decided: `{ name, gain, cost }` each");
    }
    options
}

fn dive(fields: &mut Fields<'_, '_>) -> DeepDive {
    DeepDive {
        question: fields.filled("question"),
        options: options(fields),
        choice: fields.filled("choice"),
        failures: fields.texts("failures"),
    }
}

fn decision(fields: &mut Fields<'_, '_>) -> Decision {
    let decision = Decision {
        question: fields.filled("question"),
        options: options(fields),
        criteria: fields.texts("criteria"),
        choice: fields.filled("choice"),
        flips: fields.filled("flips"),
    };
    if decision.criteria.is_empty() {
        fields.reject("criteria", "options are compared by something: name one criterion at least");
    }
    decision
}

fn low_level(fields: &mut Fields<'_, '_>) -> LowLevel {
    LowLevel {
        relations: fields.texts("relations"),
        enums: fields.texts("enums"),
        patterns: fields.tables("pattern", |fields| {
            Some(Pattern { name: fields.filled("name"), why: fields.filled("why"), rejected: fields.flag("rejected") })
        }),
        interfaces: fields.filled("interfaces"),
        logic: fields.filled("logic"),
        invariant: fields.filled("invariant"),
        mechanism: fields.filled("mechanism"),
        tests: fields.tables("test", |fields| Some(named(fields))),
    }
}

fn named(fields: &mut Fields<'_, '_>) -> Named {
    Named { name: fields.filled("name"), text: fields.filled("text") }
}
