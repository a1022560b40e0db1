//! The jawab engine for Python: conversions between Python objects and the core, and nothing else.
//!
//! No rule, score or threshold is looked at here; what a decision says is the core's. The classes that only carry
//! data are written in Python (`jawab/_data.py`) and are made from the core's JSON.

#![expect(clippy::needless_pass_by_value, reason = "arguments are extracted from Python objects by value")]
#![expect(clippy::doc_link_with_quotes, reason = "the examples of doc comments are Python")]

mod batch;
mod context;
mod conversation;
mod convert;
mod decision;
mod engine;
mod eval;
mod failure;
mod privacy;
mod rules;
mod table;
mod text;

/// What `import jawab` builds upon.
#[pyo3::pymodule(gil_used = false)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::{
        conversation::Conversation,
        decision::{Answer, Ask, Decision, Handoff, Ignore},
        engine::{Engine, check},
        eval::{
            cross_validate, diff, evaluate, judgements, labelled, rule_tests, scenarios,
            scenarios_from_sources, suggest, tune,
        },
        failure::{page, panic},
        privacy::{kinds, mask, warning},
        rules::{RuleSet, schema},
        table::decide_column,
    };

    #[pymodule_init]
    fn name_version(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
