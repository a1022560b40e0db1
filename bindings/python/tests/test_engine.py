"""Loading, deciding, and what is refused."""

import copy
import enum
import gc
import pickle
import subprocess
import sys
import threading
import types
from pathlib import Path

import pytest

import jawab

from .conftest import ANSWERED, ASKED, DESK, HANDED_OFF, IGNORED

ALL = [ANSWERED, HANDED_OFF, ASKED, IGNORED]


def test_a_rule_set_tells_what_it_holds():
    rules = jawab.RuleSet.from_yaml("desk.yaml", DESK)
    assert [rule.id for rule in rules.rules] == ["deposit-how", "deposit-missing", "coin", "dice"]
    first = rules.rules[0]
    assert (first.action, first.questions, first.patterns, first.place.file) == ("answer", 2, 0, "desk.yaml")
    assert rules.settings == jawab.RuleSettings(("id", "en"), 0.6, 0.1, True)
    assert rules.warnings == ()
    assert repr(rules).startswith("<RuleSet of 4 rules, b3:")


def test_equal_texts_are_equal_rule_sets_however_they_come(tmp_path):
    (tmp_path / "desk.yaml").write_text(DESK)
    sets = [
        jawab.RuleSet.from_path(tmp_path),
        jawab.RuleSet.from_path(str(tmp_path / "desk.yaml")),
        jawab.RuleSet.from_yaml("other name", DESK),
        jawab.RuleSet.from_yaml("desk.yaml", DESK.encode()),
        jawab.RuleSet.from_sources([("desk.yaml", DESK)], limits={"files": 1}),
    ]
    assert len(set(sets)) == 1 and len({jawab.Engine(rules) for rules in sets}) == 1
    assert sets[0] != jawab.RuleSet.from_yaml("desk.yaml", DESK + "\n") != "desk.yaml"


def test_rules_and_engines_can_be_pickled_and_copied():
    rules = jawab.RuleSet.from_sources([("desk.yaml", DESK)], limits={"rules": 4, "file_bytes": len(DESK)})
    engine = jawab.Engine(rules).with_settings(threshold=0.9, clarify=False)
    again = pickle.loads(pickle.dumps(engine))
    assert again == engine and hash(again) == hash(engine) and again != jawab.Engine(rules)
    assert [again.decide(text).to_json() for text in ALL] == [engine.decide(text).to_json() for text in ALL]
    assert pickle.loads(pickle.dumps(rules)) == rules
    assert copy.copy(engine) == copy.deepcopy(engine) == engine
    assert copy.copy(rules) == copy.deepcopy(rules) == rules


def test_compiled_rules_are_opened_by_their_path(tmp_path):
    rules, compiled = tmp_path / "desk.yaml", tmp_path / "desk.jawab"
    rules.write_text(DESK)
    command = ["cargo", "run", "--quiet", "--", "compile", rules, "-o", compiled]
    subprocess.run(command, cwd=Path(__file__).parents[3], check=True, capture_output=True)
    opened, engine = jawab.Engine.from_path(compiled), jawab.Engine.from_path(rules)
    assert opened == engine and opened.rules == engine.rules
    assert [opened.decide(text).to_json() for text in ALL] == [engine.decide(text).to_json() for text in ALL]
    with pytest.raises(jawab.RuleError) as refused:
        jawab.RuleSet.from_path(compiled)
    assert [problem.code for problem in refused.value.diagnostics] == ["compiled-rules"]
    compiled.write_bytes(compiled.read_bytes()[:-1])
    with pytest.raises(jawab.RuleError, match="damaged-compiled-rules"):
        jawab.Engine.from_path(compiled)


def test_limits_bound_what_is_read():
    with pytest.raises(jawab.RuleError) as refused:
        jawab.RuleSet.from_sources([("desk.yaml", DESK)], limits={"rules": 3})
    assert [problem.code for problem in refused.value.diagnostics] == ["too-large"]
    with pytest.raises(TypeError, match="unknown field `rulse`"):
        jawab.RuleSet.from_sources([("desk.yaml", DESK)], limits={"rulse": 3})


def test_a_broken_rule_set_tells_all_its_problems(tmp_path):
    (tmp_path / "a.yaml").write_text("jawab: 1\nlanguage: en\nfqa: {}\n")
    (tmp_path / "b.yaml").write_text("jawab: 1\nlanguage: en\nfaq: {greet: {questions: [hi]}}\n")
    with pytest.raises(ValueError) as refused:
        jawab.Engine.from_path(tmp_path)
    error = refused.value
    assert type(error) is jawab.RuleError
    assert [problem.code for problem in error.diagnostics] == ["unknown-key", "missing-outcome"]
    first = error.diagnostics[0]
    assert (first.place.line, first.place.column, first.severity) == (3, 1, "error")
    assert str(error).splitlines() == [str(problem) for problem in error.diagnostics]
    assert first.page.startswith("# unknown-key")
    again = pickle.loads(pickle.dumps(error))
    assert again.diagnostics == error.diagnostics and str(again) == str(error)


@pytest.mark.parametrize("load", [jawab.RuleSet.from_path, jawab.Engine.from_path])
def test_a_path_that_cannot_be_read_is_an_os_error(load, tmp_path):
    with pytest.raises(FileNotFoundError) as missing:
        load(tmp_path / "none.yaml")
    assert missing.value.filename == str(tmp_path / "none.yaml") and missing.value.errno == 2
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (tmp_path / "bad.yaml").write_text("jawab: 1\nlanguage: en\nfqa: {}\n")
    with pytest.raises(OSError) as unreadable:
        load(tmp_path)
    assert unreadable.value.filename == str(tmp_path / "loop.yaml")
    assert any("unknown-key" in note for note in unreadable.value.__notes__)
    assert {problem.code for problem in unreadable.value.diagnostics} == {"unreadable-file", "unknown-key"}


def test_warnings_of_a_good_rule_set_are_found_by_check():
    text = DESK.replace("Buka Dompet, ", "Goblok, ")
    warnings = jawab.check(jawab.Engine(jawab.RuleSet.from_yaml("desk.yaml", text)))
    assert "impolite-word" in {warning.code for warning in warnings}
    assert all(warning.severity == "warning" for warning in warnings)


def test_the_page_of_a_code_is_there_and_of_no_other():
    assert jawab.page("duplicate-rule").startswith("# duplicate-rule")
    with pytest.raises(KeyError):
        jawab.page("no-such-code")


def test_settings_change_without_loading_again(engine):
    stricter = engine.with_settings(threshold=1.0)
    assert stricter.settings == jawab.EngineSettings(1.0, 0.1, True)
    assert stricter.decide(ANSWERED).reason == "low-confidence"
    assert stricter.with_settings(threshold=0.6) == engine
    assert engine.with_settings(clarify=False).decide(ASKED).reason == "ambiguous"
    assert engine.with_settings() == engine and stricter.rules == engine.rules


@pytest.mark.parametrize("name", ["threshold", "margin"])
@pytest.mark.parametrize("value", [-0.01, 1.01, 60, float("nan"), float("inf")])
def test_settings_outside_their_range_are_refused(engine, name, value):
    with pytest.raises(ValueError, match="lies between 0 and 1"):
        engine.with_settings(**{name: value})


def test_a_context_is_any_json_in_python(engine):
    class Tier(enum.StrEnum):
        GOLD = "gold"

    name = {"customer": {"name": "Sari", "tier": Tier.GOLD}, "queue": {"waiting": 3, "rate": 0.5}}
    facts = {**name, "tags": ["a", ("b",), None, True], "big": 2**63, "bigger": 10**30}
    for context in [facts, types.MappingProxyType(facts), {"customer.name": "Sari"}]:
        assert engine.decide(ANSWERED, context=context).text == "Buka Dompet, Sari."
    assert engine.decide(ANSWERED, context={}).text == engine.decide(ANSWERED, context=None).text
    assert engine.decide(ANSWERED, context={"owner": "human"}).reason == "human-owner"


@pytest.mark.parametrize(
    ("context", "error", "words"),
    [
        ("web", TypeError, "a context is a dict, not str"),
        ([("a", 1)], TypeError, "a context is a dict, not list"),
        ({1: "a"}, TypeError, "keys of a context are str, not int"),
        ({"a": {2: 3}}, TypeError, "keys of a context are str, not int"),
        ({"a": object()}, TypeError, "not object in `a`"),
        ({"a": b"x"}, TypeError, "not bytes"),
        ({"tier": {"points": float("nan")}}, ValueError, "finite, not nan in `points`"),
    ],
)
def test_a_context_that_is_no_json_is_refused(engine, context, error, words):
    with pytest.raises(error, match=words):
        engine.decide(ANSWERED, context=context)
    with pytest.raises(error, match=r"contexts\[1\]: .*" + words):
        engine.decide_many([ANSWERED] * 2, [None, context])


def test_values_of_arrays_are_facts(engine):
    numpy = pytest.importorskip("numpy")
    facts = {"a": numpy.int64(3), "b": numpy.float32(0.5), "c": numpy.bool_(True), "d": numpy.str_("gold")}
    assert engine.decide(ANSWERED, context=facts) == engine.decide(ANSWERED)


def test_an_engine_is_its_own_copy(engine):
    assert copy.copy(engine) is engine
    assert copy.deepcopy({"engine": engine})["engine"] is engine


def test_a_context_without_end_is_refused(engine):
    endless = {}
    endless["a"] = endless
    with pytest.raises(ValueError, match="nested at most 64 deep"):
        engine.decide(ANSWERED, context=endless)


def nested(depth):
    context = "gold"
    for _ in range(depth):
        context = {"a": context}
    return context


def test_a_context_nests_to_its_limit(engine):
    assert engine.decide(ANSWERED, context=nested(63)).text == "Buka Dompet, Kak."
    with pytest.raises(ValueError, match="nested at most 64 deep"):
        engine.decide(ANSWERED, context=nested(64))


@pytest.mark.parametrize("text", [None, 3, b"halo", ["halo"]])
def test_a_message_is_text(engine, text):
    for call in (engine.decide, engine.explain, lambda text: engine.why_not(text, "coin")):
        with pytest.raises(TypeError, match="expected a str"):
            call(text)
    with pytest.raises(TypeError, match=r"texts\[1\]: expected a str"):
        engine.decide_many(["halo", text])


def test_half_a_character_is_read_as_the_replacement_character(engine):
    for text in ["cara deposit \ud83d", "\udc00cara deposit", "\ud83d", "cara \ud83d\ud83d deposit"]:
        whole = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
        assert engine.decide(text) == engine.decide(whole) == engine.decide_many([text])[0]
        assert engine.explain(text) == engine.explain(whole)


def test_a_fault_of_the_engine_is_an_exception():
    with pytest.raises(jawab.InternalError, match="broken"):
        jawab._native._panic("broken")
    assert issubclass(jawab.InternalError, Exception)


@pytest.mark.parametrize("threads", [None, 1, 2, 256])
def test_many_messages_are_decided_as_one(support, threads):
    texts = [message.text for message in jawab.eval.labelled(support, "rules/support")]
    one_by_one = [support.decide(text) for text in texts]
    assert support.decide_many(texts, threads=threads) == one_by_one


def test_each_message_of_many_has_its_context(engine):
    contexts = [{"customer.name": "Sari"}, None, {"owner": "human"}]
    decided = engine.decide_many((ANSWERED for _ in contexts), iter(contexts), 2)
    assert decided == [engine.decide(ANSWERED, context=context) for context in contexts]
    assert engine.decide_many([]) == engine.decide_many([], []) == []


def test_a_batch_that_makes_no_sense_is_refused(engine):
    with pytest.raises(ValueError, match="2 texts and 1 contexts"):
        engine.decide_many([ANSWERED] * 2, [None])
    with pytest.raises(TypeError, match="not one str"):
        engine.decide_many("halo")
    for threads in [0, 257]:
        with pytest.raises(ValueError, match="threads lies between 1 and 256"):
            engine.decide_many([ANSWERED], threads=threads)


INTERRUPTED = """
import signal, sys, time
import jawab
engine = jawab.Engine.from_path("rules/support")
texts = ["depo dr tadi blm masuk tolooong kak"] * 2_000_000
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
signal.setitimer(signal.ITIMER_REAL, 0.5)
start = time.monotonic()
try:
    engine.decide_many(texts, threads=2)
except KeyboardInterrupt:
    sys.exit(0 if time.monotonic() - start < 10 else 3)
sys.exit(4)
"""


def test_ctrl_c_stops_a_long_batch():
    assert subprocess.run([sys.executable, "-c", INTERRUPTED], check=False).returncode == 0


def test_other_threads_run_while_a_batch_is_decided(support):
    ticks, done = [], threading.Event()

    def tick():
        while not done.wait(0.001):
            ticks.append(1)

    thread = threading.Thread(target=tick)
    thread.start()
    support.decide_many(["depo dr tadi blm masuk"] * 4000)
    done.set()
    thread.join()
    assert len(ticks) > 5


def test_threads_share_an_engine_and_decide_alike(support):
    texts = [message.text for message in jawab.eval.labelled(support, "rules/support")][:300]
    expected = [support.decide(text).to_json() for text in texts]
    wrong = []

    def run():
        for _ in range(5):
            if [support.decide(text).to_json() for text in texts] != expected:
                wrong.append(1)

    threads = [threading.Thread(target=run) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_messages_leave_nothing_behind(engine):
    resource = pytest.importorskip("resource")

    def used():
        gc.collect()
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def run():
        for _ in range(20_000):
            decision = engine.decide(HANDED_OFF, context={"channel": "web", "customer": {"name": "Sari"}})
            _ = decision.candidates, decision.ticket, decision.to_dict()

    run()
    before = used()
    run()
    assert used() - before < 2_000  # KiB
