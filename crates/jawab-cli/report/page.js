"use strict";
// All text of users goes through textContent: nothing of it is ever read as markup.
// Shares come to four decimals; what is rounded again must not be.
const exact = (key, value) => (value && value.of ? { ...value, share: value.number / value.of } : value);
const { rules: rulesName, messages: dataName, evaluation } = JSON.parse(document.getElementById("data").textContent, exact);
const SHOWN_RULES = 24, SHOWN_PAIRS = 20, SHOWN_MISTAKES = 100;
const NOTHING = "no rule";

const byId = (id) => document.getElementById(id);
// Halves go up, as in the terminal.
const percent = (share) => (share === null || share === undefined ? "–" : (Math.round(1000 * share) / 10).toFixed(1) + " %");

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

function svg(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// Figures

function card(name, value, note) {
  return element("div", { class: "card" }, element("span", {}, name), element("b", {}, value), element("small", {}, note));
}

function share(name, of, note) {
  const range = of.range ? `${of.range}, ` : "";
  return card(name, percent(of.share), `${range}${of.number} of ${of.of} ${note}`);
}

function figures() {
  const of = evaluation;
  document.title = `jawab eval: ${rulesName}`;
  byId("about").textContent =
    `${rulesName} on ${dataName}: ${of.messages} messages, ${of.in_scope} in scope and ${of.out_of_scope} out of scope. ` +
    `Threshold ${of.threshold}, margin ${of.margin}.`;
  const cards = [
    share("Accuracy", of.accuracy, "in scope, best candidate right"),
    share("Answered", of.answered, "of all"),
    share("Answered right", of.answered_right, "in scope"),
    share("Wrong among answered", of.wrong, "answered"),
    share("Out of scope, recall", of.out_of_scope_recall, "out of scope, not answered"),
    share("Out of scope, precision", of.out_of_scope_precision, "not answered, out of scope"),
    card("AUROC", percent(of.auroc), "in scope surer than out of scope"),
    card("Calibration error", of.calibration_error === null ? "–" : of.calibration_error.toFixed(3), "ten bins"),
    ...of.most_confident.map((at) => card(`Surest ${Math.round(100 * at.share)} %`, percent(at.accuracy), "accuracy among them")),
    ...of.coverage_at.map((at) =>
      card(`Coverage at ${Math.round(100 * at.precision)} %`, percent(at.coverage.share),
        at.threshold === null ? "no threshold has so many right" : `so many right, threshold ${at.threshold.toFixed(2)}`)),
  ];
  byId("figures").append(...cards);
}

// Charts

// Shares between two lines of a chart.
const STEPS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 1];
const CHART = { width: 440, height: 300, left: 74, right: 24, top: 14, bottom: 48 };

function frame(label, xName, yName, yMost) {
  const { width, height, left, right, top, bottom } = CHART;
  const x = (share) => left + share * (width - left - right);
  const y = (share) => height - bottom - (share / yMost) * (height - top - bottom);
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  const step = STEPS.find((share) => yMost / share <= 5);
  const digits = step < 0.01 ? 1 : 0;
  for (let share = 0; share <= yMost + step / 100; share += step) {
    chart.append(
      svg("line", { class: "axis", x1: x(0), x2: x(1), y1: y(share), y2: y(share) }),
      svg("text", { x: left - 6, y: y(share) + 4, "text-anchor": "end" }, `${(100 * share).toFixed(digits)} %`));
  }
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    chart.append(svg("text", { x: x(share), y: height - bottom + 19, "text-anchor": "middle" }, `${100 * share} %`));
  }
  chart.append(
    svg("text", { x: x(0.5), y: height - 6, "text-anchor": "middle" }, xName),
    svg("text", { x: 12, y: y(yMost / 2), "text-anchor": "middle", transform: `rotate(-90 12 ${y(yMost / 2)})` }, yName));
  return { chart, x, y };
}

function titled(shape, text) {
  shape.append(svg("title", {}, text));
  return shape;
}

function riskChart() {
  const points = evaluation.risk_coverage;
  const most = Math.max(0.02, ...points.map((point) => point.risk));
  const { chart, x, y } = frame("Share of wrong answers for each share answered", "answered", "wrong among answered", Math.min(1, most * 1.05));
  const path = points.map((point, at) => `${at ? "L" : "M"}${x(point.coverage).toFixed(1)} ${y(point.risk).toFixed(1)}`);
  chart.append(svg("path", { class: "curve", d: path.join(" ") }));
  for (const point of points) {
    const text = `threshold ${point.threshold.toFixed(2)}: ${percent(point.coverage)} answered, ${percent(point.risk)} of them wrong`;
    chart.append(titled(svg("circle", { cx: x(point.coverage), cy: y(point.risk), r: 5, fill: "transparent" }), text));
  }
  const { answered, wrong } = evaluation;
  if (answered.number > 0) {
    const now = svg("circle", { class: "now", cx: x(answered.share), cy: y(wrong.share), r: 5 });
    chart.append(titled(now, `now: ${percent(answered.share)} answered, ${percent(wrong.share)} of them wrong`));
    const left = answered.share > 0.6;
    const where = { x: x(answered.share) + (left ? -9 : 9), y: y(wrong.share) - 8, "text-anchor": left ? "end" : "start" };
    chart.append(svg("text", where, "now"));
  }
  byId("risk").append(chart);
}

function reliabilityChart() {
  const { chart, x, y } = frame("Accuracy for each confidence", "confidence", "right", 1);
  for (const bin of evaluation.reliability) {
    if (bin.messages === 0) continue;
    const bar = svg("rect", { class: "bar", x: x(bin.from) + 2, y: y(bin.accuracy), width: x(0.1) - x(0) - 4, height: y(0) - y(bin.accuracy) });
    const text = `confidence ${bin.confidence.toFixed(2)}: ${percent(bin.accuracy)} of ${bin.messages} right`;
    chart.append(titled(bar, text));
  }
  chart.append(svg("line", { class: "ideal", x1: x(0), y1: y(0), x2: x(1), y2: y(1) }));
  byId("reliability").append(chart);
}

// Tables

function cellValue(row, at) {
  const cell = row.cells[at];
  return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
}

function sortBy(table, at, head) {
  const ascending = head.getAttribute("aria-sort") !== "ascending";
  table.querySelectorAll("th[aria-sort]").forEach((other) => other.setAttribute("aria-sort", "none"));
  head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const rows = [...table.tBodies[0].rows];
  const compare = (one, other) => {
    const [first, second] = [cellValue(one, at), cellValue(other, at)];
    return typeof first === "string" ? first.localeCompare(second) : first - second;
  };
  rows.sort((one, other) => (ascending ? compare(one, other) : compare(other, one)));
  table.tBodies[0].append(...rows);
}

// The first `words` columns hold words, the others numbers.
function table(columns, words, rows) {
  const made = element("table");
  const heads = columns.map((name, at) => {
    const button = element("button", { type: "button" }, name);
    const kind = at < words ? "word" : "number";
    const head = element("th", { scope: "col", class: kind, "aria-sort": "none" }, button);
    button.addEventListener("click", () => sortBy(made, at, head));
    return head;
  });
  made.append(element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows));
  return made;
}

// An unknown share sorts behind all known ones.
const number = (value, text) => element("td", { "data-value": value === null ? -1 : value }, text ?? String(value));
const shareCell = (of) => number(of.share, percent(of.share));

function ruleTable() {
  const row = (rule) =>
    element("tr", {}, element("td", { class: "word" }, rule.rule), number(rule.messages), number(rule.answered),
      shareCell(rule.precision), shareCell(rule.recall), shareCell(rule.accuracy));
  const columns = ["Rule", "Messages", "Answered", "Precision", "Recall", "Accuracy"];
  byId("rules").append(table(columns, 1, evaluation.rules.map(row)));
}

function pairTable() {
  const row = (pair) =>
    element("tr", {}, element("td", { class: "word" }, pair.expected ?? "out of scope"), element("td", { class: "word" }, pair.best ?? "nothing"),
      number(pair.answered), number(pair.messages));
  const pairs = evaluation.confusions.slice(0, SHOWN_PAIRS);
  if (pairs.length) byId("pairs").append(table(["Label", "Taken for", "Answered", "Messages"], 2, pairs.map(row)));
}

// Rows and columns of the matrix: the rules in the first confusions, in the order of the set; last what is no rule.
function confusedRules() {
  const named = evaluation.confusions.flatMap((pair) => [pair.expected, pair.best]);
  const kept = new Set([...new Set(named)].filter((rule) => rule !== null).slice(0, SHOWN_RULES));
  const inOrder = evaluation.rules.map((rule) => rule.rule).filter((rule) => kept.has(rule));
  const others = [...kept].filter((rule) => !inOrder.includes(rule));
  return [...inOrder, ...others, ...(named.includes(null) ? [null] : [])];
}

function matrix() {
  const rules = confusedRules();
  const about = byId("confusion-about");
  if (rules.length === 0) {
    about.textContent = "No best candidate differs from its label.";
    return;
  }
  const named = rules.filter((rule) => rule !== null).length;
  const shown = named === 1 ? "the one rule that is confused" : `the ${named} rules whose confusions were answered most often`;
  about.textContent = `Labels in rows, best candidates in columns, whatever the threshold; the stronger the color, the more of them were answered. Shown: ${shown}.`;
  const byPair = (count) => new Map(evaluation.confusions.map((pair) => [JSON.stringify([pair.expected, pair.best]), count(pair)]));
  const [counts, answered] = [byPair((pair) => pair.messages), byPair((pair) => pair.answered)];
  for (const rule of evaluation.rules) counts.set(JSON.stringify([rule.rule, rule.rule]), rule.accuracy.number);
  const taken = evaluation.confusions.filter((pair) => pair.expected === null).reduce((sum, pair) => sum + pair.messages, 0);
  counts.set(JSON.stringify([null, null]), evaluation.out_of_scope - taken);
  const most = Math.max(1, ...answered.values());
  const cell = (label, best) => {
    const [found, wrong] = [counts, answered].map((of) => of.get(JSON.stringify([label, best])) ?? 0);
    const made = element("td", {}, found ? String(found) : "");
    if (label === best) made.className = "same";
    else if (wrong) made.style.background = `rgb(var(--heat) / ${(0.12 + (0.5 * wrong) / most).toFixed(2)})`;
    if (found) made.title = `${label ?? "out of scope"} taken for ${best ?? "nothing"}: ${found}` + (label === best ? "" : `, ${wrong} answered`);
    return made;
  };
  // Long names are cut: the whole one is told where one points.
  const headed = (scope, name, shown) => element("th", { scope, title: name }, shown);
  const head = rules.map((rule) => headed("col", rule ?? "nothing", element("span", {}, rule ?? "nothing")));
  const row = (label) =>
    element("tr", {}, headed("row", label ?? "out of scope", label ?? "out of scope"), ...rules.map((best) => cell(label, best)));
  byId("confusion").append(
    element("table", { class: "matrix" },
      element("thead", {}, element("tr", {}, element("td"), ...head)), element("tbody", {}, ...rules.map(row))));
}

// Mistakes

let shownMistakes = SHOWN_MISTAKES;

function ending(got) {
  if (got.options && got.options.length) return `${got.action}: ${got.options.join(" or ")}`;
  if (got.rule) return `${got.action} by ${got.rule}`;
  return got.reason ? `${got.action}, ${got.reason}` : got.action;
}

function mistakeItem(mistake) {
  const best = mistake.got.rule ? "" : `, best candidate ${mistake.best ?? "nothing"}`;
  const ends = `expected ${mistake.expected ?? NOTHING}, got ${ending(mistake.got)}${best}, confidence ${mistake.confidence.toFixed(2)}`;
  const steps = mistake.explanation
    ? element("details", {}, element("summary", {}, mistake.why ?? "Each step"), element("pre", {}, mistake.explanation))
    : null;
  return element("li", { class: mistake.verdict }, element("q", {}, mistake.text), element("div", { class: "ends" }, ends), steps);
}

function chosenMistakes() {
  const text = byId("filter-text").value.trim().toLowerCase();
  const rule = byId("filter-rule").value;
  const kind = byId("filter-kind").value;
  const named = (mistake) => [mistake.expected ?? NOTHING, mistake.got.rule, mistake.best];
  return evaluation.mistakes.filter((mistake) =>
    (!text || mistake.text.toLowerCase().includes(text)) &&
    (!rule || named(mistake).includes(rule)) &&
    (!kind || mistake.verdict === kind));
}

function showMistakes() {
  const chosen = chosenMistakes();
  const shown = chosen.slice(0, shownMistakes);
  byId("mistakes").replaceChildren(...shown.map(mistakeItem));
  byId("mistakes-count").textContent = `${shown.length} of ${chosen.length}, the most costly first`;
  byId("more").hidden = shown.length === chosen.length;
}

function mistakes() {
  const rules = new Set(evaluation.mistakes.flatMap((mistake) => [mistake.expected ?? NOTHING, mistake.got.rule, mistake.best]));
  const options = [...rules].filter(Boolean).sort().map((rule) => element("option", { value: rule }, rule));
  byId("filter-rule").append(...options);
  const again = () => {
    shownMistakes = SHOWN_MISTAKES;
    showMistakes();
  };
  byId("filter").addEventListener("input", again);
  byId("filter").addEventListener("submit", (event) => event.preventDefault());
  byId("more").addEventListener("click", () => {
    const before = byId("mistakes").children.length;
    shownMistakes += SHOWN_MISTAKES;
    showMistakes();
    const next = byId("mistakes").children[before];
    next.tabIndex = -1;
    next.focus();
  });
  showMistakes();
}

figures();
riskChart();
reliabilityChart();
matrix();
pairTable();
ruleTable();
mistakes();
