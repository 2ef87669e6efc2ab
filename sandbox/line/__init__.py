"""The line to the app: what happens is told to it, in Slack's words, until it has heard."""
