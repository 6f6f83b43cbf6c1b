"""Leads and rounds in examples. Invented people only."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.outreach.domain import lead as domain
from services.outreach.domain import proposing
from services.outreach.domain import round as rounds
from tests.outreach.examples import CASE, REQUEST, TODAY, YESTERDAY

LEAD = UUID("0198f000-0000-7000-8000-0000000000e1")
CONTACT = UUID("0198f000-0000-7000-8000-0000000000e2")
ROUND = UUID("0198f000-0000-7000-8000-0000000000e3")
DAYS = 90
TIP = domain.Tip(
    source="shop",
    town="fuchigami",
    place="青い屋根の家",
    teller="角の商店",
    story="毎日来ていた人が、ひと月ほど見えない",
)


def noticed() -> domain.Noticed:
    return domain.Noticed(
        lead_id=LEAD,
        noticed_on=YESTERDAY,
        source=TIP.source,
        catchment="ca-tobu",
        nurse_district="nd-tasai",
        keep_until=date(2027, 2, 20),
        town=TIP.town,
        place=TIP.place,
        teller=TIP.teller,
        story=TIP.story,
    )


def contacted() -> domain.Contacted:
    return domain.Contacted(
        lead_id=LEAD,
        contact_id=CONTACT,
        contacted_on=TODAY,
        method="home-visit",
        met=True,
        keep_until=date(2027, 2, 21),
        name="架空 花子",
        reaction="会釈を返された",
    )


def joined() -> domain.Joined:
    return domain.Joined(lead_id=LEAD, request_id=REQUEST, case_id=CASE, joined_on=TODAY)


def expired() -> domain.Expired:
    return domain.Expired(lead_id=LEAD, expired_on=date(2027, 2, 21))


def planned() -> rounds.Planned:
    return rounds.Planned(
        round_id=ROUND, planned_on=TODAY, place="架空サロン", nurse_district="nd-tasai"
    )


def made() -> rounds.Made:
    return rounds.Made(
        round_id=ROUND,
        made_on=TODAY,
        place="架空サロン",
        nurse_district="nd-tasai",
        gathered=12,
        heard="買い物に困る人が多い",
    )


def called_off() -> rounds.CalledOff:
    return rounds.CalledOff(round_id=ROUND, called_off_on=TODAY)


PROPOSAL = UUID("0198f000-0000-7000-8000-0000000000e4")
LEAD_CASE = UUID("0198f000-0000-7000-8000-0000000000e5")
LEAD_HANDOVER = UUID("0198f000-0000-7000-8000-0000000000e6")
WANTED = proposing.Proposal(
    case_id=LEAD_CASE,
    handover_id=LEAD_HANDOVER,
    counter="C-08",
    reasons=("complex",),
    basis="support-meeting",
    reference="支援会議 令和8年11月20日",
    address="渕上 青い屋根の家",
    story=TIP.story,
)


def proposed() -> domain.Proposed:
    return domain.Proposed(
        lead_id=LEAD,
        case_id=LEAD_CASE,
        proposal_id=PROPOSAL,
        handover_id=LEAD_HANDOVER,
        counter="C-08",
        reasons=("complex",),
        catchment="ca-tobu",
        nurse_district="nd-tasai",
        basis="support-meeting",
        basis_reference="支援会議 令和8年11月20日",
        proposed_on=TODAY,
        name="架空 花子",
        address="渕上 青い屋根の家",
        story=TIP.story,
    )


def answered(*, accepted: bool) -> domain.Answered:
    return domain.Answered(
        lead_id=LEAD,
        proposal_id=PROPOSAL,
        accepted=accepted,
        answered_on=TODAY,
        keep_until=date(2027, 2, 21),
    )
