"""参加支援: the whole service as one value."""

from __future__ import annotations

from pathlib import Path

from services.participation.api.correcting import api as correcting_api
from services.participation.api.following import api as following_api
from services.participation.api.matching import api as matching_api
from services.participation.api.request import api
from services.participation.desk import open_desk
from services.participation.domain.following import STABLE
from services.participation.domain.place import place
from services.participation.domain.request import request
from services.participation.domain.trying import NOT_AGREED
from services.participation.messages import messages
from services.participation.notices import waiting
from services.participation.pages.correcting import pages as correcting_pages
from services.participation.pages.due import pages as due_pages
from services.participation.pages.following import pages as following_pages
from services.participation.pages.matching import pages as matching_pages
from services.participation.pages.request import pages
from services.participation.paper import pages as paper
from services.participation.published import tell
from services.participation.reactions import reactions
from services.participation.read.places import places
from services.participation.read.requests import requests
from shared.casefile.handover import handover
from shared.casefile.hearing import accept
from shared.casefile.standing import standing
from shared.casefile.tables import case_standing, handed_over
from shared.runtime.service import Service

participation = Service(
    team="participation",
    title="参加支援",
    folder=Path(__file__).parent,
    routers=(
        api,
        matching_api,
        following_api,
        correcting_api,
        due_pages,
        pages,
        matching_pages,
        following_pages,
        correcting_pages,
        paper,
    ),
    desk=open_desk,
    deciders=(request, place, handover, standing),
    tell=tell,
    reactions=reactions,
    reads=(handed_over, case_standing, requests, places),
    messages=messages,
    waiting=waiting,
    words={
        "participation_outcomes": (STABLE,),
        "participation_relations": (STABLE,),
        "trial_results": NOT_AGREED,
    },
    accept=accept,
)
