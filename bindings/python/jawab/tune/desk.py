"""The desk's figures from a log of decisions."""

from __future__ import annotations

from typing import Any

import pandas as pd

from . import plots

REQUIRED = ("conversation", "time", "action")
OPTIONAL = ("rule", "customer", "responded", "closed", "satisfaction")
NOT_UNDERSTOOD = "(no rule)"


class Desk:
    """What a support desk measures itself by, from a log with one row for each decision.

    Columns of the log:

    | column | holds |
    |---|---|
    | `conversation` | id of the conversation |
    | `time` | when the customer wrote; anything `pandas.to_datetime` reads |
    | `action` | `answer`, `ask`, `handoff` or `ignore` |
    | `rule` | the rule that decided; may be missing |
    | `customer` | id of the customer; left out, each conversation is a customer of its own |
    | `responded` | when the customer got the first reply; left out or missing, answers and questions of the bot count as given at once, handoffs as not yet responded |
    | `closed` | when the matter was closed, on any row of the conversation |
    | `satisfaction` | the customer's mark, 1 to 5, on any row of the conversation |

    Messages that are ignored count nowhere. A conversation belongs to the day of its first message, in the log's
    time zone, and to the first rule that decided in it. Figures:

    | figure | says |
    |---|---|
    | `conversations`, `customers`, `messages` | how many there were; `customers` are those served |
    | `response_median`, `response_p90` | seconds to the first reply to a message |
    | `handoff_response_median` | the same of messages that were handed off |
    | `first_contact_resolution` | share of conversations after which the customer did not come back about the same rule within `return_days`; conversations younger than that are not judged; missing without `customer` |
    | `satisfaction`, `satisfaction_given` | mean mark, and the share of conversations that have one |
    | `tracked_to_end` | share of conversations with a handoff that were closed; missing without `closed` |
    | `deflection` | share of conversations in which nothing was handed off |

    Raises `ValueError` for a log without a required column, or with an action that is none.

    >>> import pandas as pd
    >>> log = pd.DataFrame({
    ...     "conversation": [1, 1, 2],
    ...     "time": ["2026-03-02 09:00", "2026-03-02 09:01", "2026-03-02 10:00"],
    ...     "action": ["answer", "answer", "handoff"],
    ... })
    >>> total = Desk(log).total()
    >>> total.conversations, total.messages, float(total.deflection)
    (2, 3, 0.5)
    """

    conversations: pd.DataFrame
    """A row for each conversation."""

    def __init__(self, log: pd.DataFrame, *, return_days: float = 7) -> None:
        self._messages = _checked(log)
        self._window = pd.Timedelta(days=return_days)
        self.conversations = _conversations(self._messages, self._window, "customer" in log.columns)
        self._with_end = "closed" in log.columns

    def total(self) -> pd.Series[Any]:
        """The figures of the whole log."""
        return self._figures(self.conversations, self._messages)

    def by_day(self) -> pd.DataFrame:
        """The figures of each day."""
        return self._by("day")

    def by_rule(self) -> pd.DataFrame:
        """The figures of each rule, the most frequent first."""
        return self._by("rule").sort_values("conversations", ascending=False, kind="stable")

    def plot(self) -> Any:
        """Draws the figures by day; a `matplotlib.figure.Figure`."""
        return plots.desk(self.by_day())

    def _by(self, key: str) -> pd.DataFrame:
        of = self.conversations[key]
        messages = self._messages.groupby(self._messages.conversation.map(of))
        rows = {
            name: self._figures(group, messages.get_group(name)) for name, group in self.conversations.groupby(key)
        }
        return pd.DataFrame(rows).T.rename_axis(key).infer_objects()

    def _figures(self, conversations: pd.DataFrame, messages: pd.DataFrame) -> pd.Series[Any]:
        seconds = messages.response.dt.total_seconds()
        handed_off = conversations[conversations.handed_off]
        figures = {
            "conversations": len(conversations),
            "customers": conversations.customer.nunique(),
            "messages": len(messages),
            "response_median": seconds.median(),
            "response_p90": seconds.quantile(0.9),
            "handoff_response_median": seconds[messages.action == "handoff"].median(),
            "first_contact_resolution": conversations.resolved.mean(),
            "satisfaction": conversations.satisfaction.mean(),
            "satisfaction_given": conversations.satisfaction.notna().mean(),
            "tracked_to_end": handed_off.closed.notna().mean() if self._with_end else float("nan"),
            "deflection": 1 - conversations.handed_off.mean(),
        }
        return pd.Series(figures, dtype=object)

    def __repr__(self) -> str:
        total = self.total()
        return f"<Desk: {total.conversations} conversations, deflection {total.deflection:.1%}>"

    def _repr_html_(self) -> str:
        return str(self.by_day().to_html(float_format="{:.3f}".format, border=0))


def _checked(log: pd.DataFrame) -> pd.DataFrame:
    """The messages that count, in the order of time, with all columns."""
    missing = [column for column in REQUIRED if column not in log.columns]
    if missing:
        raise ValueError(f"the log has no column {', '.join(missing)}")
    unknown = sorted(set(log.action.dropna()) - {"answer", "ask", "handoff", "ignore"})
    if unknown or log.action.isna().any():
        raise ValueError(f"an action is answer, ask, handoff or ignore, not {unknown or 'missing'}")
    messages = log.reindex(columns=[*REQUIRED, *OPTIONAL])
    for column in ("time", "responded", "closed"):
        messages[column] = pd.to_datetime(messages[column])
    messages["satisfaction"] = pd.to_numeric(messages.satisfaction)
    messages = messages[messages.action != "ignore"].sort_values("time", kind="stable")
    at_once = messages.action.isin(["answer", "ask"]) & messages.responded.isna()
    response = messages.responded.where(~at_once, messages.time) - messages.time
    return messages.assign(response=response)


def _conversations(messages: pd.DataFrame, window: pd.Timedelta, has_customers: bool) -> pd.DataFrame:
    groups = messages.groupby("conversation", sort=False)
    conversations = pd.DataFrame(
        {
            "start": groups.time.min(),
            "end": groups.time.max(),
            "rule": groups["rule"].first().astype(object).fillna(NOT_UNDERSTOOD),
            "customer": groups.customer.first(),
            "handed_off": groups.action.agg(lambda actions: (actions == "handoff").any()).astype(bool),
            "closed": groups.closed.max(),
            "satisfaction": groups.satisfaction.last(),
        }
    )
    own = conversations.index.to_series()
    conversations["customer"] = conversations.customer.astype(object).where(conversations.customer.notna(), own)
    conversations["day"] = conversations.start.dt.normalize()
    conversations["resolved"] = _resolved(conversations, window) if has_customers else float("nan")
    return conversations


def _resolved(conversations: pd.DataFrame, window: pd.Timedelta) -> pd.Series[float]:
    """1 where the customer did not come back about the same rule in time, 0 where he did, missing where that time was not
    over when the log ended."""
    ordered = conversations.sort_values("start", kind="stable")
    again = ordered.groupby(["customer", "rule"], sort=False).start.shift(-1)
    came_back = again - ordered.end <= window
    judged = ordered.end + window <= conversations.end.max()
    return (~came_back).astype(float).where(judged)
