"""How a submitted form is answered: kept, refused in the form, or shown again with what changed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck

from blocks.forms import refusals
from blocks.postmortems import conflict, sorry_modal
from domain.errors import RuleBroken
from domain.postmortems import SectionEdit
from handlers.opening import GONE
from handlers.wording import Worded
from storage.postmortems import NotFound

log = structlog.get_logger(__name__)


class Stale(Exception):
    """Somebody else changed this after the form was opened.

    `theirs` says what it is now; `form` is the form to go on in, where it is not the same one.
    """

    def __init__(self, edit: SectionEdit, theirs: str, form: dict[str, Any] | None = None) -> None:
        super().__init__(edit.section)
        self.edit = edit
        self.theirs = theirs
        self.form = form


class Overtaken(Exception):
    """Somebody else decided meanwhile; `form` is the form again, under what they decided."""

    def __init__(self, form: dict[str, Any], by: str) -> None:
        super().__init__(by)
        self.form = form
        self.by = by


class Repeated(Exception):
    """This very submission is stored already: a double click, or Slack asking twice."""


def submission_of(view: dict[str, Any]) -> str:
    """What tells one press of Save from another: the view and the state it was in.

    A double click and a redelivered envelope carry the same two; a second Save after an error
    or an update does not.
    """
    return f"{view['id']}:{view['hash']}"


@asynccontextmanager
async def answering(
    ack: AsyncAck, view: dict[str, Any], *, clears: bool = True
) -> AsyncIterator[None]:
    """Acknowledge the form once the block is through: closed, or refused with what to mend.

    Whatever was typed stays in the form whenever it is not stored. Unless it `clears`, only this
    form is closed, and the window it stands on stays.
    """
    closed: dict[str, Any] = {"response_action": "clear"} if clears else {}
    try:
        yield
    except Repeated:
        log.info("form_repeated")
        await ack(**closed)
    except (RuleBroken, Stale, Overtaken, Worded, NotFound) as why:
        await ack(**_answer(why, view))
    else:
        await ack(**closed)


def _answer(why: Exception, view: dict[str, Any]) -> dict[str, Any]:
    """What a form is told that is not kept, with a line in the log."""
    match why:
        case RuleBroken():
            log.info("form_refused", field=why.field, why=str(why))
            return {"response_action": "errors", "errors": refusals(view, why)}
        case Stale():
            log.info("form_overtaken", section=why.edit.section, by=why.edit.edited_by)
            again = conflict(why.form or view, mine=view, edit=why.edit, theirs=why.theirs)
            return {"response_action": "update", "view": again}
        case Overtaken():
            log.info("form_overtaken", section="decision", by=why.by)
            return {"response_action": "update", "view": why.form}
        case Worded():
            log.info("form_hinted", phrases=why.phrases)
            return {"response_action": "update", "view": why.form}
    return {"response_action": "update", "view": sorry_modal("Not found", GONE)}
