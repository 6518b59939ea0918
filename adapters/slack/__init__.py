"""Slack: commands, buttons, modals and posts of the tutor, over Socket Mode or HTTP."""

from adapters.slack.adapter import SlackAdapter

__all__ = ["SlackAdapter"]
