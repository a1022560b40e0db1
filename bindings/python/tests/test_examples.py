"""The scripts in `examples/python` run as they stand."""

import json
import subprocess
import sys

import pytest

from .conftest import ROOT

EXAMPLES = ROOT / "examples/python"

SAYS = {
    "ask": ["Caranya mudah, Kak Sari.", "to finance (high): payment-not-credited", "钱包"],
    "desk_figures": ["first_contact_resolution", "deposit-missing", "drawn:"],
    "evaluate": ["out_of_scope_recall", "costliest mistakes", "confusion.png"],
    "propose_entries": ["turnamen berikutnya kapan kak", "questions:", "further questions"],
    "score_log": ['"decision"'],
    "tune_threshold": ["chosen", "wrong_at_most", "end elsewhere"],
}


def run(name, *arguments):
    command = [sys.executable, EXAMPLES / f"{name}.py", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_example_is_tried():
    assert {path.stem for path in EXAMPLES.glob("*.py")} == set(SAYS)


@pytest.mark.parametrize("name", SAYS)
def test_an_example_runs(name, tmp_path):
    plots = ["--plots", tmp_path] if name in ("evaluate", "desk_figures") else []
    told = run(name, *plots)
    assert [words for words in SAYS[name] if words not in told] == []
    pictures = list(tmp_path.iterdir())
    assert len(pictures) == {"evaluate": 3, "desk_figures": 1}.get(name, 0)
    assert all(picture.stat().st_size > 10_000 for picture in pictures)


def test_a_scored_log_has_a_decision_for_each_message():
    scored = [json.loads(line) for line in run("score_log", "--threads", "2").splitlines()]
    log = [json.loads(line) for line in (ROOT / "examples/data/messages.jsonl").read_text().splitlines()]
    assert [line["id"] for line in scored] == [line["id"] for line in log]
    assert {line["decision"]["action"] for line in scored} >= {"answer", "handoff"}


def test_the_example_log_is_what_its_script_makes(tmp_path):
    script = ROOT / "examples/data/make_desk_log.py"
    copy = tmp_path / script.name
    copy.write_text(script.read_text())
    subprocess.run([sys.executable, copy], check=True)
    assert (tmp_path / "desk-log.csv").read_bytes() == script.with_name("desk-log.csv").read_bytes()
