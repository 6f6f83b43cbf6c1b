"""What a team keeps about a case that another team leads: the same for every team that helps.

`handover`: the personal part it was handed. `standing`: whether the case is open.
`tables`: both as read models. `hearing`: the facts that move them. `showing`, `history`, `asked`:
what pages and forms have in common. `family`, `genogram`, `ecomap`, `sheets`, `drawings`: the
窓口の記録 in words, drawn and on paper, for the counter and for 多機関協働.
`progress`, `noting`, `promises`: 支援経過, alike wherever it is written.
Their markup lies in `shared/web/templates`.
"""
