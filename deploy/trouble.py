"""What went wrong and what to do about it, in one line each for the two languages of our operators."""


class Trouble(Exception):  # noqa: N818 - it is told to a person, not caught as a program error
    """A start that cannot go on for a reason the person at the keyboard can mend."""

    def __init__(self, japanese: str, english: str) -> None:
        super().__init__(f"{japanese} / {english}")
        self.japanese = japanese
        self.english = english
