"""Figures of labelled messages, as the core has them."""

import json

import pytest

import jawab
from jawab import _native
from jawab.eval import Labelled

from .conftest import ANSWERED, ASKED, HANDED_OFF

LABELLED = [
    Labelled(ANSWERED, "deposit-how"),
    (HANDED_OFF, "deposit-missing"),
    (ANSWERED, "deposit-how", {"owner": "human"}),
    ("siapa presiden", None),
    {"text": ASKED, "intent": "coin"},
]


def test_labelled_messages_come_in_every_form(engine):
    figures = jawab.eval.evaluate(engine, LABELLED)
    assert (figures["messages"], figures["in_scope"], figures["out_of_scope"]) == (5, 4, 1)
    assert figures["accuracy"]["number"] >= 3 and figures["wrong"]["number"] == 0
    with pytest.raises(TypeError):
        jawab.eval.evaluate(engine, [(3, "coin")])
    with pytest.raises(TypeError, match="a tuple or a dict with `text` and `intent`, not str"):
        jawab.eval.evaluate(engine, [ASKED])
    assert jawab.eval.evaluate(engine, [])["messages"] == 0


def test_figures_are_those_of_the_scenario_files(support):
    labelled = jawab.eval.labelled(support, "rules/support")
    score = jawab.eval.scenarios(support, "rules/support")
    assert len(labelled) == score["total"]["messages"] == jawab.eval.evaluate(support, labelled)["messages"]
    assert score == json.loads(_native.scenarios(support, "rules/support"))


def test_rules_that_are_not_there_have_no_scenarios(support):
    for read in (jawab.eval.scenarios, jawab.eval.labelled):
        with pytest.raises(FileNotFoundError):
            read(support, "rules/suport")


def test_scenario_files_in_memory_are_scored_and_checked(engine):
    good = f"jawab: 1\nmessages: {{deposit-how: [{ANSWERED}]}}\n"
    assert jawab.eval.scenarios(engine, [("s.yaml", good)])["total"]["right"] == 1
    with pytest.raises(jawab.RuleError, match="unknown-rule"):
        jawab.eval.scenarios(engine, [("s.yaml", good.replace("deposit-how", "deposit-who"))])


def test_tuning_keeps_its_promise_or_says_what_it_takes(support):
    labelled = jawab.eval.labelled(support, "rules/support")
    tuning = jawab.eval.tune(support, labelled, max_wrong=0.02)
    chosen = tuning["chosen"]
    assert chosen["wrong"]["share"] <= chosen["wrong_at_most"] <= 0.02
    tuned = support.with_settings(threshold=chosen["threshold"], margin=chosen["margin"])
    assert jawab.eval.evaluate(tuned, labelled)["answered"]["number"] == chosen["answered"]["number"]
    few = jawab.eval.tune(support, labelled[:5], max_wrong=0.001)
    assert few["chosen"] is None and few["least_answered"] > 5 and not few["wrong_too_often"]


def test_nothing_is_chosen_from_copies(engine):
    copied = jawab.eval.tune(engine, [(ANSWERED, "deposit-how")] * 400)
    assert copied["chosen"] is None and copied["out_of_scope"] == 0
    assert copied["repeats"]["own_questions"] + copied["repeats"]["copies"] >= 399


@pytest.mark.parametrize("shares", [{"max_wrong": 0}, {"max_wrong": 2}, {"confidence": 1}, {"confidence": 0.4}])
def test_shares_outside_their_range_are_refused(engine, shares):
    with pytest.raises(ValueError, match="take"):
        jawab.eval.tune(engine, LABELLED, **shares)
    with pytest.raises(ValueError, match="no labelled message"):
        jawab.eval.tune(engine, [])


def test_questions_are_held_back(engine):
    minimal = jawab.RuleSet.from_path("rules/minimal.yaml")
    assert jawab.eval.cross_validate(minimal, 3)["evaluation"]["messages"] == 3
    for folds in (1, 101):
        with pytest.raises(ValueError, match="parts"):
            jawab.eval.cross_validate(minimal, folds)
    lonely = "jawab: 1\nlanguage: en\nfaq: {hi: {questions: [hi], answer: Hi.}}"
    with pytest.raises(ValueError, match="two different questions"):
        jawab.eval.cross_validate(jawab.RuleSet.from_yaml("r.yaml", lonely))


def test_what_is_not_understood_is_proposed(engine):
    log = ["kartu fisik kapan dikirim", "kapan kartu fisik dikirim", ANSWERED]
    proposals = jawab.eval.suggest(engine, log)
    assert [entry["messages"] for entry in proposals["proposals"]] == [2]
    assert "kartu fisik kapan dikirim" in proposals["proposals"][0]["yaml"]
    with pytest.raises(TypeError, match="not one str"):
        jawab.eval.suggest(engine, "halo")


def test_two_engines_are_compared(engine):
    difference = jawab.eval.diff(engine, engine.with_settings(threshold=1), [ANSWERED, HANDED_OFF, IGNORED])
    assert difference["messages"] == 3 and difference["changed"] == 2


IGNORED = ""
