"""What the words of a message are a sign of: a milestone, an alert, a deploy. English first.

A sign is only a first guess, shown to a person who decides; so a sentence that asks, hopes or
denies is a sign of nothing.
"""

import re
from collections.abc import Iterator

from domain.timeline import Milestone, Source

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_CLAUSE = re.compile(r"[,;:()]\s*|\s[-\u2013\u2014]\s|\bbut\b", re.IGNORECASE)
_HEDGE = re.compile(
    r"\b(?:not|never|no|nothing|nobody|none|\w+n['\u2019]t|cannot|yet|still|if|when|until|till|once|"
    r"unless|should|would|could|may|might|will|going to|about to|hope\w*|waiting|expect\w*|need|"
    r"needs|let['\u2019]?s|maybe|perhaps|probably|possibly|think|try|trying|plan\w*|eta|after|"
    r"before|please|can you|want\w*|almost|nearly)\b",
    re.IGNORECASE,
)


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


#: The first that is found counts: what comes later in an incident says more.
_MILESTONES = (
    (
        Milestone.ALL_CLEAR,
        _words(
            r"all[ -]clear",
            r"stand(?:ing)? down",
            r"incident (?:is )?(?:now )?(?:over|closed)",
            r"clos(?:ed|ing) (?:the|this) incident",
        ),
    ),
    (
        Milestone.RECOVERED,
        _words(
            r"recovered",
            r"resolved",
            r"mitigated",
            r"back to normal",
            r"back (?:under|below|up|online)",
            r"(?:service|traffic|everything) (?:is |was )?(?:fully )?restored",
            r"(?:is|are|looks?) (?:all )?(?:healthy|green|good) again",
        ),
    ),
    (
        Milestone.FIX_DEPLOYED,
        _words(
            r"rolled (?:it )?back",
            r"roll[ -]?back (?:is |was )?(?:complete[d]?|done|finished|live|out)",
            r"reverted",
            r"(?:hot)?fix (?:is |was )?(?:now )?(?:deployed|live|out|shipped|merged and live)",
            r"(?:deployed|shipped|released|rolled out|pushed) (?:the |a |our )?(?:hot)?fix",
        ),
    ),
    (
        Milestone.CAUSE_IDENTIFIED,
        _words(
            r"found (?:it|the (?:root )?cause|the (?:problem|culprit|bug|issue))",
            r"(?:root )?cause (?:is|was|found|identified)",
            r"identified (?:the )?(?:root )?(?:cause|problem|culprit|issue)",
            r"culprit (?:is|was)",
            r"(?:was|is|were) caused by",
            r"turns out",
        ),
    ),
    (
        Milestone.DETECTED,
        _words(
            r"paging \w+",
            r"(?:got|was|were|been) paged",
            r"(?:alerts?|alarms?|monitors?) (?:is |are |has |have )?(?:fired|firing|triggered)",
            r"first alert",
            r"(?:customers?|users?|support) (?:is |are )?(?:report\w*|complain\w*|see(?:s|ing)?)",
            r"reports? (?:of|that|from)",
            r"(?:noticed|seeing|we see) (?:a |an |lots of |many |elevated |high )*"
            r"(?:errors?|latency|timeouts?|5\d\ds?|failures?|spike|problems?)",
        ),
    ),
    (
        Milestone.ACKNOWLEDGED,
        re.compile(
            r"\b(?:ack(?:ed|nowledged)?|i am on it|i['\u2019]m on it|investigating|taking this|"
            r"i(?:['\u2019]ll| will) take (?:it|this)|looking into)\b|"
            r"^\W*(?:looking|on it|having a look)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Milestone.STARTED,
        _words(
            r"(?:incident|outage|impact|failover|problems?|errors?|latency|timeouts?) "
            r"(?:has |have )?(?:started|began|begun)",
            r"start of (?:the )?(?:incident|impact|outage)",
        ),
    ),
)
#: Worth an entry, and no milestone: it has begun, and nobody says yet that it is done.
_UNDER_WAY = _words(
    r"rolling (?:it |this |that )?back",
    r"stopping",
    r"restarting",
    r"(?:falls|falling)",
    r"(?:is|are) down to",
    r"recovering",
)
_RESOLVED = _words(r"resolved", r"recovered", r"recovery", r"back to normal", r"cleared")
_GREEN = re.compile(r"^\W*ok\b", re.IGNORECASE)
_ALERT = _words(
    r"alert(?:s|ing|ed)?",
    r"alarms?",
    r"firing",
    r"triggered",
    r"crit(?:ical)?",
    r"threshold",
    r"above",
    r"below",
    r"exceed(?:s|ed|ing)?",
    r"paged",
    r"burn(?:ing)?",
)
_DEPLOY = _words(
    r"(?:re)?deploy\w*",
    r"releas(?:e|ed|ing)",
    r"roll(?:ed|ing)?[ -]?(?:out|back)",
    r"shipped",
    r"promoted",
    r"canary",
    r"hot[ -]?fix\w*",
    r"revert(?:ed|ing|s)?",
    r"feature flags?",
    r"merged",
    r"migrations?",
)
_TROUBLE = _words(
    r"down",
    r"un(?:healthy|available|reachable)",
    r"degraded",
    r"outage",
    r"incident",
    r"errors?",
    r"latency",
    r"fail(?:s|ed|ing|ure|ures)?",
    r"time[ds]? ?outs?",
    r"warning",
    r"sev ?[0-5]",
    r"p[0-5]",
)


def milestone_in(text: str) -> Milestone | None:
    """The milestone that somebody's words say has been reached."""
    clauses = [*_clauses(text)]
    for milestone, pattern in _MILESTONES:
        if any(pattern.search(clause) for clause in clauses):
            return milestone
    return None


def tells(text: str) -> bool:
    """Whether somebody's words tell how it goes: what is being done, or what gets better."""
    return any(_UNDER_WAY.search(clause) for clause in _clauses(text))


#: Known from an app's own message.
APPS = frozenset({Source.ALERT, Source.DEPLOY, Source.APP})


def milestone_told(text: str, source: Source) -> Milestone | None:
    """The milestone that these words say was reached, be they a person's or an app's."""
    return _milestone_of_app(text, source) if source in APPS else milestone_in(text)


def _milestone_of_app(text: str, source: Source) -> Milestone | None:
    if source is Source.ALERT:
        return Milestone.RECOVERED if is_over(text) else Milestone.DETECTED
    return Milestone.FIX_DEPLOYED if milestone_in(text) is Milestone.FIX_DEPLOYED else None


def kind_of_app_message(text: str) -> Source:
    """Whether an app's words tell of an alert (or its end), of a deploy, or of neither."""
    if _ALERT.search(text) or is_over(text):
        return Source.ALERT
    if _DEPLOY.search(text):
        return Source.DEPLOY
    return Source.ALERT if _TROUBLE.search(text) else Source.APP


def is_over(text: str) -> bool:
    """Whether an app's words say that what it warned of is over."""
    return bool(_GREEN.search(text)) or any(_RESOLVED.search(each) for each in _clauses(text))


def _clauses(text: str) -> Iterator[str]:
    """The parts of a text that state something."""
    for sentence in _SENTENCE.split(text):
        if not sentence.rstrip().endswith("?"):
            for clause in _CLAUSE.split(sentence):
                if not _HEDGE.search(clause):
                    yield clause
