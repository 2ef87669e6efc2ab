"""Who is who in a tracker: what is known of owners, and what somebody chooses by hand."""

from blocks.tracker_people import ADD_ACCOUNT, BACK_TO_TRACKERS, CHOOSE_ACCOUNT
from blocks.trackers import TRACKER_PEOPLE
from domain.tickets import Account, TrackerKind
from sandbox import Modal
from sandbox.hands.modal import Answer
from storage import ticket_people, tickets, tracker_accounts
from storage.tracker_accounts import Known
from tests.scenarios.deciding import promised
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import NOW, Stage
from tests.scenarios.test_settings import saved
from tests.scenarios.tracked import people, placed, pressed, window

JIRA = TrackerKind.JIRA


async def known(slack: Stage, name: str = "bob") -> Known | None:
    """Give what is known of somebody's account."""
    async with slack.bot.database.sessions() as session:
        return await tracker_accounts.of_person(session, TEAM, JIRA, slack.id_of(name))


async def found(slack: Stage, account: Account | None, name: str = "bob") -> None:
    """Let somebody's account be known by their address, or that there is none."""
    async with slack.bot.database.sessions.begin() as session:
        await tracker_accounts.found(session, TEAM, JIRA, slack.id_of(name), account, NOW)


async def account_form(slack: Stage, by: str = "lena") -> Modal:
    """Give the form of Bob's account in Jira that somebody opened."""
    await people(slack, by)
    return await pressed(slack, CHOOSE_ACCOUNT, by, value=f"jira:{slack.id_of('bob')}")


async def chosen(slack: Stage, account: str) -> str:
    """Let Lena choose Bob's account; give the window's words then."""
    assert (await (await account_form(slack)).fill(account=account).submit()).closed
    await slack.settled()
    return (await slack.person("lena").modal("People in trackers")).text()


async def test_the_owners_of_open_items_are_listed_with_what_is_known(slack: Stage) -> None:
    await placed(slack)
    assert "Nobody owns an open item" in (await people(slack)).text()
    await promised(slack)
    assert "> · Jira · not looked for yet" in (await people(slack)).text()
    await found(slack, None)
    assert "I find none by their e-mail address" in (await people(slack)).text()
    await found(slack, Account(id="712020:b", name="Bobby"))
    assert "Bobby · found by their e-mail address" in (await people(slack)).text()
    assert (await pressed(slack, BACK_TO_TRACKERS)).title == "Trackers"


async def test_what_somebody_chooses_stands_and_is_looked_for(slack: Stage) -> None:
    await placed(slack)
    await promised(slack)
    assert "“b.okonjo” is looked for" in await chosen(slack, " b.okonjo ")
    told = slack.person("lena").messages(DM)[-1].text
    assert "I have kept “b.okonjo”" in told
    assert "Jira is not set up" in told
    kept = await known(slack)
    assert kept is not None
    assert (kept.typed, kept.chosen_by) == ("b.okonjo", slack.id_of("lena"))


async def test_what_is_not_found_does_not_replace_an_account_that_is_known(slack: Stage) -> None:
    await placed(slack)
    await promised(slack)
    await found(slack, Account(id="712020:b", name="Bobby"))
    assert "Bobby · found by their e-mail address" in await chosen(slack, "b.okonjo")
    assert "keeps Bobby in Jira" in slack.person("lena").messages(DM)[-1].text
    kept = await known(slack)
    assert kept == Known(person=slack.id_of("bob"), account="712020:b", name="Bobby", looked_at=NOW)


async def another(slack: Stage, name: str, account: str, by: str = "lena") -> Answer:
    """Let somebody choose the account of somebody who owns nothing."""
    await people(slack, by)
    form = await pressed(slack, ADD_ACCOUNT, by)
    answer = await form.fill(person=slack.id_of(name), account=account).submit()
    await slack.settled()
    return answer


async def test_the_account_of_anybody_is_chosen_and_listed(slack: Stage) -> None:
    await placed(slack)
    await promised(slack)
    assert (await another(slack, "ana", "ana.s")).closed
    words = (await slack.person("lena").modal("People in trackers")).text()
    assert "“ana.s” is looked for" in words
    kept = await known(slack, "ana")
    assert kept is not None
    assert (kept.typed, kept.chosen_by) == ("ana.s", slack.id_of("lena"))
    answer = await another(slack, "ana", "somebody")
    assert "Somebody else wrote “ana.s” already" in answer.errors["account"]


async def test_left_empty_it_is_by_their_address_again(slack: Stage) -> None:
    await placed(slack)
    await promised(slack)
    await chosen(slack, "b.okonjo")
    assert "not looked for yet" in await chosen(slack, "")
    kept = await known(slack)
    assert kept is not None
    assert (kept.typed, kept.chosen_by) == ("", "")


async def test_the_tickets_of_their_open_items_are_seen_to(slack: Stage) -> None:
    await placed(slack)
    await promised(slack)
    async with slack.bot.database.sessions() as session:
        before = await tickets.find(session, 1)
    await chosen(slack, "b.okonjo")
    async with slack.bot.database.sessions() as session:
        after = await tickets.find(session, 1)
        assert await ticket_people.owners(session, TEAM) == [slack.id_of("bob")]
    assert before is not None
    assert after is not None
    assert after.wanted > before.wanted


async def test_what_somebody_else_chose_meanwhile_is_not_written_over(slack: Stage) -> None:
    await placed(slack)
    await promised(slack)
    anas = await account_form(slack, "ana")
    await chosen(slack, "b.okonjo")
    answer = await anas.fill(account="bob").submit()
    assert "Somebody else wrote “b.okonjo”" in answer.errors["account"]
    assert (await anas.fill(account="b.okonjo").submit()).closed


async def test_only_the_lead_sees_and_chooses(slack: Stage) -> None:
    await placed(slack)
    await promised(slack)
    await window(slack, "ana")
    open_form = await account_form(slack, "ana")
    await saved(slack, lead=slack.id_of("lena"))
    answer = await open_form.fill(account="bob").submit()
    assert "Lena Vogt leads the programme" in answer.errors["account"]
    await open_form.close()
    assert (await pressed(slack, CHOOSE_ACCOUNT, "ana")).title == "People in trackers"
    assert await known(slack) is None


async def test_people_open_from_the_settings_too(slack: Stage) -> None:
    await placed(slack)
    await promised(slack)
    await slack.person("lena").command("#general", "/postmortem settings")
    await slack.person("lena").modal("Programme settings")
    await pressed(slack, "settings_trackers")
    await pressed(slack, TRACKER_PEOPLE)
    form = await pressed(slack, CHOOSE_ACCOUNT)
    assert form.title == "Account in Jira"
