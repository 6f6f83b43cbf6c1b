"""Other systems that read facts. Without imports: the commands' help must not wait for a client."""

from __future__ import annotations

OUTSIDE = "integrator"
"""Their NATS user, and the durable that every team keeps for it (docs/integrators.md)."""
