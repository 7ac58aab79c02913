//! A play of a lesson, from the question to the contrast.

use crate::estimate;
use crate::sim::lesson::{Answer, CacheRequests, CacheRun, Experiment, Lesson, Measures, Prediction};
use crate::sim::placement::{Chosen, KeySource, Options, Trial};
use crate::tui::screen::TextInput;
use crate::tui::screens::labs::cache;
use crate::tui::widgets::field::Field;

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The question is asked.
    Asked,
    /// The prediction is made; why?
    Reasoned,
    Running,
    /// What the run showed.
    Shown,
    /// … and the run with one parameter changed.
    Contrasted,
}

/// What both runs measured.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) measures: Measures,
    pub(super) contrast: Measures,
}

#[derive(Debug)]
pub(super) struct Play {
    pub(super) stage: Stage,
    /// How many options there are; 0 where a number is asked for.
    pub(super) options: usize,
    /// The selected option, from 1.
    pub(super) selected: usize,
    pub(super) number: Field,
    pub(super) reason: Field,
    pub(super) prediction: Option<Prediction>,
    /// What is wrong with what was typed.
    pub(super) problem: Option<String>,
    pub(super) ran: Option<Ran>,
    pub(super) is_right: bool,
}

impl Play {
    pub(super) fn new(lesson: &Lesson) -> Self {
        let options = match &lesson.question.answer {
            Answer::Choice { options, .. } => options.len(),
            Answer::Number { .. } => 0,
        };
        Self {
            stage: Stage::Asked,
            options,
            selected: 1,
            number: Field::default(),
            reason: Field::default(),
            prediction: None,
            problem: None,
            ran: None,
            is_right: false,
        }
    }

    pub(super) fn takes_text(&self) -> bool {
        self.stage == Stage::Reasoned || self.stage == Stage::Asked && self.options == 0
    }

    /// The field that is typed into.
    pub(super) fn field(&self) -> &Field {
        if self.stage == Stage::Reasoned { &self.reason } else { &self.number }
    }

    pub(super) fn text(&mut self, input: TextInput) {
        self.problem = None;
        let field = if self.stage == Stage::Reasoned { &mut self.reason } else { &mut self.number };
        match input {
            TextInput::Key(key) => _ = field.key(key),
            TextInput::Paste(text) => field.paste(&text),
        }
    }

    pub(super) fn can_predict(&self) -> bool {
        self.options > 0 || !self.number.value().trim().is_empty()
    }

    pub(super) fn step(&mut self, by: isize) {
        self.selected = self.selected.saturating_add_signed(by).clamp(1, self.options.max(1));
    }

    /// Takes the prediction as it stands, if it can be read.
    pub(super) fn predict(&mut self, lesson: &Lesson) {
        let prediction = match &lesson.question.answer {
            Answer::Choice { .. } => Ok(Prediction::Option(self.selected)),
            Answer::Number { .. } => read(self.number.value()).map(Prediction::Number),
        };
        match prediction {
            Ok(prediction) => {
                self.prediction = Some(prediction);
                self.stage = Stage::Reasoned;
            }
            Err(problem) => self.problem = Some(problem),
        }
    }
}

/// A plain number as the estimation language reads it: `0.91`, `10/11`, `91%`, `5k`.
fn read(text: &str) -> Result<f64, String> {
    let quantity = estimate::evaluate(text).map_err(|error| error.to_string())?;
    if quantity.dimension() != estimate::Quantity::plain(1.0).dimension() {
        return Err("a plain number is asked for, without a unit".to_owned());
    }
    Ok(quantity.base())
}

/// What a route to the lab has behind its name, so that the lab shows what a lesson runs; the lab as it usually opens where it
/// cannot.
pub(super) fn lab_setup(lab: &str, experiment: &Experiment) -> String {
    let setup = match experiment {
        Experiment::Hash(trial) => Some(placement(trial).to_string()),
        Experiment::Cache(run) => cache(run).map(|setup| setup.to_string()),
        Experiment::Strategy(..) | Experiment::Stampede(..) => None,
    };
    setup.map_or_else(|| lab.to_owned(), |setup| format!("{lab}:{setup}"))
}

/// Only drawn requests: keys that the lesson spells out stand in no file.
fn cache(run: &CacheRun) -> Option<cache::Setup> {
    let CacheRequests::Drawn { workload, objects, requests } = &run.requests else { return None };
    let usual = cache::Setup::default();
    Some(cache::Setup {
        policies: run.job.policies.iter().take(cache::MOST_POLICIES).cloned().collect(),
        capacity: run.job.capacities.first().copied().unwrap_or(usual.capacity),
        source: cache::Source::Drawn { workload: workload.parse().ok()?, objects: *objects, requests: *requests },
        seed: run.job.seed,
        expiry: run.job.expiry,
        ..usual
    })
}

fn placement(trial: &Trial) -> Options {
    let Trial { schemes, vnodes, nodes, keys, prefix, add, remove, seed, weights, hash, epsilon, probes, .. } =
        trial.clone();
    let mut options = Options::default();
    let params = &mut options.params;
    params.schemes = schemes;
    (params.nodes, params.add, params.remove, params.seed) = (nodes, add, Chosen::Some(remove), seed);
    params.keys = match prefix {
        Some(prefix) => KeySource::Numbered(prefix, keys),
        None => KeySource::Drawn(keys),
    };
    params.setting.vnodes = vnodes.first().copied().unwrap_or(params.setting.vnodes);
    (params.setting.hash, params.setting.epsilon, params.setting.probes) = (hash, epsilon, probes);
    (params.replicas, params.weights) = (trial.copies, weights);
    (params.hot, params.salt, params.latest) = (trial.hot_share, trial.suffixes, trial.latest);
    (params.scan, params.values) = (trial.scan, trial.values);
    options
}
