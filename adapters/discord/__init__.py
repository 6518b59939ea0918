"""Discord, through discord.py. Imported absolutely, so that this folder never shadows the library."""

from adapters.discord.adapter import DiscordAdapter

__all__ = ["DiscordAdapter"]
