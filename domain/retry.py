"""What to do about a message that Slack did not take: when to try again, or why not to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LEAST_WAIT = timedelta(seconds=1)
UNNAMED_WAIT = timedelta(seconds=30)
MOST_WAIT = timedelta(minutes=5)
MENDING_WAIT = timedelta(hours=1)
#: Slack being down from Friday evening to Monday morning loses nothing: three days of waits.
UNREACHED_ATTEMPTS = 8 + timedelta(days=3) // MOST_WAIT
#: As long a weekend for a person to let the app in again.
MENDING_ATTEMPTS = timedelta(days=3) // MENDING_WAIT


#: Slack's word for calls that came too fast (docs.slack.dev/apis/web-api/rate-limits).
RATE_LIMITED = "ratelimited"


class FailureKind(StrEnum):
    """How an attempt failed, as far as what to do next depends on it."""

    RATE_LIMITED = "rate limited"
    #: Nothing was sent.
    UNREACHABLE = "unreachable"
    #: It was sent, and nobody knows whether Slack has it.
    UNCERTAIN = "uncertain"
    #: Slack said no, and `code` says why.
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Failure:
    """One failed attempt; `code` is Slack's error, `retry_after` its wish in seconds."""

    kind: FailureKind
    code: str = ""
    retry_after: float | None = None


@dataclass(frozen=True, kw_only=True)
class Retry:
    """Try again at this instant."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class GiveUp:
    """Leave it; `reason` is a sentence for whoever was promised the message."""

    reason: str


#: Codes after which the next attempt may well work, as docs.slack.dev/reference/methods/
#: chat.postMessage#errors describes them ("possible some aspect of the operation succeeded").
_TRANSIENT = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
_LIMITS = frozenset({RATE_LIMITED, "rate_limited", "message_limit_exceeded"})

_INSTALL = "Ask a workspace admin to install the app again."
_OPEN_UP = "Ask a workspace admin to let the app post there."
_OTHER_PERSON = "Ask the programme lead to choose someone else."

#: Codes that a person can mend in Slack, with what to do. Same page, and chat.update#errors.
MENDABLE = {
    "not_in_channel": "The app is not in this channel. Invite it with /invite.",
    "channel_not_found": (
        "The app cannot see this channel. Invite it with /invite, or choose another channel."
    ),
    "is_archived": "This channel is archived. Unarchive it, or choose another channel.",
    # chat.update's word for the same.
    "is_inactive": "This channel is archived. Unarchive it, or choose another channel.",
    "token_revoked": f"The app was removed from the workspace. {_INSTALL}",
    "token_expired": f"The app's permission has run out. {_INSTALL}",
    "invalid_auth": f"Slack does not know the app's token any more. {_INSTALL}",
    "not_authed": f"The app has no token for this workspace. {_INSTALL}",
    "account_inactive": f"The app was disabled in this workspace. {_INSTALL}",
    "missing_scope": f"The app lacks a permission it needs. {_INSTALL}",
    "no_permission": f"The app lacks a permission it needs. {_INSTALL}",
    "team_access_not_granted": f"The app may not enter this workspace. {_INSTALL}",
    "accesslimited": "Slack limits this network. Ask a workspace admin to allow the app's address.",
    "ekm_access_denied": "Admins have suspended posting. Ask them to allow it again.",
    "restricted_action": f"A workspace rule keeps the app from posting. {_OPEN_UP}",
    "restricted_action_read_only_channel": f"This channel is read-only. {_OPEN_UP}",
    "restricted_action_non_threadable_channel": f"This channel takes no threads. {_OPEN_UP}",
    "restricted_action_thread_only_channel": f"This channel takes threads only. {_OPEN_UP}",
    "messages_tab_disabled": (
        "The app's messages are switched off. Ask whoever runs it to switch on its Messages tab."
    ),
    "user_not_found": f"This person is not in the workspace. {_OTHER_PERSON}",
    "users_not_found": f"This person is not in the workspace. {_OTHER_PERSON}",
    "user_disabled": f"This person has left the workspace. {_OTHER_PERSON}",
}

#: Waiting mends no archive, and opening the channel again is told to us (channel_unarchive).
_TOLD_WHEN_MENDED = frozenset({"is_archived", "is_inactive"})
_NO_CANVAS = "Ask for the Markdown file on its card instead: it holds the same."
_REPORT = "Tell whoever runs the app: this is its own fault."

#: Codes that no waiting mends, with what to do.
PERMANENT = {
    "invalid_blocks": f"Slack could not read the message. {_REPORT}",
    "invalid_blocks_format": f"Slack could not read the message. {_REPORT}",
    "invalid_arguments": f"Slack could not read the message. {_REPORT}",
    "invalid_metadata_format": f"Slack could not read the message. {_REPORT}",
    "no_text": f"The message was empty. {_REPORT}",
    "msg_too_long": f"The message was too long. {_REPORT}",
    "msg_blocks_too_long": f"The message was too long. {_REPORT}",
    "metadata_too_large": f"The message was too long. {_REPORT}",
    # docs.slack.dev/reference/methods/conversations.canvases.create#errors
    "canvas_disabled_user_team": f"Canvases are switched off in this workspace. {_NO_CANVAS}",
    "team_tier_cannot_create_channel_canvases": f"This Slack plan has no canvases. {_NO_CANVAS}",
    "free_team_canvas_tab_already_exists": (
        f"This Slack plan has one canvas a channel, and it is taken. {_NO_CANVAS}"
    ),
    "canvas_creation_failed": f"Slack could not make the canvas. {_NO_CANVAS}",
    "canvas_tab_creation_failed": f"Slack could not make the canvas. {_NO_CANVAS}",
    "channel_canvas_creation_failed": f"Slack could not make the canvas. {_NO_CANVAS}",
    # docs.slack.dev/reference/methods/views.publish#errors
    "not_enabled": f"The app's Home tab is switched off. {_REPORT}",
    "cannot_dm_bot": f"Another app cannot be written to. {_OTHER_PERSON}",
}


def explain(code: str) -> str:
    """Tell what one of Slack's refusals means and what to do about it, as sentences for people."""
    known = MENDABLE.get(code) or PERMANENT.get(code)
    return known or f"Slack refused with “{code}”. Tell whoever runs the app."


def decide(failure: Failure, attempts: int, now: datetime) -> Retry | GiveUp:
    """Tell when to try again after the `attempts`-th attempt (from 1) failed, or why to stop."""
    if failure.kind is FailureKind.RATE_LIMITED or failure.code in _LIMITS:
        wait = UNNAMED_WAIT if failure.retry_after is None else _seconds(failure.retry_after)
        return Retry(at=now + max(LEAST_WAIT, wait))
    if failure.kind is FailureKind.REFUSED and failure.code not in _TRANSIENT:
        return _after_refusal(failure.code, attempts, now)
    if attempts >= UNREACHED_ATTEMPTS:
        return GiveUp(
            reason="Slack could not be reached for three days. Run /postmortem to see what is new."
        )
    return Retry(at=now + min(MOST_WAIT, timedelta(seconds=2 ** min(attempts, 9))))


def _seconds(wanted: float) -> timedelta:
    return timedelta(seconds=wanted)


def _after_refusal(code: str, attempts: int, now: datetime) -> Retry | GiveUp:
    """Wait for someone to mend it; unknown codes too, for trying again costs little.

    Not where we hear of it when they have.
    """
    if code in PERMANENT or code in _TOLD_WHEN_MENDED or attempts >= MENDING_ATTEMPTS:
        return GiveUp(reason=explain(code))
    return Retry(at=now + MENDING_WAIT)
