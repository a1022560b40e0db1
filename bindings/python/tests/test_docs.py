"""What the docs promise: examples run, stubs are what is there."""

import doctest
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys

import pytest

import jawab
from jawab import _native

from .conftest import ROOT

HERE = ROOT / "bindings/python"


def documented():
    """Everything with a docstring in the native part, by name."""
    for name, thing in vars(_native).items():
        if not name.startswith("_"):
            yield name, thing
            if inspect.isclass(thing):
                yield from ((f"{name}.{part}", member) for part, member in vars(thing).items() if part[0] != "_")


@pytest.mark.parametrize(("name", "thing"), [pytest.param(*pair, id=pair[0]) for pair in documented()])
def test_examples_of_the_native_part_run(name, thing):
    doc = inspect.getdoc(thing)
    assert doc, f"{name} has no docstring"
    example = doctest.DocTestParser().get_doctest(doc, {}, name, None, 0)
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example).failed == 0


MODULES = ["jawab", *(module.name for module in pkgutil.walk_packages(jawab.__path__, "jawab."))]


@pytest.mark.parametrize("name", [name for name in MODULES if name != "jawab._native"])
def test_examples_of_modules_run(name):
    assert doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS).failed == 0


def test_examples_of_the_readmes_run(capsys):
    for readme in [HERE / "README.md", ROOT / "README.md"]:
        names = {}
        for code in re.findall(r"```python\n(.*?)```", readme.read_text(), re.DOTALL):
            exec(compile(code, str(readme), "exec"), names)
            assert capsys.readouterr().out


def run(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_stubs_are_what_is_there():
    run("mypy.stubtest", "jawab", "--mypy-config-file", str(HERE / "pyproject.toml"))


def test_the_package_is_typed():
    run("mypy", "--config-file", str(HERE / "pyproject.toml"), "-p", "jawab")


EXHAUSTIVE = """
import jawab
from typing import assert_never, assert_type

def told(engine: jawab.Engine) -> str | None:
    decision = engine.decide("halo", context={"channel": "web"})
    match decision:
        case jawab.Answer(text, rule):
            assert_type(rule, str)
            return text
        case jawab.Ask(_, options):
            return options[0].title
        case jawab.Handoff(_, team):
            return team
        case jawab.Ignore(reason):
            return reason
        case _:
            assert_never(decision)
"""


def test_a_type_checker_sees_that_a_match_is_complete(tmp_path):
    (tmp_path / "told.py").write_text(EXHAUSTIVE)
    run("mypy", "--strict", "--config-file", str(HERE / "pyproject.toml"), str(tmp_path / "told.py"))
