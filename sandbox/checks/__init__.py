"""Slack's own checks of messages and views, so that what passes here passes there."""

from sandbox.checks.messages import check_message
from sandbox.checks.views import check_view

__all__ = ["check_message", "check_view"]
