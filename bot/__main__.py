"""`python -m bot` is the console script."""

from bot.cli.main import main

main()
