"""The bank of knowledge: load it, validate it, search it, draw items from it."""

from bot.bank.bank import Bank
from bot.bank.errors import ContentError, Fault
from bot.bank.loading import load
from bot.bank.search import Hit, search
from bot.bank.topics import TopicMatch

__all__ = ["Bank", "ContentError", "Fault", "Hit", "TopicMatch", "load", "search"]
