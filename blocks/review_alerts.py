"""That no monthly review was closed for a month, or a quarter, and what that has cost (rule 20)."""

from blocks.parts import Message, section
from blocks.review_calls import to_come
from blocks.text import channel_link, day, mention
from domain.review_alerts import Numbers, Pause
from domain.reviews import Review, Stage


def alert_message(said: Pause) -> Message:
    """The alert after a month; after a quarter, and every further one, the plain words."""
    head = _head(said)
    what = f"{_numbers(said)} {_now_what(said)}"
    return {"text": head, "blocks": [section(f":rotating_light: *{head}*"), section(what)]}


def _head(said: Pause) -> str:
    ago = f"{day(said.since)}, {(said.today - said.since).days} days ago"
    if said.number == 0:
        if said.is_first:
            return f"No monthly review has been closed yet. The first item was written on {ago}."
        return f"No monthly review has been closed since {ago}."
    if said.is_first:
        return (
            "The programme has not begun: no monthly review has been closed yet. The first item "
            f"was written on {ago}."
        )
    return f"The programme has stopped: no monthly review has been closed since {ago}."


def _numbers(pause: Pause) -> str:
    numbers = pause.numbers
    if not numbers.open:
        still = f"No item is open, and this waits for a review: {to_come(pause.waiting)}."
    elif numbers.open == 1:
        still = f"1 item is open{', and it is overdue' if numbers.overdue else ''}."
    else:
        still = f"{numbers.open} items are open, {numbers.overdue or 'none'} of them overdue."
    said = [still, _oldest(numbers), _incidents(numbers)]
    return " ".join(each for each in said if each)


def _oldest(numbers: Numbers) -> str:
    if numbers.oldest_on is None:
        return ""
    return f"The oldest, {numbers.oldest}, was written on {day(numbers.oldest_on)}."


def _incidents(numbers: Numbers) -> str:
    if not numbers.incidents:
        return "No incident was recorded since then."
    happened = "1 incident" if numbers.incidents == 1 else f"{numbers.incidents} incidents"
    return f"Since then {happened} happened, {numbers.repeated} of a class that was seen before."


def _now_what(said: Pause) -> str:
    if said.current is not None:
        return _goes_on(said.current, said.owed)
    if said.channel:
        return f"`/postmortem review` begins one in {channel_link(said.channel)}."
    return (
        "Choose a review channel in `/postmortem settings` and one is called every month, or run "
        "`/postmortem review` in a channel to begin one there."
    )


def _goes_on(review: Review, owed: int) -> str:
    name, where = f"The one of {day(review.due_on)}", channel_link(review.channel)
    chair = mention(review.facilitator)
    if review.stage is Stage.CALLED:
        return f"{name} is called: {chair} chairs it in {where}."
    if not owed:
        return f"{name} is under way in {where}: {chair}, who chairs it, can close it now."
    what = "1 item" if owed == 1 else f"{owed} items"
    return (
        f"{name} is under way in {where}: {what} must still be decided before {chair}, who chairs "
        "it, can close it."
    )
