"""計画の評価: the whole service as one value. It hears every team, and tells others the figures."""

from __future__ import annotations

from pathlib import Path

from services.reporting import (
    answer_pages,
    beyond_pages,
    downloads,
    national_pages,
    quality_pages,
    review_pages,
    survey_pages,
)
from services.reporting.api import api
from services.reporting.desk import open_desk
from services.reporting.domain.review import reviews
from services.reporting.domain.survey import survey
from services.reporting.domain.target import target
from services.reporting.domain.year import year
from services.reporting.messages import messages
from services.reporting.national import faults_of
from services.reporting.pages import pages
from services.reporting.published import tell
from services.reporting.read.decided import decided
from services.reporting.read.labels import TEAMS
from services.reporting.tables import counting
from services.reporting.year_pages import api as year_api
from services.reporting.year_pages import pages as year_pages
from shared.bus.projection import Projection
from shared.runtime.service import Service

reporting = Service(
    team="reporting",
    title="計画の評価",
    folder=Path(__file__).parent,
    routers=(
        *(pages, year_pages, beyond_pages.pages, survey_pages.pages, answer_pages.pages),
        *(review_pages.pages, downloads.pages, api, year_api, beyond_pages.api, survey_pages.api),
        *(national_pages.pages, national_pages.api, quality_pages.pages, quality_pages.api),
    ),
    faults=faults_of,
    desk=open_desk,
    deciders=(target, year, survey, reviews),
    tell=tell,
    reads=(decided,),
    projection=Projection(tuple(TEAMS), counting),
    messages=messages,
)
