"""The screens of outreach."""
