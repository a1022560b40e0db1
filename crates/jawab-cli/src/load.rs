//! Rule sets from the paths of the command line.

use std::path::Path;

use jawab::{Engine, RuleSet};

use crate::failure::Failure;

/// The rules of a path, YAML or compiled, ready to decide.
pub(crate) fn engine(path: &Path) -> Result<Engine, Failure> {
    exists(path)?;
    Ok(Engine::from_path(path)?)
}

/// The rule set of a path, which must be YAML.
pub(crate) fn rules(path: &Path) -> Result<RuleSet, Failure> {
    exists(path)?;
    Ok(RuleSet::from_path(path)?)
}

/// The files that a rule set was read of.
pub(crate) fn read_by(rules: &RuleSet) -> impl Iterator<Item = &Path> {
    rules.sources().iter().map(|source| Path::new(source.name()))
}

/// A path that is not there is most often a slip of the command line, not of the rules.
pub(crate) fn exists(path: &Path) -> Result<(), Failure> {
    let missing = || {
        let message = format!("there is no file or folder `{}`", path.display());
        Failure::helped(
            message,
            "give a rule file or a folder of them; `jawab new DIR` writes one to start from",
        )
    };
    if path.exists() { Ok(()) } else { Err(missing()) }
}
