"""What a team keeps about a case that another team leads: the same for every team that helps.

`handover`: the personal part it was handed. `standing`: whether the case is open.
`tables`: both as read models.
"""
