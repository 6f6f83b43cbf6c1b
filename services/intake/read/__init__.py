"""Read models, written inside the append transaction."""
