"""The teams that are started together. `deploy` is the only place that knows all of them."""

TEAMS = ("intake", "participation", "community", "outreach", "coordination", "reporting", "portal")
"""One service, one database, one NATS user each (architecture 1)."""

CITY = "akiruno"
"""The city whose folder under `deploy/municipalities/` is loaded when nothing else is said."""

OPERATOR = "operator"
"""Not a service: the NATS user of `./tsunagu facts tail`, who reads every fact and says nothing."""
