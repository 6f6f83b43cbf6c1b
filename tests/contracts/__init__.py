"""What every fact looks like to those who read it, kept as JSON Schema, one file per fact."""
