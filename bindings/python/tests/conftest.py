"""What the tests share. They run from the root of the repository, where the rules are."""

from pathlib import Path

import pytest

import jawab

ROOT = Path(__file__).parents[3]

DESK = """
jawab: 1
language: id
settings:
  languages: [id, en]
  threshold: 0.6
  fallback: {team: general, say: {id: Saya teruskan ke tim kami., en: I am passing you on.}}
teams:
  finance: {respond_within: 1m, update_every: 5m, resolve_within: 10m}
  general: {respond_within: 1m}
faq:
  deposit-how:
    questions: {id: [Bagaimana cara deposit?], en: [How do I make a deposit?]}
    answer: {id: 'Buka Dompet, {{ customer.name | default("Kak") }}.', en: Open your wallet.}
intents:
  deposit-missing:
    title: Deposit belum masuk
    any: ["transfer {amount} ... belum masuk", "deposit ... belum masuk"]
    handoff:
      team: finance
      priority: high
      reason: payment-not-credited
      collect: [amount, reference]
      say: Mohon maaf atas kendalanya.
  coin: {title: Koin, any: [kepala atau ekor], answer: Kepala.}
  dice: {title: "<Dadu>", any: [kepala atau ekor], answer: Ekor.}
"""

ANSWERED = "bagaimana cara deposit"
HANDED_OFF = "sy transfer 50rb ke bca blm masuk"
ASKED = "kepala atau ekor"
IGNORED = "   "


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="session")
def engine():
    return jawab.Engine(jawab.RuleSet.from_yaml("desk.yaml", DESK))


@pytest.fixture(scope="session")
def support():
    return jawab.Engine.from_path(ROOT / "rules/support")


def pytest_terminal_summary(terminalreporter):
    def cases(outcome):
        reports = terminalreporter.getreports(outcome)
        return sum("test_conformance.py::test_case" in report.nodeid for report in reports)

    passed, failed = cases("passed"), cases("failed")
    if passed or failed:
        terminalreporter.write_line(f"{passed + failed} conformance cases in Python, {failed} failures")
