"""The one way a rule says no."""


class RuleBroken(Exception):
    """A rule refused what a person asked for; the message tells them what to do instead.

    `field` names what they must mend: the field of a form, in the domain's own words
    (`owner`, `due_on`, `text` …). The edge translates it once into the form's block.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
