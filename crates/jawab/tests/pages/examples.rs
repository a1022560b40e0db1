//! Reads the examples of pages.

use jawab::{Error, Limits, RuleSet, Source};

/// An example: the files of one set and the limits it is read with.
pub(crate) struct Example {
    /// Names and bytes.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    pub(crate) limits: Limits,
}

impl Example {
    pub(crate) fn rules(&self) -> Result<RuleSet, Error> {
        let sources: Vec<Source> = self.files.iter().map(|(name, bytes)| Source::new(name, bytes)).collect();
        RuleSet::from_sources(&sources, &self.limits)
    }
}

/// The fenced blocks under a heading; those named `file:` one after the other are one set.
pub(crate) fn examples(page: &str, heading: &str) -> Vec<Example> {
    let section = page.split("\n## ").find(|section| section.starts_with(heading)).unwrap_or_default();
    let mut found: Vec<(bool, Example)> = Vec::new();
    for block in section.split("```yaml").skip(1) {
        let (info, rest) = block.split_once('\n').expect("the fence ends its line");
        let text = rest.split("```").next().expect("the block is closed");
        let bytes = if info.contains("escaped") { unescape(text) } else { text.as_bytes().to_vec() };
        let file = info.split_whitespace().find_map(|word| word.strip_prefix("file:"));
        let source = (file.unwrap_or("example.yaml").to_owned(), bytes);
        match found.last_mut() {
            Some((true, set)) if file.is_some() => set.files.push(source),
            _ => found.push((file.is_some(), Example { files: vec![source], limits: limits(info) })),
        }
    }
    found.into_iter().map(|(_, example)| example).collect()
}

fn limits(info: &str) -> Limits {
    let mut limits = Limits::default();
    for setting in info.split_whitespace().filter_map(|word| word.strip_prefix("limits:")) {
        let (name, value) = setting.split_once('=').expect("name=value");
        let value = value.parse().expect("a number");
        match name {
            "file_bytes" => limits.file_bytes = value,
            "problems" => limits.problems = value,
            "depth" => limits.depth = value,
            "aliased_nodes" => limits.aliased_nodes = value,
            _ => panic!("{name}: no such limit in pages"),
        }
    }
    limits
}

/// `\xNN` stands for a byte.
fn unescape(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two hex digits"));
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}
