"""続柄: how a member stands to the person, in which generation, and of which sex as far as it says.

What a 続柄 does not say (whose child a grandchild is) is not guessed.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias, get_args

Sex: TypeAlias = Literal["male", "female", "unknown"]
Living: TypeAlias = Literal["together", "apart", "deceased"]
Relation: TypeAlias = Literal[
    "self",
    "husband",
    "wife",
    "partner",
    "father",
    "mother",
    "son",
    "daughter",
    "child",
    "brother",
    "sister",
    "grandfather",
    "grandmother",
    "grandchild",
    "father-in-law",
    "mother-in-law",
    "child-in-law",
    "uncle",
    "aunt",
    "nephew-niece",
    "other-relative",
    "not-related",
    "unknown",
]


class Kin(NamedTuple):
    """A 続柄 in words, its generation above (+) or below (-) the person, and the sex it says."""

    label: str
    generation: int = 0
    sex: Sex = "unknown"


KIN: dict[Relation, Kin] = {
    "self": Kin("本人"),
    "husband": Kin("夫", 0, "male"),
    "wife": Kin("妻", 0, "female"),
    "partner": Kin("パートナー"),
    "father": Kin("父", 1, "male"),
    "mother": Kin("母", 1, "female"),
    "son": Kin("息子", -1, "male"),
    "daughter": Kin("娘", -1, "female"),
    "child": Kin("子", -1),
    "brother": Kin("兄・弟", 0, "male"),
    "sister": Kin("姉・妹", 0, "female"),
    "grandfather": Kin("祖父", 2, "male"),
    "grandmother": Kin("祖母", 2, "female"),
    "grandchild": Kin("孫", -2),
    "father-in-law": Kin("配偶者の父", 1, "male"),
    "mother-in-law": Kin("配偶者の母", 1, "female"),
    "child-in-law": Kin("子の配偶者", -1),
    "uncle": Kin("おじ", 1, "male"),
    "aunt": Kin("おば", 1, "female"),
    "nephew-niece": Kin("おい・めい", -1),
    "other-relative": Kin("その他の親族"),
    "not-related": Kin("親族でない同居人"),
    "unknown": Kin("わからない"),
}
RELATIONS: tuple[Relation, ...] = get_args(Relation)
SEX: dict[str, str] = {"male": "男性", "female": "女性", "unknown": "わからない・答えない"}
LIVING: dict[str, str] = {"together": "同居", "apart": "別居", "deceased": "故人"}
