//! `jawab check`: all problems of a rule set.

use std::io::{self, Write};
use std::path::Path;

use jawab::{Code, Diagnostic, Engine, RuleSet, Scenarios, Severity};

use crate::args::{Check, CheckFormat};
use crate::failure::{Exit, Failure};
use crate::load;
use crate::render;
use crate::style::{GOOD, NAME};

pub(crate) fn run(args: &Check) -> Result<Exit, Failure> {
    if let Some(code) = &args.explain {
        return page(code);
    }
    // clap asks for the path unless there is a code to explain.
    let path = args.rules.as_deref().unwrap_or(Path::new("."));
    load::exists(path)?;
    let problems = problems(path, args.errors_only);
    print(args.format, path, &problems)?;
    Ok(Exit::problems_if(!problems.is_empty()))
}

/// The errors of the rules, files that cannot be read among them; where there are none, their warnings and the errors of
/// their scenario files. Warnings take most of the time: where only errors are asked for, none is looked for.
fn problems(path: &Path, errors_only: bool) -> Vec<Diagnostic> {
    let engine = match RuleSet::from_path(path).and_then(|rules| Engine::new(&rules)) {
        Ok(engine) => engine,
        Err(error) => return error.diagnostics().to_vec(),
    };
    let rules = engine.rules();
    let mut problems = Vec::new();
    if !errors_only {
        problems.extend_from_slice(rules.warnings());
        problems.extend(jawab::check(&engine));
    }
    if let Err(error) = Scenarios::from_path(path, rules) {
        problems.extend_from_slice(error.diagnostics());
    }
    problems.retain(|problem| !errors_only || problem.severity == Severity::Error);
    problems
}

fn print(format: CheckFormat, path: &Path, problems: &[Diagnostic]) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match format {
        CheckFormat::Json => render::json(&mut out, problems),
        CheckFormat::Github => render::github(&mut out, problems),
        CheckFormat::Human => {
            render::human(&mut out, problems)?;
            summary(&mut out, path, problems)
        }
    }
}

fn summary(out: &mut impl Write, path: &Path, problems: &[Diagnostic]) -> io::Result<()> {
    if problems.is_empty() {
        return writeln!(out, "{NAME}{}{NAME:#}: {GOOD}no problems{GOOD:#}", path.display());
    }
    writeln!(out, "{NAME}{}{NAME:#}: {}", path.display(), render::counts(problems))?;
    let code = problems[0].code;
    writeln!(out, "`jawab check --explain {code}` tells more about a code")
}

fn page(name: &str) -> Result<Exit, Failure> {
    let Ok(code) = name.parse::<Code>() else { return Err(unknown(name)) };
    writeln!(io::stdout(), "{}", code.page().trim_end())?;
    Ok(Exit::Clean)
}

fn unknown(name: &str) -> Failure {
    let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    Failure::helped(format!("there is no code `{name}`"), format!("the codes are {}", codes.join(", ")))
}
