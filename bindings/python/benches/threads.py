"""Eight threads on one engine: the same decisions all the time, and no growth in memory.

    python bindings/python/benches/threads.py [SECONDS]
"""

import sys
import threading
import time
from pathlib import Path

import jawab

THREADS = 8
RULES = Path(__file__).parents[3] / "rules" / "minimal.yaml"
TEXTS = ["where is my parcel?", "when are you open?", "it is JX44812093", "zzgrm", ""]


def memory():
    """Kilobytes in use; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def decided(engine):
    """Everything that one round decides: alone, in a batch, and in a conversation saved after each message."""
    out = [engine.decide(text).to_json() for text in TEXTS]
    out += [decision.to_json() for decision in engine.decide_many(TEXTS, threads=2)]
    conversation = engine.conversation()
    for text in TEXTS:
        out.append(conversation.decide(text).to_json())
        conversation = engine.resume(conversation.to_json())
    return out


def run(engine, seconds):
    """Rounds and wrong rounds of all threads."""
    expected, end, rounds, wrong = decided(engine), time.monotonic() + seconds, [0] * THREADS, [0] * THREADS

    def work(number):
        while time.monotonic() < end:
            wrong[number] += decided(engine) != expected
            rounds[number] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return rounds, sum(wrong)


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    engine = jawab.Engine.from_path(RULES)
    run(engine, min(seconds, 2))  # Stacks, and what the system keeps of freed memory for each thread.
    before = memory()
    rounds, wrong = run(engine, seconds)
    after = memory()
    print(f"{sum(rounds)} rounds on {THREADS} threads in {seconds:g} s, {wrong} wrong; {before} kB before, {after} kB after")
    return 1 if wrong or not all(rounds) or after > before + 4096 else 0


if __name__ == "__main__":
    sys.exit(main())
