//! Rule sets and the limits they are read with.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use jawab::{Limits, RuleSet, Source};

use crate::context::parsed;
use crate::error::{Failure, at, freed, give, given, jawab_diagnostic, jawab_error, jawab_status};
use crate::text::{array, handle, jawab_string, jawab_text, json_of, read_text, string};

/// A checked set of rules. Immutable.
pub struct jawab_rule_set(pub(crate) RuleSet);

/// Bounds on what a rule set may hold.
pub struct jawab_limits(Limits);

/// A rule file in memory.
#[repr(C)]
pub struct jawab_source {
    /// Stands for the file in problems.
    pub name: jawab_text,
    /// YAML; bytes that are no UTF-8 are a problem of the file.
    pub text: jawab_text,
}

/// Limits from a JSON object of numbers, `{"rules": 500}`; those that are left out keep their default: `file_bytes` of one
/// file (64 MiB), `total_bytes` of all (256 MiB), `files` (10,000), `nodes`, which are values in all files (4,000,000),
/// `aliased_nodes` with an anchor or an alias (100,000), `depth` of lists, maps and folders (64, at most 200), `rules`
/// (200,000), `questions_per_rule` (10,000), `text_bytes` of one text (64 KiB), `problems` told at once (1,000). Anything
/// else is JAWAB_STATUS_INVALID_JSON. Owned: free them with `jawab_limits_free`. Threads: any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_limits_from_json(
    json: *const c_char, json_len: usize, limits: Option<&mut MaybeUninit<*mut jawab_limits>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(limits, error, || {
        // SAFETY: a text of the caller.
        let json = unsafe { read_text(json, json_len, "json")? };
        Ok(handle(jawab_limits(parsed(json, "JSON object of limits")?)))
    })
}

/// Frees limits. Threads: one.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_limits_free(limits: Option<Box<jawab_limits>>) {
    freed(limits);
}

/// Reads a rule file, or all of a folder and its folders but those named `tests`. All problems of all files come with
/// the error. Owned: free it with `jawab_rule_set_free`. Threads: any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_rule_set_from_path(
    path: *const c_char, path_len: usize, rules: Option<&mut MaybeUninit<*mut jawab_rule_set>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(rules, error, || {
        // SAFETY: a text of the caller.
        let path = unsafe { read_text(path, path_len, "path")? };
        Ok(handle(jawab_rule_set(RuleSet::from_path(path)?)))
    })
}

/// Reads one text; `name` stands for the file in problems. Owned: free it with `jawab_rule_set_free`. Threads: any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_rule_set_from_yaml(
    name: *const c_char, name_len: usize, yaml: *const c_char, yaml_len: usize,
    rules: Option<&mut MaybeUninit<*mut jawab_rule_set>>, error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(rules, error, || {
        // SAFETY: two texts of the caller; the second is checked as a rule file is.
        let (name, yaml) =
            unsafe { (read_text(name, name_len, "name")?, array(yaml.cast::<u8>(), yaml_len, "yaml")?) };
        let rules = RuleSet::from_sources(&[Source::new(name, yaml)], &Limits::default())?;
        Ok(handle(jawab_rule_set(rules)))
    })
}

/// Reads several texts as one set; `limits` may be NULL for the default ones. Owned: free it with
/// `jawab_rule_set_free`. Threads: any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_rule_set_from_sources(
    sources: *const jawab_source, sources_len: usize, limits: Option<&jawab_limits>,
    rules: Option<&mut MaybeUninit<*mut jawab_rule_set>>, error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(rules, error, || {
        // SAFETY: an array of the caller, of texts of the caller.
        let sources = unsafe { read_sources(sources, sources_len)? };
        let limits = limits.map_or_else(Limits::default, |limits| limits.0.clone());
        Ok(handle(jawab_rule_set(RuleSet::from_sources(&sources, &limits)?)))
    })
}

/// # Safety
/// As [`array`], for the array and its texts.
pub(crate) unsafe fn read_sources(sources: *const jawab_source, len: usize) -> Result<Vec<Source>, Failure> {
    // SAFETY: by the contract of this function.
    let sources = unsafe { array(sources, len, "sources")? };
    let read = |jawab_source { name, text }: &jawab_source| {
        // SAFETY: by the contract of this function.
        let (name, bytes) = unsafe { (name.read("name")?, array(text.data.cast::<u8>(), text.len, "text")?) };
        Ok(Source::new(name, bytes))
    };
    sources.iter().map(read).collect()
}

/// Frees a rule set, also while engines made of it live. Threads: one.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_rule_set_free(rules: Option<Box<jawab_rule_set>>) {
    freed(rules);
}

/// How many warnings loading gave. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_rule_set_warnings_len(
    rules: Option<&jawab_rule_set>, len: Option<&mut MaybeUninit<usize>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(len, error, || Ok(given(rules, "rules")?.0.warnings().len()))
}

/// A warning, by index from 0. Its texts live as long as `rules`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_rule_set_warning(
    rules: Option<&jawab_rule_set>, index: usize, warning: Option<&mut MaybeUninit<jawab_diagnostic>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(warning, error, || Ok(at(given(rules, "rules")?.0.warnings(), index)?.into()))
}

/// All warnings as a JSON list. Owned: free it with `jawab_string_free`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_rule_set_warnings_to_json(
    rules: Option<&jawab_rule_set>, json: Option<&mut MaybeUninit<*mut jawab_string>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(json, error, || Ok(string(json_of(given(rules, "rules")?.0.warnings()))))
}

/// A name for exactly these rules, `b3:…`: equal for equal texts in equal order. Lives as long as `rules`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_rule_set_fingerprint(
    rules: Option<&jawab_rule_set>, fingerprint: Option<&mut MaybeUninit<jawab_text>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(fingerprint, error, || Ok((&**given(rules, "rules")?.0.fingerprint()).into()))
}

/// What the rules are called and where they stand, in the order of the files, as a JSON list: `id`, `action`, `priority`,
/// `questions`, `patterns`, `place`. Owned: free it with `jawab_string_free`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_rule_set_rules_to_json(
    rules: Option<&jawab_rule_set>, json: Option<&mut MaybeUninit<*mut jawab_string>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(json, error, || Ok(string(json_of(&given(rules, "rules")?.0.rules()))))
}

/// The settings as they are written, with the defaults of those that are not, as a JSON object: `languages`,
/// `threshold` (null: computed), `margin`, `clarify`. Owned: free it with `jawab_string_free`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_rule_set_settings_to_json(
    rules: Option<&jawab_rule_set>, json: Option<&mut MaybeUninit<*mut jawab_string>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(json, error, || Ok(string(json_of(&given(rules, "rules")?.0.settings()))))
}
