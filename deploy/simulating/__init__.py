"""A believable history of a city: invented people, seasons, returning households, four years.

Everything goes through the JSON of the services and their real decisions, on days that a simulated
clock says. What chance decides hangs on the seed alone, so the same seed plays the same history,
and playing it again adds nothing. Codes and places come from the city's lists: no name of a city
stands here.
"""
