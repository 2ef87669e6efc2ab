"""App Home: within what Slack takes, however much there is, and with the secrets of nobody."""

from dataclasses import replace

from blocks.home import home_view, home_views
from blocks.limits import check_view
from blocks.parts import View
from domain.action_items import Progress
from domain.digests import KeptRisk
from domain.home import Waits
from tests.blocks.home_samples import LATER, RICH, WAITS, health, home, longest, texts
from tests.blocks.test_digests import PLACE, RISK, kept
from tests.blocks.test_full_digests import as_long_as_can_be


def test_as_much_as_anybody_ever_has_fits_and_the_rest_is_counted() -> None:
    for view in home_views(longest()):
        said = " ".join(texts(check_view(view)))
        assert "… and 75 more: the messages that asked you" in said
        assert "… and 15 more: the cards in their channels" in said
        assert "… and 8 more: the messages that asked you to chair" in said
        assert "… and 76 more: `/postmortem items` shows them all." in said


def test_whoever_has_much_to_do_still_reads_what_comes_later_and_the_programme() -> None:
    said = texts(check_view(home_view(longest())))
    assert ":calendar: *Later*" in said
    assert sum("due 17 Jan 2027" in each and "moved" in each for each in said) >= 4
    assert "Next review" in said


def test_where_nothing_else_waits_the_items_have_the_room() -> None:
    many = tuple(as_long_as_can_be(number) for number in range(80))
    later = tuple(replace(each, item=replace(each.item, due_on=LATER)) for each in many)
    view = check_view(home_view(home(*many, later=later)))
    assert "… and 55 more: `/postmortem items` shows them all." in texts(view)
    assert "… and 56 more: `/postmortem items` shows them all." in texts(view)


def test_whoever_has_nothing_reads_where_to_begin() -> None:
    said = texts(check_view(home_view(home())))
    assert any(each.startswith("You own no open action item.") for each in said)
    assert "_The numbers are being worked out: they stand here in a moment._" in said
    assert any("Say where in `/postmortem settings`" in each for each in said)
    assert "Waiting for you" not in said


def test_a_programme_without_incidents_says_what_will_be_counted() -> None:
    said = texts(home_view(home(health=health(empty=True))))
    assert any(each.startswith("_Nothing to count yet._") for each in said)


def test_what_is_asked_for_stands_above_the_items() -> None:
    said = texts(home_view(home(kept(due_on=LATER), waits=WAITS, health=RICH)))
    heads = ["Waiting for you", "Your action items", "The programme", "Next review"]
    assert [each for each in said if each in heads] == heads


def test_what_comes_later_says_how_far_it_is() -> None:
    typed = {"progress": Progress.BLOCKED, "note": "the <vendor>", "reschedules": 2}
    view = home_view(home(later=(kept(PLACE, due_on=LATER, proposed_owner="U2", **typed),)))
    line = "due 17 Jan 2027 · moved twice · blocked: the &lt;vendor&gt; · <@U2> was asked to take"
    assert any(line in each for each in texts(view))


def test_a_private_item_of_somebody_else_keeps_its_words_there_too() -> None:
    private = replace(PLACE, is_private=True)
    later = kept(private, due_on=LATER, progress=Progress.BLOCKED, note="a secret")
    risk = KeptRisk(risk=RISK, place=private)
    waits = Waits(ran_out=[risk])
    view = home_view(home(kept(private), later=(later,), waits=waits, reader="U9"))
    for word in ("Drain", "node", "secret", "<#C1>"):
        assert word not in str(view)
    assert str(view).count("<@U1> has left: hand it over") == 3


def test_the_ways_out_are_always_there() -> None:
    view: View = home_view(home())
    labels = [each["text"]["text"] for each in view["blocks"][0]["elements"]]
    assert labels == ["Search postmortems", "Report", "Monthly review"]
