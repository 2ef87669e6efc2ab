"""How the tracker says no, as GitHub does (docs.github.com/en/rest/using-the-rest-api)."""

from typing import Any

DOCS = "https://docs.github.com/rest"


class GitHubSays(Exception):
    """An answer that is a refusal: status, message, and what is wrong with which field."""

    def __init__(
        self,
        status: int,
        message: str,
        errors: list[dict[str, Any]] | None = None,
        *,
        headers: dict[str, str] | None = None,
        more: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}
        self.body: dict[str, Any] = {"message": message}
        if errors is not None:
            self.body["errors"] = errors
        self.body |= {"documentation_url": DOCS, "status": str(status)} | (more or {})


def not_found() -> GitHubSays:
    """Nothing there, or nothing that this token may see: GitHub does not tell which."""
    return GitHubSays(404, "Not Found")


def gone(message: str) -> GitHubSays:
    """It was there."""
    return GitHubSays(410, message)


def moved(url: str) -> GitHubSays:
    """It is elsewhere now."""
    return GitHubSays(301, "Moved Permanently", headers={"Location": url}, more={"url": url})


def not_accessible(*, as_app: bool) -> GitHubSays:
    """The token may look and not touch."""
    whose = "integration" if as_app else "personal access token"
    return GitHubSays(403, f"Resource not accessible by {whose}")


def malformed(sentence: str) -> GitHubSays:
    """The request is not what the description of the API says."""
    return GitHubSays(422, f"Invalid request.\n\n{sentence}")


def invalid(*errors: dict[str, Any]) -> GitHubSays:
    """Validation failed, for these reasons."""
    return GitHubSays(422, "Validation Failed", list(errors))


def too_long(field: str, most: int, resource: str = "Issue") -> dict[str, Any]:
    """The reason that a text is too long."""
    message = f"{field} is too long (maximum is {most} characters)"
    return {"resource": resource, "code": "custom", "field": field, "message": message}


def no_such(field: str, value: object, resource: str = "Issue") -> dict[str, Any]:
    """The reason that a value is none that could stand there."""
    return {"value": value, "resource": resource, "field": field, "code": "invalid"}
