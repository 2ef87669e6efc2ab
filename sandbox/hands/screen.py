"""What one person sees: channels, messages, modals, the Home tab, a toast."""

from collections.abc import Callable
from typing import Literal, TypeVar

from sandbox.channels import Channel
from sandbox.hands.home import Home
from sandbox.hands.modal import Modal
from sandbox.line.delivery import Delivery, Kind
from sandbox.line.interactions import Interactions
from sandbox.messages import Message
from sandbox.modals import OpenView
from sandbox.people import Account
from sandbox.refusals import DidNotAnswer, Json
from sandbox.workspace import Workspace

Seen = TypeVar("Seen")
#: The tabs of an app's own conversation.
Tab = Literal["home", "messages"]
#: What Slack shows instead of the composer where the app's manifest says so.
READ_ONLY = "Sending messages to this app has been turned off."
#: How long somebody waits for something to appear, in seconds of the wall.
PATIENCE = 30.0


class Screen:
    """Slack as it stands before one member of the workspace."""

    def __init__(
        self, workspace: Workspace, delivery: Delivery, interactions: Interactions, name: str
    ) -> None:
        self.workspace = workspace
        self.interactions = interactions
        self.delivery = delivery
        self.account: Account = workspace.person(name)
        self.id = self.account.id
        self.patience = PATIENCE
        #: Whether an act waits until the app acknowledged the events it caused.
        self.waits = True

    def present(self) -> None:
        """Refuse to act for somebody who has left."""
        if self.account.deleted:
            first = self.account.real_name.split()[0]
            raise LookupError(f"{first}'s account is deactivated: choose somebody else.")

    async def heard(self, what: str) -> None:
        """Wait until the app acknowledged the events that an act caused."""
        if not self.waits:
            return
        try:
            await self.delivery.acknowledged(self.patience)
        except TimeoutError:
            raise DidNotAnswer(what) from None

    async def ask(self, kind: Kind, payload: Json, what: str) -> Json | None:
        """Send one of her acts to the app; when it is not acknowledged she sees Slack's toast."""
        self.present()
        try:
            return await self.delivery.ask(kind, payload, what)
        except DidNotAnswer as silence:
            self.workspace.notice(self.id, str(silence))
            raise

    async def act_in(self, view: OpenView, block: Json, element: Json, act: Json) -> None:
        """Tell the app of a click or choice inside a view."""
        payload = self.interactions.on_view(self.account, view, (block, element, act))
        await self.ask("interactive", payload, "The click")

    def channel(self, name: str) -> Channel:
        """The channel she means, which she has to be in to act there."""
        channel = self._dm(name) if name.startswith("@") else self.workspace.channel(name)
        if self.id not in channel.members:
            raise LookupError(f"{self.account.handle} is not in {name}: join it first.")
        return channel

    def writable(self, name: str) -> Channel:
        """A channel in which she can change something: she is there, and so is it."""
        self.present()
        channel = self.channel(name)
        if channel.archived:
            raise LookupError(f"#{channel.name} is archived: choose another channel.")
        return channel

    def composer(self, name: str) -> Channel:
        """A channel that she has a field to write into."""
        place = self.writable(name)
        app = self.workspace.app
        if place.kind == "dm" and app.bot_user in place.members and app.messages_read_only:
            raise LookupError(READ_ONLY)
        return place

    def room(self, name: str) -> Channel:
        """Such a channel, when it is one that people come to and go from."""
        channel = self.writable(name)
        if channel.kind == "dm":
            raise LookupError("These are direct messages between two: choose a channel.")
        return channel

    def found(self, channel: Channel, ts: str) -> Message:
        """The message that everybody in a channel sees."""
        message = channel.find(ts)
        if message is None:
            raise LookupError(f"There is no message {ts} in {channel.name or 'there'}.")
        return message

    def view(self, view_id: str) -> OpenView:
        """A modal or Home tab that stands open before her."""
        views = self.workspace.views
        for view in (*views.of(self.id), views.homes.get(self.id)):
            if view is not None and view.id == view_id:
                return view
        raise LookupError("This form is no longer open.")

    def _dm(self, name: str) -> Channel:
        return self.workspace.dm(self.id, self.workspace.person(name).id)

    async def enter(self, tab: Tab) -> Channel:
        """Come to the app's own conversation, which tells it so each time.

        A Home tab goes along once one has been published
        (docs.slack.dev/reference/events/app_home_opened).
        """
        channel = self.workspace.dm(self.id, self.workspace.app.bot_user)
        event: Json = {"type": "app_home_opened", "user": self.id, "channel": channel.id}
        home = self.home() if tab == "home" else None
        if home:
            event["view"] = home.view
        self.workspace.emit({**event, "tab": tab}, channel)
        await self.heard(f"The {tab} tab")
        return channel

    async def modal(self, title: str | None = None) -> Modal:
        """The top modal she sees, as soon as one (with that title) is open."""

        def look() -> Modal | None:
            stack = self.workspace.views.of(self.id)
            top = Modal(self, stack[-1]) if stack else None
            return top if top and title in (None, top.title) else None

        return await self._until(look, f"No modal {title or ''} opened in {self.patience} seconds.")

    def home(self) -> Home | None:
        """The Home tab as it was last published to her; None before that."""
        home = self.workspace.views.homes.get(self.id)
        return Home(self.workspace, home) if home else None

    async def home_with(self, containing: str) -> Home:
        """Her Home tab, as soon as it has these words."""

        def look() -> Home | None:
            home = self.home()
            return home if home and containing in home.text() else None

        sentence = f"No Home tab with {containing!r} was published in {self.patience} seconds."
        return await self._until(look, sentence)

    @property
    def notice(self) -> str | None:
        """The toast she sees, if any."""
        return self.workspace.notices.get(self.id)

    def messages(self, channel: str) -> list[Message]:
        """What she can see in a channel, oldest first, ephemerals to her included."""
        place = self.channel(channel)
        return [one for one in place.messages if one.seen_by(self.id)]

    async def message(self, channel: str, containing: str) -> Message:
        """The newest message with these words, as soon as there is one."""

        def look() -> Message | None:
            shown = reversed(self.messages(channel))
            return next((one for one in shown if containing in one.words()), None)

        sentence = f"No message with {containing!r} came to {channel} in {self.patience} seconds."
        return await self._until(look, sentence)

    async def _until(self, look: Callable[[], Seen | None], otherwise: str) -> Seen:
        return await self.workspace.changes.until(look, self.patience, otherwise)
