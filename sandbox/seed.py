"""The company that the workspace opens with: invented people and their incident channels."""

from sandbox.posting import deactivate, post
from sandbox.workspace import Workspace

PEOPLE = (
    ("ana", "Ana Duarte", "America/New_York", "Incident commander"),
    ("bob", "Bob Okonjo", "Europe/London", "Staff engineer, Checkout"),
    ("mei", "Mei Tanaka", "Asia/Tokyo", "Site reliability engineer"),
    ("priya", "Priya Raman", "Asia/Kolkata", "Senior engineer, Payments"),
    ("diego", "Diego Salas", "America/Sao_Paulo", "Engineer, Platform"),
    ("freya", "Freya Lind", "Europe/Oslo", "Peer facilitator, Search"),
    ("lena", "Lena Vogt", "Europe/Berlin", "Reliability programme lead"),
    ("tomas", "Tomás Reis", "Europe/Lisbon", "Engineer, Identity"),
    ("aisha", "Aisha Bello", "Africa/Lagos", "Site reliability engineer"),
    ("jun", "Jun Park", "Asia/Seoul", "Engineer, Catalogue"),
    ("nora", "Nora Haddad", "America/Toronto", "Data engineer, Reporting"),
    ("otto", "Otto Brandt", "Europe/Vienna", "Former engineer, Checkout"),
)
CHECKOUT = (
    ("ana", "Paging checkout. p99 is above 8 s since the 13:58 deploy."),
    ("bob", "Looking. The connection pool in eu-west is at 100 %."),
    ("mei", "Error budget of checkout-api is burning at 14x."),
    ("bob", "Rolled back to the build from this morning. p99 is falling."),
    ("ana", "Back under 400 ms. Calling it recovered, thank you all."),
)
WEBHOOKS = (
    ("priya", "Webhook deliveries are 40 minutes behind, the retry queue grows."),
    ("diego", "Redis ran out of memory at 06:12, the queue fell back to disk."),
)


def people(workspace: Workspace) -> None:
    """Let everybody and the bot that raises alerts be there, and nothing else."""
    for handle, name, zone, title in PEOPLE:
        workspace.add_person(handle, name, tz=zone, title=title)
    workspace.add_bot("pager", "Pager")


def company(workspace: Workspace) -> None:
    """Fill the workspace with people, channels and what was said in them."""
    people(workspace)
    _channels(workspace)
    for channel, said in (("inc-checkout-latency", CHECKOUT), ("inc-payments-webhooks", WEBHOOKS)):
        for handle, text in said:
            post(workspace, workspace.channel(channel), workspace.person(handle).id, text)
    deactivate(workspace, workspace.person("otto").id)
    for place in workspace.channels.values():
        if place.messages:
            place.last_read = dict.fromkeys(place.members, place.messages[-1].ts)


def _channels(workspace: Workspace) -> None:
    app = workspace.app.bot_user
    everybody = [handle for handle, *_ in PEOPLE]
    general = workspace.add_channel("general", [*everybody, app])
    general.general = True
    general.purpose = "Announcements for everybody."
    workspace.add_channel(
        "inc-checkout-latency",
        ["ana", "bob", "mei", "priya", "otto", "pager", app],
        topic="P1 · checkout p99 above 8 s",
    )
    workspace.add_channel(
        "inc-payments-webhooks",
        ["priya", "diego", "ana", "freya", app],
        topic="P2 · webhooks delivered late",
    )
    workspace.add_channel("reliability", ["lena", "freya", "ana", "bob", app])
    workspace.add_channel("inc-auth-tokens", ["ana", "diego", app], kind="private")
    workspace.add_channel("sec-review", ["ana", "lena"], kind="private")
    workspace.add_channel(
        "inc-search-index", ["freya", "mei", "ana"], topic="P3 · search results a day old"
    )


def bare(workspace: Workspace) -> None:
    """Fill the workspace with people and empty channels only."""
    people(workspace)
    _channels(workspace)
    deactivate(workspace, workspace.person("otto").id)
