"""House rules that no checker knows: text or a class in, findings out.

Every finding says what to do instead. `test_tidy.py` asks them of the tree and proves that they
bite.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Collection, Iterator, Mapping

from shared.contracts.fact import Fact
from shared.privacy.personal import personal_fields
from shared.sourcing.decider import Event

Finding = tuple[int, str]

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
DOMAIN_MAY_IMPORT = (
    "shared.sourcing.days",
    "shared.sourcing.decider",
    "shared.vocabulary",
    "shared.privacy.personal",
    "shared.casefile",
    "pydantic",
)
STANDARD = sys.stdlib_module_names
DOORS = {
    "asyncio", "http", "io", "os", "pathlib", "shutil", "socket", "sqlite3", "ssl", "subprocess",
    "tempfile", "threading", "urllib",
}  # fmt: skip
"""Parts of the standard library that reach outside of the process."""

PLAN_ID = re.compile(r"\b[A-Z]-\d{1,2}[a-zx]?\b|architecture 6")
UNEXPLAINED = re.compile(
    r"#\s*(type:\s*ignore|noqa)(?P<code>\[[\w, -]+\]|:\s*[A-Z]+\d+)?(?P<why>.*)"
)
# Put together here, so that this file does not find itself.
ELSEWHERE = re.compile(
    r"/"
    + r"(?:home|Users|work|root)/[a-z]\w*|[\w.-]*(?:artifactory|nexus|pypi\.python|pythonhosted|"
    r"devpi|registry\.npmjs)[\w.-]*\.\w+|--(?:extra-)?" + r"index-url",
    re.IGNORECASE,
)


def _functions(source: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.walk(ast.parse(source))
    return [node for node in tree if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def long_functions(source: str) -> Iterator[Finding]:
    for node in _functions(source):
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > LONGEST_FUNCTION:
            yield node.lineno, f"{node.name} has {length} lines: split off what has a name"


def long_files(source: str) -> Iterator[Finding]:
    length = source.count("\n")
    if length > LONGEST_FILE:
        yield length, f"{length} lines: move one noun into a module of its own"


def impure_imports(source: str) -> Iterator[Finding]:
    for line, name in _imports(source):
        own = re.match(r"services\.\w+\.domain\b", name) or name.startswith(DOMAIN_MAY_IMPORT)
        inside = name.partition(".")[0] in STANDARD - DOORS
        if not own and not inside:
            yield line, f"a decision knows no {name}: give it what it needs as an argument"


def _imports(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names)


def unexplained(source: str) -> Iterator[Finding]:
    for number, line in enumerate(source.splitlines(), 1):
        found = UNEXPLAINED.search(line)
        if found and not found["code"]:
            yield number, "silence one rule by its code, not all of them"
        elif found and not re.search(r"\w{3}", found["why"]):
            yield number, "say behind it why the checker is wrong here"


def elsewhere(source: str) -> Iterator[Finding]:
    for number, line in enumerate(source.splitlines(), 1):
        if found := ELSEWHERE.search(line):
            yield number, f"{found[0]} exists on one machine only: leave it out"


def silent_tests(source: str) -> Iterator[Finding]:
    for node in _functions(source):
        silent = not any(_expects(part) for part in ast.walk(node))
        if node.name.startswith("test_") and silent:
            yield node.lineno, f"{node.name} expects nothing: assert what a person would see"


def _expects(node: ast.AST) -> bool:
    """An assertion, `pytest.raises`, `given(…).then(…)`, `page(…, status)`, or a helper that is
    named for it.
    """
    if isinstance(node, ast.Assert):
        return True
    name = getattr(node, "attr", "") or getattr(node, "id", "")
    return bool(
        re.match(
            r"raises$|page$|then|assert|expect|refused|check|must|fail$|eventually|until", name
        )
    )


def sleeping(source: str) -> Iterator[Finding]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _sleeps(ast.unparse(node)):
            yield node.lineno, "tests do not sleep: wait for what shall be (tests/waiting.py)"


def _sleeps(call: str) -> bool:
    """`asyncio.sleep(0)` lets the others run and is no sleep."""
    return bool(re.match(r"(\w+\.)*sleep\((?!0\))", call))


def mocking(source: str) -> Iterator[Finding]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        if re.search(r"\bmock\b", ast.unparse(node)):
            yield node.lineno, "no mocks of our own code: use the real servers or a plain fake"


def refusals(source: str) -> Iterator[tuple[int, str]]:
    """Codes of `Refused("…")`, with the line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Refused") and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


def unnamed_subjects(event: type[Event]) -> Iterator[str]:
    if personal_fields(event) and event.subject_field not in event.model_fields:
        yield (
            f"{event.__name__} keeps {', '.join(personal_fields(event))} but has no field "
            f"{event.subject_field}: nobody could forget the person"
        )


def thin_facts(fact: type[Fact]) -> Iterator[str]:
    said = fact.__doc__ or ""
    if not said or said == Fact.__doc__:
        yield f"{fact.__name__} has no docstring: say in the city's words what happened"
    elif not PLAN_ID.search(said):
        yield f"{fact.__name__} names no id of the plan (T-08, Q-02, …)"


def unused(sources: Mapping[str, str], started: Collection[str]) -> list[str]:
    """Modules that no other imports, by name or in a string (`import_module`). `started`: the ends
    that somebody outside of Python calls.
    """
    used = set(started)
    for own, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                used |= {name.name for name in node.names} - {own}
            elif isinstance(node, ast.ImportFrom) and node.module:
                used |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.add(node.value)
    return sorted(sources.keys() - used)
