"""What each NATS user may do: own facts, own inbox, JetStream calls of own durables.

Another system is in an account of its own, with a door for each thing it may ask. A list of allowed
subjects would not be enough: the answer to a question goes wherever the question says, and nobody
checks that the asker may publish there, so a fact could be had delivered into another team's
stream. Through a door, answers arrive in the asker's own account and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from deploy.teams import HANDS_TO, OPERATOR, TEAMS

TEMPLATE = Path(__file__).parents[1] / "nats" / "nats.conf.template"
PREFIX = "tsunagu.API"
"""What another system's client says in the place of `$JS.API`."""
_DURABLE_CALLS = ("CREATE", "DURABLE.CREATE", "INFO", "MSG.NEXT", "RESET", "PAUSE", "DELETE")


def may_publish(team: str, city: str, outside: Sequence[str]) -> list[str]:
    """Its facts, questions to feeds, hand-overs to its receivers, its own streams and durables."""
    if team == OPERATOR:
        return _operator_may_publish()
    if team in outside:
        return [seen(subject) for subject in doors(city, team)]
    told = [f"FACTS_{teller.upper()}" for teller in TEAMS]
    facts, handovers = f"FACTS_{team.upper()}", f"HANDOVER_{team.upper()}"
    subjects = [f"facts.{city}.{team}.>", f"feed.{city}.*"]
    subjects += [f"handover.{city}.{receiver}.>" for receiver in HANDS_TO.get(team, ())]
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
    # The durable of each outside system on our stream: made by us, read by it.
    for call in ("CREATE", "DURABLE.CREATE", "INFO"):
        subjects += [f"$JS.API.CONSUMER.{call}.{facts}.{name}" for name in outside]
    if team == "portal":
        subjects += [f"$JS.API.CONSUMER.{call}" for call in ("INFO.*.*", "NAMES.*")]
    return sorted(subjects)


def may_subscribe(team: str, city: str, outside: Sequence[str]) -> list[str]:
    """Its own inbox (never `_INBOX.>`: replies carry message bodies), questions to its feed."""
    own = f"_INBOX_{team}.>"
    if team in outside:
        return [own]
    return [own, f"facts.{city}.>"] if team == OPERATOR else [own, f"feed.{city}.{team}"]


def seen(subject: str) -> str:
    """As another system says it: in its own account `$JS.API` would be its own JetStream."""
    return subject.replace("$JS.API", PREFIX)


def _operator_may_publish() -> list[str]:
    """Who watches the facts reads streams and changes nothing."""
    calls = ("STREAM.INFO", "STREAM.MSG.GET")
    return [f"$JS.API.{call}.FACTS_{team.upper()}" for team in TEAMS for call in calls]


def doors(city: str, name: str) -> list[str]:
    """What another system may ask: feeds, and the durable that every team keeps for it. The account
    has the doors of all of them; each user, only its own.
    """
    subjects = [f"feed.{city}.*"]
    for stream in (f"FACTS_{team.upper()}" for team in TEAMS):
        subjects += [
            f"$JS.API.STREAM.INFO.{stream}",
            f"$JS.API.CONSUMER.INFO.{stream}.{name}",
            f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{name}",
            f"$JS.ACK.{stream}.{name}.>",
        ]
    return subjects


def _user(team: str, nkey: str, city: str, outside: Sequence[str]) -> str:
    publish, subscribe = (
        json.dumps(rules(team, city, outside)) for rules in (may_publish, may_subscribe)
    )
    return (
        f"      # {team}\n"
        f'      {{ nkey: "{nkey}", permissions: {{\n'
        f"        publish: {{ allow: {publish} }}\n"
        f"        subscribe: {{ allow: {subscribe} }}\n"
        f"        allow_responses: {json.dumps(team not in outside)} }} }}"
    )


def _exports(doors_: Sequence[str]) -> str:
    """A pull request is answered by many messages."""
    return "\n".join(
        f'      {{ service: "{subject}", accounts: [OUTSIDE], '
        f"response: {'stream' if '.MSG.NEXT.' in subject else 'singleton'} }}"
        for subject in doors_
    )


def _imports(doors_: Sequence[str]) -> str:
    return "\n".join(
        f'      {{ service: {{ account: TSUNAGU, subject: "{subject}" }}, to: "{seen(subject)}" }}'
        for subject in doors_
    )


def configuration(
    nkeys: Mapping[str, str], *, city: str, listen: str, monitor: str, store: Path | str
) -> str:
    """The whole configuration; it holds public keys only. A user who is none of ours is another
    system.
    """
    outside = [name for name in nkeys if name not in {*TEAMS, OPERATOR}]
    every_door = list(dict.fromkeys(door for name in outside for door in doors(city, name)))
    user = {name: _user(name, key, city, outside) for name, key in nkeys.items()}
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        city=city,
        listen=listen,
        monitor=monitor,
        store=store,
        users="\n".join(said for name, said in user.items() if name not in outside),
        outside="\n".join(user[name] for name in outside),
        exports=_exports(every_door),
        imports=_imports(every_door),
    )
