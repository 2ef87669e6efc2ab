"""What others than Slack send to the endpoints below `/api/`: refused, or read up to a length."""

import asyncio
from http import HTTPStatus

from aiohttp import web

#: Whoever takes longer to send a body is not waited for, in seconds.
BODY_SECONDS = 10.0


class Refused(Exception):
    """A request is not listened to; the message is a sentence that says what to do instead."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


async def body_of(request: web.Request, most: int, instead: str) -> bytes:
    """The body, of at most so many bytes; else Refused, with what to send instead."""
    too_long = f"More than {most:,} bytes. {instead}"
    if (request.content_length or 0) > most:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_long)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            await request.content.readexactly(most + 1)
    except asyncio.IncompleteReadError as ended:
        return ended.partial
    except web.RequestPayloadError:
        spoilt = "It is packed, or cut, in a way that cannot be undone."
        raise Refused(HTTPStatus.BAD_REQUEST, f"{spoilt} {instead}") from None
    except (TimeoutError, ConnectionError):
        late = f"That took too long to arrive. {instead}"
        raise Refused(HTTPStatus.REQUEST_TIMEOUT, late) from None
    raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_long)
