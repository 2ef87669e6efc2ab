from dataclasses import replace

import pytest

from domain.channels import FEW, MOST, Channel, Place
from domain.people import Person

APP = Person(id="U0", name="Closed Loop", is_bot=True)
ANA, BOB = Person(id="U1", name="Ana"), Person(id="U2", name="Bob")
GONE = Person(id="U3", name="Otto", is_deactivated=True)
GUEST = Person(id="U4", name="Elsa", is_outsider=True)
INC = Channel(id="C1", name="inc", topic="", is_private=False, members=("U2", "U3", "U1", "U0"))


def channel_of(people: int) -> Channel:
    """A channel with so many in it, the app being the last of them."""
    return replace(INC, members=(*(f"P{each}" for each in range(people)), "U0"))


def place(*people: Person, channel: Channel = INC) -> Place:
    return Place(channel=channel, people={person.id: person for person in people})


def test_a_channel_is_large_with_more_than_a_few_beside_the_app() -> None:
    assert [channel_of(number).is_large for number in (FEW, FEW + 1)] == [False, True]


def test_responders_are_the_members_without_bots_and_those_who_left() -> None:
    assert place(APP, ANA, BOB, GONE).responders("U9") == ["U2", "U1"]


def test_outsiders_of_a_shared_channel_are_no_responders() -> None:
    shared = replace(INC, members=("U1", "U4", "U0"))
    assert place(APP, ANA, GUEST, channel=shared).responders("U9") == ["U1"]


@pytest.mark.parametrize(
    "where",
    [
        place(channel=channel_of(FEW + 1)),
        place(),
        place(APP, channel=replace(INC, members=("U0",))),
    ],
    ids=["large", "nobody met", "the app alone"],
)
def test_the_caller_is_the_responder_where_the_channel_tells_nothing(where: Place) -> None:
    assert where.responders("U9") == ["U9"]


def test_a_place_is_known_when_all_are_whom_a_form_would_name() -> None:
    assert place(APP, ANA, BOB, GONE).is_known
    assert not place(APP, ANA, BOB).is_known
    assert place(channel=channel_of(FEW + 1)).is_known


def test_a_channel_takes_members_in_until_it_is_large() -> None:
    full = channel_of(FEW).joined_by("U7")

    assert full.members[-1] == "U7"
    assert len(full.members) == MOST
    assert full.joined_by("U8") == full
    assert INC.joined_by("U2") == INC


def test_who_is_left_in_a_large_channel_is_not_known() -> None:
    assert channel_of(FEW + 1).left_by("P3") is None
    assert channel_of(FEW + 1).left_by("U9") == channel_of(FEW + 1)
    assert INC.left_by("U3") == replace(INC, members=("U2", "U1", "U0"))
