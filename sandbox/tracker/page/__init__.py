"""The tracker's page in the browser: a board, and each issue with what people can do there."""
