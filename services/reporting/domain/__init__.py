"""What people decide about figures: targets, and the closing of a year."""
