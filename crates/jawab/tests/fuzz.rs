//! The fuzz targets on their corpora and on mutations of them, without libFuzzer: the same in every run.

#[path = "common/random.rs"]
mod random;
#[path = "../fuzz/src/targets.rs"]
#[expect(unreachable_pub, reason = "the programs of libFuzzer use them from another crate")]
mod targets;

use std::fs;
use std::path::Path;

use random::Random;

/// Mutations of each input of a corpus.
const MUTATIONS: usize = 60;
/// Bytes that mean something to one of the parsers.
const SPECIAL: &[u8] = b" \n\t:-[](){}<>|;\"'\\/#&*!%@`$^.,=+~?0189aZ_\xe4\xbd\xff\x00";

/// Changes a few places: a byte put in, taken out, replaced, a stretch said again or left out.
fn mutated(input: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len().max(1));
        let end = (at + 1 + random.below(8)).min(bytes.len());
        let special = *random.pick(SPECIAL);
        match random.below(5) {
            0 => bytes.insert(at, special),
            1 if at < bytes.len() => bytes[at] = special,
            2 if at < end => drop(bytes.drain(at..end)),
            3 if at < end => bytes.extend_from_within(at..end),
            _ => bytes.truncate(bytes.len() - random.below(bytes.len() / 4 + 1)),
        }
    }
    bytes
}

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a corpus").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("an input")).collect()
}

fn run(target: &str) {
    let (_, run) = targets::TARGETS.iter().find(|(name, _)| *name == target).expect("a target");
    let mut random = Random(1);
    let inputs = corpus(target);
    assert!(inputs.len() >= 2, "{target} has too small a corpus");
    for input in inputs {
        run(&input);
        for _ in 0..MUTATIONS {
            run(&mutated(&input, &mut random));
        }
    }
}

#[test]
fn every_target_has_its_program_and_its_corpus() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).expect("a manifest");
    for (name, _) in targets::TARGETS {
        assert!(fuzz.join("fuzz_targets").join(name).with_extension("rs").exists(), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"")) && !corpus(name).is_empty(), "{name}");
    }
}

macro_rules! replay {
    ($($test:ident $target:literal)*) => {
        $(#[test]
        fn $test() {
            run($target);
        })*
    };
}

replay! {
    rule_files_of_any_bytes "rule_file"
    patterns_of_any_bytes "pattern"
    expressions_of_any_bytes "regex"
    texts_of_any_bytes "text_template"
    conditions_of_any_bytes "condition"
    messages_of_any_bytes "message"
    facts_of_any_bytes "context"
    scenario_files_of_any_bytes "scenarios"
    secrets_among_any_bytes "privacy"
    compiled_files_of_any_bytes "compiled"
    saved_states_of_any_bytes "state"
}
