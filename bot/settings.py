"""What the process is told from outside: environment variables, or a `.env` file beside it."""

from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.setting_values import begins, fits_a_header, web_address, web_address_if_any
from bot.tracker_settings import TrackerSettings


class DatabaseSettings(BaseSettings):
    """Where the database is: all that migrating needs."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    database_url: str = Field(
        "sqlite:///closedloop.sqlite3", description="`sqlite:///FILE` or `postgresql://…`."
    )

    @field_validator("database_url")
    @classmethod
    def _names_a_database(cls, url: str) -> str:
        from storage.engine import driver_url  # noqa: PLC0415 - `--help` need not load SQLAlchemy

        driver_url(url)
        return url


class ProcessSettings(DatabaseSettings):
    """How the process reaches Slack and Prometheus, and where it listens."""

    slack_bot_token: SecretStr = Field(description="Bot token of the installed app, `xoxb-…`.")
    slack_app_token: SecretStr | None = Field(
        None, description="App-level token, `xapp-…`. With it the app uses Socket Mode, else HTTP."
    )
    slack_signing_secret: SecretStr | None = Field(
        None,
        description="Signing secret of the app; needed for HTTP mode.",
        validate_default=True,
    )
    slack_api_url: str = Field(
        "https://slack.com/api/",
        description="Where Slack's Web API is; a local one for trying out.",
    )
    host: str = Field("127.0.0.1", description="Address the web endpoints listen on.")
    port: int = Field(
        8080, ge=0, le=65535, description="Port of the web endpoints; 0 takes a free one."
    )
    prometheus_url: str = Field(
        "",
        description="Where Prometheus is asked how much of an error budget is spent; or nowhere.",
    )
    prometheus_token: SecretStr | None = Field(
        None, description="Bearer token that Prometheus wants, if any."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much is logged."
    )
    log_format: Literal["json", "console"] = Field(
        "json", description="`json` for machines, `console` for people."
    )

    @field_validator("slack_bot_token")
    @classmethod
    def _is_bot_token(cls, token: SecretStr) -> SecretStr:
        return begins(token, "xoxb-", "a bot token begins with xoxb-")

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, token: SecretStr | None) -> SecretStr | None:
        return token and begins(token, "xapp-", "an app-level token begins with xapp-")

    @field_validator("slack_api_url")
    @classmethod
    def _is_web_address(cls, url: str) -> str:
        return web_address(url)

    @field_validator("prometheus_url")
    @classmethod
    def _is_web_address_if_any(cls, url: str) -> str:
        return web_address_if_any(url)

    @field_validator("prometheus_token")
    @classmethod
    def _fits_a_header(cls, token: SecretStr | None) -> SecretStr | None:
        return fits_a_header(token)

    @field_validator("slack_signing_secret")
    @classmethod
    def _is_there_for_http(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        # A wrong app token is not among `data`, and is complained of by itself.
        if secret is None and info.data.get("slack_app_token", "wrong") is None:
            raise ValueError("set it for HTTP mode, or SLACK_APP_TOKEN for Socket Mode")
        return secret


class Settings(TrackerSettings, ProcessSettings):
    """Every setting of the process; the programme's own numbers live in the database."""


def complaints(error: ValidationError) -> list[str]:
    """One clear line for each setting that is wrong or missing; never a secret's value."""
    return [_complaint(str(each["loc"][0]) if each["loc"] else "", each) for each in error.errors()]


def _complaint(field: str, error: "dict[str, object] | object") -> str:
    details = error if isinstance(error, dict) else {}
    message = str(details.get("msg", "")).removeprefix("Value error, ")
    name = field.upper()
    if details.get("type") == "missing":
        about = Settings.model_fields[field].description or ""
        return f"{name} is missing: {about}"
    return f"{name}: {message}" if name else message
