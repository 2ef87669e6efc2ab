"""A local Slack-like workspace for demos, development and tests."""

from sandbox.clock import Clock
from sandbox.hands.modal import Answer, Modal
from sandbox.hands.person import Person
from sandbox.keeping.file import ShelfRefused
from sandbox.keeping.shelf import Shelf, holds_workspace
from sandbox.refusals import DidNotAnswer
from sandbox.seed import bare, company
from sandbox.server import Sandbox
from sandbox.workspace import Workspace

__all__ = [
    "Answer",
    "Clock",
    "DidNotAnswer",
    "Modal",
    "Person",
    "Sandbox",
    "Shelf",
    "ShelfRefused",
    "Workspace",
    "bare",
    "company",
    "holds_workspace",
]
