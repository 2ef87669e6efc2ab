"""What the buttons of a monthly review are called, wherever they stand."""

#: Brings up what comes next; its value is the review's id, a colon and how many cards were up.
NEXT_CARD = "review_next"
#: Says that the owner of what a card shows is not here; its value is the entry's id.
OWNER_ABSENT = "review_absent"
#: Each of these has the review's id as its value.
CLOSE_REVIEW_OF_MONTH = "review_close"
PASS_REVIEW_ON = "review_pass_on"  # noqa: S105 - nothing secret
REVIEW_CALENDAR = "review_calendar"
REVIEW_MARKDOWN = "review_markdown"
