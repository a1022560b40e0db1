"""Many messages with a bar that shows how far they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from tqdm.auto import tqdm

from .._native import Answer, Ask, Engine, Handoff, Ignore

AnyDecision: TypeAlias = Answer | Ask | Handoff | Ignore

STRIDE = 2_000
"""Messages between two moves of the bar."""


def decide(
    engine: Engine,
    texts: Iterable[str],
    contexts: Iterable[Mapping[str, Any] | None] | None = None,
    *,
    threads: int | None = None,
    progress: bool = True,
) -> list[AnyDecision]:
    """Decides many messages as `Engine.decide_many` does, with a progress bar on standard error.

    >>> import jawab
    >>> engine = jawab.Engine.from_path("rules/minimal.yaml")
    >>> [decision.action for decision in decide(engine, ["are you open?", ""], progress=False)]
    ['answer', 'ignore']
    """
    texts = list(texts)
    given = list(contexts) if contexts is not None else [None] * len(texts)
    if len(given) != len(texts):
        raise ValueError(f"there are {len(texts)} texts and {len(given)} contexts")
    decided: list[AnyDecision] = []
    with tqdm(total=len(texts), unit=" messages", disable=not progress) as bar:
        for at in range(0, len(texts), STRIDE):
            part = engine.decide_many(texts[at : at + STRIDE], given[at : at + STRIDE], threads)
            decided += part
            bar.update(len(part))
    return decided
