"""What a message costs from Python, beside the same message in Rust. Run it on a machine that does nothing else:

    cargo build --release -p benches --bin one_message
    python bindings/python/benches/overhead.py

With an environment that has the package: `target/python/bin/python` after `cargo xtask test`. Times are the least of
several runs, which is what the machine can do; `--quick` shows that it works.
"""

import argparse
import json
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import jawab

ROOT = Path(__file__).parents[3]
MESSAGES = ["halo", "gmn cara depo kak", "depo dr tadi blm masuk nih", "怎么充值"]


def least(run: Callable[[], object], rounds: int, clock: Callable[[], float]) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(rounds):
        start = clock()
        run()
        times.append(clock() - start)
    return min(times)


def in_rust(message: str, calls: int, rounds: int) -> float:
    """Seconds of one message in Rust, with a matcher of its own."""
    program = ROOT / "target/release/one_message"
    arguments = [program, ROOT / "rules/support", message, str(calls), str(rounds)]
    return float(subprocess.run(arguments, capture_output=True, text=True, check=True).stdout) / 1e9


def in_python(engine: jawab.Engine, message: str, calls: int, rounds: int) -> float:
    """Seconds of one message, the loop's own cost taken off."""
    decide = engine.decide

    def loop() -> None:
        for _ in range(calls):
            decide(message)

    def empty() -> None:
        for _ in range(calls):
            pass

    clock = time.thread_time
    return (least(loop, rounds, clock) - least(empty, rounds, clock)) / calls


def one_by_one(engine: jawab.Engine, calls: int, rounds: int) -> None:
    print("one message                        Rust      Python   difference")
    for message in MESSAGES:
        pairs = [(in_rust(message, calls, 10), in_python(engine, message, calls, 10)) for _ in range(rounds)]
        rust, python = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
        print(f"{message:30} {rust * 1e6:7.2f} µs {python * 1e6:8.2f} µs {(python - rust) * 1e6:+9.2f} µs")


def together(engine: jawab.Engine, count: int, rounds: int) -> None:
    scenarios = [message.text for message in jawab.eval.labelled(engine, ROOT / "rules/support")]
    texts = (scenarios * (count // len(scenarios) + 1))[:count]
    runs: dict[str, Callable[[], object]] = {
        f"decide_many, {threads} thread{'s' * (threads > 1)}": lambda threads=threads: engine.decide_many(
            texts, threads=threads
        )
        for threads in (1, 2)
    }
    import pyarrow as pa

    table = pa.table({"message": texts})
    for threads in (1, 2):
        runs[f"decide_table, {threads} thread{'s' * (threads > 1)}"] = lambda threads=threads: jawab.decide_table(
            engine, table, "message", threads=threads
        )
    wall: dict[str, list[float]] = {name: [] for name in runs}
    cpu: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            before = time.perf_counter(), time.process_time(), time.thread_time()
            run()
            after = time.perf_counter(), time.process_time(), time.thread_time()
            wall[name].append(after[0] - before[0])
            cpu[name].append((after[1] - before[1], after[2] - before[2]))
    print(f"\n{count} messages        least    median   processor   of it, the calling thread   a message")
    for name in runs:
        (all_threads, caller), fastest = min(cpu[name]), min(wall[name])
        print(
            f"{name:24} {fastest:7.3f} s {statistics.median(wall[name]):7.3f} s {all_threads:9.3f} s {caller:20.3f} s"
            f" {fastest / count * 1e6:18.2f} µs"
        )
    one, two, table_one, table_two = (min(found) for found in wall.values())
    print(f"\ntwo threads are {one / two:.2f} times as fast as one; a table takes {table_one / one:.2f} of the time of a")
    print(f"list on one thread, {table_two / two:.2f} on two")
    (all_threads, caller), alone = min(cpu["decide_many, 2 threads"]), min(cpu["decide_many, 1 thread"])[0]
    shared = alone / (caller + (all_threads - caller) / 2)
    print(f"by processor time, two threads with a core each would be {shared:.2f} times as fast as one")


def main() -> None:
    arguments = argparse.ArgumentParser(description="What a message costs from Python.")
    arguments.add_argument("--quick", action="store_true")
    quick = arguments.parse_args().quick
    engine = jawab.Engine.from_path(ROOT / "rules/support")
    one_by_one(engine, 200 if quick else 2_000, 2 if quick else 10)
    together(engine, 2_000 if quick else 100_000, 1 if quick else 5)
    reading(engine, 2_000 if quick else 200_000)


def reading(engine: jawab.Engine, calls: int) -> None:
    """What it costs to read a decision."""
    decision = engine.decide("depo dr tadi blm masuk nih")
    parts: dict[str, Callable[[], object]] = {
        "action": lambda: decision.action,
        "text": lambda: decision.text,
        "candidates": lambda: decision.candidates,
        "to_json": decision.to_json,
        "to_dict": decision.to_dict,
        "json.loads(to_json)": lambda: json.loads(decision.to_json()),
    }
    print("\nreading a decision")
    for name, part in parts.items():
        seconds = least(lambda part=part: [part() for _ in range(calls // 10)], 5, time.thread_time)
        print(f"{name:30} {seconds / (calls // 10) * 1e9:9.0f} ns")


if __name__ == "__main__":
    main()
