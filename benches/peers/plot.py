"""Cost against number of rules, both on logarithmic scales: `plot.py figures.csv figures.png`."""

import csv
import sys
from collections import defaultdict
from itertools import count
from statistics import median

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

# As the table of the README calls them.
NAMES = {
    "phrases": "phrases",
    "phrases-with-typos": "phrases, typos in a fifth of the words",
    "templates": "templates with gaps and slots",
    "sentences": "templates of whole messages",
    "regexes": "regular expressions",
    "mix-without-questions": "70 % phrases, 20 % templates,\n10 % expressions",
    "mix": "60 % phrases, 10 % templates,\n10 % expressions, 20 % questions",
    "questions": "questions alone",
    "hassil": "hassil",
    "hyperscan": "Hyperscan",
    "rapidfuzz": "rapidfuzz",
    "re2": "RE2's set",
    "regex-set": "regex's set",
    "rivescript": "RiveScript",
    "spacy-phrase-matcher": "spaCy's PhraseMatcher",
    "tantivy": "tantivy",
}
# Lines are told apart by their signs, too: colours do not survive every printer, nor every eye.
SIGNS = "osD^vPX*"
YARDSTICK = "yardstick"


def lines(path):
    """Points by who is measured and by what; of the yardstick, which stands beside every workload, the median."""
    found = defaultdict(lambda: defaultdict(list))
    with open(path, encoding="utf-8") as text:
        for row in csv.DictReader(text):
            who, rules, micros = row["who"], int(row["rules"]), float(row["micros"])
            name = row["workload"] if who == "jawab" else who
            found[who == "jawab", name][rules].append(micros)
    return {
        key: sorted((rules, median(micros)) for rules, micros in points.items())
        for key, points in found.items()
        if len(points) > 2
    }


def draw(axes, found, own, colours, **style):
    """Draws the engine's lines or those of its peers, the slowest first as they stand in the picture."""
    chosen = [(points, name) for (ours, name), points in found.items() if ours == own and name != YARDSTICK]
    chosen.sort(key=lambda line: -line[0][-1][1])
    return [
        axes.plot(*zip(*points), label=NAMES[name], marker=SIGNS[at], color=colour, **style)[0]
        for (points, name), colour, at in zip(chosen, colours, count())
    ]


def main(figures, target):
    found = lines(figures)
    figure, axes = plt.subplots(figsize=(11.5, 7))
    ours = draw(axes, found, True, plt.get_cmap("tab10").colors, linewidth=2.2, markersize=7)
    peers = draw(axes, found, False, plt.get_cmap("Dark2").colors, linewidth=1.2, markersize=6, linestyle="--", markerfacecolor="white")
    yardstick = axes.plot(*zip(*found[False, YARDSTICK]), label="a bare Aho–Corasick search", color="black", linewidth=2.2, linestyle=":")
    axes.set(xscale="log", yscale="log", xlabel="rules", ylabel="µs a message, one core")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.set_major_formatter("{x:,g}")
    axes.grid(True, which="major", alpha=0.3)
    for title, drawn, at in [("jawab", ours, 0.88), ("others on the same", peers, 0.5), ("yardstick", yardstick, 0.2)]:
        figure.legend(handles=drawn, title=title, fontsize=9, frameon=False, alignment="left", handlelength=3.2,
                      loc="upper left", bbox_to_anchor=(0.91, at))
    figure.savefig(target, dpi=120, bbox_inches="tight")


main(*sys.argv[1:])
