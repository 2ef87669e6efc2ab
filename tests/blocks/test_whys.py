"""The whys on the card and in the agenda: where they began and where they ended."""

from dataclasses import replace

import pytest

from blocks.cards import PostmortemView, card
from blocks.limits import check_message
from domain.passages import Passage
from domain.postmortems import Severity
from domain.whys import WHY_MAX
from tests.blocks.samples import marked_up, titled, whole
from tests.blocks.test_agenda import said as agenda


def asked(*whys: str, cause: str = "", severity: Severity = Severity.P1) -> PostmortemView:
    """A postmortem with these whys."""
    postmortem = replace(titled(severity=severity), root_cause=cause)
    passages = {Passage.WHYS: "\n".join(whys)}
    return replace(whole(), postmortem=postmortem, passages=passages)


def section_of(view: PostmortemView) -> list[str]:
    """The lines of the section of the root cause on the card."""
    texts = marked_up(check_message(card(view))["blocks"])
    (found,) = [text for text in texts if text.startswith(("*Root cause*", "*What happened*"))]
    return found.splitlines()


@pytest.mark.parametrize(
    ("whys", "line"),
    [
        (("Slow",), "_Whys:_ Slow"),
        (("Slow", "Full"), "_Whys:_ Slow → Full"),
        (("Slow", "Full", "No limit"), "_Whys:_ Slow → … → No limit"),
        (("Slow", "Full", "Slow"), "_Whys:_ Slow → … → Slow"),
        (("<!here> & so",), "_Whys:_ &lt;!here&gt; &amp; so"),
    ],
)
def test_a_card_shows_where_the_whys_began_and_ended(whys: tuple[str, ...], line: str) -> None:
    assert section_of(asked(*whys, cause="No limit")) == ["*Root cause*", ">No limit", line]


def test_whys_of_any_length_take_three_lines_at_most() -> None:
    line = section_of(asked(*["a" * WHY_MAX] * 5, cause="c"))[-1]

    assert len(line) < 320


@pytest.mark.parametrize(
    ("whys", "severity", "said"),
    [
        (0, Severity.P1, "_Nothing yet. A short paragraph will do._"),
        (1, Severity.P1, "_1 of 5 whys written, the paragraph is still missing._"),
        (3, Severity.P1, "_3 of 5 whys written, the paragraph is still missing._"),
        (7, Severity.P1, "_7 whys written, the paragraph is still missing._"),
        (1, Severity.P2, "_1 why written, the paragraph is still missing._"),
        (2, Severity.P3, "_2 whys written, the paragraph is still missing._"),
    ],
)
def test_whys_without_a_paragraph_are_not_nothing(whys: int, severity: Severity, said: str) -> None:
    view = asked(*[f"why {n}" for n in range(whys)], severity=severity)

    assert section_of(view)[1] == said


@pytest.mark.parametrize(("whys", "verb"), [((), "Add"), (("Slow",), "Edit")])
def test_what_is_written_is_edited_and_not_added(whys: tuple[str, ...], verb: str) -> None:
    buttons = [each.get("accessory", {}) for each in card(asked(*whys))["blocks"]]
    (found,) = [each for each in buttons if each.get("action_id") == "open_root_cause"]

    assert found["text"]["text"] == verb


def test_an_agenda_says_how_far_the_whys_went() -> None:
    line = "     _Last why:_ No &lt;limit&gt;"

    assert f">A cause\n{line}" in agenda(asked("Slow", "No <limit>", cause="A cause"))
    assert f"•  Root cause: _not yet_\n{line}" in agenda(asked("Slow", "No <limit>"))
    assert "Last why" not in agenda(asked(cause="A cause"))
