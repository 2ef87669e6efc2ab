"""What Jira's refusals mean to people, each with what to do.

An answer says why in `errorMessages` and, by field, in `errors`
(developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes).
"""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import unquote

import httpx

from integrations.trackers import TrackerRefused
from integrations.trackers.calling import held

SETTINGS = "`/postmortem settings trackers`"
#: A sentence of ours has room for what Jira says, but not for a page of it.
SAID_MOST = 300


class FieldsRefused(TrackerRefused):
    """Jira did nothing, because of these fields."""

    def __init__(self, sentence: str, fields: frozenset[str]) -> None:
        super().__init__(sentence)
        self.fields = fields


def explain(answer: httpx.Response) -> str:
    """The sentence for a refusal; raises FieldsRefused where it is about fields."""
    reason = answer.headers.get("x-seraph-loginreason", "")
    # A token that ran out may be answered as if nobody asked, with this beside it.
    if answer.status_code == HTTPStatus.UNAUTHORIZED or "AUTHENTICATED_FAILED" in reason:
        return _unauthorized(answer)
    wrong = _errors(answer)
    if wrong:
        raise FieldsRefused(" ".join(map(_field, wrong, wrong.values())), frozenset(wrong))
    if answer.status_code == HTTPStatus.FORBIDDEN:
        return _forbidden(answer)
    return _by_place(answer) or _said_sentence(answer)


def _unauthorized(answer: httpx.Response) -> str:
    # After several wrong passwords Jira wants a person (developer.atlassian.com/cloud/jira/
    # platform/basic-auth-for-rest-apis/, "CAPTCHA").
    if "AUTHENTICATION_DENIED" in answer.headers.get("x-seraph-loginreason", ""):
        return (
            "Jira wants a person to sign in as our account once, to answer a CAPTCHA. "
            "Do that in a browser, then try again."
        )
    basic = answer.request.headers.get("authorization", "").startswith("Basic ")
    whose = ", and whose it is in JIRA_USER" if basic else ""
    return (
        "Jira does not know our token any more. "
        f"Whoever runs Closed Loop sets a new one in JIRA_TOKEN{whose}.{_scoped(answer)}"
    )


def _scoped(answer: httpx.Response) -> str:
    """A token with scopes is known only at the gateway, and nobody says so."""
    if not (answer.request.url.host or "").endswith(".atlassian.net"):
        return ""
    return (
        " One with scopes is taken only where JIRA_URL is "
        "https://api.atlassian.com/ex/jira/ and the id of the site."
    )


def _forbidden(answer: httpx.Response) -> str:
    said = f": {_said(answer)}" if _said(answer) else "."
    return (
        f"Jira does not allow this to our account{said} Whoever runs the project lets it browse, "
        "create, edit, assign, schedule, transition and comment on issues."
    )


def _field(name: str, said: str) -> str:
    asked = re.fullmatch(r"(.+) is required\.?", said)
    ended = said if said.endswith(".") else f"{said}."
    if asked:
        return (
            f"Jira wants the field “{asked[1]}” ({name}) filled in: {ended} "
            f"Write it in {SETTINGS}, as {name} = …"
        )
    return f"Jira does not take the field {name}: {ended} Correct it in {SETTINGS}, or in Jira."


#: What was asked for tells what there is none of.
_PLACES: tuple[tuple[str, Callable[[str, str], str]], ...] = (
    (
        r"/(?:createmeta|project)/([^/?]+)",
        lambda name, _: (
            f"Jira has no project {name}, or our account may not see it. Correct its key in "
            f"{SETTINGS}, or let our account browse it and create issues in it."
        ),
    ),
    (
        r"/board/([^/?]+)",
        lambda name, said: (
            f"Jira has no sprints for board {name}, or our account may not see it. {said} "
            f"Write the number of a Scrum board in {SETTINGS}: it is in the board's address."
        ),
    ),
)


def _by_place(answer: httpx.Response) -> str:
    for pattern, sentence in _PLACES:
        found = re.search(pattern, answer.request.url.raw_path.decode())
        if found:
            said = _said(answer)
            ended = f"It said: {said}" if said else ""
            return " ".join(sentence(unquote(found[1]), ended).split())
    return ""


def _said_sentence(answer: httpx.Response) -> str:
    said = _said(answer)
    return (
        f"Jira refused: {said} Mend that in Jira or in {SETTINGS}, then try again." if said else ""
    )


def _said(answer: httpx.Response) -> str:
    found = held(answer).get("errorMessages") or held(answer).get("message")
    texts = found if isinstance(found, list) else [found] if found else []
    said = " ".join(" ".join(map(str, texts)).split())[:SAID_MOST]
    return said if not said or said.endswith((".", "!", "?")) else f"{said}."


def _errors(answer: httpx.Response) -> Mapping[str, str]:
    found = held(answer).get("errors")
    if not isinstance(found, dict):
        return {}
    return {str(name): " ".join(str(said).split())[:SAID_MOST] for name, said in found.items()}
