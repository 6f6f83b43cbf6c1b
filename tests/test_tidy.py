"""The house rules, asked of the tree; and each rule proven to bite on a small sample."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.services import service_of
from deploy.teams import TEAMS
from shared.casefile.handover import PersonalPartReceived
from shared.contracts.fact import Fact
from shared.contracts.schemas import all_facts
from tests.house_rules import (
    Finding,
    elsewhere,
    impure_imports,
    long_files,
    long_functions,
    mocking,
    refusals,
    silent_tests,
    sleeping,
    thin_facts,
    unexplained,
    unnamed_subjects,
    unused,
)

ROOT = Path(__file__).resolve().parents[1]
PATIENT = ROOT / "tests" / "waiting.py"
"""The one place that sleeps, between two looks."""
VAGUE = {"utils", "helpers", "common", "manager", "handler", "service", "models", "base"}
NAMED_BY_ARCHITECTURE = {"shared/runtime/service.py"}
"""`Service`, the value that a service is (architecture 3)."""

TEXT = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".sql", ".yml", ".yaml", ".ini", ""}


def tracked(*patterns: str) -> list[Path]:
    """The files of the repository that match; a copy without git is read from the disk."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for line in said.stdout.splitlines() if (path := ROOT / line).is_file()]


def complaints(paths: list[Path], rule: Callable[[str], Iterator[Finding]]) -> str:
    """What a rule finds in these files, one line each."""
    return "\n".join(
        f"{path.relative_to(ROOT)}:{line}: {wrong}"
        for path in paths
        for line, wrong in rule(path.read_text(encoding="utf-8"))
    )


# The rules on the tree.


@pytest.mark.parametrize("rule", [long_functions, long_files, unexplained])
def test_code_is_small_and_excuses_are_explained(rule: Callable[[str], Iterator[Finding]]) -> None:
    found = complaints(tracked("*.py", "tsunagu"), rule)
    assert not found, found


def test_no_module_has_a_vague_name() -> None:
    paths = {path.relative_to(ROOT).as_posix(): path.stem for path in tracked("*.py")}
    vague = [path for path, stem in paths.items() if stem in VAGUE]
    assert vague == sorted(NAMED_BY_ARCHITECTURE), f"name what it holds, not what it is: {vague}"


STARTED = {
    *(f"services.{team}.app" for team in TEAMS),  # deploy/services.py, when the team is asked for
    "benchmarks.cases",  # ./tsunagu bench cases, pages, places
    "benchmarks.pages",
    "benchmarks.places",
    "deploy.healthy",  # docker-compose.yml
    "deploy.servers.lasting",  # what every server is started through
    "deploy.slim",  # deploy/Dockerfile
}


def test_no_module_is_left_over() -> None:
    """What only tests import is left over too."""
    found = tracked("services/*.py", "shared/*.py", "deploy/*.py", "benchmarks/*.py")
    files = {path.relative_to(ROOT).with_suffix(""): path for path in found}
    packages = {".".join(name.parent.parts) for name in files if name.name == "__init__"}
    sources = {
        ".".join(name.parts).removesuffix(".__init__"): path.read_text(encoding="utf-8")
        for name, path in files.items()
    }
    assert set(sources) > STARTED
    assert not unused(sources, STARTED | packages), "import it, or take it out"


def test_decisions_know_no_outside_world() -> None:
    found = complaints(tracked("services/*/domain/*.py"), impure_imports)
    assert not found, found


@pytest.mark.parametrize("rule", [silent_tests, sleeping, mocking])
def test_tests_are_honest(rule: Callable[[str], Iterator[Finding]]) -> None:
    found = complaints([path for path in tracked("tests/*.py") if path != PATIENT], rule)
    assert not found, found


def test_nothing_in_the_repository_knows_a_machine() -> None:
    found = complaints([path for path in tracked() if path.suffix in TEXT], elsewhere)
    assert not found, found


@pytest.mark.parametrize("team", TEAMS)
def test_every_team_explains_itself(team: str) -> None:
    readme = ROOT / "services" / team / "README.md"
    assert readme.is_file(), f"services/{team}/README.md is missing: whose it is, what it tells"
    told = [fact.__name__ for fact in all_facts().values() if fact.team == team]
    unsaid = [name for name in told if f"`{name}`" not in readme.read_text(encoding="utf-8")]
    assert not unsaid, f"services/{team}/README.md does not say that it tells {unsaid}"


@pytest.mark.parametrize("fact", all_facts().values(), ids=all_facts())
def test_every_fact_says_what_it_means(fact: type[Fact]) -> None:
    assert not list(thin_facts(fact))


@pytest.mark.parametrize("team", TEAMS)
def test_every_refusal_has_its_sentences(team: str) -> None:
    service = service_of(team)
    for path in tracked(f"services/{team}/domain/*.py"):
        for line, code in refusals(path.read_text(encoding="utf-8")):
            said = service.messages.get(code)
            assert said, (
                f"{path.name}:{line}: {code} has no sentence in services/{team}/messages.py"
            )
            assert said.ja, f"{code} says nothing in Japanese"
            assert said.en, f"{code} says nothing in English"


@pytest.mark.parametrize("team", TEAMS)
def test_whoever_is_told_of_can_be_forgotten(team: str) -> None:
    for decider in service_of(team).deciders:
        for event in decider.events:
            assert not list(unnamed_subjects(event))


# Every rule bites. Samples are put together so that no rule finds them in this file.


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        (long_functions, "def f():\n" + "    x = 1\n" * 40, "def f():\n" + "    x = 1\n" * 39),
        (long_files, "x = 1\n" * 301, "x = 1\n" * 300),
        (impure_imports, "import asyncpg", "import enum"),
        (impure_imports, "from pathlib import Path", "from datetime import date"),
        (impure_imports, "from shared.bus.told import Told", "from pydantic import Field"),
        (impure_imports, "import services.intake.desk", "import services.intake.domain.sheet"),
        (
            unexplained,
            "x = 1  # type: " + "ignore",
            "x = 1  # type: " + "ignore[arg-type]  # stubs",
        ),
        (unexplained, "x = 1  # no" + "qa", "x = 1  # no" + "qa: S101 - a proof, not a check"),
        (unexplained, "x = 1  # no" + "qa: S101", "x = 1"),
        (elsewhere, "see /" + "home/ann/notes", "see docs/tour.md and /run/secrets"),
        (elsewhere, "pip install --index" + "-url x", "pip install -r requirements.lock"),
        (elsewhere, "files.python" + "hosted.org", "docs.python.org"),
        (silent_tests, "def test_a():\n    f()", "def test_a():\n    assert f()"),
        (silent_tests, "def test_a():\n    pass", "def test_a():\n    given().then(1)"),
        (sleeping, "time.sl" + "eep(1)", "await until(ready)"),
        (mocking, "from unittest import " + "mock", "import unittest"),
        (refusals, 'raise Refused("a-code")', "raise Refused(code)"),
    ],
)
def test_the_rule_bites(rule: Callable[[str], Iterator[Finding]], bad: str, good: str) -> None:
    assert list(rule(bad))
    assert not list(rule(good))


def test_a_module_that_nobody_imports_is_seen() -> None:
    by_name = {"a.app": "from a import pages\nimport a.read", "a.pages": "", "a.read": ""}
    assert unused(by_name, {"a.app"}) == []
    assert unused({**by_name, "a.old": "import a.old"}, {"a.app"}) == ["a.old"]
    assert unused({"a.cli": 'import_module("a.late")', "a.late": ""}, {"a.cli"}) == []


def test_a_fact_without_a_meaning_is_seen() -> None:
    class Silent(Fact):
        pass

    class Vague(Fact):
        """Something happened."""

    class Clear(Fact):
        """一旦終結した (T-08)."""

    assert list(thin_facts(Silent))
    assert list(thin_facts(Vague))
    assert not list(thin_facts(Clear))


def test_a_person_without_a_key_is_seen() -> None:
    class Lost(PersonalPartReceived):
        subject_field = "person_id"

    assert list(unnamed_subjects(Lost))
    assert not list(unnamed_subjects(PersonalPartReceived))
