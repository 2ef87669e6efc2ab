"""Cards that could not be sent: told once to whoever asked, and sent as soon as they can be."""

from blocks.postmortems import OPEN_ROOT_CAUSE
from sandbox.posting import archive
from tests.scenarios.stage import CHANNEL, FACTS, Stage

DM = "@closed_loop"


async def without_the_app(slack: Stage) -> None:
    """Let Ana send the start form off when the app is not in the channel any more."""
    form = (await slack.start_form()).fill(**FACTS)
    slack.sandbox.workspace.channel(CHANNEL).members.remove(slack.id_of("closed_loop"))
    assert (await form.submit()).closed
    await slack.settled()


async def test_a_card_that_cannot_be_sent_is_told_once_to_whoever_asked(slack: Stage) -> None:
    await without_the_app(slack)
    said = await slack.told("ana", "I could not show the postmortem in", DM)
    assert "The app is not in this channel. Invite it with /invite." in said
    assert "Nothing is lost: once that is mended, I send it by myself." in said
    assert len(slack.person("ana").messages(DM)) == 1


async def test_the_next_one_who_changes_it_is_told_too(slack: Stage) -> None:
    await slack.started()
    archive(slack.sandbox.workspace, slack.sandbox.workspace.channel(CHANNEL), slack.id_of("ana"))
    for name in ("bob", "mei", "bob"):
        form = await slack.opened(name, OPEN_ROOT_CAUSE)
        assert (await form.fill(root_cause=f"The pool, says {name}.").submit()).closed
        await slack.settled()
        assert "This channel is archived. Unarchive it" in await slack.told(name, "I could not", DM)
    assert [len(slack.person(name).messages(DM)) for name in ("bob", "mei")] == [1, 1]


async def test_a_card_that_waited_is_sent_when_the_app_is_invited(slack: Stage) -> None:
    await without_the_app(slack)
    assert slack.cards() == []
    await slack.person("ana").invite(CHANNEL, "closed_loop")
    await slack.settled()
    assert "PM-1 · Checkout latency" in slack.card().words()
    assert len(slack.person("ana").messages(DM)) == 1


async def test_somebody_elses_joining_sends_nothing(slack: Stage) -> None:
    await without_the_app(slack)
    await slack.person("diego").join(CHANNEL)
    await slack.settled()
    assert len(slack.sandbox.calls_of("chat.postMessage")) == 2


async def test_a_card_that_was_deleted_is_posted_anew(slack: Stage) -> None:
    await slack.started()
    slack.sandbox.workspace.channel(CHANNEL).messages.remove(slack.card())
    ana = slack.person("ana")
    await ana.command(CHANNEL, "/postmortem")
    await ana.modal("Postmortem PM-1")
    await ana.press(action_id=OPEN_ROOT_CAUSE)
    await (await ana.modal("PM-1 · Root cause")).fill(root_cause="The pool.").submit()
    await slack.settled()
    assert ">The pool." in slack.card().words()


async def test_a_card_that_was_given_up_is_sent_to_whoever_asks_for_it_again(slack: Stage) -> None:
    await slack.started()
    await slack.run_sql("UPDATE delivery SET given_up_at = created_at, last_error = 'msg_too_long'")
    before = len(slack.sandbox.calls_of("chat.update"))
    await slack.person("bob").command(CHANNEL, "/postmortem")
    await slack.person("bob").modal("Postmortem PM-1")
    await slack.settled()
    assert len(slack.sandbox.calls_of("chat.update")) == before + 1
