"""What follows from events of several kinds or teams a second time: Q-28's tips, and what is asked
beyond the plan (S-01, S-03, S-04).

One line per step: team, type of event, the field with its day, and its parts as SQL.
"""

from __future__ import annotations

_ONE = "SELECT (data->>'{day}')::date, 1, ARRAY[{dims}]::text[] FROM counted WHERE type = '{type}'"
_PLACED = (
    "'standing:' || CASE WHEN data->>'nurse_district' IS NULL THEN 'unplaced' ELSE 'placed' END"
)

_LINES: tuple[tuple[str, str, str, str, str, str], ...] = (
    (
        *("S-01", "intake", "consultation.Received", "received_on", "'step:came-back'"),
        " AND (data->>'returning')::bool",
    ),
    ("S-01", "intake", "consultation.Escalated", "escalated_on", "'step:escalated'", ""),
    ("S-01", "outreach", "lead.Proposed", "proposed_on", "'step:escalated'", ""),
    ("S-01", "coordination", "case.Accepted", "accepted_on", "'step:accepted'", ""),
    ("S-01", "coordination", "case.Returned", "returned_on", "'step:returned'", ""),
    ("S-01", "coordination", "case.PlanAgreed", "agreed_on", "'step:planned'", ""),
    ("S-01", "coordination", "case.SupportRequested", "requested_on", "'step:requested'", ""),
    ("S-01", "outreach", "request.Started", "started_on", "'step:started'", ""),
    ("S-01", "participation", "request.Started", "started_on", "'step:started'", ""),
    (
        *("S-01", "coordination", "case.Closed", "closed_on"),
        "'step:closed', 'code:' || (data->>'lead_agency')",
        "",
    ),
    ("S-01", "coordination", "case.Reopened", "reopened_on", "'step:reopened'", ""),
    (
        *("S-01", "coordination", "meeting.ResourceMissed", "missed_on"),
        "'step:missed', 'code:' || (data->>'resource')",
        "",
    ),
    (
        *("S-01", "community", "gap.Noted", "noted_on"),
        "'step:gap-noted', 'code:' || (data->'need'->>'kind')",
        "",
    ),
    ("S-01", "community", "gap.Opened", "opened_on", "'step:gap-filled'", ""),
    ("S-01", "community", "gap.Matched", "matched_on", "'step:gap-closed'", ""),
    ("S-03", "coordination", "case.ConsentGiven", "consented_on", "'standing:consented'", ""),
    ("S-03", "coordination", "case.ConsentWithdrawn", "withdrawn_on", "'standing:withdrawn'", ""),
    ("S-03", "coordination", "case.PlanAgreed", "agreed_on", "'standing:planned'", ""),
    ("S-03", "intake", "consultation.Escalated", "escalated_on", _PLACED, ""),
    ("S-03", "outreach", "lead.Proposed", "proposed_on", _PLACED, ""),
    (
        *("S-03", "coordination", "case.SupportRequested", "requested_on", "'standing:placed'"),
        " AND data->>'nurse_district' IS NOT NULL",
    ),
    (
        *("S-04", "intake", "referral.Sent", "sent_on"),
        "'between:referred', 'counter:' || (data->>'from_counter')",
        "",
    ),
    (
        *("S-04", "intake", "consultation.Escalated", "escalated_on"),
        "'between:escalated', 'counter:' || (data->>'counter')",
        "",
    ),
    (
        *("S-04", "coordination", "inquiry.Asked", "asked_on"),
        "'between:asked', 'agency:' || (data->>'agency')",
        "",
    ),
    (
        *("S-04", "coordination", "inquiry.Answered", "answered_on"),
        "'between:answered', 'agency:' || (data->>'agency')",
        "",
    ),
)

_TIPS = """
SELECT (data->>'noticed_on')::date, 1, ARRAY['by:tip', 'source:' || (data->>'source'),
             'district:' || coalesce(data->>'nurse_district', 'unknown'),
             'catchment:' || coalesce(data->>'catchment', 'unknown')]
FROM counted WHERE type = 'lead.Noticed' AND data->>'source' IS NOT NULL
"""

BESIDES: tuple[tuple[str, tuple[str, str]], ...] = (
    ("Q-28", ("outreach", _TIPS)),
    *(
        (indicator, (team, _ONE.format(day=day, dims=dims, type=kind) + only))
        for indicator, team, kind, day, dims, only in _LINES
    ),
)
"""Indicator, the team whose events it follows from, and its countable things."""
