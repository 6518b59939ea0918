"""Cloudlark's core: a team tutor that knows nothing of the platforms it speaks on."""

__version__ = "0.1.0"
