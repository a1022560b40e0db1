"""What pickles call to make things again."""

from __future__ import annotations

from ._native import Conversation, Decision, Engine, RuleSet


def rule_set(sources: list[tuple[str, bytes]], limits: dict[str, int]) -> RuleSet:
    return RuleSet.from_sources(sources, limits=limits)


def engine(rules: RuleSet, threshold: float, margin: float, clarify: bool) -> Engine:
    return Engine(rules).with_settings(threshold=threshold, margin=margin, clarify=clarify)


def decision(json: str) -> Decision:
    return Decision.from_json(json)


def conversation(engine: Engine, json: str) -> Conversation:
    return engine.resume(json)
