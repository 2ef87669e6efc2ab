"""Who may do what: tokens of people, and a GitHub App that comes with its key."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sandbox.tracker.refusals import GitHubSays
from sandbox.tracker.seed import APP, MACHINE

#: docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app: an app's own token
#: is good for ten minutes at most, an installation's for an hour.
LONGEST_JWT = timedelta(minutes=10)
INSTALLATION_TOKEN_FOR = timedelta(hours=1)
#: How far ahead an app's clock may be.
DRIFT = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What a token lets its bearer do; `repositories` None is all there are."""

    login: str
    repositories: frozenset[str] | None = None
    may_write: bool = True
    until: datetime | None = None
    #: Whether it is the app itself, which only makes tokens of its installations.
    is_app: bool = False

    @property
    def of_app(self) -> bool:
        """Whether a GitHub App acts with it."""
        return self.login == APP

    def covers(self, full_name: str) -> bool:
        """Whether it may see this repository."""
        named = self.repositories
        return not self.is_app and (named is None or full_name.lower() in named)


class Access:
    """The tokens that are good."""

    app_id = "4711"
    installation = 815

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.grants: dict[str, Grant] = {}
        self.token = self.new_token()

    def new_token(
        self,
        login: str = MACHINE,
        *,
        repositories: tuple[str, ...] | None = None,
        may_write: bool = True,
        until: datetime | None = None,
    ) -> str:
        """Make a fine-grained token, or one of an installation if it is for the app."""
        token = f"{'ghs' if login == APP else 'github_pat'}_{secrets.token_hex(16)}"
        names = None if repositories is None else frozenset(one.lower() for one in repositories)
        self.grants[token] = Grant(
            login=login, repositories=names, may_write=may_write, until=until
        )
        return token

    def installation_token(self, repositories: tuple[str, ...] | None) -> tuple[str, datetime]:
        """A token of the installation, and until when it is good."""
        until = self._now().replace(microsecond=0) + INSTALLATION_TOKEN_FOR
        return self.new_token(APP, repositories=repositories, until=until), until

    def revoke_all(self) -> None:
        """No token is good any more."""
        self.grants.clear()

    def grant(self, authorization: str) -> Grant:
        """What whoever sends this header may do."""
        kind, _, token = authorization.partition(" ")
        if not token or kind.lower() not in {"bearer", "token"}:
            raise GitHubSays(401, "Requires authentication")
        if token.count(".") == 2:  # noqa: PLR2004 - a JSON web token has three parts
            return self._app(token.strip())
        grant = self.grants.get(token.strip())
        if grant is None or (grant.until is not None and grant.until <= self._now()):
            raise GitHubSays(401, "Bad credentials")
        return grant

    def _app(self, token: str) -> Grant:
        try:
            claims = jwt.decode(token, self._public, ["RS256"], options=UNTIMED)
        except jwt.InvalidTokenError:
            raise GitHubSays(401, "A JSON web token could not be decoded") from None
        if str(claims.get("iss")) != self.app_id:
            raise GitHubSays(401, "'Issuer' claim ('iss') must be an Integer")
        self._judge_times(claims)
        return Grant(login=APP, is_app=True)

    def _judge_times(self, claims: dict[str, Any]) -> None:
        now = self._now()
        issued, expires = (datetime.fromtimestamp(claims[name], UTC) for name in ("iat", "exp"))
        if issued > now + DRIFT:
            raise GitHubSays(
                401, "'Issued at' claim ('iat') must be an Integer representing a time in the past"
            )
        if expires <= now:
            raise GitHubSays(
                401,
                "'Expiration time' claim ('exp') must be a numeric value representing the future"
                " time at which the assertion expires",
            )
        if expires > now + LONGEST_JWT + DRIFT:
            raise GitHubSays(401, "'Expiration time' claim ('exp') is too far in the future")

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @property
    def _public(self) -> rsa.RSAPublicKey:
        return self._key.public_key()

    @property
    def private_key(self) -> str:
        """The app's key, as GitHub gives it to whoever makes an app."""
        packed = self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        return packed.decode()


#: The times are judged by the tracker's clock, not the wall's.
UNTIMED: Any = {"verify_exp": False, "verify_iat": False, "require": ["iat", "exp", "iss"]}
