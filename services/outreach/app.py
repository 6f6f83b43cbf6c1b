"""アウトリーチ等を通じた継続的支援: the whole service as one value."""

from __future__ import annotations

from pathlib import Path

from services.outreach.api.lead import lead_api
from services.outreach.api.linking import linking_api
from services.outreach.api.request import api
from services.outreach.api.visiting import visiting_api
from services.outreach.desk import open_desk
from services.outreach.domain.lead import lead
from services.outreach.domain.request import request
from services.outreach.domain.round import round_
from services.outreach.erasing import erase_due
from services.outreach.messages import messages
from services.outreach.messages.lead import lead_messages
from services.outreach.notices import waiting
from services.outreach.pages.due import due_api, due_pages
from services.outreach.pages.lead import lead_pages
from services.outreach.pages.linking import linking_pages
from services.outreach.pages.proposal import proposal_api, proposal_pages
from services.outreach.pages.request import pages
from services.outreach.pages.round import round_pages
from services.outreach.pages.tying import tying_pages
from services.outreach.pages.visiting import visiting_pages
from services.outreach.published import handed, tell
from services.outreach.reactions import reactions
from services.outreach.read.leads import leads
from services.outreach.read.planned import planned
from services.outreach.read.requests import requests, told_to
from services.outreach.read.rounds import rounds
from shared.casefile.handover import handover
from shared.casefile.hearing import accept
from shared.casefile.standing import standing
from shared.casefile.tables import case_standing, handed_over
from shared.runtime.service import Service

outreach = Service(
    team="outreach",
    title="アウトリーチ等",
    folder=Path(__file__).parent,
    routers=(
        *(api, lead_api, visiting_api, linking_api, due_api, proposal_api),
        *(
            pages,
            lead_pages,
            round_pages,
            visiting_pages,
            linking_pages,
            tying_pages,
            due_pages,
            proposal_pages,
        ),
    ),
    desk=open_desk,
    deciders=(request, lead, round_, handover, standing),
    tell=tell,
    reactions=reactions,
    reads=(handed_over, case_standing, requests, planned, leads, rounds),
    messages=messages | lead_messages,
    waiting=waiting,
    daily=erase_due,
    told_to=told_to,
    accept=accept,
    handovers=handed,
)
