"""Conversations: what they remember, and that it is the host's."""

import pickle
import threading

import pytest

import jawab
from jawab import SlotValue

from .conftest import ANSWERED, DESK, HANDED_OFF

START = "deposit saya belum masuk"


def test_details_are_asked_for_and_come_out_in_the_ticket(engine):
    conversation = engine.conversation({"channel": "web"})
    asked = conversation.decide(START)
    assert (asked.action, asked.rule, asked.slot) == ("ask", "deposit-missing", "amount")
    assert asked.options == () and asked.text
    assert conversation.decide("50rb kak").slot == "reference"
    handoff = conversation.decide("TRX123456789")
    assert type(handoff) is jawab.Handoff
    ticket = handoff.ticket
    assert ticket.fields["amount"].value == 50000 and ticket.fields["amount"].span is None
    assert type(ticket.fields["reference"]) is SlotValue and ticket.missing == ()
    assert ticket.summary and [message.sender for message in ticket.messages].count("customer") == 3
    assert jawab.Decision.from_json(handoff.to_json()) == handoff == pickle.loads(pickle.dumps(handoff))


def test_a_saved_conversation_goes_on_as_if_it_had_not_been(engine):
    lines = [ANSWERED, START, "50rb", "TRX123456789", "makasih"]
    whole = engine.conversation()
    decisions = [whole.decide(line).to_json() for line in lines]
    for restore in (lambda state: engine.resume(state.to_json()), lambda state: pickle.loads(pickle.dumps(state))):
        cut, again = engine.conversation(), []
        for line in lines:
            again.append(cut.decide(line).to_json())
            cut = restore(cut)
        assert again == decisions and cut == whole


@pytest.mark.parametrize("state", ["", "{}", "[]", '{"version": 999}'])
def test_what_is_no_state_is_refused(engine, state):
    with pytest.raises(ValueError) as refused:
        engine.resume(state)
    assert type(refused.value) is ValueError


def test_secrets_are_masked_wherever_they_would_come_out(engine):
    conversation = engine.conversation()
    decision = conversation.decide("password saya Kucing99, tolong dicek")
    assert [found.kind for found in decision.masked] == ["password"]
    handoff = conversation.decide(HANDED_OFF)
    shown = conversation.to_json() + repr(conversation) + decision.to_json() + handoff.to_json()
    assert "Kucing99" not in shown and "[password]" in conversation.to_json()


def test_several_messages_are_decided_as_one(engine):
    decision = engine.conversation().decide_burst(["halo kak", START, "50rb"])
    assert decision.rule == "deposit-missing"
    with pytest.raises(TypeError, match="not one str"):
        engine.conversation().decide_burst(START)


def test_messages_of_a_burst_have_facts_of_their_own(engine):
    conversation = engine.conversation()
    texts, contexts = ["halo kak", START, "saya bantu ya"], [{"id": "a"}, None, {"sender": "agent"}]
    assert conversation.decide_burst(texts, contexts).slot == "amount"
    assert conversation.decide_burst(["halo kak"], [{"id": "a"}]).reason == "duplicate"
    with pytest.raises(ValueError, match="2 texts and 1 contexts"):
        conversation.decide_burst(["a", "b"], [None])
    with pytest.raises(TypeError, match=r"contexts\[0\]: a context is a dict"):
        conversation.decide_burst(["a"], ["web"])


def test_facts_hold_for_all_messages(engine):
    conversation = engine.conversation({"customer.name": "Sari"})
    assert "Sari" in conversation.decide(ANSWERED).text
    assert conversation.decide(START, context={"owner": "human"}).reason == "human-owner"
    with pytest.raises(TypeError, match="a context is a dict"):
        engine.conversation("web")


def test_threads_take_turns_in_a_conversation(engine):
    conversation = engine.conversation()

    def write():
        for _ in range(50):
            conversation.decide(ANSWERED)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(conversation.to_json()) <= 4000


def test_due_times_come_with_the_time(engine):
    conversation = engine.conversation({"time": "2026-03-02T09:00:00+07:00"})
    decision = conversation.decide("sy transfer 50rb ke bca blm masuk, ref TRX123456789")
    assert decision.respond_within == 60 and decision.respond_by == "2026-03-02T09:01:00+07:00"


def test_the_rules_may_have_changed_meanwhile(engine):
    conversation = engine.conversation()
    conversation.decide(START)
    other = jawab.Engine(jawab.RuleSet.from_yaml("desk.yaml", DESK.replace("deposit-missing", "deposit-lost")))
    assert other.resume(conversation.to_json()).decide("50rb").rule != "deposit-missing"
