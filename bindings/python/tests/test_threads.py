"""Threads on one engine, for as long as a test may take; `benches/threads.py` does the same for a minute."""

import subprocess
import sys

from .conftest import ROOT


def test_eight_threads_decide_alike_and_keep_no_memory():
    command = [sys.executable, ROOT / "bindings/python/benches/threads.py", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert ", 0 wrong;" in done.stdout
