"""Wrong calls about channels, members, pins, reactions, bookmarks and people."""

from tests.sandbox.wrong_calls import LEFT_OUT, NOWHERE, wrong

KIND = "method_not_supported_for_channel_type"
CURSOR = ("a page that never was", "invalid_cursor", {"cursor": "nonsense"})
LIMITS = (
    ("a page of 2,000", "invalid_limit", {"limit": 2000}),
    ("a page of many", "invalid_limit", {"limit": "many"}),
)
TIMES = (
    ("from no moment on", "invalid_ts_oldest", {"oldest": "yesterday"}),
    ("up to no moment", "invalid_ts_latest", {"latest": "tomorrow"}),
)
READING = [
    *wrong(
        "conversations.info", {"channel": "@place"},
        ("looking at an unknown channel", "channel_not_found", {"channel": NOWHERE}),
        ("looking at a channel nobody showed", "channel_not_found", {"channel": "@hidden"}),
    ),
    *wrong(
        "conversations.history", {"channel": "@place"},
        ("reading an unknown channel", "channel_not_found", {"channel": NOWHERE}),
        ("reading a channel nobody showed", "channel_not_found", {"channel": "@hidden"}),
        ("reading a channel without the app", "not_in_channel", {"channel": "@outside"}),
        CURSOR, *TIMES,
    ),
    *wrong(
        "conversations.replies", {"channel": "@place", "ts": "@mine"},
        ("reading a thread of an unknown channel", "channel_not_found", {"channel": NOWHERE}),
        ("reading a thread nobody began", "thread_not_found", {"ts": "1.000100"}),
        CURSOR, *TIMES,
    ),
    *wrong(
        "conversations.members", {"channel": "@place"},
        ("asking who is in an unknown channel", "channel_not_found", {"channel": NOWHERE}),
        CURSOR, *LIMITS,
    ),
    *wrong(
        "conversations.list", {},
        ("channels of an unknown kind", "invalid_types", {"types": "attic"}), CURSOR, *LIMITS,
    ),
    *wrong(
        "users.conversations", {},
        ("somebody's channels of an unknown kind", "invalid_types", {"types": "attic"}),
        CURSOR, *LIMITS,
    ),
    *wrong("users.list", {}, CURSOR),
]  # fmt: skip
JOINING = [
    *wrong(
        "conversations.open", {"users": "@ana"},
        ("direct messages with nobody", "users_list_not_supplied", {"users": LEFT_OUT}),
        ("direct messages with nine", "too_many_users", {"users": ",".join(["U1"] * 9)}),
        ("direct messages with a stranger", "user_not_found", {"users": "U0NOBODY"}),
        ("direct messages with who has left", "user_disabled", {"users": "@otto"}),
        ("direct messages that are not there", "channel_not_found", {"channel": NOWHERE}),
        ("direct messages that are a channel", KIND, {"channel": "@place"}),
    ),
    *wrong(
        "conversations.join", {"channel": "@outside"},
        ("joining an unknown channel", "channel_not_found", {"channel": NOWHERE}),
        ("joining an archived channel", "is_archived", {"channel": "@archived"}),
        ("joining a private channel", KIND, {"channel": "@private"}),
    ),
    *wrong(
        "conversations.create", {"name": "inc-new"},
        ("a channel without a name", "invalid_name_required", {"name": LEFT_OUT}),
        ("a channel with a long name", "invalid_name_maxlength", {"name": "x" * 81}),
        ("a channel in capitals", "invalid_name_specials", {"name": "Incident"}),
        ("a channel with a space", "invalid_name_specials", {"name": "inc new"}),
        ("a channel of dashes", "invalid_name_punctuation", {"name": "--"}),
        ("a channel that is there", "name_taken", {"name": "general"}),
    ),
    *wrong(
        "conversations.invite", {"channel": "@place", "users": "@diego"},
        ("inviting a stranger", "user_not_found", {"users": "U0NOBODY"}),
        ("inviting oneself", "cant_invite_self", {"users": "@app"}),
        ("inviting who is there", "already_in_channel", {"users": "@ana"}),
        ("inviting who has left", "cant_invite", {"channel": "@private", "users": "@otto"}),
        ("inviting nobody", "no_user", {"users": LEFT_OUT}),
        ("inviting to a channel without the app", "not_in_channel", {"channel": "@outside"}),
        ("inviting to an archived channel", "is_archived", {"channel": "@archived"}),
        ("inviting to an unknown channel", "channel_not_found", {"channel": NOWHERE}),
        ("inviting to direct messages", KIND, {"channel": "@dm"}),
    ),
    *wrong(
        "conversations.archive", {"channel": "@place"},
        ("archiving what is archived", "already_archived", {"channel": "@archived"}),
        ("archiving the channel of all", "cant_archive_general", {"channel": "@general"}),
        ("archiving a channel without the app", "not_in_channel", {"channel": "@outside"}),
        ("archiving an unknown channel", "channel_not_found", {"channel": NOWHERE}),
        ("archiving direct messages", KIND, {"channel": "@dm"}),
    ),
]  # fmt: skip
NAMING = [
    call
    for what in ("topic", "purpose")
    for call in wrong(
        f"conversations.set{what.title()}", {"channel": "@place", what: "x"},
        (f"a long {what}", "too_long", {what: "x" * 251}),
        (f"a {what} for a channel without the app", "not_in_channel", {"channel": "@outside"}),
        (f"a {what} for an archived channel", "is_archived", {"channel": "@archived"}),
        (f"a {what} for an unknown channel", "channel_not_found", {"channel": NOWHERE}),
        (f"a {what} for direct messages", KIND, {"channel": "@dm"}),
        (f"no {what} at all", "invalid_arguments", {what: LEFT_OUT}),
    )
]  # fmt: skip
AT = {"channel": "@place", "timestamp": "@hers", "name": "eyes"}
NEVER_SAID = ("at what was never said", "message_not_found", {"timestamp": "1.000100"})
NO_TIME = ("at no moment", "bad_timestamp", {"timestamp": "now"})
NOTHING = ("at nothing", "no_item_specified", {"timestamp": LEFT_OUT})
ELSEWHERE = ("in an unknown channel", "channel_not_found", {"channel": NOWHERE})
NO_EMOJI = ("with what is no emoji", "invalid_name", {"name": "two eyes"})
MARKING = [
    *wrong("pins.add", AT, NEVER_SAID, NO_TIME, NOTHING, ELSEWHERE,
           ("pinning twice", "already_pinned", {"timestamp": "@pinned"})),
    *wrong("pins.remove", AT, NEVER_SAID, NO_TIME, NOTHING, ELSEWHERE,
           ("taking a pin that is none", "no_pin", {})),
    *wrong("pins.list", AT, ELSEWHERE),
    *wrong("reactions.add", AT, NEVER_SAID, NO_TIME, NOTHING, ELSEWHERE, NO_EMOJI,
           ("reacting twice", "already_reacted", {"timestamp": "@pinned"}),
           ("reacting in an archive", "is_archived", {"channel": "@archived"})),
    *wrong("reactions.remove", AT, NEVER_SAID, NO_TIME, NOTHING, ELSEWHERE, NO_EMOJI,
           ("taking back no reaction", "no_reaction", {})),
    *wrong("reactions.get", AT, NEVER_SAID, NO_TIME, NOTHING, ELSEWHERE),
]  # fmt: skip
LINK = {"channel_id": "@place", "title": "t", "type": "link", "link": "https://example.com/"}
HERE = ("bookmarks of an unknown channel", "channel_not_found", {"channel_id": NOWHERE})
ODD = (
    ("a bookmark to no address", "invalid_link", {"link": "example.com"}),
    ("a bookmark with an odd emoji", "invalid_emoji", {"emoji": "eyes"}),
)
UNKNOWN = ("a bookmark that is not there", "not_found", {"bookmark_id": "Bk1"})
BOOKMARKING = [
    *wrong("bookmarks.add", LINK, HERE, *ODD,
           ("a bookmark of an unknown kind", "invalid_bookmark_type", {"type": "shelf"}),
           ("a bookmark where the app is not", "permission_denied", {"channel_id": "@outside"})),
    *wrong("bookmarks.edit", {**LINK, "bookmark_id": "@bookmark"}, HERE, *ODD, UNKNOWN),
    *wrong("bookmarks.remove", {"channel_id": "@place", "bookmark_id": "@bookmark"}, HERE, UNKNOWN),
    *wrong("bookmarks.list", {"channel_id": "@place"}, HERE),
]  # fmt: skip
PEOPLE = [
    *wrong("users.info", {}, ("looking at a stranger", "user_not_found", {"user": "U0NOBODY"})),
    *wrong("users.lookupByEmail", {},
           ("an address of nobody", "users_not_found", {"email": "nobody@example.com"}),
           ("an address of who has left", "users_not_found", {"email": "otto@example.com"})),
    *wrong("usergroups.users.list", {},
           ("a group that is not there", "no_such_subteam", {"usergroup": "S1"})),
]  # fmt: skip
PLACES = [*READING, *JOINING, *NAMING, *MARKING, *BOOKMARKING, *PEOPLE]
