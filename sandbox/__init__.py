"""A local Slack-like workspace for demos, development and tests."""

from sandbox.clock import Clock
from sandbox.modal import Answer, Modal
from sandbox.person import Person
from sandbox.refusals import DidNotAnswer
from sandbox.server import Sandbox
from sandbox.workspace import Workspace

__all__ = ["Answer", "Clock", "DidNotAnswer", "Modal", "Person", "Sandbox", "Workspace"]
