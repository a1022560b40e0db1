//! What the project depends on: few crates, none twice, all under permissive licences.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Licences that ask for no more than a notice.
const PERMISSIVE: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Tools that only tests run, under licences that bind their own files alone: nothing that is shipped holds a part of
/// them.
const TOOLS: &[(&str, &str)] = &[("cbindgen", "MPL-2.0")];

/// Most crates under the core.
const CRATES: usize = 40;

fn metadata() -> Value {
    let output = Command::new(env!("CARGO")).args(["metadata", "--format-version", "1"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// Ids of the packages that a package needs to be used, itself included.
fn needed<'v>(metadata: &'v Value, name: &str) -> BTreeSet<&'v str> {
    let nodes: BTreeMap<_, _> =
        list(&metadata["resolve"], "nodes").iter().map(|node| (text(node, "id"), node)).collect();
    let package = list(metadata, "packages").iter().find(|package| text(package, "name") == name).unwrap();
    let (mut found, mut open) = (BTreeSet::new(), vec![text(package, "id")]);
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(
                list(nodes[id], "deps").iter().filter(|dep| is_normal(dep)).map(|dep| text(dep, "pkg")),
            );
        }
    }
    found
}

fn is_normal(dependency: &Value) -> bool {
    list(dependency, "dep_kinds").iter().any(|kind| kind["kind"].is_null())
}

/// Name and version of the packages under the core.
fn under_the_core(metadata: &Value) -> Vec<(&str, &str)> {
    let ids = needed(metadata, "jawab");
    let packages = list(metadata, "packages").iter().filter(|package| ids.contains(text(package, "id")));
    packages.map(|package| (text(package, "name"), text(package, "version"))).collect()
}

#[test]
fn the_core_stands_on_few_crates_and_on_none_twice() {
    let metadata = metadata();
    let mut packages = under_the_core(&metadata);
    packages.retain(|(name, _)| *name != "jawab");
    assert!(packages.len() <= CRATES, "{} crates: {packages:?}", packages.len());
    let mut versions = BTreeMap::<_, Vec<_>>::new();
    for (name, version) in packages {
        versions.entry(name).or_default().push(version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    assert!(versions.is_empty(), "more than one version: {versions:?}");
}

#[test]
fn every_dependency_has_a_permissive_licence() {
    let metadata = metadata();
    let refused = list(&metadata, "packages").iter().filter(|package| {
        !permissive(text(package, "license"))
            && !TOOLS.contains(&(text(package, "name"), text(package, "license")))
    });
    let refused: Vec<_> =
        refused.map(|package| format!("{}: {}", text(package, "name"), text(package, "license"))).collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn no_tool_of_the_tests_is_under_what_is_shipped() {
    let metadata = metadata();
    for shipped in ["jawab", "jawab-c", "jawab-cli"] {
        let ids = needed(&metadata, shipped);
        let packages = list(&metadata, "packages").iter().filter(|package| ids.contains(text(package, "id")));
        let tools: Vec<_> = packages
            .map(|p| text(p, "name"))
            .filter(|name| TOOLS.iter().any(|(tool, _)| tool == name))
            .collect();
        assert!(tools.is_empty(), "{shipped} needs {tools:?}");
    }
}

#[test]
fn a_licence_expression_is_permissive_where_one_choice_is() {
    let cases = [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0 OR MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("(MIT OR Apache-2.0) AND MPL-2.0", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
        ("MPL-2.0", false),
        ("", false),
    ];
    for (licence, expected) in cases {
        assert_eq!(permissive(licence), expected, "{licence}");
    }
}

/// Whether an SPDX expression can be met by permissive licences alone. `AND` binds tighter than `OR`; the slash is
/// the old way to write `OR`.
fn permissive(licence: &str) -> bool {
    let spaced = licence.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<_> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let met = any(&mut rest);
    met && rest.is_empty()
}

fn any(rest: &mut &[&str]) -> bool {
    let mut met = all(rest);
    while let ["OR", after @ ..] = rest {
        *rest = after;
        met |= all(rest);
    }
    met
}

fn all(rest: &mut &[&str]) -> bool {
    let mut met = one(rest);
    while let ["AND", after @ ..] = rest {
        *rest = after;
        met &= one(rest);
    }
    met
}

/// One licence, an exception to it included, or an expression in brackets.
fn one(rest: &mut &[&str]) -> bool {
    let met = match rest {
        ["(", after @ ..] => {
            *rest = after;
            any(rest) && rest.first() == Some(&")")
        }
        [licence, ..] => PERMISSIVE.contains(licence),
        [] => return false,
    };
    *rest = rest.get(1..).unwrap_or_default();
    if let ["WITH", _, after @ ..] = rest {
        *rest = after;
    }
    met
}
