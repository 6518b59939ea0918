"""What Slack says of a user, and the Person that this makes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from adapters.slack.payloads import inner, text
from adapters.slack.workspaces import Workspace
from bot.model.people import Person

PLATFORM = "slack"
NAME = 80


@dataclass(frozen=True, slots=True)
class Profile:
    """A user as cached. `admin` is theirs in the workspace of the installation, never in another one."""

    name: str
    timezone: str | None = None
    locale: str | None = None
    admin: bool = False

    def person(self, community: str, user: str) -> Person:
        """The person of a community."""
        return Person(PLATFORM, community, user, self.name, self.admin, self.timezone, self.locale)

    def to_bytes(self) -> bytes:
        """The form on the shelf."""
        return json.dumps(asdict(self)).encode()


def from_bytes(kept: bytes) -> Profile:
    """The profile that `to_bytes` wrote."""
    return Profile(**json.loads(kept))


def profile(user: Mapping[str, Any], workspace: Workspace) -> Profile:
    """A user object of users.info or user_change."""
    shown = inner(user, "profile")
    names = (
        text(shown, "display_name"),
        text(user, "real_name"),
        text(shown, "real_name"),
        text(user, "name"),
    )
    return Profile(
        name=next((name.strip() for name in names if name.strip()), "Somebody")[:NAME],
        timezone=text(user, "tz") or None,
        locale=text(user, "locale") or None,
        admin=_trusted(user, workspace),
    )


def community_of(home: str, workspace: Workspace) -> str:
    """Where an account lives: in the workspace that the tutor serves, or, met in Slack Connect, elsewhere.

    Inside an organisation one person acts from several workspaces, so there everybody counts as at home.
    """
    foreign = home not in ("", workspace.community) and not workspace.enterprise
    return home if foreign else workspace.community


def _trusted(user: Mapping[str, Any], workspace: Workspace) -> bool:
    # In a Slack Connect channel an admin of another company is nobody special here.
    enterprise = inner(user, "enterprise_user")
    at_home = user.get("team_id") == workspace.community or (
        bool(workspace.enterprise) and enterprise.get("enterprise_id") == workspace.enterprise
    )
    if not at_home or user.get("deleted") or user.get("is_restricted") or user.get("is_ultra_restricted"):
        return False
    roles = ("is_admin", "is_owner", "is_primary_owner")
    return any(user.get(role) for role in roles) or any(enterprise.get(role) for role in roles[:2])
