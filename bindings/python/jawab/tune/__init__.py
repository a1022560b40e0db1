"""Tools for improving a rule set in a notebook: ``pip install jawab[tune]``.

>>> from jawab import tune
>>> session = tune.Session("rules/support")
>>> bool(session.evaluation.summary().loc["wrong", "share"] < 0.05)
True

The figures are those of `jawab.eval`; here they become tables of pandas and plots of matplotlib.
"""

from ._progress import decide
from .desk import Desk
from .evaluation import Evaluation, evaluate
from .session import Session, Tuning

__all__ = ["Desk", "Evaluation", "Session", "Tuning", "decide", "evaluate"]
