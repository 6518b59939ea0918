"""The gateway's stream is compressed by zlib, which every gateway and every proxy before one speaks.

The library chooses zstd as soon as some other dependency has brought a decompressor for it.
https://discord.com/developers/docs/events/gateway#transport-compression
"""

from __future__ import annotations

import zlib

import discord.utils

FLUSHED = b"\x00\x00\xff\xff"
"""How a message ends: with a synchronising flush."""


class ZlibStream:
    """Takes one connection's messages apart, which share a context."""

    COMPRESSION_TYPE = "zlib-stream"

    def __init__(self) -> None:
        self._context = zlib.decompressobj()
        self._parts = bytearray()

    def decompress(self, data: bytes, /) -> str | None:
        """The message that ends with these bytes; None while it has not ended."""
        self._parts += data
        if not data.endswith(FLUSHED):
            return None
        message = self._context.decompress(self._parts)
        self._parts.clear()
        return message.decode()


def use_zlib() -> None:
    """Let every gateway connection of this process be compressed by zlib."""
    discord.utils._ActiveDecompressionContext = ZlibStream
