"""App Home: within what Slack takes, however much there is, and with the secrets of nobody."""

from dataclasses import replace
from datetime import timedelta

from blocks.home import home_view
from blocks.limits import check_view
from blocks.parts import View
from domain.action_items import Progress
from domain.digests import Digest, KeptItem, KeptRisk, wanting
from domain.programme import Programme
from tests.blocks.test_digests import PLACE, RISK, TODAY, all_of_them, as_long_as_can_be, kept

LATER = TODAY + timedelta(days=40)


def home(
    *needing: KeptItem | KeptRisk,
    later: tuple[KeptItem, ...] = (),
    asked: tuple[KeptItem, ...] = (),
    reader: str = "U1",
) -> View:
    found = wanting(needing, Programme(), TODAY)
    said = Digest(reader=reader, today=TODAY, wanting=found)
    return check_view(home_view(said, later, asked))


def test_as_much_as_anybody_ever_owns_fits_and_the_rest_is_counted() -> None:
    many = [as_long_as_can_be(number) for number in range(80)]
    later = tuple(replace(each, item=replace(each.item, due_on=LATER)) for each in many)
    view = home(*all_of_them(), *many, later=later, asked=tuple(many))
    counted = [each["elements"][0]["text"] for each in view["blocks"] if each["type"] == "context"]
    assert [each.split(":")[0] for each in counted] == [
        "… and 75 more",
        "… and 62 more",
        "… and 56 more",
    ]


def test_what_somebody_is_asked_to_take_on_stands_on_top_with_its_answers() -> None:
    asked = kept(due_on=LATER, proposed_owner="U9", proposed_by="U2")
    _title, heading, question, answers, *_ = home(asked=(asked,), reader="U9")["blocks"]
    assert heading["text"]["text"] == ":raising_hand: *Waiting for your answer*"
    assert "<@U2> asks you to take it on · due 17 Jan 2027" in question["text"]["text"]
    assert "has left" not in question["text"]["text"]
    labels = [each["text"]["text"] for each in answers["elements"]]
    assert labels == ["I take it on", "I cannot", "Open"]


def test_what_comes_later_says_how_far_it_is() -> None:
    typed = {"progress": Progress.BLOCKED, "note": "the <vendor>", "reschedules": 2}
    view = home(later=(kept(PLACE, due_on=LATER, proposed_owner="U2", **typed),))
    line = "due 17 Jan 2027 · moved twice · blocked: the &lt;vendor&gt; · <@U2> was asked to take"
    assert line in view["blocks"][-1]["text"]["text"]


def test_a_private_item_of_somebody_else_keeps_its_words_there_too() -> None:
    private = replace(PLACE, is_private=True)
    later = kept(private, due_on=LATER, progress=Progress.BLOCKED, note="a secret")
    view = home(kept(private), KeptRisk(risk=RISK, place=private), later=(later,), reader="U9")
    for word in ("Drain", "node", "secret", "<#C1>"):
        assert word not in str(view)
    assert str(view).count("<@U1> has left: hand it over") == 3
