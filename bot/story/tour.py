"""The guided tour of the page: what a visitor does first, in the order in which it makes sense.

It leads along the programme: incident, postmortem, items, what became of them, monthly review. A
step is here once its feature is.
"""

from dataclasses import replace

from sandbox.tour import Step
from sandbox.workspace import Workspace

#: Where the app writes to the one person alone.
DM = "@closed_loop"
#: Stands where a text links to the tracker.
TRACKER = "{tracker}"
_ANA = {"person": "ana", "channel": "inc-checkout-latency"}

TOUR = (
    Step(
        title="An incident has just ended",
        text=(
            "You are Ana, the incident commander. Checkout was slow for half an hour, and all that "
            "is known about it was said in this channel. Nobody has written anything down yet."
        ),
        **_ANA,
    ),
    Step(
        title="Write the postmortem where it happened",
        text=(
            "Send `/postmortem`. One form opens, filled in from the channel: title, service, "
            "severity, times, who responded. Say what it did to people and press *Start*: the card "
            "that appears says what is still missing, and every section has its button."
        ),
        type="/postmortem",
        **_ANA,
    ),
    Step(
        title="A timeline that nobody types",
        text=(
            "Press *Find it in the channel* on the card. Alerts and deployments, what was pinned "
            "or marked with a stopwatch, and words like “found it” are ticked already. Press "
            "*Add to timeline*: milestones and links to the messages come along."
        ),
        **_ANA,
    ),
    Step(
        title="Why, five times, and a causal class",
        text=(
            "Press *Add* beside *Root cause*. A why that stops at a person is asked about once "
            "more, and the class is chosen already, from words of the timeline. Press *Save*, and "
            "the card names the earlier incidents of that class and what is still open of them."
        ),
        **_ANA,
    ),
    Step(
        title="Three action items, one owner each",
        text=(
            "*Add* beside *Contributing factors* comes first: an item answers one of them. Then "
            "press *Add an action item*. Say what will be different and how a stranger could check "
            "it, and choose one person. No owner? Then accept the risk instead, with a date. A "
            "fourth item has no button. Open a second tab as Bob to see him see it at once."
        ),
        **_ANA,
    ),
    Step(
        title="It is where the team's work is",
        text=(
            "Within seconds your item has a ticket in the next sprint of {tracker}: the card links "
            "to it. Open it, choose its owner under *You are* there, and close it. The item stays "
            "open. Turn the clock to the next thing due: its owner is asked by direct message, in "
            "their working hours, what was done. *Reopen the ticket* takes that back."
        ),
        **_ANA,
    ),
    Step(
        title="Agreed in writing, before anybody meets",
        text=(
            "Press *Agree* below the timeline, then *Ask for agreement*: the others are asked by "
            "direct message. Whoever changes the timeline now takes the agreements back, and "
            "whoever agreed is told what changed within ten minutes: turn the clock. *Call the "
            "review* proposes a chair who was not in it."
        ),
        **_ANA,
    ),
    Step(
        title="A peer in the chair",
        text=(
            "Another incident, PM-30, is ready for its review. Now you are Freya. You were not in "
            "it, so you chair the review, and the three who were have agreed. Press *Start "
            "the review*: the agenda begins with what is still open of earlier ones. *Close and "
            "publish* asks three questions first."
        ),
        person="freya",
        channel="inc-identity-webhook-key",
    ),
    Step(
        title="What became of the earlier ones",
        text=(
            "Fourteen months of this company are here. The first item of this card was moved "
            "twice, two monthly reviews have seen it open, and it has *expired*: no new date any "
            "more. *Open* shows what is left to decide, and its *History*. The clock turns to "
            "whoever hears of their items next."
        ),
        person="lena",
        channel="inc-identity-failover",
        turn="next",
    ),
    Step(
        title="Owners hear of it in the morning",
        text=(
            "You are Bob. One message on a working morning says all that needs you, what has "
            "expired first. PM-7/1 was verified, and then *it happened again*. PM-18/1 is "
            "implemented: press *It works* beside it and say what shows that, and the message "
            "asks no more about it."
        ),
        person="bob",
        channel=DM,
    ),
    Step(
        title="Decided where everybody sees it, and found again",
        text=(
            "What you decided stands under the card of the incident, with its reason, and the card "
            "says *verified*. When it matters again, it is found: send `/postmortem search "
            "certificate`, and every postmortem with that word anywhere is there, and how many of "
            "its items are still open."
        ),
        person="bob",
        channel="inc-checkout-tax-table",
        type="/postmortem search certificate",
    ),
    Step(
        title="What one promised, and how it goes for all",
        text=(
            "Open the *Home* tab above the messages. First comes what waits for Bob, and below it "
            "how the programme goes: in one sentence, and quarter by quarter. Every number is a "
            "button: press *untagged* to see the incident that nobody has given a class."
        ),
        person="bob",
        channel=DM,
    ),
    Step(
        title="Does it happen less often?",
        text=(
            "You are Lena, who leads the programme. Send `/postmortem report`. For a while all "
            "that happened had happened before; since then the repeat rate falls. Turn the tabs, "
            "and choose *By service* to tell them apart. *Post in this channel* shows it to "
            "everybody, and once a month it comes by itself."
        ),
        person="lena",
        channel="reliability",
        type="/postmortem report",
    ),
    Step(
        title="The monthly review begins by itself",
        text=(
            "You are Priya, whose turn it is to chair. Turn the clock to the review: three working "
            "days ahead you are told, and every owner hears what will be walked of theirs. At ten "
            "in Berlin it begins in this channel, with the first card in its thread."
        ),
        person="priya",
        channel="reliability",
        turn="review",
    ),
    Step(
        title="A peer walks every open item",
        text=(
            "Open its thread: an incident without a class is asked for, then the items come one "
            "by one. PM-2/2 has *expired*: nobody can move its date any more. Press "
            "*Promote to a project*, and the card shrinks to one line with the reason. *Next* "
            "brings the next one; *Owner absent* asks the programme lead."
        ),
        person="priya",
        channel="reliability",
    ),
    Step(
        title="Closed once what is due is decided",
        text=(
            "Press *Close the review* on its message: while something expired or overdue is "
            "undecided, it is refused and says what is left. Decide that in the thread and close. "
            "Then the channel gets a summary, a canvas and a Markdown file, and "
            "`/postmortem review quarter` looks at the whole quarter."
        ),
        person="priya",
        channel="reliability",
    ),
)


def tour(workspace: Workspace, tracker: str = "") -> list[Step]:
    """The steps as the page leads to them: a direct message is found by its id.

    `tracker` is the address of the company's.
    """
    app = workspace.app.bot_user
    called = f"<{tracker}|the company's tracker>" if tracker else "the company's tracker"
    steps = (replace(step, text=step.text.replace(TRACKER, called)) for step in TOUR)
    return [
        replace(step, channel=workspace.dm(workspace.person(step.person).id, app).id)
        if step.channel == DM
        else step
        for step in steps
    ]
