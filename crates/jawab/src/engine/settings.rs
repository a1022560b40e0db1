use super::compile::Compiled;
use crate::decision::Policy;

/// Settings that can be changed without compiling the rule set again.
///
/// ```
/// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// # jawab: 1
/// # language: en
/// # settings: {fallback: {say: One moment.}}
/// # faq: {hours: {questions: [when are you open], answer: Always.}}
/// # ")?;
/// # let engine = jawab::Engine::new(&rules)?;
/// let settings = engine.settings().with_threshold(0.8).with_margin(0.1).with_clarify(false);
/// assert_eq!(engine.with_settings(settings).settings().threshold, 0.8);
/// assert_eq!(settings.with_margin(7.0).margin, 1.0);
/// # Ok::<(), jawab::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct EngineSettings {
    /// Least confidence to answer, 0 to 1.
    pub threshold: f64,
    /// Least lead over the runner-up, 0 to 1.
    pub margin: f64,
    /// Whether to ask which rule was meant where two are too close, rather than hand off.
    pub clarify: bool,
}

impl EngineSettings {
    /// The rule set's own settings, with the threshold that its questions suggest where it names none.
    pub(super) fn of(compiled: &Compiled) -> Self {
        let settings = &compiled.contents().settings;
        EngineSettings {
            threshold: settings.threshold.unwrap_or_else(|| compiled.model.threshold()),
            margin: settings.margin,
            clarify: settings.clarify,
        }
    }

    /// The same settings with another threshold, kept within 0 to 1.
    #[must_use]
    pub fn with_threshold(self, threshold: f64) -> Self {
        EngineSettings { threshold: threshold.clamp(0.0, 1.0), ..self }
    }

    /// The same settings with another margin, kept within 0 to 1.
    #[must_use]
    pub fn with_margin(self, margin: f64) -> Self {
        EngineSettings { margin: margin.clamp(0.0, 1.0), ..self }
    }

    /// The same settings, asking or not asking where two rules are too close.
    #[must_use]
    pub fn with_clarify(self, clarify: bool) -> Self {
        EngineSettings { clarify, ..self }
    }

    pub(super) fn policy(self) -> Policy {
        Policy { threshold: self.threshold, margin: self.margin }
    }
}
