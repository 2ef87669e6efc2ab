"""A modal on somebody's screen: read it, fill it, send it off, close it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.checks import check_view
from sandbox.hands.filling import fill, find_input
from sandbox.hands.form_rules import unsent_errors, why_not_sent
from sandbox.inputs import every_block
from sandbox.modals import OpenView
from sandbox.refusals import Json, Refused
from sandbox.seeing import visible_text

if TYPE_CHECKING:
    from sandbox.hands.screen import Screen


@dataclass(frozen=True)
class Answer:
    """What became of a submission; not `sent` when the client itself held it back."""

    closed: bool
    errors: dict[str, str] = field(default_factory=dict)
    view: Json | None = None
    sent: bool = True


class Modal:
    """The view object with hands to use it."""

    def __init__(self, person: "Screen", opened: OpenView) -> None:
        self._person = person
        self.opened = opened

    @property
    def view(self) -> Json:
        """The view object as it stands now."""
        workspace = self._person.workspace
        return self.opened.to_api(workspace.app, workspace.team_id)

    @property
    def title(self) -> str:
        """What stands above it."""
        return str(self.opened.content["title"]["text"])

    @property
    def errors(self) -> dict[str, str]:
        """Block id -> the sentence shown under it."""
        return dict(self.opened.errors)

    @property
    def values(self) -> Json:
        """`state.values` as it would be sent now."""
        return self.opened.values

    @property
    def is_open(self) -> bool:
        """Whether it is still on the screen."""
        return self.opened in self._person.workspace.views.of(self._person.id)

    def text(self) -> str:
        """All visible words, title and buttons included."""
        content = self.opened.content
        frame = [content.get(key) for key in ("title", "submit", "close")]
        return visible_text([*frame, self.opened.blocks])

    def fill(self, **values: Any) -> "Modal":
        """Type or choose, by block id (or its part before a '.')."""
        for name, value in values.items():
            fill(self._person.workspace, self.opened, name, value)
        self._person.workspace.changes.happened()
        return self

    def force(self, block_id: str, value: Json) -> "Modal":
        """Put a forged value into an input, whatever Slack's client would allow."""
        block, element = find_input(self.opened, block_id)
        self.opened.values[block["block_id"]][element["action_id"]] = value
        return self

    async def choose(self, block_id: str, value: Any) -> None:
        """Choose, or type and press Enter, where the app is told at once.

        That is an input with `dispatch_action`, or an element outside of inputs.
        """
        block, _ = find_input(self.opened, block_id)
        if block["type"] == "input" and not block.get("dispatch_action"):
            raise ValueError(f"The app hears of {block_id} only when the form is sent: fill it.")
        block, element, kept = fill(self._person.workspace, self.opened, block_id, value)
        act = {key: one for key, one in kept.items() if key != "type"}
        await self._person.act_in(self.opened, block, element, act)

    async def submit(self) -> Answer:
        """Send it off as it stands, and do what the app answers."""
        refusal = why_not_sent(self.opened)
        if refusal:
            raise ValueError(refusal)
        held_back = unsent_errors(self.opened)
        if held_back:
            self.opened.errors = held_back
            self._person.workspace.changes.happened()
            return Answer(closed=False, errors=held_back, view=self.view, sent=False)
        return await self.send()

    async def send(self) -> Answer:
        """Send it off without asking the client's checks, as a forged request would be."""
        view = self.opened
        payload = self._person.interactions.submitted(self._person.account, view)
        view.busy, view.errors = True, {}
        self._person.workspace.changes.happened()
        try:
            answer = await self._person.ask("interactive", payload, f'"{self.title}"')
        finally:
            view.busy = False
            self._person.workspace.changes.happened()
        return self._obey(answer or {})

    def _obey(self, answer: Json) -> Answer:
        """Close, show errors, update, push or clear, as the acknowledgement says."""
        action = answer.get("response_action")
        if not answer:
            self._person.workspace.views.close(self.opened)
        elif action == "errors":
            self._show_errors(answer.get("errors") or {})
        elif action == "clear":
            self._person.workspace.views.of(self._person.id).clear()
        elif action in ("update", "push"):
            self._show_view(str(action), answer.get("view"))
        else:
            self._complain(f"a submission was answered with {answer}")
        self._person.workspace.changes.happened()
        view = self.view if self.is_open else None
        return Answer(closed=not self.is_open, errors=self.errors, view=view)

    def _show_errors(self, errors: dict[str, str]) -> None:
        inputs = {
            one["block_id"] for one in every_block(self.opened.blocks) if one["type"] == "input"
        }
        for block_id in errors.keys() - inputs:
            self._complain(f"an error names {block_id}, which is no input of this view")
        for block_id, sentence in errors.items():
            if block_id in inputs:
                self.opened.errors[block_id] = sentence

    def _show_view(self, action: str, view: object) -> None:
        views = self._person.workspace.views
        try:
            checked = check_view(view)
            if action == "push":
                views.push(self._person.id, checked)
            elif self.is_open:
                self.opened.show(checked, views.new_hash())
        except Refused as refused:
            self._complain(f"response_action {action} was refused: {refused.to_api()}")

    def _complain(self, sentence: str) -> None:
        """Slack tells the person that something went wrong, and the app nothing."""
        workspace = self._person.workspace
        workspace.complaints.append(sentence)
        workspace.notice(self._person.id, "We had some trouble connecting. Try again?")

    async def close(self, *, everything: bool = False) -> None:
        """Close it with its close button, or `everything` of its stack with the cross above.

        The app hears of each view that asks for it (docs.slack.dev, "Modal views": a view with
        `clear_on_close` takes all views with it).
        """
        self._person.present()
        views = self._person.workspace.views
        cleared = everything or bool(self.opened.content.get("clear_on_close"))
        lowest = views.of(self._person.id)[0] if cleared and self.is_open else self.opened
        gone = views.close(lowest)
        self._person.workspace.changes.happened()
        for view in reversed(gone):
            if view.content.get("notify_on_close"):
                payload = self._person.interactions.closed(
                    self._person.account, view, cleared=cleared
                )
                await self._person.ask("interactive", payload, "Closing")
