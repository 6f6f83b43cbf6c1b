"""地域づくり: the whole service as one value."""

from __future__ import annotations

from pathlib import Path

from services.community.api.activity import activity_api
from services.community.api.gap import gap_api
from services.community.api.occasion import occasion_api
from services.community.api.place import api
from services.community.desk import open_desk
from services.community.domain.activity import activity
from services.community.domain.gap import gap
from services.community.domain.occasion import occasion
from services.community.domain.resource import resource
from services.community.listing import listing
from services.community.messages import messages
from services.community.notices import waiting
from services.community.pages.calendar import calendar_pages
from services.community.pages.gap import gap_pages
from services.community.pages.lists import list_pages
from services.community.pages.log import log_pages
from services.community.pages.month import month_pages
from services.community.pages.occasion import occasion_pages
from services.community.pages.place import pages
from services.community.pages.public import public_pages
from services.community.pages.retirement import retirement_pages
from services.community.published import tell
from services.community.reactions import reactions
from services.community.read.activities import activities
from services.community.read.directory import directory
from services.community.read.gaps import gaps, place_uses
from services.community.read.occasions import occasions
from shared.runtime.service import Service

community = Service(
    team="community",
    title="地域づくり",
    folder=Path(__file__).parent,
    routers=(
        api,
        activity_api,
        gap_api,
        occasion_api,
        listing,
        public_pages,
        calendar_pages,
        gap_pages,
        occasion_pages,
        pages,
        retirement_pages,
        list_pages,
        month_pages,
        log_pages,
    ),
    desk=open_desk,
    deciders=(resource, activity, gap, occasion),
    tell=tell,
    reactions=reactions,
    messages=messages,
    waiting=waiting,
    reads=(directory, activities, gaps, place_uses, occasions),
)
