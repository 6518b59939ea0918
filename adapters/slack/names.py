"""Names that the manifest gives Slack and the listeners know again."""

from __future__ import annotations

from bot.wording.speech import marked

GLOBAL_SHORTCUT = "cloudlark_practise"
MESSAGE_SHORTCUT = "cloudlark_ask"

LEFT = {
    "channel_left": marked("I was removed from the channel."),
    "group_left": marked("I was removed from the channel."),
    "channel_archive": marked("The channel was archived."),
    "group_archive": marked("The channel was archived."),
    "channel_deleted": marked("The channel was deleted."),
    "group_deleted": marked("The channel was deleted."),
}
"""Events after which the tutor can no longer speak in a channel, each with the sentence for the admin.

Slack sends no member_left_channel to an app that is removed.
"""
