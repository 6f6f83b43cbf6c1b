"""The teams that are started together. `deploy` is the only place that knows all of them."""

from shared.bus.outside import OUTSIDE

TEAMS = ("intake", "participation", "community", "outreach", "coordination", "reporting", "portal")
"""One service, one database, one NATS user each (architecture 1)."""

HANDS_TO = {
    "intake": ("coordination",),
    "outreach": ("coordination",),
    "coordination": ("intake", "participation", "outreach"),
}
"""Who passes personal parts to whom; everybody else is refused by the broker."""

CITY = "akiruno"
"""The city whose folder under `deploy/municipalities/` is loaded when nothing else is said."""

OPERATOR = "operator"
"""Not a service: the NATS user of `./tsunagu facts tail`, who reads every fact and says nothing."""

USERS = (*TEAMS, OPERATOR, OUTSIDE)
"""Everybody who has a key for NATS; the last is another system (docs/integrators.md)."""
