"""`python -m bot` is `closedloop`."""

from bot.cli import main

main()
