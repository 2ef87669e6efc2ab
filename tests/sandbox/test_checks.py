"""Limits of blocks and views: what Slack refuses is refused here."""

from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest

from sandbox.checks import check_message, check_view
from sandbox.refusals import Refused
from tests.sandbox.drawn import (
    BAD_BLOCKS,
    BAD_ELEMENTS,
    BAD_VIEWS,
    GOOD_BLOCKS,
    GOOD_ELEMENTS,
    element_in,
)
from tests.sandbox.drawn_data import BAD_DATA, GOOD_DATA, LARGE_DATA
from tests.sandbox.payloads import form, plain, section, typed

Json = dict[str, Any]


BLOCKS = [*GOOD_BLOCKS, *GOOD_DATA, *LARGE_DATA]


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_a_block_at_its_limit_is_taken(block: Json) -> None:
    check_message("text", [block])


@pytest.mark.parametrize("element", GOOD_ELEMENTS, ids=range(len(GOOD_ELEMENTS)))
def test_an_element_within_its_limits_is_taken(element: Json) -> None:
    check_view(form(element_in(element)))


def test_an_alert_stands_in_a_modal() -> None:
    check_view(form({"type": "alert", "text": plain("Mind the gap")}))


@pytest.mark.parametrize("name", [*BAD_BLOCKS, *BAD_DATA])
def test_a_bad_block_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        check_message("text", [{**BAD_BLOCKS, **BAD_DATA}[name]])
    assert refused.value.error == "invalid_blocks"
    assert "json-pointer:/blocks/0" in refused.value.more["response_metadata"]["messages"][0]


@pytest.mark.parametrize("name", BAD_ELEMENTS)
def test_a_bad_element_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="invalid_arguments") as refused:
        check_view(form(element_in(BAD_ELEMENTS[name])))
    assert "/view/blocks/0/element" in refused.value.more["response_metadata"]["messages"][0]


@pytest.mark.parametrize("name", BAD_VIEWS)
def test_a_bad_view_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="invalid_arguments"):
        check_view(BAD_VIEWS[name])


def places(thing: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in a payload, with each of its keys."""
    keys = list(thing if isinstance(thing, dict) else range(len(thing)))
    for key in keys:
        yield thing, key
        if isinstance(thing[key], (dict, list)):
            yield from places(thing[key])


@pytest.mark.parametrize("junk", [None, 7, "x", [], {}, ["x"], {"type": ["x"]}], ids=repr)
def test_junk_anywhere_is_refused_and_breaks_nothing(junk: Any) -> None:
    inputs = [typed(f"t{number}", **element) for number, element in enumerate(GOOD_ELEMENTS)]
    view = form(*inputs, *GOOD_BLOCKS)
    for thing, key in list(places(view)):
        kept, thing[key] = thing[key], junk
        with suppress(Refused):
            check_view(view)
        with suppress(Refused):
            check_message("x", view["blocks"])
        thing[key] = kept


@pytest.mark.parametrize("junk", [None, 7, "x", [], {}, ["x"], {"type": ["x"]}], ids=repr)
def test_junk_anywhere_in_a_block_breaks_nothing(junk: Any) -> None:
    for block in deepcopy(GOOD_DATA):
        for thing, key in list(places(block)):
            kept, thing[key] = thing[key], junk
            with suppress(Refused):
                check_message("x", [block])
            thing[key] = kept


def test_what_is_no_view_or_too_large_is_refused() -> None:
    with pytest.raises(Refused, match="invalid_arguments"):
        check_view(None)
    with pytest.raises(Refused, match="view_too_large"):
        check_view(form(*[section("x" * 3000)] * 90))


def test_a_view_at_its_limits_is_taken() -> None:
    inputs = [typed(f"t{number}", max_length=3000) for number in range(100)]
    check_view(form(*inputs, title=plain("x" * 24), private_metadata="x" * 3000))


def test_a_message_has_at_most_fifty_blocks() -> None:
    check_message("text", [section("x")] * 50)
    with pytest.raises(Refused, match="invalid_blocks"):
        check_message("text", [section("x")] * 51)


def test_the_blocks_of_a_message_hold_only_so_much_together() -> None:
    check_message("text", [section("x" * 2500)] * 5)
    with pytest.raises(Refused, match="msg_blocks_too_long"):
        check_message("text", [section("x" * 2600)] * 5)


@pytest.mark.parametrize(
    ("text", "blocks", "error"),
    [("", None, "no_text"), (None, [], "no_text"), ("x" * 40_001, None, "msg_too_long")],
)
def test_a_message_says_something_of_bearable_length(
    text: str | None, blocks: list[Json] | None, error: str
) -> None:
    with pytest.raises(Refused, match=error):
        check_message(text, blocks)
