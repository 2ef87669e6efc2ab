"""What somebody does with the elements of messages and views: clicks, chooses, sends, closes."""

from typing import Any

from sandbox.channels import Channel
from sandbox.checks.elements import check_element
from sandbox.checks.problems import Problems
from sandbox.hands.filling import as_kept, chosen_value, keep, type_in
from sandbox.hands.modal import Answer, Modal
from sandbox.hands.screen import Screen
from sandbox.inputs import state_values
from sandbox.messages import Message
from sandbox.modals import OpenView
from sandbox.refusals import Json
from sandbox.seeing import find_clickable

#: What an app may answer to a menu's question (docs.slack.dev, `block_suggestion`).
OPTIONS = ("options", "option_groups")
#: How an element is named: by its text, action id, block id and value, as far as said.
Wanted = tuple[str | None, str | None, str | None, Any]


class BlockHands(Screen):
    """Hands for buttons, menus and forms."""

    async def click(
        self,
        channel: str,
        text: str | None = None,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
        ts: str | None = None,
        value: Any = None,
        values: Json | None = None,
    ) -> None:
        """Click a button, or choose `value` in a menu, of the newest message that has it.

        Of several buttons alike, `value` names the one that has it.
        `values` is what she typed or chose there before.
        """
        self.present()
        wanted = (text, action_id, block_id, value)
        place, message, (block, element) = self._clickable(channel, wanted, ts)
        act = self._chosen(element, text, value)
        held = state_values(message.blocks, message.values.get(self.id, {}))
        type_in(self.workspace, held, values or {})
        keep(held, block, element, act)
        message.values[self.id] = held
        pressed = self.interactions.on_message(self.account, place, message, (block, element, act))
        await self.ask("interactive", pressed, f'"{text or action_id}"')

    async def press(
        self,
        text: str | None = None,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
        value: Any = None,
        view: str | None = None,
        values: Json | None = None,
    ) -> None:
        """Click a button inside a view: the top modal or, when none is open, the Home tab.

        Of several buttons alike, `value` names the one that has it. `view` names another view by
        its id; `values` is what was typed before.
        """
        self.present()
        opened = self._before(view)
        wanted = (text, action_id, block_id, value)
        found = find_clickable(opened.blocks, *wanted) if opened else None
        if opened is None or found is None:
            raise LookupError(f"No open view has a button that reads {text or action_id!r}.")
        type_in(self.workspace, opened.values, values or {})
        block, element = found
        act = self._chosen(element, text, value)
        keep(opened.values, block, element, act)
        await self.act_in(opened, block, element, act)

    async def submit(self, view: str, values: Json | None = None) -> Answer:
        """Send off the form of this id, with what was typed into it."""
        self.present()
        opened = self.view(view)
        type_in(self.workspace, opened.values, values or {})
        return await Modal(self, opened).submit()

    async def close(self, view: str, *, everything: bool = False) -> None:
        """Close the form of this id, or with it all forms of its stack."""
        await Modal(self, self.view(view)).close(everything=everything)

    async def suggest(
        self,
        value: str,
        *,
        action_id: str,
        block_id: str | None = None,
        view: str | None = None,
        channel: str | None = None,
        ts: str | None = None,
    ) -> Json:
        """Type into an external menu; the options (or option groups) that the app offers."""
        self.present()
        place: OpenView | tuple[Channel, Message] | None
        if channel is None:
            place = self._before(view)
            menu = find_clickable(place.blocks, None, action_id, block_id) if place else None
        else:
            wanted = (None, action_id, block_id, None)
            room, message, menu = self._clickable(channel, wanted, ts)
            place = (room, message)
        if place is None or menu is None:
            raise LookupError(f"No open view has a menu {action_id!r}.")
        asked = self.interactions.suggestion(self.account, place, menu, value)
        return self._offered(await self.ask("interactive", asked, "The menu"))

    def _offered(self, answer: Json | None) -> Json:
        """What a menu shows; what Slack would not take is a complaint, and shows nothing."""
        given = {key: answer[key] for key in OPTIONS if answer and answer.get(key)}
        if not given:
            return {"options": []}
        problems = Problems()
        menu = {"type": "static_select", **given}
        check_element(menu, "", problems, {"static_select"})
        if not problems.found:
            return given
        self.workspace.complaints.append(f"a menu's options were refused: {problems.found}")
        return {"options": []}

    def _chosen(self, element: Json, text: str | None, value: Any) -> Json:
        thumbs = element["type"] == "feedback_buttons" and value is None
        return as_kept(self.workspace, chosen_value(element, text if thumbs else value))

    def _before(self, view: str | None) -> OpenView | None:
        """The view of that id, or else the one before her eyes."""
        if view is not None:
            return self.view(view)
        stack = self.workspace.views.of(self.id)
        return stack[-1] if stack else self.workspace.views.homes.get(self.id)

    def _clickable(
        self, channel: str, wanted: Wanted, ts: str | None
    ) -> tuple[Channel, Message, tuple[Json, Json]]:
        for message in reversed(self.messages(channel)):
            found = find_clickable(message.blocks, *wanted)
            if found and ts in (None, message.ts):
                return self.channel(channel), message, found
        text, action_id, *_ = wanted
        raise LookupError(f"Nothing in {channel} reads {text or action_id!r}.")
