"""The buttons of a Home that open what the command opens, and the one that opens a postmortem."""

from blocks.parts import Block, actions, button

SEARCH, REPORT, REVIEW = "home.search", "home.report", "home.review"
#: Its value is the postmortem's id.
OPEN_POSTMORTEM = "open_postmortem"


def ways() -> Block:
    """Where one can go from a Home."""
    return actions(
        [
            button("Search postmortems", SEARCH, "search"),
            button("Report", REPORT, "report", spoken="Report: the numbers of the programme"),
            button("Monthly review", REVIEW, "review"),
        ]
    )


def review_button(spoken: str) -> Block:
    """The button that shows how far the monthly review is."""
    return button("Open", REVIEW, "review", spoken=spoken)


def postmortem_button(postmortem_id: int, key: str) -> Block:
    """The button that opens a postmortem."""
    return button("Open", OPEN_POSTMORTEM, str(postmortem_id), spoken=f"Open {key}")
