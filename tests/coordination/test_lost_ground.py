"""F-03: consent that goes, is narrowed or runs out takes the ground from what rests on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.coordination.domain import events as e
from services.coordination.domain.case import case
from services.coordination.domain.consent import consent, refuse_consent, withdraw_consent
from services.coordination.domain.consented import Scope
from services.coordination.domain.grounds import expire_grounds, renew_ground
from services.coordination.domain.support import Ground, note_report
from services.coordination.grounding import expire_consents
from services.coordination.published import tell
from services.coordination.reactions import note_withdrawn_link, note_withdrawn_match
from shared.contracts import coordination as told
from shared.contracts import outreach, participation
from shared.privacy.access import Role
from shared.sourcing.log import Origin
from tests.coordination.examples import (
    AGREED,
    CASE,
    CONSENT,
    REQUEST,
    SECOND_CONSENT,
    TODAY,
    TOMORROW,
    YESTERDAY,
    consented,
    reported,
    requested,
    uid,
    withdrawn,
)
from tests.coordination.test_pages import DAY, HERE, Office, office, post
from tests.given import scenario

__all__ = ["office"]

given = scenario(case)
NOW: dict[str, Any] = {"on": TODAY, "today": TODAY}
RUNNING = (*AGREED, requested())
RENEWAL = uid(401)
NEW: dict[str, Any] = {
    "renewal_id": RENEWAL,
    "request_id": REQUEST,
    "ground": Ground("urgency", "食べるものがない"),
}


def lost(why: e.WhyLost = "withdrawn", on: Any = TODAY) -> e.GroundLost:
    return e.GroundLost(case_id=CASE, request_id=REQUEST, team="outreach", why=why, lost_on=on)


RENEWED = e.GroundRenewed(
    case_id=CASE,
    request_id=REQUEST,
    team="outreach",
    renewal_id=RENEWAL,
    basis="urgency",
    basis_reference="食べるものがない",
    renewed_on=TODAY,
)


def test_consent_taken_back_takes_the_ground_from_what_runs() -> None:
    act: dict[str, Any] = {"consent_id": CONSENT, **NOW}
    given(*RUNNING).when(withdraw_consent, **act).then(withdrawn(), lost())
    given(*RUNNING, reported("ended", REQUEST)).when(withdraw_consent, **act).then(withdrawn())
    urgent = requested().model_copy(update={"basis": "urgency"})
    given(*AGREED, urgent).when(withdraw_consent, **act).then(withdrawn())
    assert isinstance(tell(lost()), told.GroundLost)


def test_a_narrower_consent_leaves_what_it_still_covers() -> None:
    again: dict[str, Any] = {"consent_id": SECOND_CONSENT, "method": "written", **NOW}
    narrow = consented(SECOND_CONSENT).model_copy(update={"purposes": ("plan",)})
    given(*RUNNING).when(consent, **again, scope=Scope(("plan",))).then(narrow, lost("narrowed"))
    both = consented(SECOND_CONSENT).model_copy(update={"purposes": ("plan", "outreach")})
    given(*RUNNING).when(consent, **again, scope=Scope(("plan", "outreach"))).then(both)
    few = Scope((), ("C-08", "C-01"))
    one = consented(SECOND_CONSENT).model_copy(update={"recipients": ("C-08", "C-01")})
    given(*RUNNING).when(consent, **again, scope=few, helpers=("C-01",)).then(one)
    given(*RUNNING).when(consent, **again, scope=few, helpers=("C-02",)).then(one, lost("narrowed"))


def test_a_consent_runs_out_by_its_day_and_only_once() -> None:
    until = consented().model_copy(update={"expires_on": TODAY})
    history = (*AGREED[:-1], until, requested())
    given(*history).when(expire_grounds, today=TODAY).then_nothing()
    gone = lost("expired", TOMORROW)
    given(*history).when(expire_grounds, today=TOMORROW).then(gone)
    given(*history, gone).when(expire_grounds, today=TOMORROW).then_nothing()
    later: dict[str, Any] = {"refusal_id": uid(34), "on": TOMORROW, "today": TOMORROW}
    no = e.ConsentRefused(case_id=CASE, refusal_id=uid(34), refused_on=TOMORROW)
    given(*history).when(refuse_consent, **later).then(no, gone)


def test_people_decide_that_it_goes_on_with_another_ground() -> None:
    given(*RUNNING, withdrawn(), lost()).when(renew_ground, **NEW, **NOW).then(RENEWED)
    given(*RUNNING, withdrawn(), lost(), RENEWED).when(renew_ground, **NEW, **NOW).then_nothing()
    given(*RUNNING).when(renew_ground, **NEW, **NOW).then_refused("ground-holds")
    other = NEW | {"request_id": uid(999)}
    given(*RUNNING).when(renew_ground, **other, **NOW).then_refused("request-unknown")
    early = {"on": YESTERDAY, "today": TODAY}
    given(*RUNNING, withdrawn(), lost()).when(renew_ground, **NEW, **early).then_refused(
        "before-ground-lost"
    )
    consent_again = NEW | {"ground": Ground("consent")}
    given(*RUNNING, withdrawn(), lost()).when(renew_ground, **consent_again, **NOW).then_refused(
        "consent-missing"
    )
    nothing = NEW | {"ground": Ground("urgency")}
    given(*RUNNING, withdrawn(), lost()).when(renew_ground, **nothing, **NOW).then_refused(
        "ground-missing"
    )


def test_what_ended_meanwhile_is_not_decided_on() -> None:
    ended = (*RUNNING, withdrawn(), lost(), reported("ended", REQUEST))
    given(*ended).when(renew_ground, **NEW, **NOW).then_refused("ground-holds")
    assert case.fold(ended).lost == {}
    again = {"request_id": REQUEST, "step": "ended", "item_id": REQUEST, "on": TODAY}
    given(*ended).when(note_report, **again).then_nothing()


async def asked_for_outreach(client: Any, **until: Any) -> str:
    await post(client, "acceptance")
    await post(client, "application", filled_by="subject", name="架空 花子")
    await post(client, "consent", answer="given", **until)
    made = await post(client, "outreach-requests", errand="声をかける", basis="consent")
    return str(made["id"])


async def test_it_is_shown_until_somebody_decides(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        request_id = await asked_for_outreach(client)
        assert "決め直すことはありません" in (await client.get(f"{HERE}/grounds/new")).text
        await post(client, "consent", answer="withdrawn")
        page = (await client.get(HERE)).text
        assert "同意がなくなりました" in page
        assert "同意が取り下げられました" in page
        due = (await client.get("/coordination/api/queue")).json()
        assert "ground" in {one["kind"] for one in due}
        form = (await client.get(f"{HERE}/grounds/new")).text
        assert request_id in form
        typed = {"on": DAY, "request_id": request_id, "basis": "urgency", "reference": ""}
        wrong = await client.post(f"{HERE}/grounds", data=typed)
        assert wrong.status_code == 409
        typed["reference"] = "食べるものがない"
        assert (await client.post(f"{HERE}/grounds", data=typed)).status_code == 303
        page = (await client.get(HERE)).text
        assert "アウトリーチの依頼を続けると決めました" in page
        assert "同意がなくなりました。別の" not in page
        due = (await client.get("/coordination/api/queue")).json()
        assert "ground" not in {one["kind"] for one in due}
    facts = await office.store.pool.fetch("SELECT type FROM facts ORDER BY position")
    assert [row["type"] for row in facts][-3:] == [
        "ConsentWithdrawn",
        "GroundLost",
        "GroundRenewed",
    ]


async def test_the_service_itself_sees_a_consent_run_out(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await asked_for_outreach(client, expires_on=str(TOMORROW))
        assert await expire_consents(office.store, TOMORROW) == []
        after = TOMORROW + timedelta(days=1)
        assert await expire_consents(office.store, after) == [CASE]
        assert await expire_consents(office.store, after) == []
        assert "同意の期限が過ぎました" in (await client.get(HERE)).text


async def test_a_withdrawn_match_or_link_is_told_in_the_case(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        request_id = await asked_for_outreach(client)
        about: dict[str, Any] = {"occurred_on": TODAY, "case_id": CASE, "request_id": request_id}
        origin = Origin(actor="reaction:test")
        host = office.host
        pool: Any = office.store.pool
        desk = host.service.desk(host.office(office.store, pool, origin))
        match = participation.MatchWithdrawn(
            **about, match_id=uid(501), resource_id=uid(502), matched_on=YESTERDAY
        )
        for _ in range(2):  # a second copy is not told again
            await note_withdrawn_match(match, desk)
            await note_withdrawn_link(outreach.CaseLinkWithdrawn(**about, link_id=uid(503)), desk)
        page = (await client.get(HERE)).text
        assert page.count("<h3>受け入れ先とのマッチングが取り消されました</h3>") == 1
        assert page.count("<h3>支援機関につないだ記録が取り消されました</h3>") == 1
