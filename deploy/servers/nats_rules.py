"""What each service's NATS user may do: own facts, own inbox, JetStream calls of own durables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from string import Template

from deploy.teams import OPERATOR, TEAMS

TEMPLATE = Path(__file__).parents[1] / "nats" / "nats.conf.template"
_DURABLE_CALLS = ("CREATE", "DURABLE.CREATE", "INFO", "MSG.NEXT", "RESET", "PAUSE", "DELETE")


def may_publish(team: str, city: str) -> list[str]:
    """Its facts, questions to feeds, sealed hand-overs, its own streams and durables."""
    if team == OPERATOR:
        return _operator_may_publish()
    told = [f"FACTS_{teller.upper()}" for teller in TEAMS]
    facts, handovers = f"FACTS_{team.upper()}", f"HANDOVER_{team.upper()}"
    subjects = [f"facts.{city}.{team}.>", f"feed.{city}.*", f"handover.{city}.*.>"]
    subjects += ["$JS.API.INFO", "$JS.API.STREAM.NAMES"]
    subjects += [f"$JS.API.STREAM.INFO.{stream}" for stream in (*told, handovers)]
    for stream in (facts, handovers):
        subjects += [f"$JS.API.STREAM.{call}.{stream}" for call in ("CREATE", "UPDATE", "MSG.GET")]
        subjects += [f"$JS.API.DIRECT.GET.{stream}", f"$JS.API.DIRECT.GET.{stream}.>"]
    # A hand-over is erased by its receiver; a fact by nobody.
    subjects += [f"$JS.API.STREAM.MSG.DELETE.{handovers}"]
    # A durable carries the name of the team that reads with it.
    for stream in (*told, handovers):
        subjects += [f"$JS.API.CONSUMER.{call}.{stream}.{team}" for call in _DURABLE_CALLS]
        subjects += [f"$JS.API.CONSUMER.CREATE.{stream}.{team}.>", f"$JS.ACK.{stream}.{team}.>"]
    if team == "portal":
        subjects += [f"$JS.API.CONSUMER.{call}" for call in ("INFO.*.*", "NAMES.*")]
    return sorted(subjects)


def may_subscribe(team: str, city: str) -> list[str]:
    """Its own inbox (never `_INBOX.>`: replies carry message bodies), questions to its feed."""
    own = f"_INBOX_{team}.>"
    return [own, f"facts.{city}.>"] if team == OPERATOR else [own, f"feed.{city}.{team}"]


def _operator_may_publish() -> list[str]:
    """Who watches the facts reads streams and changes nothing."""
    calls = ("STREAM.INFO", "STREAM.MSG.GET")
    return [f"$JS.API.{call}.FACTS_{team.upper()}" for team in TEAMS for call in calls]


def _user(team: str, nkey: str, city: str) -> str:
    publish, subscribe = (json.dumps(rules(team, city)) for rules in (may_publish, may_subscribe))
    return (
        f"    # {team}\n"
        f'    {{ nkey: "{nkey}", permissions: {{\n'
        f"      publish: {{ allow: {publish} }}\n"
        f"      subscribe: {{ allow: {subscribe} }}\n"
        "      allow_responses: true } }"
    )


def configuration(
    nkeys: Mapping[str, str], *, city: str, listen: str, monitor: str, store: Path | str
) -> str:
    """The whole configuration; it holds public keys only."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        city=city,
        listen=listen,
        monitor=monitor,
        store=store,
        users="\n".join(_user(team, nkey, city) for team, nkey in nkeys.items()),
    )
