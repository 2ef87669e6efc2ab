"""App Home: within what Slack takes, however much there is, and with the secrets of nobody."""

from dataclasses import replace
from datetime import timedelta

from blocks.home import home_view
from blocks.limits import check_view
from blocks.parts import View
from domain.digests import Digest, KeptItem, KeptRisk, wanting
from domain.programme import Programme
from tests.blocks.test_digests import PLACE, RISK, TODAY, all_of_them, as_long_as_can_be, kept

LATER = TODAY + timedelta(days=40)


def home(
    *needing: KeptItem | KeptRisk, later: tuple[KeptItem, ...] = (), reader: str = "U1"
) -> View:
    found = wanting(needing, Programme(), TODAY)
    return check_view(home_view(Digest(reader=reader, today=TODAY, wanting=found), later))


def test_as_much_as_anybody_ever_owns_fits_and_the_rest_is_counted() -> None:
    many = [as_long_as_can_be(number) for number in range(80)]
    later = tuple(replace(each, item=replace(each.item, due_on=LATER)) for each in many)
    view = home(*all_of_them(), *many, later=later)
    counted = [each["elements"][0]["text"] for each in view["blocks"] if each["type"] == "context"]
    assert [each.split(":")[0] for each in counted] == ["… and 62 more", "… and 50 more"]


def test_a_private_item_of_somebody_else_keeps_its_words_there_too() -> None:
    private = replace(PLACE, is_private=True)
    later = kept(private, due_on=LATER)
    view = home(kept(private), KeptRisk(risk=RISK, place=private), later=(later,), reader="U9")
    for word in ("Drain", "node", "<#C1>"):
        assert word not in str(view)
    assert str(view).count("<@U1> has left: hand it over") == 3
