"""Discord, through discord.py. Imported absolutely, so that this folder never shadows the library."""

import warnings

with warnings.catch_warnings():
    # The library imports a module of sound that Python is about to drop; the tutor makes no sound.
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    import discord as discord

from adapters.discord.adapter import DiscordAdapter

__all__ = ["DiscordAdapter"]
