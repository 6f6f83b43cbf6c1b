"""Events, states and decisions; pure."""
