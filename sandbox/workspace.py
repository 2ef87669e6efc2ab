"""The workspace in memory: people, channels, messages, views and files."""

from collections.abc import Callable
from itertools import count

from sandbox.canvases import Canvas
from sandbox.changes import Changes
from sandbox.channels import Channel, Kind
from sandbox.clock import Clock
from sandbox.diary import Diary
from sandbox.faults import Faults
from sandbox.files import File
from sandbox.manifest import App
from sandbox.messages import Message
from sandbox.modals import Views
from sandbox.people import SLACKBOT, Account
from sandbox.refusals import Json, Refused
from sandbox.tour import Step
from sandbox.triggers import Triggers
from sandbox.usergroups import UserGroup

COLORS = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "2b6836", "d58247")


class Workspace:
    """Everything that stands in the local workspace, and who is told when it changes."""

    team_id = "T0SANDBOX01"
    domain = "local"
    #: Where it is served; ends with a slash.
    url = "/"

    def __init__(self, app: App, clock: Clock, faults: Faults) -> None:
        self.name = "Local workspace"
        self.app = app
        self.clock = clock
        self.people: dict[str, Account] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.canvases: dict[str, Canvas] = {}
        self.usergroups: dict[str, UserGroup] = {}
        self.views = Views()
        self.triggers = Triggers(faults, clock.now)
        self.changes = Changes()
        self.diary = Diary(clock, self.changes.happened)
        #: The guided tour of the page; whoever opens the workspace knows what there is to see.
        self.tour: list[Step] = []
        #: What Slack would have ignored or refused in silence; tests look that it stays empty.
        self.complaints: list[str] = []
        #: The toast each person sees.
        self.notices: dict[str, str] = {}
        #: The number of the last event that the app was told of.
        self.last_event = 0
        self._event_listeners: list[Callable[[Json, Channel | None], object]] = []
        self._numbers = count(1)
        self._last_ts = (0, 0)
        self._add_bots()

    @property
    def faults(self) -> Faults:
        """The switches that make it misbehave."""
        return self.triggers.faults

    def _add_bots(self) -> None:
        self.add_account(Account(SLACKBOT, "slackbot", "Slackbot", color="757575"))
        self.add_account(
            Account(
                self.app.bot_user,
                self.app.name.lower().replace(" ", "_"),
                self.app.name,
                is_bot=True,
                bot_id=self.app.bot_id,
                app_id=self.app.id,
                color="2f343d",
            )
        )

    def next_ts(self) -> str:
        """A message's ts: the workspace's time, unique and always later than the last."""
        now = int(self.clock.now().timestamp())
        seconds, place = self._last_ts
        self._last_ts = (now, 1) if now > seconds else (seconds, place + 1)
        return f"{self._last_ts[0]}.{self._last_ts[1] * 100:06d}"

    def add_account(self, account: Account) -> Account:
        """Add an account, or replace the one with that id."""
        account.updated = int(self.clock.now().timestamp())
        self.people[account.id] = account
        self.changes.happened()
        return account

    def add_person(
        self, handle: str, real_name: str, *, tz: str = "Etc/UTC", title: str = ""
    ) -> Account:
        """Add somebody; the id can be read back to the handle."""
        color = COLORS[len(self.people) % len(COLORS)]
        user_id = f"U0{handle.upper():0<9}"
        return self.add_account(Account(user_id, handle, real_name, title, tz, color))

    def add_bot(self, handle: str, real_name: str) -> Account:
        """Add another app's bot."""
        number = next(self._numbers)
        bot = Account(f"U0{handle.upper():0<9}", handle, real_name, is_bot=True)
        bot.bot_id, bot.app_id = f"B0OTHER{number:04d}", f"A0OTHER{number:04d}"
        return self.add_account(bot)

    def add_channel(
        self, name: str, members: list[str], *, kind: Kind = "public", topic: str = ""
    ) -> Channel:
        """Add a channel with these people (handles or ids) in it."""
        ids = [self.person(one).id for one in members]
        prefix = "D" if kind == "dm" else "C"
        channel = Channel(
            id=f"{prefix}0{next(self._numbers):09d}",
            name=name,
            kind=kind,
            creator=ids[0] if ids else SLACKBOT,
            created=int(self.clock.now().timestamp()),
            members=ids,
            topic=topic,
        )
        self.channels[channel.id] = channel
        self.changes.happened()
        return channel

    def person(self, name: str) -> Account:
        """The account with that id, handle or name (with or without @)."""
        if name in self.people:
            return self.people[name]
        wanted = name.removeprefix("@").casefold()
        for account in self.people.values():
            if wanted in {account.handle, account.real_name.casefold()}:
                return account
        raise LookupError(f"Nobody here is called {name}.")

    def channel(self, name: str) -> Channel:
        """The channel with that id or name (with or without #), or the only one so begun."""
        if name in self.channels:
            return self.channels[name]
        plain = name.removeprefix("#")
        named = [one for one in self.channels.values() if one.kind != "dm"]
        exact = [one for one in named if one.name == plain]
        found = exact or [one for one in named if one.name.startswith(plain)]
        if len(found) != 1:
            raise LookupError(f"{len(found)} channels are called {name}; name one.")
        return found[0]

    def find_channel(self, channel_id: object) -> Channel:
        """The channel of that id, or Slack's `channel_not_found`."""
        channel = self.channels.get(str(channel_id))
        if channel is None:
            raise Refused("channel_not_found")
        return channel

    def find_person(self, user_id: object, error: str = "user_not_found") -> Account:
        """The account of that id, or Slack's refusal."""
        account = self.people.get(str(user_id))
        if account is None:
            raise Refused(error)
        return account

    def dm(self, one: str, other: str) -> Channel:
        """The direct messages between two, opened when there are none yet."""
        for channel in self.channels.values():
            if channel.kind == "dm" and set(channel.members) == {one, other}:
                return channel
        return self.add_channel("", [one, other], kind="dm")

    def shown(self, message: Message, *, with_metadata: bool = False) -> Json:
        """A message object, with the files shared in it."""
        there = [self.files[one] for one in message.files if one in self.files]
        files = [one.to_api(self.team_id, self.url) for one in there]
        return message.to_api(self.team_id, with_metadata=with_metadata, files=files)

    def on_event(self, listener: Callable[[Json, Channel | None], object]) -> None:
        """Call `listener(event, channel)` for everything that an app may subscribe to."""
        self._event_listeners.append(listener)

    def emit(self, event: Json, channel: Channel | None = None) -> None:
        """Tell that something happened which an app may have subscribed to."""
        for listener in tuple(self._event_listeners):
            listener({**event, "event_ts": event.get("event_ts") or self.next_ts()}, channel)
        self.changes.happened()

    def notice(self, person: str, sentence: str) -> None:
        """Show a toast to one person."""
        self.notices[person] = sentence
        self.changes.happened()
