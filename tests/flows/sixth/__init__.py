"""見守り: a sixth team that exists only here. It hears, decides, tells, and has a page."""
