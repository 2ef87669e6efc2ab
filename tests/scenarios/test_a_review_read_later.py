"""A closed monthly review as somebody reads it who was not there (rules 15, 18)."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from blocks.review_buttons import REVIEW_MARKDOWN
from handlers.left_untagged import REVIEW_UNTAGGED
from handlers.review_summaries import REVIEW_SUMMARY
from handlers.reviews import REVIEW
from sandbox.messages import Message
from tests.scenarios import monthly, whole
from tests.scenarios.deciding import the_item
from tests.scenarios.fourteen import OWNERS, Month, laid
from tests.scenarios.monthly import REVIEWS
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import staged
from tests.scenarios.whole import PROJECT

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: What everybody reads of what was decided, in the order in which it was walked.
TOLD = f"""\
:hammer_and_wrench: *PM-4/3* Say how old the index is · \
Ana Duarte says it is implemented: The page says it in its footer
:scales: *PM-2/1* Renew certificates by machine · \
Bob Okonjo accepted the risk instead: “A certificate runs out”, until 30 May 2027, \
Ana Duarte answers for it: \
Two calendars tell us
:rocket: *PM-2/2* Take the queue off one Redis · \
Priya Raman promoted it to a planned project that Lena Vogt owns: Queues 2027 · <{PROJECT}|link>
:calendar: *PM-1/1* Retry what the gateway drops · \
Bob Okonjo moved it to 15 Jan 2027: The vendor is late
:calendar: *PM-4/1* Check the index each hour · \
Lena Vogt, who leads the programme, moved it to 15 Jan 2027: On leave until January
:no_entry_sign: *PM-1/2* Alert before the pool is full · \
Mei Tanaka cancelled it: There is no pool any more
:calendar: *PM-3/1* private item · Ana Duarte moved it to 15 Jan 2027
:no_entry_sign: *PM-4/2* Drill the restore · \
Lena Vogt, who leads the programme, cancelled it: The new index restores itself
:pencil2: *PM-5/2* “Drill the failover each month” → “Drill the failover each quarter” · \
Mei Tanaka re-scoped it: Monthly is too much"""
UNDECIDED = ("PM-1/3", "PM-5/1", "PM-5/3", "PM-6/1")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def month(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Month]:
    """The whole review, closed; every test here only reads, so it is held once."""
    database = tmp_path_factory.mktemp("whole") / "closedloop.sqlite3"
    shutil.copyfile(sqlite_template, database)
    async with staged(database) as slack:
        made = await laid(slack)
        await whole.closed(made)
        yield made
        await slack.settled()
        slack.check()


def thread(month: Month) -> list[Message]:
    """What Diego reads in the review's thread of what was walked; he was not there."""
    (parent,), (asked,) = (month.slack.posted(each, REVIEWS) for each in (REVIEW, REVIEW_UNTAGGED))
    seen = month.slack.person("diego").messages(REVIEWS)
    others = (parent.ts, asked.ts)
    return [each for each in seen if each.thread_ts == parent.ts and each.ts not in others]


async def test_every_decision_is_one_line_with_who_what_and_why(month: Month) -> None:
    early, *walked = thread(month)
    lines = [early.blocks[1]["text"]["text"]]
    decided = [each for each in walked if len(each.blocks) == 1]
    lines += [each.blocks[0]["text"]["text"] for each in decided]
    assert lines == TOLD.splitlines()
    left = [each.words() for each in walked if len(each.blocks) > 1]
    assert [f"*{key}*" in words for key, words in zip(UNDECIDED, left, strict=True)] == [True] * 4


async def test_every_owner_was_called_by_one_message_of_the_thread(month: Month) -> None:
    posts = month.slack.sandbox.calls_of("chat.postMessage")
    said = [str(call.args["blocks"]) for call in posts if call.args.get("thread_ts")]
    calling = {who: [each for each in said if f"<@{month.id_of(who)}>" in each] for who in OWNERS}
    assert {who: len(some) for who, some in calling.items()} == dict.fromkeys(OWNERS, 1)


async def test_of_the_private_item_nobody_reads_a_word(month: Month) -> None:
    channel = month.slack.sandbox.workspace.channel(REVIEWS).id
    posts = [call.args for call in month.slack.sandbox.calls if call.args.get("channel") == channel]
    assert "PM-3/1" in str(posts)
    for words in ("signing key", "thief"):
        assert words not in str(posts)


async def test_the_summary_says_what_was_decided_and_what_is_left(month: Month) -> None:
    (summary,) = month.slack.posted(REVIEW_SUMMARY, REVIEWS)
    said = summary.words()
    assert summary.text == "Monthly review of 1 Dec 2026 is closed: 10 of 14 decided, 8 still open."
    assert "3 moved · 1 re-scoped · 2 cancelled" in said
    assert "Expired now: PM-1/3; it can" in said
    assert "Not here: Tomás Reis." in said
    assert "*PM-2/3* Page on the age of the queue · implemented" in said
    assert "We promise more than we can keep." in said
    assert "<@" not in said


async def test_whatever_is_open_still_was_seen_once_more(month: Month) -> None:
    seen = {key: (await the_item(month.slack, which)) for key, which in month.ids.items()}
    assert {key for key, item in seen.items() if item.is_open and item.reviews_seen == 1} == {
        *("PM-1/1", "PM-3/1", "PM-4/1", "PM-5/1", "PM-5/2", "PM-5/3", "PM-6/1")
    }
    assert [key for key, item in seen.items() if item.has_expired and item.is_open] == ["PM-1/3"]
    assert seen["PM-2/3"].reviews_seen == 0
    assert (await monthly.the_review(month.slack)).closed_by == month.id_of("jun")


async def test_the_canvas_and_the_file_tell_the_same(month: Month) -> None:
    workspace = month.slack.sandbox.workspace
    (canvas,) = workspace.canvases.values()
    await month.presses("diego", REVIEW_MARKDOWN)
    (sent,) = [each for one in month.slack.person("diego").messages(DM) for each in one.files]
    content = workspace.files[sent].content
    file = content if isinstance(content, str) else content.decode()
    for said in (canvas.markdown, file):
        assert "**PM-1/2** Alert before the pool is full: cancelled by Mei Tanaka" in said
        assert "- **Still open:** 8" in said
        assert all(f"**{key}**" in said for key in month.ids)
