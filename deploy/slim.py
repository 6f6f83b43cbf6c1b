"""Uninstall what pyproject.toml's dependencies do not need: tools have no place in the image.

`python slim.py pyproject.toml`; standard library only, run by the environment it makes smaller.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distributions, requires
from pathlib import Path


def canonical(requirement: str) -> str:
    """The name at the start of a requirement, in its one spelling."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", name.group().lower()) if name else ""


def needed(wanted: list[str]) -> set[str]:
    """Every installed package that these need."""
    found: set[str] = set()
    waiting = [canonical(requirement) for requirement in wanted]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            further = requires(name) or []
        except PackageNotFoundError:
            continue  # for another platform
        found.add(name)
        waiting += [canonical(one) for one in further if not _for_developers(one)]
    return found


def _for_developers(requirement: str) -> bool:
    """An extra brings what we ask for by name ourselves: nkeys is the only one we use."""
    return "extra ==" in requirement and not requirement.startswith("nkeys")


def main(project: Path) -> None:
    """Ask what is needed, uninstall the rest."""
    wanted = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"]
    keep = needed(wanted) | {"pip"}
    installed = {canonical(one.metadata["Name"]) for one in distributions()}
    rest = sorted(installed - keep)
    if rest:
        command = [sys.executable, "-m", "pip", "uninstall", "--quiet", "--yes", *rest]
        subprocess.run(command, check=True)
    sys.stdout.write(f"kept {len(installed) - len(rest)}, removed: {' '.join(rest)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
