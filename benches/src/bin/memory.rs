//! `memory WORKLOAD RULES`: what the engine of a workload keeps, and at most takes while it is made of the YAML, in bytes
//! of the heap, counted.

use std::hint::black_box;

use benches::workload::Definitions;
use jawab::{Engine, RuleSet};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [workload, rules] = arguments.as_slice() else {
        eprintln!("usage: memory WORKLOAD RULES");
        std::process::exit(2);
    };
    let definitions = Definitions::built_in();
    let workload = definitions.workloads.get(workload).expect("a workload of workloads.yaml");
    let rules: usize = rules.parse().expect("a number of rules");
    let sample = definitions.sample(workload, rules);
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let set = RuleSet::from_yaml("rules.yaml", &sample.yaml).expect("rules");
    let engine = Engine::new(&set).expect("an engine");
    drop(set);
    let kept = HEAP.current_usage() - before;
    println!("rules,{rules}\nyaml_bytes,{}", sample.yaml.len());
    println!("kept_bytes,{kept}\nkept_bytes_a_rule,{}", kept / rules);
    println!("peak_bytes,{}", HEAP.peak_usage() - before);
    let mut matcher = engine.matcher();
    sample.messages.iter().for_each(|message| drop(black_box(matcher.decide(message))));
    println!("kept_bytes_after_{}_messages,{}", sample.messages.len(), HEAP.current_usage() - before);
}
