"""Tables and plots for a notebook."""

import itertools

import matplotlib
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

import jawab
from jawab import tune

matplotlib.use("Agg")


@pytest.fixture(scope="module")
def session():
    return tune.Session("rules/support")


@pytest.fixture(autouse=True)
def _closed_figures():
    yield
    matplotlib.pyplot.close("all")


def test_the_table_of_messages_agrees_with_the_figures_of_the_core(session):
    messages, figures = session.evaluation.messages, session.evaluation.figures
    in_scope = messages.expected.notna()
    assert messages.answered.sum() == figures["answered"]["number"]
    assert (messages.answered & ~messages.right).sum() == figures["wrong"]["number"]
    assert (messages.best[in_scope] == messages.expected[in_scope]).sum() == figures["accuracy"]["number"]
    assert len(messages) == figures["messages"] == len(session.labelled)
    total = jawab.eval.scenarios(session.engine, "rules/support")["total"]
    assert messages.verdict.value_counts().to_dict() == {
        verdict: total[verdict] for verdict in ("right", "wrong", "misrouted", "unsure") if total[verdict]
    }


def test_figures_of_the_core_agree_with_scikit_learn(session):
    messages, figures = session.evaluation.messages, session.evaluation.figures
    in_scope = messages.expected.notna()
    assert figures["auroc"] == pytest.approx(roc_auc_score(in_scope, messages.confidence), abs=5e-5)
    bins = session.evaluation.reliability()
    filled = bins[bins.messages > 0]
    gap = np.average(abs(filled.confidence - filled.accuracy), weights=filled.messages)
    assert figures["calibration_error"] == pytest.approx(gap, abs=1e-3)
    assert average_precision_score(in_scope, messages.confidence) > 0.9


def test_tables_say_what_the_figures_say(session):
    evaluation = session.evaluation
    summary = evaluation.summary()
    assert (summary.number / summary.of).to_numpy() == pytest.approx(summary.share.astype(float), abs=5e-5)
    by_rule = evaluation.by_rule()
    assert by_rule.messages.sum() == evaluation.figures["in_scope"]
    assert by_rule.recall.dropna().between(0, 1).all()
    assert len(evaluation.mistakes()) == len(evaluation.figures["mistakes"])
    matrix = evaluation.confusion_matrix()
    assert matrix.to_numpy().sum() == len(evaluation.messages)
    assert np.trace(matrix) == evaluation.messages.right.sum()
    assert set(evaluation.confusion_matrix(3).index) <= set(matrix.index)
    assert (evaluation.confusions().expected != evaluation.confusions().best).all()


def test_risk_falls_with_coverage(session):
    curve = session.evaluation.risk_coverage()
    assert curve.coverage.is_monotonic_increasing or curve.coverage.is_monotonic_decreasing
    assert curve.loc[curve.coverage.idxmax(), "risk"] >= curve.loc[curve.coverage.idxmin(), "risk"]


def test_plots_show_the_figures(session):
    evaluation = session.evaluation
    line = evaluation.plot_risk_coverage().lines[0]
    assert list(line.get_ydata()) == list(evaluation.risk_coverage().risk)
    reliability = evaluation.plot_reliability()
    assert f"{evaluation.figures['calibration_error']:.3f}" in reliability.get_title()
    axes = matplotlib.pyplot.subplots()[1]
    assert evaluation.plot_confusion(5, ax=axes) is axes
    for plot in (evaluation.plot_risk_coverage, evaluation.plot_reliability, evaluation.plot_confusion):
        plot().figure.canvas.draw()


def test_nothing_to_show_is_shown(engine):
    empty = tune.evaluate(engine, [])
    assert empty.confusion_matrix().empty and empty.by_rule().empty and repr(empty).startswith("<Evaluation of 0")
    for plot in (empty.plot_risk_coverage, empty.plot_reliability, empty.plot_confusion):
        plot().figure.canvas.draw()
    right = tune.evaluate(engine, [("bagaimana cara deposit", "deposit-how")])
    right.plot_confusion().figure.canvas.draw()


def test_a_session_tunes_and_compares(session):
    tuning = session.tune(max_wrong=0.02)
    assert tuning.table().loc["chosen", "wrong_at_most"] <= 0.02
    tuned = session.with_settings(threshold=tuning.threshold, margin=tuning.margin)
    assert tuned.engine.settings.threshold == tuning.threshold
    moved = session.diff(tuned)
    assert set(moved.columns) == {"text", "expected"} | {
        f"{end}_{when}" for end, when in itertools.product(["action", "rule", "reason"], ["before", "after"])
    }
    assert session.diff(session).empty and session.diff(session.with_rules("rules/support")).empty
    for shown in (session, tuning, session.evaluation):
        assert "<table" in shown._repr_html_() and repr(shown).startswith("<")


def test_a_session_says_when_messages_are_too_few(session):
    few = tune.Session(session.engine, session.labelled[:20]).tune(max_wrong=0.001)
    assert few.threshold is None and few.margin is None and "nothing can be shown" in repr(few)
    assert list(few.table().index) == ["now"]
    with pytest.raises(ValueError, match="labelled messages"):
        tune.Session(session.engine)


def test_a_session_proposes_entries(session):
    log = ["kapan turnamen berikutnya", "turnamen berikutnya kapan kak", "gmn cara depo"]
    assert session.suggest(log).messages.tolist() == [2]
    assert list(session.further_questions(log).columns) == ["rule", "text", "language", "messages", "confidence"]
    assert session.cross_validate(2)["evaluation"]["accuracy"]["share"] > 0.7


def test_a_bar_shows_how_far_it_is(session, capfd):
    texts = ["halo"] * 5_000
    assert tune.decide(session.engine, texts, progress=True, threads=2) == session.engine.decide_many(texts)
    assert "5000/5000" in capfd.readouterr().err
    with pytest.raises(ValueError, match="1 texts and 2 contexts"):
        tune.decide(session.engine, ["halo"], [None, None])


LOG = pd.DataFrame(
    [
        # conversation, customer, time, action, rule, responded, closed, satisfaction
        ("a", "sari", "2026-03-02 09:00:00", "answer", "deposit-how", None, None, 5),
        ("a", "sari", "2026-03-02 09:01:00", "answer", "thanks", None, None, None),
        ("b", "budi", "2026-03-02 10:00:00", "handoff", "deposit-missing", "2026-03-02 10:01:00", "2026-03-02 11:00:00", 2),
        ("c", "sari", "2026-03-03 09:00:00", "answer", "deposit-how", None, None, None),
        ("d", "budi", "2026-03-03 10:00:00", "handoff", None, "2026-03-03 10:03:00", None, None),
        ("e", "tono", "2026-03-09 10:00:00", "ask", None, "2026-03-09 10:00:05", None, None),
        ("e", "tono", "2026-03-09 10:01:00", "ignore", None, None, None, None),
    ],
    columns=["conversation", "customer", "time", "action", "rule", "responded", "closed", "satisfaction"],
)


def test_the_desk_is_measured_as_its_docs_say():
    desk = tune.Desk(LOG, return_days=2)
    total = desk.total()
    assert (total.conversations, total.customers, total.messages) == (5, 3, 6)
    assert total.response_median == 2.5 and total.handoff_response_median == 120
    assert total.deflection == 3 / 5 and total.tracked_to_end == 1 / 2
    assert total.satisfaction == 3.5 and total.satisfaction_given == 2 / 5
    # Sari came back about her deposit the next day; Budi about something else; Tono wrote too lately to say.
    assert desk.conversations.resolved.tolist()[:4] == [0, 1, 1, 1] and np.isnan(desk.conversations.resolved["e"])
    assert total.first_contact_resolution == 3 / 4


def test_the_desk_is_told_by_day_and_by_rule():
    desk = tune.Desk(LOG, return_days=2)
    assert desk.by_day().conversations.tolist() == [2, 2, 1]
    assert desk.by_day().index[0] == pd.Timestamp("2026-03-02")
    assert desk.by_rule().conversations.to_dict() == {"(no rule)": 2, "deposit-how": 2, "deposit-missing": 1}
    assert desk.by_rule().loc["deposit-how", "deflection"] == 1
    assert len(desk.plot().axes) == 6 and "<table" in desk._repr_html_() and "5 conversations" in repr(desk)


def test_what_a_log_does_not_say_is_missing_not_zero():
    desk = tune.Desk(LOG[["conversation", "time", "action"]])
    total = desk.total()
    assert total.customers == 5 and total.deflection == 3 / 5
    for name in ("first_contact_resolution", "satisfaction", "tracked_to_end", "handoff_response_median"):
        assert pd.isna(total[name])
    desk.plot().canvas.draw()
    assert tune.Desk(LOG[:0]).total().conversations == 0


def test_times_with_zones_are_read():
    log = LOG.assign(time=pd.to_datetime(LOG.time).dt.tz_localize("Asia/Jakarta"))
    log["responded"] = pd.to_datetime(log.responded).dt.tz_localize("Asia/Jakarta")
    assert tune.Desk(log).by_day().index.tz is not None


def test_a_log_that_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="no column time"):
        tune.Desk(LOG.drop(columns="time"))
    for action in ("dance", None):
        with pytest.raises(ValueError, match="an action is"):
            tune.Desk(LOG.assign(action=action))


def test_actions_are_those_of_decisions(engine):
    texts = ["bagaimana cara deposit", "kepala atau ekor", "x y z", ""]
    decided = tune.decide(engine, texts, progress=False)
    log = pd.DataFrame(
        {
            "conversation": range(4),
            "time": pd.Timestamp("2026-03-02"),
            "action": [decision.action for decision in decided],
            "rule": [decision.rule for decision in decided],
        }
    )
    assert tune.Desk(log).total().conversations == 3
    assert isinstance(decided[0], jawab.Answer)
