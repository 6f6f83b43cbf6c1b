"""What a 支援会議 keeps reaches its members alone, whatever happened (M-1, M-2)."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import httpx2
import pytest

from shared.privacy.access import Role
from tests.coordination.examples import CASE
from tests.coordination.test_meeting_pages import MINUTES, called, send
from tests.coordination.test_pages import DAY, HERE, Office, office, post

__all__ = ["office"]

AGENCIES = ("C-01", "C-02", "C-05", "C-07", "C-08")
LOGINS = ("s-1", "s-2")
READERS = [
    (role, agency, login)
    for role in (Role.COORDINATOR, Role.NURSE, Role.COUNTER)
    for agency in AGENCIES
    for login in LOGINS
]


@dataclass
class Kept:
    """One sitting: its members, and the word that only they may read."""

    word: str
    meeting: str
    members: list[str]
    inquiry: str
    sworn: set[tuple[str, str]]
    """Agency and login of who accepted secrecy."""
    opened: bool = False


@pytest.mark.parametrize("seed", [106, 107])
async def test_no_history_shows_sealed_words_to_strangers(office: Office, seed: int) -> None:
    """Random sittings, memberships, consents and readers; pages and JSON."""
    random, shown = Random(seed), 0
    async with office.client(Role.COORDINATOR, "C-08") as host:
        await post(host, "acceptance")
        await post(host, "consent", answer="refused")
        kept = [await _keep(host, random, n) for n in range(2)]
    for _ in range(6):
        consent = random.choice(("given", "refused", "withdrawn"))
        async with office.client(Role.COORDINATOR, "C-08") as host:
            await host.post(f"{HERE}/consent", data={"on": DAY, "answer": consent})
            await _swear(office, random, random.choice(kept))
            await _hand_over(office, random.choice(kept))
            holds = (await host.get(f"/coordination/api/cases/{CASE}")).json()["consent"] == "given"
        for role, agency, login in [*random.sample(READERS, 4), *_some_sworn(random, kept)]:
            async with office.client(role, agency, login=login) as reader:
                for path in _places(kept):
                    text = (await reader.get(path)).text
                    for one in kept:
                        in_charge = role in {Role.COORDINATOR, Role.NURSE}
                        over = one.opened and holds and in_charge
                        shown += one.word in text
                        stranger = (agency, login) not in one.sworn and not over
                        assert not (stranger and one.word in text), (role, agency, path, one)
    assert shown, "members do read it"


async def _keep(host: httpx2.AsyncClient, random: Random, n: int) -> Kept:
    """A sitting with its words in minutes, task, 支援方針 and 照会."""
    word = f"植込み{n}番"
    members = random.sample(AGENCIES[1:], 2)
    meeting = await called(host, "support-meeting")
    await send(host, f"{meeting}/members", agencies=[one for one in members if one != "C-08"])
    told = dict.fromkeys(("report_1", "outcome_1", "task_what_1"), word)
    minutes = MINUTES | told | {"members": members, "task_agency_1": members[0]}
    done = await send(host, f"{meeting}/minutes", **minutes | {"secrecy": "true"})
    assert done.status_code == 303, done.text
    id_ = meeting.removeprefix("/")
    policy: dict[str, Any] = {"meeting_id": id_, "on": DAY, "review_on": "2027-02-01"}
    set_ = await host.post(f"{HERE}/plans/policies", data=policy | {"direction": word, "roles": ""})
    assert set_.status_code == 303, set_.text
    asked = {
        "kind": "report",
        "agencies": members[:1],
        "question": word,
        "basis": "support-meeting",
        "meeting_id": id_,
    }
    sent = await host.post(f"/coordination/api/cases/{CASE}/inquiries", json=asked)
    assert sent.status_code == 201, sent.text
    return Kept(word, meeting, members, sent.json()["ids"][0], {("C-08", "s-1")} & _all(members))


def _all(members: list[str]) -> set[tuple[str, str]]:
    return {(agency, login) for agency in members for login in LOGINS}


def _some_sworn(random: Random, kept: list[Kept]) -> list[tuple[Role, str, str]]:
    """Readers who may, so that the walk sees something."""
    able = sorted(who for one in kept for who in one.sworn)
    return [(Role.COUNTER, *who) for who in random.sample(able, min(2, len(able)))]


async def _swear(office: Office, random: Random, one: Kept) -> None:
    """One person for themselves; who does not sit there is refused."""
    agency, login = random.choice(AGENCIES), random.choice(LOGINS)
    if random.random() < 0.7:
        agency = random.choice(one.members)
    async with office.client(Role.COUNTER, agency, login=login) as person:
        done = await send(person, f"{one.meeting}/secrecy")
    assert (done.status_code == 303) == (agency in one.members)
    if agency in one.members:
        one.sworn.add((agency, login))


async def _hand_over(office: Office, one: Kept) -> None:
    """M-2: a member may open the material while there is a consent; else nothing happens."""
    agency, login = min(one.sworn, default=(one.members[0], "s-1"))
    async with office.client(Role.COORDINATOR, agency, login=login) as member:
        done = await send(member, f"{one.meeting}/material", case_id=str(CASE))
        one.opened = one.opened or done.status_code == 303


def _places(kept: list[Kept]) -> list[str]:
    places = [HERE, f"{HERE}/plans", f"{HERE}?on=2026-11-22", "/coordination/queue"]
    places += ["/coordination", "/coordination/meetings", "/coordination/inquiries"]
    api = ("queue", "inquiries", f"cases/{CASE}", f"cases/{CASE}/plans", "cases")
    places += [f"/coordination/api/{path}" for path in api]
    for one in kept:
        places += [f"/coordination/meetings{one.meeting}", f"/coordination/inquiries/{one.inquiry}"]
        places += [f"/coordination/api/meetings{one.meeting}"]
        places += [
            f"/coordination/meetings{one.meeting}/minutes{end}" for end in ("", "/paper.xlsx")
        ]
    return places
