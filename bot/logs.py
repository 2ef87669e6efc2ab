"""Structured logs: one event a line, with the request it belongs to."""

import logging
import sys
from typing import Literal

import structlog

#: Bolt warns at each start that its client wins over SLACK_BOT_TOKEN, which is what we want.
_EXPECTED = "`token` will be unused"
#: What libraries log, from which level on: their debug lines would be formatted for every request,
#: APScheduler logs every tick, httpx every answer.
_CHATTY = {
    "slack_sdk": "INFO",
    "slack_bolt": "INFO",
    "apscheduler": "ERROR",
    "httpx": "WARNING",
}


def set_up(level: str, form: Literal["json", "console"]) -> None:
    """Send structlog's and the libraries' lines to standard error in one format."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_last_steps(form))
    )
    handler.addFilter(lambda record: _EXPECTED not in record.getMessage())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty, least in _CHATTY.items():
        logging.getLogger(chatty).setLevel(max(logging.getLevelName(least), root.level))


def _last_steps(form: Literal["json", "console"]) -> list[structlog.typing.Processor]:
    drop = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if form == "json":
        return [drop, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    # The default traceback prints local variables: tokens, and what people typed.
    plain = structlog.dev.plain_traceback
    return [
        drop,
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain),
    ]
