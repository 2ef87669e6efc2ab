"""What a template leaves to be filled in, and nobody did."""

import re

_UNTOUCHED = re.compile(
    r"""[\s\W_]*                                  # a lone dash, an ellipsis, an empty bullet
    |<[a-z][^<>:/@]{0,80}>|\{\{?[^{}]{0,80}\}\}?   # <fill in>, {{ what }}
    |\[[^\[\]0-9]{1,40}\s[^\[\]0-9]{1,40}\]         # [what happened], but not [OPS-1]
    |[\W_]*(?:to[\s-]?do|tbd|tba|tbc|fill(?:\s+this)?\s+in|xxx+|placeholder
      |lorem\ ipsum.{0,80})[\W_]*
    |(?:[hxy?-]{1,2}:[mx?-]{2}|yyyy-mm-dd|dd[/.]mm[/.]yyyy)(?:\s+[hx?-]{1,2}:[mx?-]{2})?
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_placeholder(text: str) -> bool:
    """Whether a text is nothing but what a template says where something should be."""
    return len(text) <= len("lorem ipsum") + 100 and _UNTOUCHED.fullmatch(text.strip()) is not None
