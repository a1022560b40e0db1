//! The table, on the terminal and as CSV.

use std::fmt::{self, Display, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Failure;

pub(crate) const HEAD: &str = "workload                rules  matched  load s  peak MB  B/rule     µs  × yard    p50    p99    max  others (µs, matched)";

/// What one workload of one size costs.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) workload: String,
    pub(crate) rules: usize,
    pub(crate) messages: usize,
    /// Messages that a rule decides.
    pub(crate) matched: usize,
    /// To read and check the rule file.
    pub(crate) read_seconds: f64,
    /// That, and to compile and learn.
    pub(crate) load_seconds: f64,
    pub(crate) peak_bytes: u64,
    /// What stays in memory after loading, the parsed rules among it.
    pub(crate) bytes_per_rule: u64,
    /// A message, from text to decision: median of rounds.
    pub(crate) micros: f64,
    pub(crate) yardstick_micros: f64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) max: f64,
    pub(crate) peers: Vec<Peer>,
}

/// Somebody else on the same rules and messages.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Peer {
    pub(crate) name: String,
    pub(crate) micros: f64,
    pub(crate) matched: usize,
    /// How many messages end otherwise than with the engine, where that can be compared.
    pub(crate) different: Option<usize>,
}

impl Row {
    fn ratio(&self) -> f64 {
        self.micros / self.yardstick_micros
    }
}

impl Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:21} {:7} {:4}/{:3} {:7.2} {:8.1} {:7} {:6.2} {:7.1} {:6.2} {:6.2} {:6.1}  yard {:.2}",
            self.workload,
            self.rules,
            self.matched,
            self.messages,
            self.load_seconds,
            self.peak_bytes as f64 / 1e6,
            self.bytes_per_rule,
            self.micros,
            self.ratio(),
            self.p50,
            self.p99,
            self.max,
            self.yardstick_micros,
        )?;
        for peer in &self.peers {
            write!(f, ", {} {:.1} ({})", peer.name, peer.micros, peer.matched)?;
            if let Some(different) = peer.different {
                write!(f, " {different} different")?;
            }
        }
        Ok(())
    }
}

/// Writes all rows, and a row for each peer, as CSV.
pub(crate) fn write(rows: &[Row], file: &Path) -> Result<(), Failure> {
    let mut csv = String::from(
        "workload,rules,who,micros,ratio,matched,messages,read_s,load_s,peak_bytes,bytes_per_rule,p50,p99,max\n",
    );
    for row in rows {
        let Row { workload, rules, messages, .. } = row;
        writeln!(
            csv,
            "{workload},{rules},jawab,{:.4},{:.2},{},{messages},{:.4},{:.4},{},{},{:.3},{:.3},{:.3}",
            row.micros,
            row.ratio(),
            row.matched,
            row.read_seconds,
            row.load_seconds,
            row.peak_bytes,
            row.bytes_per_rule,
            row.p50,
            row.p99,
            row.max
        )?;
        writeln!(csv, "{workload},{rules},yardstick,{:.4},1.00,,{messages},,,,,,,", row.yardstick_micros)?;
        for peer in &row.peers {
            let ratio = peer.micros / row.yardstick_micros;
            writeln!(
                csv,
                "{workload},{rules},{},{:.4},{ratio:.2},{},{messages},,,,,,,",
                peer.name, peer.micros, peer.matched
            )?;
        }
    }
    Ok(std::fs::write(file, csv)?)
}
