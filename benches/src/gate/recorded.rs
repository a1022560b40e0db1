//! The recorded figures.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;

use crate::Failure;
use crate::count::Count;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/instructions.csv");

/// Functions with less than this part of a workload are not recorded.
const LEAST: u64 = 200;

/// What was counted, and where.
pub(crate) struct Recorded {
    /// Compiler and processor: others make other instructions.
    machine: String,
    counts: Vec<Count>,
}

impl Recorded {
    pub(crate) fn of(counts: &[Count]) -> Result<Self, Failure> {
        let kept = counts.iter().map(|count| Count {
            workload: count.workload.clone(),
            total: count.total,
            functions: count
                .functions
                .clone()
                .into_iter()
                .filter(|(_, of)| *of >= count.total / LEAST)
                .collect(),
        });
        Ok(Recorded { machine: machine()?, counts: kept.collect() })
    }

    /// Lines of workload, function and instructions; the first line of a workload is its total.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        let mut csv = format!("{}\nworkload;function;instructions\n", self.machine);
        for count in &self.counts {
            writeln!(csv, "{};;{}", count.workload, count.total)?;
            for (function, instructions) in &count.functions {
                writeln!(csv, "{};{function};{instructions}", count.workload)?;
            }
        }
        Ok(std::fs::write(FILE, csv)?)
    }

    pub(crate) fn read() -> Result<Self, Failure> {
        let text = std::fs::read_to_string(FILE)?;
        let (machine, lines) = text.split_once('\n').ok_or("an empty file")?;
        let mut counts: Vec<Count> = Vec::new();
        for line in lines.lines().skip(1) {
            let (workload, rest) = line.split_once(';').ok_or("a line without a workload")?;
            let (function, instructions) = rest.rsplit_once(';').ok_or("a line without a function")?;
            let instructions = instructions.parse()?;
            match counts.last_mut() {
                Some(count) if count.workload == workload => {
                    count.functions.insert(function.to_owned(), instructions);
                }
                _ => counts.push(Count {
                    workload: workload.to_owned(),
                    total: instructions,
                    functions: BTreeMap::new(),
                }),
            }
        }
        Ok(Recorded { machine: machine.to_owned(), counts })
    }

    pub(crate) fn count(&self, workload: &str) -> Option<&Count> {
        self.counts.iter().find(|count| count.workload == workload)
    }

    /// Why these figures say nothing here.
    pub(crate) fn cannot_compare(&self) -> Result<Option<String>, Failure> {
        let here = machine()?;
        Ok((here != self.machine).then(|| {
            format!(
                "instructions were counted with {}, here is {here}; `cargo xtask gate record`",
                self.machine
            )
        }))
    }
}

/// The compiler and the kind of processor.
fn machine() -> Result<String, Failure> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = String::from_utf8(Command::new(rustc).arg("--version").output()?.stdout)?;
    Ok(format!("{}, {}", version.trim(), std::env::consts::ARCH))
}
