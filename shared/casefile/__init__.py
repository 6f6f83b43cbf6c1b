"""What a team keeps about a case that another team leads: the same for every team that helps.

`handover`: the personal part it was handed. `standing`: whether the case is open.
`tables`: both as read models. `hearing`: the facts that move them. `showing`, `history`, `asked`:
what pages and forms have in common; their markup is `shared/web/templates/casefile.html`.
"""
