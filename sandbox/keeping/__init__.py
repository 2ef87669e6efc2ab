"""Keeping the workspace in a file, so that it goes on where it ended."""
