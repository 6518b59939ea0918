"""A Slack of our own: the Web API over HTTP, Socket Mode over a WebSocket, and refusals by Slack's names.

`FakeSlack` is the server; `Human` is somebody who uses it. Everything that was said is kept in `world`.
"""

from tests.fakes.slack.faults import Fault
from tests.fakes.slack.human import Human
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.world import Channel, Message, User, World

__all__ = ["Channel", "FakeSlack", "Fault", "Human", "Message", "User", "World"]
