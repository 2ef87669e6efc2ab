"""The windows of the trackers and of the people in them, their forms, and what is told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from blocks import tracker_accounts as accounts
from blocks import tracker_forms as forms
from blocks import tracker_people as people
from blocks import trackers as blocks
from blocks.limits import check_view
from blocks.parts import View
from blocks.trackers import Places
from domain.errors import RuleBroken
from domain.postmortems import SERVICE_MAX
from domain.tickets import Place, TrackerKind
from domain.tracker_fields import FIELD_MAX, FIELDS_MAX
from domain.tracker_settings import ACCOUNT_MAX, LABEL_MAX, LABELS_MAX
from sandbox.checks.views import check_view as check_as_slack
from tests.blocks.samples import marked_up, submitted

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
WIDE = "<!channel>&" + "<" * SERVICE_MAX
PLACE = Place(kind=TrackerKind.JIRA, project="SHOP", board="12", id=1)
FULL = Place(
    kind=TrackerKind.JIRA,
    project="<" * 250,
    board="1" * 12,
    labels=tuple("<" * (LABEL_MAX - 2) + str(each) for each in range(LABELS_MAX)),
    issue_type="<" * 60,
    fields={f"f{each}": "<" * FIELD_MAX for each in range(FIELDS_MAX)},
    service=WIDE[:SERVICE_MAX],
    trouble="<" * 5000,
    trouble_since=NOW,
    id=2,
)
WHOLE = replace(
    PLACE, service="checkout", labels=("a", "b"), issue_type="Bug", fields={"Team": "A", "x": "1"}
)
SOMEBODY = people.Somebody(person="U1ADA", name="Ada", kind=TrackerKind.JIRA)


def said(view: View) -> str:
    """All that a window says, after Slack has checked it."""
    check_as_slack(check_view(view))
    return "\n".join(marked_up(view["blocks"]))


def test_the_fullest_window_is_one_that_slack_takes() -> None:
    own = [replace(FULL, id=each) for each in range(200)]
    notes = dict.fromkeys(range(200), blocks.FINE)
    places = Places(places=[PLACE, *own], missing=100_000, notes=notes)
    for page in (0, 4, 9):
        words = said(blocks.trackers_window(places, page))
        assert "<!channel>" not in words
        assert "100,000 open items have no ticket yet" in words


def test_a_workspace_without_trackers_says_so_and_offers_one() -> None:
    window = blocks.trackers_window(Places(places=[]))
    assert "*All services* · no tickets are made" in said(window)
    assert blocks.TRACKER_PEOPLE not in str(window)
    assert blocks.MAKE_TICKETS not in str(window)


@pytest.mark.parametrize(
    ("kind", "board", "words"),
    [
        (TrackerKind.JIRA, "12", "in the next sprint of board 12"),
        (TrackerKind.GITHUB, "milestones", "in the next milestone"),
        (TrackerKind.GITHUB, "project 7", "in the next iteration of project 7"),
        (TrackerKind.LINEAR, "cycles", "in the next cycle"),
        (TrackerKind.LINEAR, "", "in no sprint"),
    ],
)
def test_a_place_says_where_its_sprint_is(kind: TrackerKind, board: str, words: str) -> None:
    place = replace(PLACE, kind=kind, board=board)
    told = said(blocks.trackers_window(Places(places=[place])))
    assert f"*All services* · {kind.called} SHOP · {words}" in told


def test_what_is_wrong_with_a_place_is_shown_beside_it() -> None:
    place = replace(PLACE, service="checkout", trouble="No <project>.", trouble_since=NOW)
    words = said(blocks.trackers_window(Places(places=[place], notes={1: "_note_"})))
    assert ":warning: No &lt;project&gt;. Since <!date^" in words
    assert "_note_" in words


@pytest.mark.parametrize("place", [PLACE, WHOLE])
def test_a_form_that_is_sent_as_it_was_opened_changes_nothing(place: Place) -> None:
    form = forms.place_form(place.service, place)
    said(form)
    wanted = forms.read_place_form(submitted(form))
    assert forms.stamp(wanted.place) == wanted.seen == forms.stamp(place)
    assert wanted.service == place.service


def test_the_fullest_form_is_one_that_slack_takes() -> None:
    assert "<!channel>" not in said(forms.place_form(FULL.service, FULL))


def test_a_form_in_which_no_tracker_is_chosen_asks_for_one() -> None:
    with pytest.raises(RuleBroken, match="Choose the tracker"):
        forms.read_place_form(submitted(forms.place_form("", None)))


def test_what_is_typed_into_the_form_is_read() -> None:
    typed = {"service": " checkout ", "project": "shop", "labels": "a, b", "fields": "Team = A"}
    form = submitted(forms.another_form(), typed)
    form["state"]["values"]["kind"]["value"]["selected_option"] = {"value": "jira"}
    wanted = forms.read_place_form(form)
    assert (wanted.service, wanted.seen) == ("checkout", forms.stamp(None))
    assert wanted.place == Place(
        kind=TrackerKind.JIRA,
        project="SHOP",
        service="checkout",
        labels=("a", "b"),
        fields={"Team": "A"},
    )


def test_no_tickets_can_be_chosen_where_there_are_some() -> None:
    form = submitted(forms.place_form("", PLACE))
    form["state"]["values"]["kind"]["value"]["selected_option"] = {"value": forms.NONE}
    assert forms.read_place_form(form).place is None
    assert "No tickets" in str(form)
    assert "as all services" in str(forms.place_form("checkout", PLACE))
    assert forms.NONE not in str(forms.place_form("", None)["blocks"][1]["element"]["options"])


def test_trouble_does_not_count_as_a_change_of_a_place() -> None:
    assert forms.stamp(PLACE) == forms.stamp(replace(PLACE, trouble="Nobody answers.", id=7))
    assert forms.stamp(PLACE) != forms.stamp(replace(PLACE, labels=("a",)))
    assert forms.stamp(PLACE) != forms.stamp(None)


def test_what_is_told_of_a_place_is_escaped_and_says_what_to_do() -> None:
    told = blocks.wrong_text(FULL, ["No <!channel>.", "And another."])
    assert "• No &lt;!channel&gt;.\n• And another." in told
    assert "Press “Try all”" in told
    assert "Jira did not answer." in blocks.silent_text(PLACE, "Jira did not answer.")


def test_how_many_tickets_are_made_is_said_in_words() -> None:
    assert "a ticket for 1 open item." in blocks.asked_text(1)
    assert "tickets for 1,200 open items." in blocks.asked_text(1200)
    assert "has one by now" in blocks.asked_text(0)


def test_what_cannot_be_made_yet_is_said_to_come_later() -> None:
    troubled = [replace(PLACE, trouble="No <project>.")]
    told = blocks.asked_text(2, troubled)
    assert "Something is wrong with Jira SHOP: what belongs there comes once" in told
    assert "wrong" not in blocks.asked_text(2, [PLACE])
    assert "SHOP, and others:" in blocks.asked_text(2, troubled * 4)


def test_a_few_without_a_ticket_are_named() -> None:
    few = Places(places=[PLACE], missing=2, named=[(7, 1), (12, 3)])
    assert "2 open items have no ticket yet: PM-7/1, PM-12/3." in said(blocks.trackers_window(few))
    many = replace(few, missing=4)
    assert "4 open items have no ticket yet." in said(blocks.trackers_window(many))


def test_a_project_is_optional_only_where_no_tickets_can_be_chosen() -> None:
    def project(place: Place | None) -> dict[str, object]:
        blocks_ = forms.place_form("", place)["blocks"]
        return next(each for each in blocks_ if each.get("block_id") == "project")

    assert not project(None).get("optional")
    assert project(PLACE)["optional"]
    assert "It is needed wherever tickets are made." in str(project(PLACE)["hint"])


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "not looked for yet"),
        ({"typed": "<ada>"}, "“&lt;ada&gt;” is looked for"),
        ({"looked_at": NOW}, ":warning: I find none by their e-mail address"),
        ({"looked_at": NOW, "typed": "<ada>"}, ":warning: I find no account “&lt;ada&gt;”"),
        ({"account": "7", "typed": "ada"}, "7 · “ada” is looked for; if it stays so"),
        ({"looked_at": NOW, "account": "7", "called": "A <b>"}, "A &lt;b&gt; · found by their"),
        (
            {"looked_at": NOW, "account": "7", "typed": "ada", "chosen_by": "U2BEN"},
            "7 · “ada”, as <@U2BEN> wrote",
        ),
    ],
)
def test_each_person_is_shown_with_what_is_known(known: dict[str, str], words: str) -> None:
    somebody = replace(SOMEBODY, **known)  # type: ignore[arg-type] # each is a field of it
    assert f"<@U1ADA> · Jira · {words}" in said(people.people_window([somebody]))


def test_whoever_has_no_account_is_named_first_and_many_have_pages() -> None:
    crowd = [replace(SOMEBODY, person=f"U{n}", name=f"n{n:03}") for n in range(90)]
    lost = replace(SOMEBODY, person="U9LOST", name="z", typed="<" * ACCOUNT_MAX, looked_at=NOW)
    first, last = (said(people.people_window([*crowd, lost], page)) for page in (0, 2))
    assert "I know no account of <@U9LOST>: press Choose" in first
    assert first.count("U9LOST") == 1
    assert last.index("U89") < last.rindex("U9LOST")
    assert "Nobody owns an open item" in said(people.people_window([]))
    strangers = [replace(each, looked_at=NOW) for each in crowd]
    assert "<@U9> and 80 more: press" in said(people.people_window(strangers))


def test_the_order_of_people_stays_whatever_is_found() -> None:
    a, b = SOMEBODY, replace(SOMEBODY, person="U2BEN", name="Ben")
    for first in (a, replace(a, looked_at=NOW), replace(a, looked_at=NOW, account="7")):
        lines = said(people.people_window([b, first])).splitlines()[-2:]
        assert [line[:8] for line in lines] == ["<@U1ADA>", "<@U2BEN>"]


def test_anybodys_account_is_read_from_the_form_that_asks_whose() -> None:
    form = submitted(accounts.another_account_form([TrackerKind.JIRA]), {"account": "ada"})
    check_as_slack(check_view(accounts.another_account_form(list(TrackerKind))))
    with pytest.raises(RuleBroken, match="whose account"):
        accounts.read_account_form(form)
    form["state"]["values"]["person"]["value"]["selected_user"] = "U1ADA"
    wanted = accounts.read_account_form(form)
    assert (wanted.kind, wanted.person, wanted.typed) == (TrackerKind.JIRA, "U1ADA", "ada")
    form["state"]["values"]["account"]["value"]["value"] = " "
    with pytest.raises(RuleBroken, match="Write their login"):
        accounts.read_account_form(form)


def test_an_account_is_read_with_whose_it_is() -> None:
    form = accounts.account_form(replace(SOMEBODY, typed="ada"))
    said(form)
    wanted = accounts.read_account_form(submitted(form, {"account": " ada@example.com "}))
    assert wanted == accounts.AccountWanted(
        kind=TrackerKind.JIRA, person="U1ADA", typed="ada@example.com", seen="ada"
    )
    assert "no account “ada@example.com”" in accounts.unknown_text(wanted)
    assert "Jira is away." in accounts.not_looked_text(wanted, "Jira is away.")
    assert people.account_in("jira:U1ADA") == ("jira", "U1ADA")
