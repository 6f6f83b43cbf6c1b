"""PostgreSQL and NATS from the wheels, as children of the process that needs them."""
