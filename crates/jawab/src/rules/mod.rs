//! YAML text -> checked rule set. Everything that can fail fails here, all at once.

mod advice;
mod build;
mod compiled;
mod condition;
mod documents;
mod edit;
mod format;
mod kept;
mod limits;
mod load;
mod model;
mod node;
mod on_demand;
mod problems;
mod rule_set;
mod scalar;
mod scenario;
mod scenario_format;
mod schema;
mod script;
mod shape;
mod stored;
mod suggest;
mod summary;
#[cfg(test)]
mod tests;
mod text_template;
mod walk;
mod walk_texts;
mod yaml;

pub(crate) use compiled::{Frame, Parts, RuleFile, source_texts};
pub(crate) use condition::Condition;
pub use edit::{EditRefusal, SettingsEdit, edit_settings};
pub(crate) use kept::Rules;
pub use limits::Limits;
pub use load::Source;
pub(crate) use load::read_compiled;
pub(crate) use model::{
    Collected, Contents, Entry, Escalation, Handoff, List, Outcome, Pattern, Question, Rule, ServiceTimes,
    SlotType, Synonym, Team, Texts, Variant,
};
pub use model::{Priority, Tone};
pub(crate) use on_demand::OnDemand;
pub use rule_set::RuleSet;
pub(crate) use scalar::{changed_by_yaml, is_name};
pub use scenario::{Floor, Scenario, ScenarioFile, Scenarios};
pub use schema::schema;
pub use script::{Expectation, ScriptedConversation, Turn};
pub(crate) use suggest::nearest;
pub use summary::{RuleSettings, RuleSummary};

pub use crate::text::Language;
