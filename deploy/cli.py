"""The commands of `./tsunagu`; each lives in `deploy/commands/` and imports late."""

from __future__ import annotations

import sys

import typer

from deploy.commands.account import account
from deploy.commands.checks import checks_and_tests
from deploy.commands.expire import expire
from deploy.commands.facts import facts
from deploy.commands.forget import forget
from deploy.commands.host import host
from deploy.commands.import_places import places
from deploy.commands.imports import imports
from deploy.commands.later import bench, verify
from deploy.commands.parked import parked, release
from deploy.commands.rebuild import rebuild
from deploy.commands.restored import ledger, restored
from deploy.commands.run import run
from deploy.commands.simulate import simulate
from deploy.commands.tokens import token
from deploy.commands.up import up
from deploy.console import tell
from deploy.trouble import Trouble

app = typer.Typer(
    name="tsunagu",
    help="つなぐ: 重層的支援体制整備事業のための相談・支援・評価 / Tsunagu",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(up)
app.command(
    name="test", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False}
)(checks_and_tests)
app.command()(run)
app.add_typer(imports, name="import")
imports.command()(places)
app.add_typer(facts, name="facts")
facts.command()(parked)
facts.command()(release)
app.add_typer(account, name="account")
app.command()(token)
app.command()(verify)
app.command()(rebuild)
app.command()(forget)
app.command()(expire)
app.command()(simulate)
app.command()(bench)
app.add_typer(host, name="host")
host.command()(restored)
host.command()(ledger)


def main() -> None:
    """Say troubles in one line; anything else is a bug and shows itself whole."""
    try:
        app(prog_name="./tsunagu")
    except Trouble as trouble:
        tell(trouble)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
