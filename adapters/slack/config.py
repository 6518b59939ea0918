"""How this installation talks to Slack, read from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.ports import AdapterError
from bot.settings import Settings

DEFAULT_API = "https://slack.com/api/"


class Mode(StrEnum):
    """Over which way payloads come in."""

    SOCKET = "socket"
    HTTP = "http"


@dataclass(frozen=True, slots=True)
class Config:
    """Checked settings: a bot token for one workspace, or client id and secret for many."""

    mode: Mode
    bot_token: str
    app_token: str
    signing_secret: str
    client_id: str
    client_secret: str
    prefix: str
    api_url: str

    @property
    def many(self) -> bool:
        """Whether workspaces install the tutor by OAuth."""
        return bool(self.client_id)

    @property
    def authorize_url(self) -> str:
        """Where people are sent to install; GovSlack has its own."""
        return self.api_url.removesuffix("/").removesuffix("/api") + "/oauth/v2/authorize"


def read(settings: Settings) -> Config:
    """The configuration. Raises AdapterError with one sentence that says what is missing."""
    config = Config(
        mode=Mode.SOCKET if settings["SLACK_APP_TOKEN"] else Mode.HTTP,
        bot_token=settings["SLACK_BOT_TOKEN"].strip(),
        app_token=settings["SLACK_APP_TOKEN"].strip(),
        signing_secret=settings["SLACK_SIGNING_SECRET"].strip(),
        client_id=settings["SLACK_CLIENT_ID"].strip(),
        client_secret=settings["SLACK_CLIENT_SECRET"].strip(),
        prefix=settings["SLACK_COMMAND_PREFIX"].strip().lstrip("/"),
        api_url=settings["SLACK_API_URL"].strip() or DEFAULT_API,
    )
    fault = _fault(config)
    if fault:
        raise AdapterError(fault)
    return config


def _fault(config: Config) -> str:
    faults = (
        (
            config.many and config.bot_token,
            "Keep either SLACK_BOT_TOKEN (one workspace) or SLACK_CLIENT_ID (many workspaces), not both.",
        ),
        (
            config.many != bool(config.client_secret),
            "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together: set both or neither.",
        ),
        (
            not config.many and not config.bot_token.startswith("xoxb-"),
            "Set SLACK_BOT_TOKEN to the Bot User OAuth Token (it begins with xoxb-).",
        ),
        (
            not config.app_token and not config.signing_secret,
            "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET to be reached over HTTP.",
        ),
        (
            config.app_token and not config.app_token.startswith("xapp-"),
            "Set SLACK_APP_TOKEN to an app-level token (it begins with xapp-).",
        ),
        (
            not config.api_url.startswith(("https://", "http://")),
            "SLACK_API_URL has to begin with https:// (or http:// for a local proxy).",
        ),
    )
    return next((sentence for wrong, sentence in faults if wrong), "")
