//! The results to the byte, kept beside the cases.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;

use crate::case::Case;
use crate::folder;
use crate::reader::Suite;

/// The lines of each case, by its name.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Expected(BTreeMap<String, Vec<String>>);

impl Expected {
    /// What is kept in `expected/`.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn read() -> io::Result<Self> {
        let mut expected = Expected::default();
        for entry in fs::read_dir(folder("expected"))? {
            let path = entry?.path();
            let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let mut lines = &mut Vec::new();
            for line in fs::read_to_string(&path)?.lines().filter(|line| !line.is_empty()) {
                match line.strip_prefix("# ") {
                    Some(name) => lines = expected.0.entry(format!("{file}/{name}")).or_default(),
                    None => lines.push(line.to_owned()),
                }
            }
        }
        Ok(expected)
    }

    /// What comes out now. A case that breaks its contract has no result.
    pub fn of(suite: &Suite) -> Self {
        let kept = suite.cases.iter().filter(|case| case.is_kept);
        let lines = kept.filter_map(|case| Some((case.name.clone(), case.run().ok()?)));
        Expected(lines.collect())
    }

    /// Whether these are the lines of a case, as far as they are kept.
    pub fn agrees(&self, case: &Case, lines: &[String]) -> bool {
        !case.is_kept || lines == self.lines(&case.name)
    }

    /// The lines of a case.
    pub fn lines(&self, case: &str) -> &[String] {
        self.0.get(case).map_or(&[], Vec::as_slice)
    }

    /// Names of the cases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Writes the files in `expected/` anew, in the order of the suite.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn write(&self, suite: &Suite) -> io::Result<()> {
        let mut files = BTreeMap::<&str, String>::new();
        for case in suite.cases.iter().filter(|case| case.is_kept) {
            let Some((file, name)) = case.name.split_once('/') else { continue };
            let text = files.entry(file).or_default();
            let _ = writeln!(text, "# {name}");
            self.lines(&case.name).iter().for_each(|line| text.extend([line.as_str(), "\n"]));
            text.push('\n');
        }
        fs::remove_dir_all(folder("expected"))?;
        fs::create_dir(folder("expected"))?;
        files
            .iter()
            .try_for_each(|(file, text)| fs::write(folder("expected").join(format!("{file}.txt")), text))
    }
}
