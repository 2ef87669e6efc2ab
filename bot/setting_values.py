"""What a setting may look like, whichever it is; each refusal is the rest of a line."""

from pydantic import SecretStr


def web_address(url: str) -> str:
    """The address with one slash at its end; ValueError where it is none."""
    if not url.startswith(("https://", "http://")):
        raise ValueError("write it with https:// in front")
    return url.rstrip("/") + "/"


def web_address_if_any(url: str) -> str:
    """The same; nothing stays nothing."""
    return web_address(url) if url else ""


def begins(token: SecretStr, prefix: str, sentence: str) -> SecretStr:
    """The token if it begins so."""
    if not token.get_secret_value().startswith(prefix):
        raise ValueError(sentence)
    return token


def fits_a_header(token: SecretStr | None) -> SecretStr | None:
    """The token if a header can carry it, or none."""
    if token and not (
        token.get_secret_value().isascii() and token.get_secret_value().isprintable()
    ):
        raise ValueError("a token has no line ends, and none but plain letters and signs")
    return token
