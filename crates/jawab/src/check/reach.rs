//! Whether rules are reached: their questions, their patterns, their tests.

use rustc_hash::FxHashMap;

use super::LABELS;
use super::duplicates::Duplicates;
use super::judge::{End, Judge, Reason};
use super::outline::quoted;
use super::samples;
use crate::context::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::pattern::Macros;
use crate::rules::{Pattern, Question, Rule};

/// Checks every rule with messages that it is made for.
pub(super) fn check(judge: &mut Judge, duplicates: &Duplicates) -> Vec<Diagnostic> {
    let contents = judge.contents();
    let macros = contents.macros();
    let mut warnings = Vec::new();
    for rule in contents.rules.iter() {
        let context = rule.fitting_context();
        let mut trial = Trial { judge, rule, context, possible: false, missed: false, warnings: Vec::new() };
        trial.questions(duplicates);
        trial.patterns(&macros);
        trial.tests();
        warnings.extend(trial.finish());
    }
    warnings
}

/// One rule, while its own messages are decided.
struct Trial<'t, 'e> {
    judge: &'t mut Judge<'e>,
    rule: &'t Rule,
    context: Context,
    /// Whether messages may end in the rule: one did, or a pattern could not be written out.
    possible: bool,
    /// Whether a question or pattern never does.
    missed: bool,
    warnings: Vec<Diagnostic>,
}

impl Trial<'_, '_> {
    /// Where a message of the rule ends, if not in the rule.
    fn miss(&mut self, text: &str) -> Option<End> {
        let end = self.judge.end(text, &self.context)?;
        let own = end == End::Rule(self.rule.id.text.clone());
        self.possible |= own;
        (!own).then_some(end)
    }

    fn reason(&self, text: &str) -> Reason {
        self.judge.reason(text, &self.context, self.rule)
    }

    fn questions(&mut self, duplicates: &Duplicates) {
        for question in &self.rule.questions {
            if duplicates.shared(&question.place) {
                continue;
            }
            if let Some(end) = self.miss(&question.text) {
                self.missed = true;
                let warning = self.question(question, &end);
                self.warnings.push(warning);
            }
        }
    }

    fn question(&self, question: &Question, end: &End) -> Diagnostic {
        let reason = self.reason(&question.text);
        let (shown, id) = (quoted(&question.text), &self.rule.id.text);
        let (code, message, help) = match end {
            End::Rule(other) => (
                Code::StolenQuestion,
                format!("the question {shown} of `{id}` ends in `{other}`: {}", reason.text),
                format!(
                    "narrow the pattern of `{other}`, give it a `none` pattern, or move the question there"
                ),
            ),
            End::Nowhere(_) if reason.wordless => (
                Code::UnansweredQuestion,
                format!("the question {shown} of `{id}` holds no words, so no message is like it"),
                "write what a customer would: words, not signs or emoji alone".to_owned(),
            ),
            End::Nowhere(what) => (
                Code::UnansweredQuestion,
                format!("the question {shown} of `{id}` is not answered by it: {what}; {}", reason.text),
                "narrow the rule's `none` patterns, or tell the question further apart from the other rules"
                    .to_owned(),
            ),
        };
        with_reason(Diagnostic::new(code, question.place.clone(), message).help(help), reason)
    }

    fn patterns(&mut self, macros: &Macros) {
        let rule = self.rule;
        let tried = if rule.any.is_empty() { rule.all.get(..1).unwrap_or_default() } else { &rule.any };
        for pattern in tried {
            self.pattern(macros, pattern);
        }
    }

    /// Warns if all samples of the pattern end elsewhere though the pattern is found in them.
    fn pattern(&mut self, macros: &Macros, pattern: &Pattern) {
        let mut lost = None;
        for message in samples::messages(self.judge.contents(), macros, self.rule, pattern) {
            let Some(end) = self.miss(&message) else { return };
            if !self.judge.has_pattern_evidence(&message, &self.context, self.rule) {
                lost = None;
                break;
            }
            lost.get_or_insert((message, end));
        }
        let Some((message, end)) = lost else {
            self.possible = true;
            return;
        };
        self.missed = true;
        let warning = self.shadowed(pattern, &message, &end);
        self.warnings.push(warning);
    }

    fn shadowed(&self, pattern: &Pattern, message: &str, end: &End) -> Diagnostic {
        let reason = self.reason(message);
        let (shown, id) = (quoted(&pattern.source.text), &self.rule.id.text);
        let (code, what, help) = match end {
            _ if reason.own_none => (
                Code::ShadowedPattern,
                "the rule's own `none` rules it out".to_owned(),
                "narrow the `none` pattern, or remove this one".to_owned(),
            ),
            End::Rule(other) => (
                Code::ShadowedPattern,
                format!("`{other}` always comes first"),
                format!("narrow the pattern of `{other}`, give it a `none` pattern, or remove this one"),
            ),
            End::Nowhere(what) => (
                Code::AmbiguousPattern,
                what.clone(),
                "make one of the patterns longer, give one rule a `priority` or a `none` pattern".to_owned(),
            ),
        };
        let message =
            format!("the pattern {shown} of `{id}` never decides: {what}, as in {}", quoted(message));
        with_reason(Diagnostic::new(code, pattern.source.place.clone(), message).help(help), reason)
    }

    fn tests(&mut self) {
        let (rule, id) = (self.rule, &self.rule.id.text);
        let mut matches = FxHashMap::default();
        for test in &rule.tests.matches {
            matches.insert(test.text.as_str(), &test.place);
            let Some(end) = self.miss(&test.text) else { continue };
            let reason = self.reason(&test.text);
            let message =
                format!("{} must end in `{id}`, but {}: {}", quoted(&test.text), told(&end), reason.text);
            let warning = Diagnostic::new(Code::FailingTest, test.place.clone(), message);
            let help = "add a question or a pattern for what it asks, or move the test to the rule that should decide it";
            self.warnings.push(with_reason(warning.help(help), reason));
        }
        for test in &rule.tests.rejects {
            if let Some(&other) = matches.get(test.text.as_str()) {
                let message = format!("{} stands in `matches` and in `rejects`", quoted(&test.text));
                let warning = Diagnostic::new(Code::FailingTest, test.place.clone(), message);
                self.warnings
                    .push(warning.label(other.clone(), "the other one").help("keep it in one of them"));
                continue;
            }
            if self.judge.end(&test.text, &self.context) == Some(End::Rule(id.clone())) {
                let message = format!("{} must not end in `{id}`, but does", quoted(&test.text));
                let warning = Diagnostic::new(Code::FailingTest, test.place.clone(), message);
                self.warnings.push(warning.help("add a `none` pattern, or narrow the pattern that matches"));
            }
        }
    }

    /// The warnings; for a rule that nothing reaches only that.
    fn finish(mut self) -> Vec<Diagnostic> {
        if self.possible || !self.missed {
            return self.warnings;
        }
        let id = &self.rule.id;
        let message =
            format!("no message can end in `{}`: all its questions and patterns end elsewhere", id.text);
        let warning = Diagnostic::new(Code::UnreachableRule, id.place.clone(), message);
        let mut warning = warning.help("see where they end, then narrow the other rules, or remove this one");
        for lost in self.warnings.drain(..).take(LABELS) {
            warning = warning.label(lost.place, lost.message);
        }
        vec![warning]
    }
}

fn told(end: &End) -> String {
    match end {
        End::Rule(other) => format!("ends in `{other}`"),
        End::Nowhere(what) => what.clone(),
    }
}

fn with_reason(warning: Diagnostic, reason: Reason) -> Diagnostic {
    match reason.place {
        Some((place, note)) => warning.label(place, note),
        None => warning,
    }
}
