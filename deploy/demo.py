"""The demonstration: the sample year of the counters, and thirty households on their way.

It speaks to the services as any integrator does, over their JSON, with ids of its own for every
command; playing it twice adds nothing. All persons are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import httpx2
from rich.progress import Progress

from deploy.console import out
from deploy.demo_office import office_work
from deploy.demo_people import HOUSEHOLDS, REFERRED, REFERRED_TO, TIES, Household
from deploy.demo_places import GAPS, LOGS, SESSIONS, VENUES
from deploy.demo_stage import Stage, opened, tokens_of

if TYPE_CHECKING:
    from shared.runtime.settings import Settings

ESCALATED, ASKED, RETURNED = 1, 3, 9


async def play(address: str, settings: Mapping[str, Settings]) -> None:
    """Load the sample year, register the places, and follow the households."""
    from deploy.commands.imports import load_sample

    await load_sample(settings["intake"])
    async with opened(address) as web:
        tokens = tokens_of(settings["portal"])
        places = [await _place(web, tokens, venue) for venue in VENUES]
        await _logs(web, tokens)
        with Progress(console=out, transient=True) as progress:
            bar = progress.add_task("見本の世帯 / households", total=len(HOUSEHOLDS))
            for person in HOUSEHOLDS:
                await _journey(Stage(web, tokens, person), places)
                progress.advance(bar)
        for person in REFERRED:
            await _referred(Stage(web, tokens, person))
        await office_work(web, tokens)
    out.print(f"✓ 見本を入れました（{len(HOUSEHOLDS)}世帯） / the demonstration is loaded\n")


async def _place(
    web: httpx2.AsyncClient, tokens: Mapping[str, str], venue: Mapping[str, Any]
) -> str:
    """A place of the directory, with a session recorded."""
    stage = Stage(
        web, tokens, Household(venue["name"], "", "C-10", date(2026, 5, 11), "", 1, (), "", 0)
    )
    made = await stage.post("/community/api/resources", published=True, **venue)
    resource = str(made["id"])
    for held_on, counts in SESSIONS:
        await stage.post(
            "/community/api/activities",
            programme="3イ",
            kind="ikiiki-session",
            resource_id=resource,
            held_on=held_on,
            counts=counts,
        )
    return resource


async def _logs(web: httpx2.AsyncClient, tokens: Mapping[str, str]) -> None:
    """What is missing, and every kind of record that an indicator takes from (Q-07 … Q-26)."""
    stage = Stage(web, tokens, Household("記録", "", "C-10", date(2026, 5, 11), "", 1, (), "", 0))
    for missing, noted_on in GAPS:
        await stage.post("/community/api/gaps", kind=missing, noted_on=noted_on)
    for programme, kind, held_on, counts, story in LOGS:
        said = {"story": story} if story else {}
        await stage.post(
            "/community/api/activities",
            programme=programme,
            kind=kind,
            held_on=held_on,
            counts=counts,
            **said,
        )


async def _journey(stage: Stage, places: list[str]) -> None:
    """As far as this household has come: 1 escalated … 8 resumed; 9 returned to its counter."""
    person, far = stage.person, stage.person.far
    case_id = await _escalated(stage)
    case = f"/coordination/api/cases/{case_id}"
    await stage.there(case)
    if far == RETURNED:
        await _returned(stage, case)
    if far in (RETURNED, ESCALATED) or not await _agreed(stage, case):
        return
    if far == ASKED:  # both teams are asked, neither has started
        await _asked(stage, case, "outreach", "自宅を訪ねる")
        await _asked(stage, case, "participation", "居場所を探す")
    if far >= 4:
        await _visited(stage, case)
    if far >= 5:
        await _matched(stage, case, places[len(person.name) % len(places)])
    if far >= 7:
        await _closed(stage, case)
    if far >= 8:
        await stage.post(
            f"{case}/resumption", on=stage.later(20), reason="changed", note="入院があった"
        )


async def _referred(stage: Stage) -> None:
    """K-01: one counter's consultation goes to another, which takes it or has yet to answer."""
    received = await _received(stage)
    basis = {"kind": "consent", "reference": stage.day.isoformat()}
    path = f"/intake/api/consultations/{received['id']}/referral"
    why = "お子さんのことも続けて聞いてほしい"
    sent = await stage.post(path, to_counter=REFERRED_TO, why=why, basis=basis)
    if stage.person.far:
        await stage.post(f"/intake/api/referrals/{sent['id']}/acceptance", by=REFERRED_TO)


async def _returned(stage: Stage, case: str) -> None:
    await stage.post(
        f"{case}/return",
        on=stage.later(3),
        reason="ordinary-cooperation",
        link_note="窓口の支援を続け、月に一度 電話で様子を確かめる",
    )


async def _received(stage: Stage) -> dict[str, Any]:
    person = stage.person
    return await stage.post(
        "/intake/api/consultations",
        counter=person.counter,
        received_on=person.received_on.isoformat(),
        channel="visit",
        source="family",
        name=person.name,
        kana=person.kana,
        address=person.address,
        household_size=person.size,
        issues=list(person.issues),
        content=person.story,
    )


async def _tied(stage: Stage, consultation: str) -> None:
    """Who the household has to do with (エコマップ)."""
    for who, kind, since, note in TIES:
        body = {"who": who, "kind": kind, "note": note}
        path = f"/intake/api/consultations/{consultation}/ties"
        await stage.post(path, **body | ({"since": since} if since else {}))


async def _escalated(stage: Stage) -> str:
    person, received = stage.person, await _received(stage)
    if person.far % 2:
        await _tied(stage, received["id"])
    path = f"/intake/api/consultations/{received['id']}/escalation"
    basis = {"kind": "consent", "reference": person.received_on.isoformat()}
    await stage.post(path, reasons=["complex", "roles"], basis=basis, on=stage.later(1))
    return str(received["case_id"])


async def _agreed(stage: Stage, case: str) -> bool:
    """Accepted, applied, asked for consent, met, planned. False where it ends without consent."""
    person = stage.person
    await stage.post(f"{case}/acceptance", on=stage.later(3))
    await stage.post(
        f"{case}/application", on=stage.later(2), filled_by="subject", name=person.name
    )
    if person.far == 2:
        await stage.post(f"{case}/consent", answer="refused", on=stage.later(1))
        await _met(stage, case, "support-meeting")
        return False
    await stage.post(f"{case}/consent", answer="given", on=stage.later(1))
    if person.far == ASKED:
        await _inquired(stage, case)
    meeting = await _met(stage, case, "plan-meeting")
    await stage.post(
        f"{case}/plans",
        on=stage.later(0),
        meeting_id=meeting,
        problems="家計の立て直しと、日中の居場所づくり",
        goal="三か月後、週に一度は外に出る",
        contact_desk="C-08",
        review_on=(stage.day + timedelta(days=90)).isoformat(),
        participation=person.far >= 5,
        outreach=person.far >= 4,
        roles=[
            {"agency": person.counter, "task": "月一回の面談"},
            {"agency": "C-08", "task": "全体の調整"},
        ],
    )
    return True


async def _inquired(stage: Stage, case: str) -> None:
    """T-04: the agencies in daily contact are asked for their sheet; nobody has answered yet."""
    await stage.post(
        f"{case}/inquiries",
        kind="assessment",
        agencies=[stage.person.counter],
        question="日ごろの暮らしのようすと、使っている制度を教えてください",
        basis="consent",
    )


async def _met(stage: Stage, case: str, kind: str) -> str:
    made = await stage.post(
        f"{case}/meetings",
        kind=kind,
        on=stage.later(10),
        place="市役所3階 会議室",
        members=["C-08", stage.person.counter],
        outcome="役割分担を確かめた",
        secrecy=True,
    )
    return str(made["id"])


async def _asked(stage: Stage, case: str, team: str, errand: str) -> str:
    """T-20: another team is asked; answers its request once it has arrived there."""
    asked = await stage.post(
        f"{case}/{team}-requests", on=stage.later(1), errand=errand, basis="consent"
    )
    request = f"/{team}/api/requests/{asked['id']}"
    await stage.there(request)
    return request


async def _visited(stage: Stage, case: str) -> None:
    """Outreach: started, visited, linked; concluded for those who have come further."""
    request = await _asked(stage, case, "outreach", "自宅を訪ねる")
    await stage.post(f"{request}/start", on=stage.later(1))
    await stage.post(f"{request}/visits", on=stage.later(4), method="home-visit", met=False)
    await stage.post(
        f"{request}/visits", on=stage.later(7), method="home-visit", met=True, reaction="話せた"
    )
    if stage.person.far > 4:
        await stage.post(f"{request}/links", on=stage.later(5), agency="C-07")
        await stage.post(f"{request}/conclusion", on=stage.later(5), outcome="linked")


async def _matched(stage: Stage, case: str, place: str) -> None:
    """Participation: planned and matched; concluded for those who have come further."""
    request = await _asked(stage, case, "participation", "居場所を探す")
    await stage.post(f"{request}/start", on=stage.later(1))
    await stage.post(
        f"{request}/plan",
        on=stage.later(3),
        menu="place-to-be",
        wishes="人と話したい",
        strengths="手先が器用",
        goal="月に二回 通う",
    )
    await stage.post(
        f"{request}/matches", on=stage.later(7), resource_id=place, assessment="受け入れ可"
    )
    if stage.person.far > 5:
        await stage.post(
            f"{request}/followups", on=stage.later(14), method="visit", relation="stable"
        )
        await stage.post(
            f"{request}/conclusion",
            on=stage.later(14),
            outcome="stable",
            judgement="続けて通えている",
            contact_every="monthly",
        )


async def _closed(stage: Stage, case: str) -> None:
    await stage.post(
        f"{case}/closure",
        on=stage.later(10),
        lead_agency=stage.person.counter,
        reason="roles-agreed",
        resume_when="外に出なくなったとき",
        basis="consent",
    )
