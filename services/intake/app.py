"""包括的相談支援: the whole service as one value."""

from __future__ import annotations

from pathlib import Path

from services.intake.api import assessment as assessment_api
from services.intake.api import consultation as consultation_api
from services.intake.api import finding as finding_api
from services.intake.api import household as household_api
from services.intake.api import note as note_api
from services.intake.api import referral as referral_api
from services.intake.api import sheet as sheet_api
from services.intake.api import tie as tie_api
from services.intake.desk import open_desk
from services.intake.domain.assessment import assessment
from services.intake.domain.consultation import consultation
from services.intake.domain.household import household
from services.intake.domain.referral import referral
from services.intake.domain.support import support
from services.intake.domain.ties import ties
from services.intake.messages import messages
from services.intake.notices import waiting
from services.intake.pages import (
    assessing,
    attaching,
    correcting,
    due,
    escalating,
    family,
    field,
    listing,
    noting,
    papers,
    receiving,
    referral_page,
    referring,
    tying,
)
from services.intake.pages import consultation as showing_one
from services.intake.published import handovers, tell
from services.intake.reactions import reactions
from services.intake.read.consultations import consultations
from services.intake.read.escalations import escalations
from services.intake.read.members import members
from services.intake.read.referrals import referrals
from services.intake.read.supports import supports
from services.intake.words import INFORMED, URGENT
from shared.casefile.handover import handover
from shared.casefile.hearing import accept
from shared.casefile.progress import progress
from shared.casefile.promises import notes
from shared.casefile.standing import standing
from shared.casefile.tables import case_standing, handed_over
from shared.runtime.service import Service

intake = Service(
    team="intake",
    title="包括的相談支援",
    folder=Path(__file__).parent,
    routers=(
        listing.pages,
        receiving.pages,
        due.pages,
        showing_one.pages,
        correcting.pages,
        escalating.pages,
        attaching.pages,
        family.pages,
        tying.pages,
        assessing.pages,
        papers.pages,
        noting.pages,
        field.pages,
        referring.pages,
        referral_page.pages,
        consultation_api.api,
        sheet_api.api,
        referral_api.api,
        tie_api.api,
        note_api.api,
        household_api.api,
        assessment_api.api,
        finding_api.api,
        due.api,
    ),
    desk=open_desk,
    deciders=(
        *(consultation, referral, household, assessment, ties, support),
        *(handover, standing, progress),
    ),
    tell=tell,
    reactions=reactions,
    reads=(
        *(consultations, escalations, referrals, members, supports),
        *(handed_over, case_standing, notes),
    ),
    messages=messages,
    waiting=waiting,
    handovers=handovers,
    accept=accept,
    words={"urgencies": (URGENT,), "screenings": (INFORMED,)},
)
