"""多機関協働と支援プラン: the whole service as one value."""

from __future__ import annotations

from pathlib import Path

from services.coordination.api.approval import api as approval_api
from services.coordination.api.case import api
from services.coordination.api.inquiry import api as inquiry_api
from services.coordination.api.meeting import api as meeting_api
from services.coordination.api.plan import api as plan_api
from services.coordination.desk import open_desk
from services.coordination.domain.approval import approval
from services.coordination.domain.case import case
from services.coordination.domain.draft import draft
from services.coordination.domain.evaluation import aftercare
from services.coordination.domain.inquiry import inquiry
from services.coordination.domain.meeting import meeting
from services.coordination.domain.policy import policy
from services.coordination.domain.summons import summons
from services.coordination.grounding import expire_consents
from services.coordination.messages import messages
from services.coordination.notices import waiting
from services.coordination.pages.approval import pages as approval_pages
from services.coordination.pages.case import pages
from services.coordination.pages.case_list import pages as case_list
from services.coordination.pages.case_paper import pages as case_paper
from services.coordination.pages.evaluating import pages as evaluating
from services.coordination.pages.inquiry import pages as inquiry_pages
from services.coordination.pages.keeper import api as keeper_api
from services.coordination.pages.keeper import pages as keeper_pages
from services.coordination.pages.meeting import pages as meeting_pages
from services.coordination.pages.minutes import pages as minutes_pages
from services.coordination.pages.minutes_paper import pages as minutes_paper
from services.coordination.pages.noting import pages as noting_pages
from services.coordination.pages.plan import pages as plan_pages
from services.coordination.pages.plan_forms import pages as plan_forms
from services.coordination.pages.plan_paper import pages as plan_paper
from services.coordination.pages.queue import api as queue_api
from services.coordination.pages.queue import pages as queue_pages
from services.coordination.published import handed, tell
from services.coordination.reactions import accept, reactions
from services.coordination.read.approvals import approvals
from services.coordination.read.callings import callings
from services.coordination.read.case_keys import case_keys
from services.coordination.read.case_table import cases
from services.coordination.read.inquiries import inquiries
from services.coordination.read.meetings import meetings
from services.coordination.read.plan_reviews import plan_reviews
from services.coordination.read.requests import requests
from shared.casefile.handover import handover
from shared.casefile.progress import progress
from shared.casefile.promises import notes
from shared.casefile.tables import handed_over
from shared.runtime.service import Service

coordination = Service(
    team="coordination",
    title="多機関協働・支援プラン",
    folder=Path(__file__).parent,
    routers=(
        *(
            keeper_api,
            keeper_pages,
            api,
            inquiry_api,
            plan_api,
            meeting_api,
            approval_api,
            queue_api,
        ),
        *(inquiry_pages, plan_pages, plan_paper, plan_forms, meeting_pages, minutes_pages),
        *(evaluating, minutes_paper, approval_pages, queue_pages, case_list, case_paper),
        *(noting_pages, pages),
    ),
    desk=open_desk,
    deciders=(
        *(case, meeting, summons, inquiry, handover, draft, policy, aftercare, progress),
        approval,
    ),
    tell=tell,
    reactions=reactions,
    reads=(
        *(handed_over, cases, meetings, callings, requests, inquiries, plan_reviews, notes),
        *(approvals, case_keys),
    ),
    messages=messages,
    waiting=waiting,
    daily=expire_consents,
    handovers=handed,
    accept=accept,
)
