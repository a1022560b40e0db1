//! Explanations in lines for a terminal.

use std::fmt::{self, Display, Formatter};

use super::explain::{Explanation, FoundPattern, Likeness, RankedRule, ReadWord};
use crate::decision::{Decision, Evidence};

impl Display for Explanation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "read:       {}",
            self.words.iter().map(ReadWord::to_string).collect::<Vec<_>>().join(" ")
        )?;
        if !self.masked.is_empty() {
            let kinds: Vec<&str> = self.masked.iter().map(|found| found.kind.as_str()).collect();
            writeln!(f, "masked:     {}", kinds.join(", "))?;
        }
        if let Some(language) = &self.language {
            writeln!(f, "language:   {language}")?;
        }
        for found in self.patterns.iter().filter(|found| self.tells(found)) {
            writeln!(
                f,
                "pattern:    {} {}: `{}`, {} words",
                found.rule, found.part, found.pattern, found.words
            )?;
        }
        for candidate in self.candidates.iter().take(5) {
            writeln!(f, "candidate:  {candidate}")?;
        }
        if !self.questions_matter && self.candidates.len() > self.decision.candidates().len() {
            writeln!(f, "questions:  not compared for the decision, which they cannot change")?;
        }
        if let Some(likeness) = &self.likeness {
            writeln!(f, "{likeness}")?;
        }
        writeln!(f, "policy:     threshold {}, margin {}", self.threshold, self.margin)?;
        write!(f, "decision:   {}", self.decision.action())?;
        if let Some(rule) = self.decision.rule() {
            write!(f, " by {rule}")?;
        }
        match &self.decision {
            Decision::Handoff(handoff) => write!(f, ", {}", handoff.reason)?,
            Decision::Ignore(ignore) => write!(f, ", {}", ignore.reason)?,
            _ => {}
        }
        self.changes.iter().try_for_each(|change| write!(f, "\nstate:      {change}"))
    }
}

impl Explanation {
    /// Whether a pattern says something: a `none` pattern of a rule for which nothing speaks does not.
    fn tells(&self, found: &FoundPattern) -> bool {
        let partner = |other: &&FoundPattern| other.rule == found.rule && other.part != "none";
        found.part != "none" || self.patterns.iter().any(|other| partner(&other))
    }
}

impl Display for Likeness {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let told = |parts: &[(String, f64)]| {
            let parts = parts.iter().take(5).map(|(text, score)| format!("{text} {score:+.2}"));
            parts.collect::<Vec<_>>().join(", ")
        };
        write!(f, "known:      {:.0} % of the message", 100.0 * self.coverage)?;
        if !self.speaks_for.is_empty() {
            write!(f, "\nfor:        {} by {}", self.rule, told(&self.speaks_for))?;
        }
        match self.speaks_against.as_slice() {
            [] => Ok(()),
            against => write!(f, "\nagainst:    {} by {}", self.rule, told(against)),
        }
    }
}

impl Display for ReadWord {
    /// `word`, `written→read (change)`, `(filler)`, `word?` for an unknown one.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let unknown = if self.known { "" } else { "?" };
        match (self.filler, self.written == self.read) {
            (true, _) => write!(f, "({})", self.written),
            (false, true) => write!(f, "{}{unknown}", self.read),
            (false, false) => write!(f, "{}→{}{unknown} ({})", self.written, self.read, self.change),
        }
    }
}

impl Display for RankedRule {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let evidence = match self.evidence {
            Evidence::Question => "question",
            Evidence::Pattern => "pattern",
            Evidence::Identical => "identical",
            Evidence::Conversation => "conversation",
        };
        // The name stands behind the number: how wide it is depends on its script.
        write!(f, "{:.4}  {}, {evidence}", self.confidence, self.rule)?;
        if self.priority != 0 {
            write!(f, ", priority {}", self.priority)?;
        }
        if self.specificity > 0.0 {
            write!(f, ", names {:.0} %", 100.0 * self.specificity)?;
        }
        self.nearest.as_ref().map_or(Ok(()), |nearest| write!(f, ", like `{nearest}`"))
    }
}
