//! `jawab check`: all problems of a rule set.

use std::borrow::Cow;
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
    let unable = problems.iter().any(is_of_files);
    Ok(if unable { Exit::Unable } else { Exit::problems_if(!problems.is_empty()) })
}

/// Whether a problem is that rules could not be read at all, so that nothing is known of them.
fn is_of_files(problem: &Diagnostic) -> bool {
    match problem.code {
        Code::NoRules => Path::new(&*problem.place.file).is_dir(),
        code => matches!(code, Code::UnreadableFile | Code::CompiledRules),
    }
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
    let mut out = io::stdout().lock();
    code.page().trim_end().lines().try_for_each(|line| writeln!(out, "{}", told(line)))?;
    Ok(Exit::Clean)
}

/// A line of a page, with what its examples are marked with in words.
fn told(line: &str) -> Cow<'_, str> {
    match line.strip_prefix("```yaml ").map(|mark| mark.strip_prefix("file:")) {
        Some(Some(file)) => format!("In the file `{file}`:\n\n```yaml").into(),
        Some(None) => "```yaml".into(),
        None => line.into(),
    }
}

fn unknown(name: &str) -> Failure {
    let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    Failure::helped(format!("there is no code `{name}`"), format!("the codes are {}", codes.join(", ")))
}
