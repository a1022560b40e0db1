/// Bounds on what a rule set may hold, so that no file, however made, costs more than it should.
///
/// ```
/// use jawab::{Limits, RuleSet, Source};
/// let limits = Limits { file_bytes: 10, ..Limits::default() };
/// let refused = RuleSet::from_sources(&[Source::new("a.yaml", "jawab: 1\nfaq: {}")], &limits);
/// assert_eq!(refused.unwrap_err().diagnostics()[0].code.as_str(), "too-large");
/// ```
///
/// As JSON, an object of these names; those that are left out keep their default.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of one file. Default 64 MiB; at most 4 GiB.
    pub file_bytes: usize,
    /// Bytes of all files together. Default 256 MiB.
    pub total_bytes: usize,
    /// Number of files. Default 10,000.
    pub files: usize,
    /// Values (texts, lists, maps) in all files together. Default 4,000,000.
    pub nodes: usize,
    /// Values that have an anchor (`&name`) or that aliases (`*name`) stand for in all files together.
    /// Default 100,000.
    pub aliased_nodes: usize,
    /// Nesting of lists and maps, also of folders. Default 64; at most 200.
    pub depth: usize,
    /// Rules in all files together. Default 200,000.
    pub rules: usize,
    /// Questions of one rule in all its languages. Default 10,000.
    pub questions_per_rule: usize,
    /// Bytes of one text: a question, a pattern, an answer. Default 64 KiB. An expression in a text (`{{ … }}`) has at
    /// most 1,000.
    pub text_bytes: usize,
    /// Problems told at once. Default 1,000.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_bytes: 64 << 20,
            total_bytes: 256 << 20,
            files: 10_000,
            nodes: 4_000_000,
            aliased_nodes: 100_000,
            depth: 64,
            rules: 200_000,
            questions_per_rule: 10_000,
            text_bytes: 64 << 10,
            problems: 1_000,
        }
    }
}

impl Limits {
    /// The nesting allowed: what is above 200 would endanger the stack of small threads.
    pub(crate) fn safe_depth(&self) -> usize {
        self.depth.min(200)
    }
}
