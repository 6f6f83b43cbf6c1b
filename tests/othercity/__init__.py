"""A second city: its folder, and a case on its way through all teams there."""
