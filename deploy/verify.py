"""`./tsunagu verify`: are all stores whole, was everything told that must be, and do the figures
agree with a recount from the events?

Nothing is changed. It works on a running system: what each database says is read at one moment,
consumers before their sources, and only what reporting has applied is recounted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import asyncpg
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from deploy.console import err, out
from deploy.verifying.figures import Cells, Shown, add_up, check_in_step, compare, recount, shown_by
from deploy.verifying.findings import Finding, Report
from deploy.verifying.stores import (
    Head,
    Heard,
    check_heard,
    check_store,
    head_of,
    heard_by,
    snapshot,
)
from deploy.verifying.words import Signing, check_closings, check_texts
from services.reporting.signing import keys_of
from shared.runtime.settings import Settings
from shared.sourcing.log import Connection
from shared.vocabulary.city import City

UNREACHABLE = (OSError, asyncpg.PostgresConnectionError, asyncpg.InvalidCatalogNameError)


async def verify(settings: Mapping[str, Settings]) -> int:
    """Look at every team's database, print what was found, answer the exit code."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("出来事を確かめています", total=None)
        databases = {team: one.database_url for team, one in settings.items()}
        city = City.load(settings["reporting"].city_dir)
        desk, community = city.offices.coordination, from_community(city)
        report = await examine(
            databases,
            desk,
            community,
            lambda count: bar.advance(task, count),
            signing=Signing(city.code, _keys(settings["reporting"])),
        )
    show(report)
    return 0 if report.ok else 1


def _keys(settings: Settings) -> frozenset[str]:
    """None where this machine may not read the key: then closings cannot be checked here."""
    try:
        return keys_of(settings.master_key_file)
    except OSError:
        return frozenset()


def from_community(city: City) -> list[str]:
    """相談経路 of the community (Q-28, X-25)."""
    return [source.code for source in city.sources if source.community]


async def examine(
    databases: Mapping[str, str],
    desk: str,
    community: Sequence[str] = (),
    progress: Callable[[int], None] = lambda _count: None,
    signing: Signing | None = None,
) -> Report:
    """Check every store, and compare the figures of `reporting` with a recount."""
    report = Report()
    heard, shown = await _consumers(databases, report)
    heads: dict[str, Head] = {}
    recounted: dict[str, Cells] = {}
    for team, dsn in databases.items():
        try:
            async with snapshot(dsn) as db:
                heads[team] = await head_of(db)
                report.findings += await check_store(db, team, progress)
                report.findings += await _words(db, team, shown, signing)
                add_up(recounted, await recount(db, team, shown, desk, community))
        except UNREACHABLE as error:
            report.findings.append(_unreachable(team, error))
    report.findings += check_heard(heard, heads)
    report.findings.append(check_in_step(shown))
    report.compared = compare(shown, recounted)
    return report


async def _words(db: Connection, team: str, shown: Shown, signing: Signing | None) -> list[Finding]:
    """What reporting says in words or has signed, against the events of whoever wrote it."""
    if team == "reporting" and signing is not None:
        return [await check_closings(db, signing)]
    if team == "community":
        position, parked = shown.positions.get(team, 0), shown.parked.get(team, [])
        return [await check_texts(db, shown.texts, position, parked)]
    return []


async def _consumers(databases: Mapping[str, str], report: Report) -> tuple[list[Heard], Shown]:
    """What everybody has applied, read before the sources are: a source only grows."""
    heard: list[Heard] = []
    shown = Shown()
    for team, dsn in databases.items():
        try:
            async with snapshot(dsn) as db:
                heard += await heard_by(db, team)
                if team == "reporting":
                    shown = await shown_by(db)
        except UNREACHABLE as error:
            report.findings.append(_unreachable(team, error))
    return heard, shown


def _unreachable(team: str, error: Exception) -> Finding:
    return Finding(team, "データベースにつながる", ok=False, detail=type(error).__name__)


def show(report: Report) -> None:
    """The tables an operator reads."""
    stores = Table(title="記録の確認", title_justify="left")
    for heading in ("チーム", "確認した項目", "結果", "内容"):
        stores.add_column(heading, overflow="fold")
    for team in dict.fromkeys(finding.team for finding in report.findings):
        findings = [finding for finding in report.findings if finding.team == team]
        said = [f"{f.check}: {f.detail}" for f in findings if not f.ok or "あと" in f.detail]
        ok = all(finding.ok for finding in findings)
        stores.add_row(
            team, str(len(findings)), _mark(ok=ok), "\n".join(said) or findings[0].detail
        )
    figures = Table(title="指標の数え直し (全期間)", title_justify="left")
    figures.add_column("番号")
    figures.add_column("指標", overflow="fold")
    figures.add_column("表の値", justify="right")
    figures.add_column("数え直し", justify="right")
    figures.add_column("結果")
    figures.add_column("違い", overflow="fold")
    for one in report.compared:
        differences = "\n".join(one.differences)
        numbers = str(one.shown), str(one.recounted)
        figures.add_row(one.indicator, one.title, *numbers, _mark(ok=one.ok), differences)
    out.print(stores)
    out.print(figures)
    if report.ok:
        out.print("[green]すべて一致しました。[/green] / everything agrees")
    else:
        out.print("[bold red]一致しないところがあります。[/bold red] / something does not agree")


def _mark(*, ok: bool) -> str:
    return "[green]○[/green]" if ok else "[bold red]×[/bold red]"
