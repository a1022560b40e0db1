//! What the most unpleasant messages cost against usual ones of the same length: `cargo run --release -p benches --bin unpleasant`.

use std::collections::BTreeMap;
use std::hint::black_box;

use benches::workload::{Definitions, Sample};
use cpu_time::ThreadTime;
use jawab::{Engine, Matcher, RuleSet};

/// Lengths of messages in bytes, up to the limit.
const LENGTHS: [usize; 5] = [32, 128, 512, 2048, 8192];
/// Of each message the fastest of so many rounds, for whatever else the machine does is in the others.
const ROUNDS: usize = 7;
/// Usual messages of each length.
const USUAL: usize = 50;
/// Workloads beside the support pack.
const WORKLOADS: [&str; 4] = ["templates", "leading-gap", "regexes", "mix"];
const RULES: usize = 1000;

fn main() {
    let pack = RuleSet::from_path(benches::support_pack()).expect("the support pack");
    println!("{:14} {:>6} {:>10} {:>10} {:>6}  worst", "rules", "bytes", "median µs", "worst µs", "×");
    print("support-pack", &pack, &benches::support_messages(&pack));
    let definitions = Definitions::built_in();
    for name in WORKLOADS {
        let Sample { yaml, messages, .. } = definitions.sample(&definitions.workloads[name], RULES);
        print(name, &RuleSet::from_yaml("rules.yaml", &yaml).expect("rules"), &messages);
    }
}

fn print(name: &str, rules: &RuleSet, messages: &[String]) {
    let texts: BTreeMap<String, String> =
        serde_yaml::from_str(include_str!("../../unpleasant.yaml")).expect("unpleasant.yaml");
    let mut matcher = Engine::new(rules).expect("an engine").matcher();
    for bytes in LENGTHS {
        let mut usual: Vec<f64> =
            (0..USUAL).map(|number| micros(&mut matcher, &usual_message(messages, number, bytes))).collect();
        usual.sort_unstable_by(f64::total_cmp);
        let median = usual[USUAL / 2];
        let costs = texts.iter().map(|(name, text)| (micros(&mut matcher, &drawn_out(text, bytes)), name));
        let (worst, which) = costs.max_by(|one, other| one.0.total_cmp(&other.0)).expect("texts");
        println!("{name:14} {bytes:6} {median:10.1} {worst:10.1} {:6.1}  {which}", worst / median);
    }
}

/// Messages one after the other, from another one on each time.
fn usual_message(messages: &[String], number: usize, bytes: usize) -> String {
    let mut text = String::new();
    let from = number * messages.len() / USUAL;
    for message in messages.iter().cycle().skip(from) {
        if text.len() >= bytes {
            break;
        }
        text.push_str(message);
        text.push(' ');
    }
    cut(text, bytes)
}

/// A text again and again; `{number}` is another number each time.
fn drawn_out(text: &str, bytes: usize) -> String {
    let mut out = String::new();
    for number in 1000.. {
        if out.len() >= bytes {
            break;
        }
        out.push_str(&text.replace("{number}", &number.to_string()));
    }
    cut(out, bytes)
}

fn cut(mut text: String, bytes: usize) -> String {
    text.truncate(text.floor_char_boundary(bytes));
    text
}

fn micros(matcher: &mut Matcher, message: &str) -> f64 {
    let round = |matcher: &mut Matcher| {
        let start = ThreadTime::now();
        drop(black_box(matcher.decide(message)));
        start.elapsed().as_secs_f64() * 1e6
    };
    drop(matcher.decide(message));
    (0..ROUNDS).map(|_| round(matcher)).fold(f64::INFINITY, f64::min)
}
