//! What a call costs from C beside the same call from Rust: the same messages in turns, each turn a process of its own,
//! the fastest round of each.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use benches::target_directory;
use jawab::Engine;
use xtask::dist;

const TURNS: usize = 15;
const ROUNDS: usize = 20;
const RULES: &str = "rules/minimal.yaml";
const MESSAGES: [&str; 4] =
    ["When are you open?", "my parcel has still not arrived", "open a new account please", "qwxv zzgrm"];

fn main() -> Result<(), Box<dyn Error>> {
    let argument = std::env::args().nth(1).unwrap_or_default();
    std::env::set_current_dir(xtask::root())?;
    match argument.as_str() {
        "--test" => Ok(()),
        "--rust" => from_rust(),
        _ => compare(),
    }
}

fn compare() -> Result<(), Box<dyn Error>> {
    let folder = target_directory().join("bench-c");
    build(&folder)?;
    fs::write(folder.join("messages"), messages().join("\n"))?;
    let (mut rust, mut c) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..TURNS {
        rust = rust.min(fastest(Command::new(std::env::current_exe()?).arg("--rust"))?);
        let mut decide = Command::new(folder.join("decide"));
        c = c.min(fastest(decide.arg(RULES).arg(folder.join("messages")).arg(ROUNDS.to_string()))?);
    }
    println!("a call from Rust: {rust:.0} ns, from C: {c:.0} ns, more: {:.0} ns", c - rust);
    Ok(())
}

fn messages() -> Vec<&'static str> {
    MESSAGES.iter().copied().cycle().take(4_000).collect()
}

/// Does what the C program does.
fn from_rust() -> Result<(), Box<dyn Error>> {
    let (messages, mut matcher) = (messages(), Engine::from_path(RULES)?.matcher());
    assert!(matcher.decide(MESSAGES[0]).rule().is_some(), "the messages are those of the rules");
    for _ in 0..ROUNDS {
        println!("{:.1}", round(&messages, |message| drop(std::hint::black_box(matcher.decide(message)))));
    }
    Ok(())
}

/// Nanoseconds a message.
fn round(messages: &[&str], mut decide: impl FnMut(&str)) -> f64 {
    let start = Instant::now();
    messages.iter().for_each(|message| decide(message));
    start.elapsed().as_secs_f64() * 1e9 / messages.len() as f64
}

fn build(folder: &Path) -> Result<(), Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(cargo).args(["build", "--release", "--quiet", "--package", "jawab-c"]))?;
    dist::lay_out(&target_directory().join("release"), folder)?;
    let (include, lib) = (folder.join("include"), folder.join("lib"));
    let mut compile = Command::new("cc");
    compile.args(["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-pedantic", "-I"]).arg(include);
    compile.arg("benches/c/decide.c").arg("-o").arg(folder.join("decide")).arg("-L").arg(&lib);
    run(compile.arg(format!("-Wl,-rpath,{}", lib.display())).arg("-ljawab")).map(drop)
}

/// The fastest round of a program.
fn fastest(program: &mut Command) -> Result<f64, Box<dyn Error>> {
    let told = run(program)?;
    let rounds: Vec<f64> = told.lines().map(str::parse).collect::<Result<_, _>>()?;
    assert_eq!(rounds.len(), ROUNDS, "{told}");
    Ok(rounds.into_iter().fold(f64::INFINITY, f64::min))
}

fn run(command: &mut Command) -> Result<String, Box<dyn Error>> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
