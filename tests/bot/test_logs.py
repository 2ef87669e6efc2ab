import subprocess
import sys

import pytest

TOKEN = "xoxb-not-for-anybody"
#: In a process of its own, since logging is set up for all of one.
CALL = """
import logging, sys
from bot.logs import set_up

def call(token):
    headers = {"Authorization": "Bearer " + token}
    raise ValueError("no answer")

set_up("INFO", sys.argv[1])
try:
    call(sys.argv[2])
except ValueError:
    logging.getLogger("slack_sdk").exception("call_failed")
"""


@pytest.mark.parametrize("form", ["console", "json"])
def test_an_error_is_logged_without_the_values_around_it(form: str) -> None:
    words = [sys.executable, "-c", CALL, form, TOKEN]
    said = subprocess.run(words, capture_output=True, check=True, text=True).stderr  # noqa: S603 - our own words

    assert "call_failed" in said
    assert "ValueError: no answer" in said
    assert TOKEN not in said
