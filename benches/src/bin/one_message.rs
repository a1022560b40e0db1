//! `one_message RULES MESSAGE CALLS ROUNDS`: nanoseconds of one message with a matcher of its own, the least of several
//! rounds. What the bindings are compared with.

use std::hint::black_box;
use std::time::Instant;

use jawab::Engine;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [rules, message, calls, rounds] = arguments.as_slice() else {
        eprintln!("usage: one_message RULES MESSAGE CALLS ROUNDS");
        std::process::exit(2);
    };
    let (calls, rounds): (u32, u32) = (calls.parse().expect("calls"), rounds.parse().expect("rounds"));
    let mut matcher = Engine::from_path(rules).expect("rules").matcher();
    black_box(matcher.decide(message));
    let round = || {
        let start = Instant::now();
        (0..calls).for_each(|_| drop(black_box(matcher.decide(black_box(message)))));
        start.elapsed().as_nanos() as f64 / f64::from(calls)
    };
    let least = std::iter::repeat_with(round).take(rounds as usize).fold(f64::INFINITY, f64::min);
    println!("{least}");
}
