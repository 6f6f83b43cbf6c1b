"""`./tsunagu test`: every check, then the tests; pytest's closing line is the last one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from deploy.console import out, step
from deploy.services import ROOT
from deploy.trouble import Trouble

CHECKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("ruff format", "ruff", ("format", "--check", "--no-cache", ".")),
    ("ruff", "ruff", ("check", "--no-cache", ".")),
    ("mypy --strict", "mypy", ()),
    ("import-linter", "lint-imports", ()),
    ("deptry", "deptry", (".",)),
    ("codespell", "codespell", ()),
)
BROWSERS = ("chromium", "chromium-browser")


def checks_and_tests(
    only: Annotated[
        list[str] | None,
        typer.Argument(help="pytestへの引数(指定すると検査を省きます)/ arguments for pytest"),
    ] = None,
) -> None:
    """検査(ruff, mypy, import-linter …)とテストをすべて実行します。/ All checks and all tests."""
    browser = _browser_is_there()
    failed = [] if only else [name for name, tool, how in CHECKS if not _passes(name, tool, how)]
    if failed:
        out.print(f"[bold red]検査に不合格 / checks failed: {', '.join(failed)}[/bold red]")
    if only:
        raise typer.Exit(_pytest(*only))
    # Two workers even on a larger machine: each has its own PostgreSQL and NATS. The browser has
    # a run of its own: it keeps an event loop, beside which no asynchronous test can run.
    code = _pytest("-n", "2", "--dist", "loadfile", "-m", "not browser")
    if browser:
        code = _pytest("-m", "browser") or code
    raise typer.Exit(code or bool(failed))


def _pytest(*arguments: str) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def chromium() -> str | None:
    """The browser of the tests. None where there is none: they are skipped; CI must not do that."""
    if found := next(filter(None, map(shutil.which, BROWSERS)), None):
        return found
    if os.environ.get("CI"):
        raise Trouble(
            "chromium がありません。CIでは省けません: apt-get install chromium",
            "CI needs chromium for the browser tests; apt-get install chromium",
        )
    return None


def _browser_is_there() -> bool:
    """Say it when they are skipped."""
    if chromium():
        return True
    out.print("[yellow]chromium がないため、画面のテストを省きます / browser tests are skipped[/]")
    return False


def _passes(name: str, tool: str, arguments: tuple[str, ...]) -> bool:
    program = Path(sys.executable).parent / tool
    done = subprocess.run(
        [program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        step(name, "ok")
        return True
    out.print(f"[red]✗ {name}[/red]")
    out.print(done.stdout + done.stderr, markup=False)
    return False
