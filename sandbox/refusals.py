"""How the workspace says no: to the app as Slack's error names, to a person as a sentence."""

from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """A Web API call is answered `ok: false` with this error name and these further fields."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more

    def to_api(self) -> Json:
        """The answer's body."""
        return {"ok": False, "error": self.error, **self.more}


class DidNotAnswer(Exception):
    """The app did not acknowledge in time, or not with success; `reason` is Slack's word for it."""

    def __init__(self, what: str, reason: str = "operation_timeout") -> None:
        super().__init__(f'{what} failed with the error "{reason}".')
        self.reason = reason


def arguments_refused(*messages: str) -> Refused:
    """Slack's `invalid_arguments`, with the sentences that say which."""
    return Refused("invalid_arguments", response_metadata={"messages": list(messages)})
