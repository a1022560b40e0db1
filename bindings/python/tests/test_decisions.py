"""What a decision is in Python."""

import copy
import json
import pickle
import re

import pytest

import jawab
from jawab import Answer, AskOption, Candidate, SlotValue, Ticket

from .conftest import ANSWERED, ASKED, HANDED_OFF, IGNORED

ALL = [ANSWERED, HANDED_OFF, ASKED, IGNORED]


def test_an_answer_has_its_text_and_where_it_is_from(engine):
    decision = engine.decide(ANSWERED, context={"customer.name": "Sari"})
    assert type(decision) is jawab.Answer and isinstance(decision, jawab.Decision)
    assert (decision.action, decision.rule, decision.text) == ("answer", "deposit-how", "Buka Dompet, Sari.")
    assert (decision.language, decision.reason, decision.slots) == ("id", None, {})
    assert decision.confidence > 0.9
    assert decision.rules == engine.rules.fingerprint
    assert decision.candidates[0] == Candidate("deposit-how", decision.confidence, "identical")


def test_a_handoff_has_everything_for_the_agent(engine):
    decision = engine.decide(HANDED_OFF)
    amount = SlotValue(50000, "50rb", (12, 16))
    assert type(decision) is jawab.Handoff
    assert (decision.reason, decision.team, decision.priority, decision.level) == (
        "payment-not-credited",
        "finance",
        "high",
        1,
    )
    assert (decision.respond_within, decision.update_every, decision.resolve_within) == (60, 300, 600)
    assert decision.slots == {"amount": amount}
    assert decision.ticket == Ticket(
        "Deposit belum masuk", {"amount": amount}, ("reference",), ("deposit-missing",)
    )
    from_, to = amount.span
    assert HANDED_OFF.encode()[from_:to] == b"50rb"


def test_an_ask_has_its_options_and_an_ignore_its_reason(engine):
    asked = engine.decide(ASKED)
    assert asked.options == (AskOption("coin", "Koin"), AskOption("dice", "<Dadu>"))
    assert asked.rule is None and asked.confidence is None
    ignored = engine.decide(IGNORED)
    assert (ignored.reason, ignored.text, ignored.language) == ("empty", None, None)


def test_a_match_statement_takes_decisions_apart(engine):
    def told(decision):
        match decision:
            case jawab.Answer(text, rule="deposit-how"):
                return text
            case jawab.Ask(_, options):
                return [option.rule for option in options]
            case jawab.Handoff(reason, team):
                return reason, team
            case jawab.Ignore(reason):
                return reason

    assert [told(engine.decide(text)) for text in ALL] == [
        "Buka Dompet, Kak.",
        ("payment-not-credited", "finance"),
        ["coin", "dice"],
        "empty",
    ]


@pytest.mark.parametrize("text", ALL)
def test_a_decision_is_its_json(engine, text):
    decision = engine.decide(text)
    assert decision.to_dict() == json.loads(decision.to_json())
    assert list(decision.to_dict())[0] == "action"
    again = jawab.Decision.from_json(decision.to_json())
    assert again == decision and hash(again) == hash(decision) and type(again) is type(decision)
    assert again.to_json() == decision.to_json()
    assert len({decision, again, engine.decide("something else")}) == 2
    assert decision != decision.to_json()


@pytest.mark.parametrize("text", ALL)
def test_a_decision_can_be_pickled_and_copied(engine, text):
    decision = engine.decide(text)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(decision, protocol)) == decision
    assert copy.copy(decision) == copy.deepcopy(decision) == decision


def test_a_decision_cannot_be_changed_or_made(engine):
    decision = engine.decide(ANSWERED)
    with pytest.raises(AttributeError):
        decision.text = "something else"
    with pytest.raises(TypeError):
        Answer()


@pytest.mark.parametrize("text", ["", "{}", '{"action": "dance"}', '{"action": "ignore"}'])
def test_what_is_no_decision_is_refused(text):
    with pytest.raises(ValueError, match="this is no decision"):
        jawab.Decision.from_json(text)


def test_a_decision_tells_itself_in_a_line(engine):
    assert re.fullmatch(
        r"Handoff\(rule='deposit-missing', reason='payment-not-credited', team='finance', priority='high', "
        r"confidence=0\.9\d*, language='id', text='Mohon maaf atas kendalanya\.'\)",
        repr(engine.decide(HANDED_OFF)),
    )
    assert repr(engine.decide(IGNORED)) == "Ignore(reason='empty')"


def test_a_notebook_shows_a_table_in_which_nothing_is_markup(engine):
    shown = engine.decide(ASKED)._repr_html_()
    assert shown.startswith("<table>") and "&lt;Dadu&gt;" in shown and "<Dadu>" not in shown
    assert "<pre>" in engine.explain("<b>" + ANSWERED)._repr_html_()
    assert "<b>" not in engine.explain("<b>" + ANSWERED)._repr_html_()


def test_an_explanation_tells_each_step(engine):
    explanation = engine.explain(HANDED_OFF)
    steps = explanation.to_dict()
    assert [word["read"] for word in steps["words"]][-2:] == ["belum", "masuk"]
    assert explanation.decision == engine.decide(HANDED_OFF)
    assert json.loads(explanation.to_json()) == steps
    assert "deposit-missing" in str(explanation)
    assert explanation == engine.explain(HANDED_OFF) != engine.explain(ANSWERED)


def test_why_not_names_the_first_condition_that_failed(engine):
    why_not = engine.why_not(ANSWERED, "deposit-missing")
    assert (why_not.rule, why_not.failed) == ("deposit-missing", "no-evidence")
    assert str(why_not) == why_not.text == "none of its patterns matches"
    assert engine.why_not(ANSWERED, "deposit-how") is None
    assert engine.why_not(ANSWERED, "no-such-rule") is None
