"""`./tsunagu` itself: standard library only, one line for what is missing."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.services import ROOT

SCRIPT = ROOT / "tsunagu"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A tree with the script and a lock, without .venv."""
    shutil.copy(SCRIPT, tmp_path / "tsunagu")
    (tmp_path / "requirements.lock").write_text("nothing==1.0\n", encoding="utf-8")
    return tmp_path


def start(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it with the Python these tests run on."""
    command = [sys.executable, "-I", str(folder / "tsunagu"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_needs_the_standard_library_only() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    imported = {
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    }
    assert imported <= set(sys.stdlib_module_names)
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(tree))
    assert os.access(SCRIPT, os.X_OK)


def test_an_older_python_can_read_it() -> None:
    assert ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7)).body


def test_help_works_before_anything_is_installed(checkout: Path) -> None:
    done = start(checkout, "--help")
    assert done.returncode == 0
    for command in ("up", "test", "run", "import", "facts tail", "token", "verify", "bench"):
        assert f"./tsunagu {command}" in done.stdout
    assert not (checkout / ".venv").exists()


def test_a_missing_ensurepip_is_one_line_with_the_package(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = checkout / "tsunagu"
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace('find_spec("ensurepip")', 'find_spec("ensurepip_of_nobody")'))
    done = start(checkout, "up")
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_what_is_installed_is_not_installed_again(checkout: Path) -> None:
    binaries = checkout / ".venv" / "bin"
    binaries.mkdir(parents=True)
    python = binaries / "python"
    python.write_text('#!/bin/sh\necho "handed over: $@ PYTHONPATH=$PYTHONPATH"\n')
    python.chmod(0o755)
    script = (checkout / "tsunagu").read_text(encoding="utf-8")
    names: dict[str, object] = {"__name__": "tsunagu", "__file__": str(checkout / "tsunagu")}
    exec(compile(script, "tsunagu", "exec"), names)
    (checkout / ".venv" / "tsunagu.installed").write_text(names["fingerprint"]())  # type: ignore[operator]  # run_path says object
    done = start(checkout, "up", "--port", "1")
    assert done.stdout == f"handed over: -P -m deploy.cli up --port 1 PYTHONPATH={checkout}\n"
    (checkout / "requirements.lock").write_text("other==1.0\n", encoding="utf-8")
    assert "preparing" in start(checkout, "up").stderr
