"""A postmortem to and from Markdown; pure."""
