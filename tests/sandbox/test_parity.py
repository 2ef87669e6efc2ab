"""What a test can do a person at the page can do, and the other way round."""

from inspect import getmembers, isfunction

from sandbox import Modal, Person
from sandbox.browser.acts import ACTS
from sandbox.browser.faults import FAULT_ACTS
from sandbox.hands.screen import Screen

#: Hands of tests that the page has under another name, and which.
OTHERWISE = {
    "write": "say: the page never waits for the app",
    "unreact": "react: a second click takes the reaction back",
    "remove": "command: /remove",
    "press": "click: with the view's id",
    "fill": "submit, click: what was typed comes along",
    "choose": "click: with what was chosen or typed",
}
#: What no person can do: a request that Slack's client would never send.
FORGED = {"force", "send"}
#: Looking, and what the hands are made of.
NO_ACTS = {name for name, _ in getmembers(Screen, isfunction)} | {"text"}


def public(kind: type) -> set[str]:
    return {name for name, _ in getmembers(kind, isfunction) if not name.startswith("_")}


def test_a_person_does_just_what_the_page_can_do() -> None:
    hands = (public(Person) | public(Modal)) - NO_ACTS - FORGED - OTHERWISE.keys()
    assert hands == ACTS.keys() - FAULT_ACTS.keys()


def test_what_is_called_otherwise_can_be_done_on_the_page() -> None:
    for name, where in OTHERWISE.items():
        assert hasattr(Person, name) or hasattr(Modal, name)
        assert ACTS.keys() >= set(where.partition(":")[0].split(", "))


def test_looking_is_no_act() -> None:
    assert not NO_ACTS & ACTS.keys()
