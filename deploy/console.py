"""How the commands speak to people: calm lines, Japanese first, colours on a terminal only."""

from __future__ import annotations

import sys

from rich.console import Console

from deploy.trouble import Trouble

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def step(japanese: str, english: str) -> None:
    """One thing that is done."""
    out.print(f"[green]✓[/green] {japanese} [dim]/ {english}[/dim]")


def tell(trouble: Trouble) -> None:
    """One line that says what is wrong and what to do."""
    err.print(f"[bold red]エラー:[/bold red] {trouble.japanese} / {trouble.english}", markup=True)
    sys.stderr.flush()
