"""What GitHub's answers say: an issue as a ticket, a refusal as a sentence that helps."""

import re
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

import httpx

from domain.tickets import Seen, TicketState
from integrations.trackers import TrackerBusy, TrackerRefused
from integrations.trackers.calling import WAIT_UNSAID, held

_REPOSITORY = re.compile(r"/repos/([^/]+/[^/]+)")
_SSO_URL = re.compile(r"url=(\S+)")
_SAID_MOST = 300
#: How a ticket's state is set, and read: a duplicate was closed without anything being done too.
STATES: Mapping[TicketState, dict[str, str]] = {
    TicketState.OPEN: {"state": "open", "state_reason": "reopened"},
    TicketState.DONE: {"state": "closed", "state_reason": "completed"},
    TicketState.DROPPED: {"state": "closed", "state_reason": "not_planned"},
}
_NOTHING_DONE = {"not_planned", "duplicate"}


class Unassignable(TrackerRefused):
    """Whoever it is given to cannot be given issues there; nothing was done."""


def ticket(issue: Mapping[str, Any]) -> Seen:
    """An issue as a ticket; of several whom it is assigned to, the first counts."""
    repository = repository_of(issue)
    number, assignees = int(issue["number"]), issue.get("assignees") or []
    return Seen(
        ref=f"{repository}/{number}",
        key=f"{repository}#{number}",
        url=issue["html_url"],
        state=state(issue),
        updated_at=datetime.fromisoformat(issue["updated_at"]),
        account=assignees[0]["login"] if assignees else "",
    )


def repository_of(issue: Mapping[str, Any]) -> str:
    """Where an issue is now, as `owner/name`."""
    return "/".join(issue["repository_url"].rsplit("/", 2)[1:])


def state(issue: Mapping[str, Any]) -> TicketState:
    """Whether an issue is open, done, or closed for another reason."""
    if issue["state"] == "open":
        return TicketState.OPEN
    nothing = issue.get("state_reason") in _NOTHING_DONE
    return TicketState.DROPPED if nothing else TicketState.DONE


def labels(issue: Mapping[str, Any]) -> list[str]:
    """The names of an issue's labels."""
    return [each if isinstance(each, str) else each["name"] or "" for each in issue["labels"]]


def explain(answer: httpx.Response) -> str:
    """What to do about a refusal.

    Raises Unassignable, and TrackerBusy where GitHub says no for a moment only.
    """
    if not (said := _message(answer)):
        return _nobody(answer)
    match answer.status_code:
        case HTTPStatus.FORBIDDEN:
            return _single_sign_on(answer) or _forbidden(answer, said)
        case HTTPStatus.NOT_FOUND:
            return _single_sign_on(answer) or _unknown(answer)
        case HTTPStatus.GONE:
            return switched_off(_repository(answer))
        case HTTPStatus.UNPROCESSABLE_ENTITY:
            return _invalid(answer, said)
    return f"GitHub refused this: {said}."


def _nobody(answer: httpx.Response) -> str:
    """GitHub itself always says something."""
    return (
        f"What answers at {answer.request.url.host} is not GitHub's API. Whoever runs Closed Loop "
        "checks GITHUB_URL: of an Enterprise Server it is https://HOST/api/v3/."
    )


def switched_off(repository: str) -> str:
    """What to do about a repository without issues."""
    return (
        f"Issues are switched off in {repository}. Switch them on in its settings on GitHub, or "
        "name another repository in /postmortem settings trackers."
    )


def archived(repository: str) -> str:
    """What to do about a repository that nothing can be changed in."""
    return (
        f"{repository} is archived on GitHub, so that no ticket can be made or changed there. Name "
        "another repository in /postmortem settings trackers."
    )


def _single_sign_on(answer: httpx.Response) -> str:
    """What to do where an organisation lets in nobody else; it says so with 403 or 404.

    docs.github.com/en/rest/authentication/authenticating-to-the-rest-api
    """
    if (found := _SSO_URL.search(answer.headers.get("x-github-sso", ""))) is None:
        return ""
    return (
        f"GitHub wants our token to be authorised for the single sign-on of {_repository(answer)}: "
        f"whoever the token belongs to does so at {found[1]}"
    )


def _forbidden(answer: httpx.Response, said: str) -> str:
    repository = _repository(answer)
    if "archived" in said.lower():
        return archived(repository)
    return (
        f"GitHub does not allow this in {repository}: {said}. Give what "
        "Closed Loop asks with “Issues: Read and write” there."
    )


def _unknown(answer: httpx.Response) -> str:
    repository = _repository(answer)
    if answer.request.url.path.endswith("/installation"):
        return (
            f"GitHub has no repository {repository}, or our app is not installed for it. Install "
            "the app there, or mend the name in /postmortem settings trackers."
        )
    return (
        f"GitHub has no repository {repository}, or our token may not see it. Mend the name in "
        "/postmortem settings trackers, or let the token see the repository."
    )


def _invalid(answer: httpx.Response, said: str) -> str:
    errors = [each for each in held(answer).get("errors") or [] if isinstance(each, dict)]
    if any(str(each.get("field")).startswith("assignee") for each in errors):
        raise Unassignable("GitHub cannot assign issues to this account there.")
    what = "; ".join(_error(each) for each in errors) or said
    if "too quickly" in what:
        # How GitHub slows down who writes much, without a header that tells for how long.
        raise TrackerBusy("GitHub is asked too often.", WAIT_UNSAID)
    return (
        f"GitHub did not take what it was told for {_repository(answer)}: {what[:_SAID_MOST]}. "
        "Mend what it names in /postmortem settings trackers."
    )


def _error(error: Mapping[str, Any]) -> str:
    said = error.get("message") or str(error.get("code", "")).replace("_", " ")
    return f"{error.get('field') or error.get('resource') or 'it'}: {said}"


def _message(answer: httpx.Response) -> str:
    return str(held(answer).get("message") or "")[:_SAID_MOST].rstrip(".")


def _repository(answer: httpx.Response) -> str:
    found = _REPOSITORY.search(answer.request.url.path)
    return found[1] if found else "the repository"
