//! `jawab eval`: how well the rules do on labelled messages, or on their own questions.

mod figures;
mod human;
mod report;

use std::io::Write;
use std::path::{Path, PathBuf};

use jawab::RuleSet;
use jawab::eval::{self, CrossValidation, Evaluation, Refusal};

pub(crate) use figures::{interval, percent, tenths};

use crate::args::{Eval, Format};
use crate::data;
use crate::failure::{Exit, Failure};
use crate::style::count;
use crate::{load, output, repeats};

pub(crate) fn run(args: &Eval) -> Result<Exit, Failure> {
    let engine = load::engine(&args.rules)?;
    let report = report_file(args, engine.rules())?;
    let mut out = anstream::stdout().lock();
    if let Some(folds) = args.cross_validate {
        let found = eval::cross_validate(engine.rules(), folds)?;
        page(args, report.as_deref(), &found.evaluation)?;
        match args.format {
            Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?,
            Format::Human => cross_validated(&mut out, &found)?,
        }
        return Ok(Exit::Clean);
    }
    let labelled = data::labelled(&args.labels, engine.rules())?;
    let found = eval::evaluate(&engine, &labelled);
    page(args, report.as_deref(), &found)?;
    match args.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?,
        Format::Human => human::figures(&mut out, &found)?,
    }
    let found = eval::repeats(&engine, &labelled);
    repeats::warn(&found, &count(found.messages, "message"))?;
    Ok(Exit::Clean)
}

fn cross_validated(out: &mut impl Write, found: &CrossValidation) -> Result<(), Failure> {
    human::folds(out, found)?;
    human::figures(out, &found.evaluation)?;
    Ok(())
}

/// Where the report is to be written: known before the messages are decided, which may take long.
fn report_file(args: &Eval, rules: &RuleSet) -> Result<Option<PathBuf>, Failure> {
    let data = args.labels.data.iter().map(PathBuf::as_path);
    let inputs = data.chain([args.rules.as_path()]).chain(load::read_by(rules));
    args.html.as_ref().map(|path| output::target(path, inputs, "report.html")).transpose()
}

fn page(args: &Eval, file: Option<&Path>, evaluation: &Evaluation) -> Result<(), Failure> {
    let Some(file) = file else { return Ok(()) };
    let what = match args.cross_validate {
        Some(folds) => format!("own questions, {folds} parts"),
        None => args.labels.data.iter().map(|path| name(path)).collect::<Vec<_>>().join(", "),
    };
    let page = report::page(&name(&args.rules), &what, evaluation)?;
    output::replace(file, page.as_bytes())
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Rules(error) => Failure::Rules(error),
            other => Failure::told(other.to_string()),
        }
    }
}
