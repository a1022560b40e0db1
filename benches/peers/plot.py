"""Cost against number of rules, both on logarithmic scales."""

import csv
import sys
from collections import defaultdict

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

figures, target = sys.argv[1:]
lines = defaultdict(list)
with open(figures, encoding="utf-8") as text:
    for row in csv.DictReader(text):
        name = row["workload"] if row["who"] == "jawab" else row["who"]
        lines[row["who"], name].append((int(row["rules"]), float(row["micros"])))

figure, axes = plt.subplots(figsize=(10.5, 6))
colours = {"jawab": iter(plt.get_cmap("tab10").colors), "peer": iter(plt.get_cmap("Dark2").colors)}
for (who, name), points in sorted(lines.items(), key=lambda line: (line[0][0] != "jawab", line)):
    points = sorted(points)
    if who == "yardstick":
        best = {}
        for rules, micros in points:
            best[rules] = min(micros, best.get(rules, micros))
        points, style, label = sorted(best.items()), {"color": "black", "linestyle": ":"}, "yardstick: Aho-Corasick"
    elif who == "jawab":
        if len(points) < 3:
            continue
        style, label = {"linewidth": 2, "color": next(colours["jawab"])}, f"jawab: {name}"
    else:
        style, label = {"linestyle": "--", "linewidth": 1, "color": next(colours["peer"])}, who
    axes.plot(*zip(*points), marker="o", markersize=3, label=label, **style)
axes.set(xscale="log", yscale="log", xlabel="rules", ylabel="µs a message, one core")
axes.grid(True, which="major", alpha=0.3)
axes.legend(fontsize=7, loc="upper left", bbox_to_anchor=(1.01, 1))
figure.tight_layout()
figure.savefig(target, dpi=120)
