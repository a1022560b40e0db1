"""Figures as pictures, each drawn on the given axes or on new ones."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import ConciseDateFormatter
from matplotlib.ticker import PercentFormatter
from sklearn.metrics import ConfusionMatrixDisplay

INK, ACCENT, PALE = "#334155", "#0f766e", "#cbd5e1"


def _axes(ax: Axes | None, width: float = 6.0, height: float = 4.5) -> Axes:
    return ax if ax is not None else plt.subplots(figsize=(width, height), layout="constrained")[1]


def _dressed(ax: Axes, title: str, x: str, y: str) -> Axes:
    ax.set(title=title, xlabel=x, ylabel=y)
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(color=PALE, linewidth=0.6)
    ax.set_axisbelow(True)
    return ax


def risk_coverage(curve: pd.DataFrame, figures: dict[str, Any], ax: Axes | None = None) -> Axes:
    ax = _axes(ax)
    ax.plot(curve.coverage, curve.risk, color=ACCENT, drawstyle="steps-post")
    answered, wrong = figures["answered"]["share"], figures["wrong"]["share"]
    if answered is not None and wrong is not None:
        ax.scatter([answered], [wrong], color=INK, zorder=3, label=f"now, threshold {figures['threshold']:.2f}")
        ax.legend(frameon=False, loc="upper left")
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.set_xlim(0, 1)
    ax.set_ylim(bottom=0)
    return _dressed(ax, "Risk and coverage", "messages answered", "wrong among the answered")


def reliability(bins: pd.DataFrame, error: float | None, ax: Axes | None = None) -> Axes:
    ax = _axes(ax)
    filled = bins[bins.messages > 0]
    counts = ax.twinx()
    counts.bar(filled["from"] + 0.05, filled.messages, width=0.094, color=PALE, zorder=0)
    counts.set_ylabel("messages (bars)")
    counts.spines[["top", "left"]].set_visible(False)
    ax.set_zorder(counts.get_zorder() + 1)
    ax.patch.set_visible(False)
    ax.plot([0, 1], [0, 1], color=INK, linewidth=0.8, linestyle=":", label="as it should be")
    ax.plot(filled.confidence, filled.accuracy, color=ACCENT, marker="o", label="accuracy")
    ax.legend(frameon=False, loc="upper left")
    ax.set(xlim=(0, 1), ylim=(0, 1.02))
    told = "" if error is None else f", calibration error {error:.3f}"
    return _dressed(ax, f"Reliability{told}", "confidence", "accuracy")


def confusion(matrix: pd.DataFrame, ax: Axes | None = None) -> Axes:
    size = max(4.0, 0.42 * len(matrix) + 2.5)
    ax = _axes(ax, size + 1, size)
    if matrix.empty:
        ax.text(0.5, 0.5, "no mistakes", ha="center", va="center")
        ax.set_axis_off()
        return ax
    display = ConfusionMatrixDisplay(matrix.to_numpy(), display_labels=list(matrix.index))
    display.plot(ax=ax, cmap="GnBu", colorbar=False, xticks_rotation="vertical", text_kw={"fontsize": 8})
    for cell in display.text_.flat if display.text_ is not None else []:
        cell.set_text("" if cell.get_text() == "0" else cell.get_text())
    ax.set(title="Rules with the most mistakes", xlabel="decided", ylabel="expected")
    return ax


def desk(days: pd.DataFrame) -> Any:
    """The desk's figures by day, one small plot each, those without data left out."""
    shown = [(name, *panel) for name, panel in PANELS.items() if days[name].notna().any()]
    rows = -(-len(shown) // 2)
    figure, axes = plt.subplots(rows, 2, figsize=(10, 2.6 * rows), sharex=True, layout="constrained", squeeze=False)
    for ax, (name, title, limits) in zip(axes.flat, shown, strict=False):
        ax.plot(days.index, days[name].astype(float), color=ACCENT, marker=".")
        _dressed(ax, title, "", "")
        ax.set_ylim(*limits)
        dates = ConciseDateFormatter(ax.xaxis.get_major_locator())  # type: ignore[no-untyped-call]
        ax.xaxis.set_major_formatter(dates)
        if limits == SHARE:
            ax.yaxis.set_major_formatter(PercentFormatter(1))
    for ax in list(axes.flat)[len(shown) :]:
        ax.set_axis_off()
    return figure


SHARE, MARK, COUNT = (0, 1.02), (1, 5.08), (0, None)
PANELS = {
    "customers": ("Customers served", COUNT),
    "handoff_response_median": ("Response time of handoffs, median seconds", COUNT),
    "first_contact_resolution": ("First-contact resolution", SHARE),
    "satisfaction": ("Satisfaction, 1 to 5", MARK),
    "tracked_to_end": ("Handoffs tracked to the end", SHARE),
    "deflection": ("Deflection", SHARE),
}
