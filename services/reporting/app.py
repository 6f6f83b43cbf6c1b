"""計画の評価: the whole service as one value. It hears every team, and tells others the figures."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from services.reporting import downloads
from services.reporting.api import api
from services.reporting.desk import open_desk
from services.reporting.domain.review import reviews
from services.reporting.domain.survey import survey
from services.reporting.domain.target import target
from services.reporting.domain.year import year
from services.reporting.messages import messages
from services.reporting.national import faults_of as national_faults
from services.reporting.pages import (
    answer,
    beyond,
    closing,
    decided_api,
    indicator,
    national,
    quality,
    review,
    survey_api,
)
from services.reporting.pages import survey as surveys
from services.reporting.pages.figures import pages
from services.reporting.pages.year import pages as year_pages
from services.reporting.planned import faults_of as planned_faults
from services.reporting.published import tell
from services.reporting.read.decided import decided
from services.reporting.read.labels import TEAMS
from services.reporting.stating import state_figures_daily
from services.reporting.tables import counting
from shared.bus.projection import Projection
from shared.runtime.service import Service

reporting = Service(
    team="reporting",
    title="計画の評価",
    folder=Path(__file__).parent,
    routers=(
        *(
            pages,
            indicator.pages,
            year_pages,
            closing.pages,
            beyond.pages,
            surveys.pages,
            answer.pages,
        ),
        *(review.pages, downloads.pages, api, closing.api, beyond.api, survey_api.api),
        decided_api.api,
        *(national.pages, national.api, quality.pages, quality.api),
    ),
    faults=lambda city: chain(national_faults(city), planned_faults(city)),
    desk=open_desk,
    deciders=(target, year, survey, reviews),
    tell=tell,
    reads=(decided,),
    daily_at_desk=state_figures_daily,
    projection=Projection(tuple(TEAMS), counting),
    messages=messages,
)
