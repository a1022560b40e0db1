//! `open WORKLOAD RULES ROUNDS`: what opening the compiled rules of a workload costs, against making them of the YAML.

use std::hint::black_box;
use std::time::Instant;

use benches::workload::Definitions;
use jawab::{Engine, RuleSet};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [workload, rules, rounds] = arguments.as_slice() else {
        eprintln!("usage: open WORKLOAD RULES ROUNDS");
        std::process::exit(2);
    };
    let definitions = Definitions::built_in();
    let workload = definitions.workloads.get(workload).expect("a workload of workloads.yaml");
    let sample = definitions.sample(workload, rules.parse().expect("a number of rules"));
    let start = Instant::now();
    let rules = RuleSet::from_yaml("rules.yaml", &sample.yaml).expect("rules");
    let engine = Engine::new(&rules).expect("an engine");
    println!("yaml_ms,{:.1}", start.elapsed().as_secs_f64() * 1e3);
    let path = std::env::temp_dir().join("jawab-open.jawab");
    let bytes = engine.to_compiled();
    std::fs::write(&path, &bytes).expect("a file");
    drop((rules, engine));
    println!("bytes,{}", bytes.len());
    let mut times: Vec<f64> = (0..rounds.parse().expect("a number of rounds"))
        .map(|_| {
            let start = Instant::now();
            let engine = black_box(Engine::from_path(&path).expect("an engine"));
            let time = start.elapsed().as_secs_f64() * 1e3;
            drop(engine);
            time
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("open_ms_least,{:.1}\nopen_ms_median,{:.1}", times[0], times[times.len() / 2]);
    let engine = Engine::from_path(&path).expect("an engine");
    let start = Instant::now();
    let decisions: Vec<String> =
        sample.messages.iter().map(|message| engine.decide(message).to_json()).collect();
    println!("messages,{}\nfirst_messages_ms,{:.1}", decisions.len(), start.elapsed().as_secs_f64() * 1e3);
    std::fs::remove_file(path).expect("the file");
}
