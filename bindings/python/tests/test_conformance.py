"""The suite that every language runs: see `crates/conformance/README.md`."""

import dataclasses
import json
import os

import pytest

import jawab
from jawab import _native

from .conftest import ROOT

FILE = ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "conformance"


def records():
    """Each line: a verb and its arguments as netstrings."""
    data, at = FILE.read_bytes(), 0
    while at < len(data):
        end = data.index(b" ", at)
        verb, at, arguments = data[at:end].decode(), end + 1, []
        while data[at : at + 1] != b"\n":
            colon = data.index(b":", at)
            start, length = colon + 1, int(data[at:colon])
            arguments.append(data[start : start + length])
            at = start + length + 1
        at += 1
        yield verb, arguments


def cases():
    """Steps by the name of their case; the suite says itself how many there are."""
    if not FILE.exists():
        return {}, None
    found, count = {}, None
    for verb, arguments in records():
        if verb == "case":
            steps = found.setdefault(arguments[0].decode(), [])
        elif verb == "end":
            count = int(arguments[0])
        else:
            steps.append((verb, arguments))
    return found, count


CASES, COUNT = cases()


def json_of(value):
    """JSON as the core writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def diagnostics(found):
    problems = [dataclasses.asdict(problem) for problem in found]
    return json_of([{key: part for key, part in problem.items() if part is not None} for problem in problems])


def facts(context):
    return json.loads(context) if context else None


class Case:
    """The run of one case: a method for each verb."""

    def __init__(self):
        self.sources, self.bounds, self.engine, self.conversation = [], {}, None, None

    def source(self, name, text):
        self.sources.append((name.decode(), text))

    def limits(self, limits):
        self.bounds = json.loads(limits)

    def _rules(self, path):
        sources, self.sources = self.sources, []
        if path:
            return jawab.RuleSet.from_path(path.decode())
        return jawab.RuleSet.from_sources(sources, limits=self.bounds)

    def load(self, path, warnings):
        rules = self._rules(path)
        assert diagnostics(rules.warnings) == warnings
        self.engine = jawab.Engine(rules)

    def refuse(self, path, problems):
        with pytest.raises((jawab.RuleError, OSError)) as refused:
            self._rules(path)
        assert diagnostics(refused.value.diagnostics) == problems

    def settings(self, threshold, margin, clarify):
        changes = {"threshold": threshold, "margin": margin, "clarify": clarify}
        read = {"threshold": float, "margin": float, "clarify": lambda flag: flag == b"1"}
        given = {name: read[name](value) for name, value in changes.items() if value}
        self.engine = self.engine.with_settings(**given)

    def decide(self, text, context, decision):
        text, context = text.decode(), facts(context)
        decided = [self.engine.decide(text, context=context)]
        decided += self.engine.decide_many([text] * 2, [context] * 2, threads=2)
        decided.append(self.engine.explain(text, context=context).decision)
        decided += [jawab.Decision.from_json(decided[0].to_json())]
        assert {one.to_json().encode() for one in decided} == {decision}

    def explain(self, text, context, explanation):
        told = self.engine.explain(text.decode(), context=facts(context))
        assert told.to_json().encode() == explanation

    def why_not(self, text, context, rule, answer):
        told = self.engine.why_not(text.decode(), rule.decode(), context=facts(context))
        assert json_of(told and dataclasses.asdict(told)) == answer

    def rule_tests(self, report):
        assert _native.rule_tests(self.engine).encode() == report

    def score(self, score):
        try:
            scored = _native.scenarios_from_sources(self.engine, self.sources).encode()
        except jawab.RuleError as refused:
            scored = diagnostics(refused.diagnostics)
        assert scored == score

    def evaluate(self, evaluation, *labelled):
        texts, intents, contexts = labelled[0::3], labelled[1::3], labelled[2::3]
        triples = [
            (text.decode(), intent.decode() or None, facts(context))
            for text, intent, context in zip(texts, intents, contexts, strict=True)
        ]
        assert _native.evaluate(self.engine, triples).encode() == evaluation

    def converse(self, context):
        self.conversation = self.engine.conversation(facts(context))

    def turn(self, decision, *messages):
        texts = [text.decode() for text in messages[0::2]]
        contexts = [facts(context) for context in messages[1::2]]
        other = self.engine.resume(self.conversation.to_json())
        if len(texts) == 1:
            decided = [self.conversation.decide(texts[0], context=contexts[0])]
        else:
            decided = [self.conversation.decide_burst(texts, contexts)]
        decided.append(other.decide_burst(texts, contexts))
        decided.append(jawab.Decision.from_json(decided[0].to_json()))
        assert {one.to_json().encode() for one in decided} == {decision}
        assert other.to_json() == self.conversation.to_json()

    def save(self, state):
        assert self.conversation.to_json().encode() == state

    def resume(self, state):
        self.conversation = self.engine.resume(state.decode() or self.conversation.to_json())

    def refuse_state(self, state, message):
        with pytest.raises(ValueError) as refused:
            self.engine.resume(state.decode())
        assert type(refused.value) is ValueError and str(refused.value).encode() == message


@pytest.mark.parametrize("name", CASES)
def test_case(name):
    case = Case()
    for verb, arguments in CASES[name]:
        getattr(case, verb.replace("-", "_"))(*arguments)


def test_every_case_is_run():
    assert COUNT, "make the suite with `cargo run -p conformance -- export target/conformance`"
    assert len(CASES) == COUNT
