"""A local Slack-like workspace for demos, development and tests."""

from sandbox.clock import Clock
from sandbox.modal import Answer, Modal
from sandbox.person import Person
from sandbox.refusals import DidNotAnswer
from sandbox.seed import bare, company
from sandbox.server import Sandbox
from sandbox.shelf import Shelf, holds_workspace
from sandbox.shelf_file import ShelfRefused
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
