"""What can go wrong with a call to Slack.

SlackError            any of the following
  RefusedError        Slack answered with an error: it was certainly not done
  UnreachableError    no connection came about: it was certainly not done
  UnknownError        the answer got lost: nobody knows whether it was done
NotInstalledError     there is no token for that workspace
"""

from __future__ import annotations

from bot.messages import ChannelGoneError, DeliveryFailedError, DeliveryUnknownError, NotYetError
from bot.wording.speech import marked


class SlackError(Exception):
    """A call that did not succeed. `error` is Slack's own name where it gave one."""

    def __init__(self, method: str, error: str, retry_after: float = 0.0) -> None:
        super().__init__(f"{method}: {error}")
        self.method = method
        self.error = error
        self.retry_after = retry_after


class RefusedError(SlackError):
    """Slack said no. With `ratelimited`, `retry_after` holds the seconds to wait."""


class UnreachableError(SlackError):
    """Slack was not reached at all."""


class UnknownError(SlackError):
    """The request left and no usable answer came."""


class NotInstalledError(Exception):
    """No installation for a community."""

    def __init__(self, community: str) -> None:
        super().__init__(f"not installed in {community}")
        self.community = community


RATE_LIMITS = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Errors after which, says Slack, some part of the operation may have succeeded."""

TOKEN_LOST = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "team_access_not_granted",
    }
)

GONE = {
    "channel_not_found": marked(
        "I cannot see this channel any more. Invite me to it, or remove the schedule."
    ),
    "not_in_channel": marked("I am not in this channel. Invite me with /invite and resume the schedule."),
    "is_archived": marked("This channel is archived."),
    "restricted_action": marked("The workspace does not let me post in this channel."),
    "restricted_action_read_only_channel": marked("This channel is read-only for me."),
    "restricted_action_thread_only_channel": marked("This channel takes replies in threads only."),
    "restricted_action_non_threadable_channel": marked("This channel takes no threads."),
    "restricted_action_thread_locked": marked("The thread is locked."),
    "no_permission": marked("I lack the permission to post there."),
    "missing_scope": marked("I lack a permission that I need. Reinstall the app from its current manifest."),
    "cannot_dm_bot": marked("Apps take no direct messages."),
    "messages_tab_disabled": marked("My Messages tab is switched off in the app's settings."),
    "user_not_found": marked("I cannot find this person any more."),
    "user_disabled": marked("This person's account is deactivated."),
    "as_user_not_supported": marked("I cannot write to this person."),
    "ekm_access_denied": marked("The organisation's key management does not let me post there."),
    "slack_connect_file_link_sharing_blocked": marked("A connected organisation does not take my files."),
}
LOST = marked("Slack no longer accepts my token for this workspace. Install the app again.")


def delivery_error(error: SlackError) -> Exception:
    """The error of the Messenger port that a failed post amounts to."""
    if error.error in TOKEN_LOST:
        return ChannelGoneError(LOST)
    if error.error in GONE:
        return ChannelGoneError(GONE[error.error])
    if isinstance(error, UnknownError):
        return DeliveryUnknownError(error.error)
    if error.error in RATE_LIMITS:
        return NotYetError(error.error, error.retry_after)
    return DeliveryFailedError(error.error)
