//! How commands find a scenario and what belongs to it.

use super::failure::Failure;
use crate::content::nearest;
use crate::estimate::Numbers;
use crate::library::Library;
use crate::round::{Family, RoundKind, Rubric, Rulebook, Scenario};

/// The reference numbers of the content.
pub(super) fn numbers(library: &Library) -> Numbers {
    library.file("numbers.toml").map(|file| Numbers::parse(&file.file, &file.text).0).unwrap_or_default()
}

/// A scenario by its id.
pub(super) fn find(library: &Library, id: &str, numbers: &Numbers) -> Result<Scenario, Failure> {
    match Scenario::find(library.files("scenarios/"), id, numbers) {
        Some((Some(scenario), _)) => Ok(scenario),
        Some((None, problems)) => {
            let first = problems.first().map(ToString::to_string).unwrap_or_default();
            Err(Failure::No(format!("The scenario `{id}` cannot be read: {first}")))
        }
        None => {
            let ids =
                Family::ALL.iter().flat_map(|family| library.files(family.folder()).iter().map(|file| &*file.path));
            let ids = ids.filter_map(|path| path.rsplit('/').next()?.strip_suffix(".toml"));
            Err(Failure::No(match nearest(id, ids) {
                Some(known) => format!("There is no scenario `{id}`. Did you mean `{known}`?"),
                None => format!("There is no scenario `{id}`. `sysdrill list scenarios` names them."),
            }))
        }
    }
}

/// The rubric that judges a scenario.
pub(super) fn rubric<'a>(rulebook: &'a Rulebook, scenario: &Scenario) -> Result<&'a Rubric, Failure> {
    let missing = || Failure::No(format!("The rubric `{}` of the scenario cannot be read.", scenario.rubric));
    rulebook.rubric(&scenario.rubric).ok_or_else(missing)
}

/// A kind of round that can be held over a scenario.
pub(super) fn kind<'a>(rulebook: &'a Rulebook, scenario: &Scenario, id: &str) -> Result<&'a RoundKind, Failure> {
    let fits = rulebook.kinds.of(scenario.family).map(|kind| kind.id.as_str()).collect::<Vec<_>>().join(", ");
    let kind = rulebook.kinds.get(id).filter(|kind| kind.families.contains(&scenario.family));
    kind.ok_or_else(|| Failure::No(format!("`{id}` is no kind of round for this scenario: use one of {fits}")))
}
