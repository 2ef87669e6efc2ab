"""What the process is told of the trackers: where they are, and as whom they are asked.

No secret of a tracker is anywhere but here: neither in Slack nor in the database.
"""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

from bot.setting_values import fits_a_header, web_address, web_address_if_any

#: How a private key begins in PEM (RFC 7468), whichever kind it is.
_PEM = "-----BEGIN "


class TrackerSettings(BaseSettings):
    """GitHub, Jira and Linear; whatever is missing of one leaves the others alone."""

    github_url: str = Field(
        "https://api.github.com/",
        description="Where GitHub's REST API is; of GitHub Enterprise `https://HOST/api/v3/`.",
    )
    github_token: SecretStr | None = Field(
        None, description="Fine-grained token that may read and write issues of the repositories."
    )
    github_app_id: int | None = Field(
        None, gt=0, description="Number of a GitHub App, instead of a token."
    )
    github_app_private_key: SecretStr | None = Field(
        None,
        description="The app's private key, as PEM or as the name of a file.",
        validate_default=True,
    )
    github_webhook_secret: SecretStr | None = Field(
        None, description="What GitHub's webhooks are signed with."
    )
    jira_url: str = Field(
        "",
        description=(
            "Where Jira is, like `https://example.atlassian.net`; for a token with scopes "
            "`https://api.atlassian.com/ex/jira/CLOUD-ID`."
        ),
    )
    jira_user: str = Field(
        "", description="E-mail address of the account in Jira Cloud; empty for Data Center."
    )
    jira_token: SecretStr | None = Field(
        None,
        description="API token of that account, or a personal access token of Data Center.",
        validate_default=True,
    )
    jira_webhook_secret: SecretStr | None = Field(
        None, description="What Jira's webhooks are signed with."
    )
    linear_api_key: SecretStr | None = Field(None, description="API key of Linear, `lin_api_…`.")
    linear_url: str = Field(
        "https://api.linear.app/graphql",
        description="Where Linear's API is; a local one for trying out.",
    )
    linear_webhook_secret: SecretStr | None = Field(
        None, description="What Linear's webhooks are signed with."
    )

    @field_validator("github_url")
    @classmethod
    def _is_where_github_is(cls, url: str) -> str:
        return web_address(url)

    @field_validator("linear_url")
    @classmethod
    def _is_where_linear_is(cls, url: str) -> str:
        return web_address(url).rstrip("/")

    @field_validator("jira_url")
    @classmethod
    def _is_where_jira_is(cls, url: str) -> str:
        return web_address_if_any(url)

    @field_validator("github_token", "jira_token", "linear_api_key")
    @classmethod
    def _are_shown_in_a_header(cls, token: SecretStr | None) -> SecretStr | None:
        return fits_a_header(token)

    @field_validator("github_app_private_key")
    @classmethod
    def _is_a_key(cls, key: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        app = info.data.get("github_app_id", 0)  # a wrong one is complained of by itself
        if key is None:
            if app:
                raise ValueError("set it too: the private key of the app GITHUB_APP_ID")
            return None
        if app is None:
            raise ValueError("set GITHUB_APP_ID too: the number of the app it belongs to")
        if info.data.get("github_token"):
            raise ValueError("leave it away, or GITHUB_TOKEN: one of them is enough")
        return SecretStr(_pem(key.get_secret_value().strip()))

    @field_validator("jira_token")
    @classmethod
    def _goes_with_its_address(
        cls, token: SecretStr | None, info: ValidationInfo
    ) -> SecretStr | None:
        url = info.data.get("jira_url")  # None where it is wrong, and complained of by itself
        if url and token is None:
            raise ValueError("set it too: Jira at JIRA_URL answers nobody without a token")
        if token and url == "":
            raise ValueError("set JIRA_URL too: where the Jira is that it belongs to")
        return token


def _pem(said: str) -> str:
    """The key itself: where it is a file's name, what stands there."""
    if not said.startswith(_PEM):
        return _read(Path(said).expanduser())
    # A variable of one line has its line ends written out, as most supervisors want them.
    return _private_key(said.replace("\\n", "\n").strip())


def _read(file: Path) -> str:
    try:
        return _private_key(file.read_text(encoding="ascii").strip())
    except (OSError, UnicodeDecodeError) as unread:
        why = unread.strerror if isinstance(unread, OSError) else "no PEM stands there"
        raise ValueError(f"the file it names cannot be read: {why}") from None


def _private_key(pem: str) -> str:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - only an app needs it
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError(
            "this is no private key in PEM without a password; GitHub gives one for download"
        ) from None
    return pem + "\n"
