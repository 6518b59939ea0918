"""A Discord for tests: REST and gateway with its true protocol, refusing what Discord refuses."""

from tests.fakes.discord.server import TOKEN, FakeDiscord

__all__ = ["TOKEN", "FakeDiscord"]
