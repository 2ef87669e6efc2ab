"""The many names that people give to the parts of a postmortem, as data."""

import re
from enum import StrEnum


class Part(StrEnum):
    """What a heading announces, by what becomes of the words below it."""

    TIMELINE = "timeline"
    FACTORS = "factors"
    SLOWED_DETECTION = "slowed detection"
    SLOWED_RESOLUTION = "slowed resolution"
    ROOT_CAUSE = "root cause"
    TRIGGER = "trigger"
    WHYS = "whys"
    ACTION_ITEMS = "action items"
    WENT_WELL = "went well"
    WENT_WRONG = "went wrong"
    LESSONS = "lessons"
    LUCK = "luck"
    IMPACT = "impact"
    FACTS = "facts"
    OTHER = "other"


#: Longer headings that hold one of these words tell a story of their own.
WORDS_MAX = 7

#: A heading is this part when it is one of these, and nothing else.
_EXACTLY = {
    Part.TIMELINE: "events|event log|incident log|log|history|what happened when",
    Part.FACTORS: "contributors|factors|causal factors|underlying causes",
    Part.ROOT_CAUSE: "cause|causes|rca|why it happened|why did it happen|fault",
    Part.TRIGGER: "trigger|triggers|triggering event",
    Part.WHYS: "why",
    Part.ACTION_ITEMS: "actions|action|tasks|todo|to do|tickets|remediation|remediations|"
    "prevention|recommendations|improvements|preventive measures|preventative measures|mitigations|"
    "future work|what we will do|what will we do|what are we doing about it|what s next|what next|"
    "what we re doing about it|what we are doing about it|what we re doing|what we are doing|"
    "what we re changing|what we are changing|what will change|preventing recurrence|"
    "how we will prevent this|how will we prevent this|how we prevent this",
    Part.LESSONS: "learning|learnings|takeaways|key takeaways|reflections|retrospective",
    Part.IMPACT: "impact|customer impact|user impact|business impact|scope of impact|"
    "impact assessment|impact analysis|blast radius|effect|effects|who was affected",
    Part.FACTS: "stats|statistics|metrics|key metrics|incident metrics|metadata|meta|details|"
    "incident details|key facts|facts|information|incident information|general information|"
    "at a glance|overview|incident overview|incident data|measures|numbers|key information|"
    "key details|key data|timestamps|key timestamps|key times|summary|incident summary|"
    "executive summary|post incident summary|description|incident description",
    Part.OTHER: "introduction|background|context|leadup|lead up|"
    "detection|response|resolution|recovery|mitigation|resolution and recovery|"
    "attendees|participants|responders|people|authors|references|links|appendix|glossary|notes|"
    "what happened|actions taken|steps taken|supporting information|communication",
}

#: A short heading is this part when one of these is in it; the first that fits.
_WITHIN = {
    Part.WENT_WELL: "went well|(?<!not )(?<!n t )go well|went right|worked well|what worked",
    Part.WENT_WRONG: "went wrong|go wrong|went poorly|went badly|didn t go well|not go well|"
    "didn t go so well|didn t go as well|not go so well|not go as well|went not so well|"
    "went less well|not so well|was difficult|gone better|go better|didn t work|did not work|"
    "be improved",
    Part.LUCK: "lucky|luck",
    Part.WHYS: "whys",
    Part.SLOWED_DETECTION: "slowed detection",
    Part.SLOWED_RESOLUTION: "slowed resolution|slowed recovery",
    Part.OTHER: "actions taken|steps taken|taken actions",
    Part.ACTION_ITEMS: "action item|action items|follow up|follow ups|followup|followups|"
    "corrective action|corrective actions|corrective measures|corrective and preventive|"
    "preventive action|preventive actions|preventative action|preventative actions|next steps|"
    "action plan|remediation items|remediation actions|remediation plan|remedial actions|"
    "improvement actions|action points|agreed actions",
    Part.FACTORS: "contributing factor|contributing factors|contributing causes|"
    "contributing cause|contributing conditions|made it possible",
    Part.ROOT_CAUSE: "root cause|root causes",
    Part.TIMELINE: "timeline|time line|chronology|sequence of events",
    Part.LESSONS: "lesson|lessons|lessons learned|lessons learnt|we learned|we learnt|we learn",
}

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|:[a-z0-9_+-]+:")
_NUMBERING = re.compile(r"^\s*(?:[0-9]+[.)]\s*)+(?:[0-9]+\s)?")
_NAMES = {
    name: part for part, names in (*_WITHIN.items(), *_EXACTLY.items()) for name in names.split("|")
}
_FOUND_WITHIN = [
    (part, re.compile(rf"(?<!\w)(?:{names})(?!\w)")) for part, names in _WITHIN.items()
]


def bare(words: str) -> str:
    """The words of a heading or a label alone: no case, numbering, marks or asides."""
    said = _ASIDE.sub(" ", _NUMBERING.sub("", words.lower())).replace("&", " and ")
    return " ".join(re.findall(r"[^\W_]+", said))


def part_of(title: str) -> Part | None:
    """What a heading announces; None for one that is of nobody's template."""
    words = bare(title)
    if words in _NAMES:
        return _NAMES[words]
    if len(words.split()) > WORDS_MAX:
        return None
    return next((part for part, names in _FOUND_WITHIN if names.search(words)), None)
