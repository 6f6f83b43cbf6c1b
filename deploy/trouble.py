"""What went wrong and what to do about it, one line in each of our operators' languages."""


class Trouble(Exception):
    """A start that cannot go on for a reason the person at the keyboard can mend."""

    def __init__(self, japanese: str, english: str) -> None:
        super().__init__(f"{japanese} / {english}")
        self.japanese = japanese
        self.english = english
