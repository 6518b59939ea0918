"""What operators see of the platforms' rate limits and of the adapters' queues."""

from __future__ import annotations

import aiohttp
import pytest

from adapters.discord import DiscordAdapter
from adapters.slack import SlackAdapter
from adapters.slack.api import SlackApi
from adapters.slack.pacing import Pacer
from bot.messages import Notice
from bot.metrics import Metrics
from bot.settings import SETTINGS, Settings
from tests.adapters.discord_desk import stage
from tests.adapters.slack_rig import Rig
from tests.fakes.discord import TOKEN
from tests.fakes.slack import Fault


def waits(metrics: Metrics, platform: str, reason: str) -> tuple[float, float]:
    """How many calls waited, and for how many seconds."""
    labels = {"platform": platform, "reason": reason}
    read = metrics.registry.get_sample_value
    number = read("cloudlark_rate_limits_total", labels)
    return number or 0, read("cloudlark_rate_limit_seconds_total", labels) or 0


async def test_slacks_refusals_and_our_own_pacing_are_counted_with_their_waits() -> None:
    metrics = Metrics()
    async with Rig() as rig:
        pacer = Pacer(channel_seconds=0.05)
        api = SlackApi(rig.settings["SLACK_API_URL"], pacer, metrics.instruments("slack"))
        rig.slack.faults.order("chat.postMessage", Fault("ratelimited", status=429, retry_after=1))
        token = rig.settings["SLACK_BOT_TOKEN"]
        message = {"channel": "C1", "text": "Hello"}
        await api.call(token, "T1", "chat.postMessage", message, channel="C1")
        await api.close()
    refused, seconds = waits(metrics, "slack", "refused")
    assert (refused, seconds) == (1, 1)
    paced, seconds = waits(metrics, "slack", "paced")
    assert paced == 1
    assert 0 < seconds <= 1.05


async def test_a_refused_reply_is_counted_too() -> None:
    metrics = Metrics()
    async with Rig() as rig:
        api = SlackApi(rig.settings["SLACK_API_URL"], Pacer(), metrics.instruments("slack"))
        rig.slack.faults.order("response_url", Fault("ratelimited", status=429, retry_after=2))
        with pytest.raises(Exception, match="ratelimited"):
            await api.respond(f"{rig.slack.base}/respond/x", {"text": "Hello"})
        await api.close()
    assert waits(metrics, "slack", "refused") == (1, 2)


async def test_discords_refusals_are_counted_although_the_library_waits_them_out() -> None:
    metrics = Metrics()
    async with stage() as at:
        await at.adapter.stop()
        values = {setting.name: setting.default for setting in SETTINGS} | at.fake.settings
        watched = metrics.instruments("discord")
        at.adapter = DiscordAdapter(at.desk, Settings(values), at.shelf, at.clock, watched)
        await at.adapter.start()
        limits = at.fake.rest.limits
        limits.enforced, limits.limit, limits.seconds = True, 1, 0.3
        headers = {"Authorization": f"Bot {TOKEN}", "User-Agent": "DiscordBot (https://example.org, 1.0)"}
        async with aiohttp.ClientSession(headers=headers) as another:
            url = f"{at.fake.settings['DISCORD_API_URL']}/channels/{at.channel.id}/messages"
            await another.post(url, json={"content": "another replica's message"})
        await at.adapter.messenger.post(at.place, Notice("Hello."), nonce="cloudlark-1")
    assert limits.refused > 0
    assert waits(metrics, "discord", "refused") == (limits.refused, limits.refused)


async def test_the_adapters_queues_are_watched_under_their_platforms_names() -> None:
    metrics = Metrics()
    async with Rig() as rig:
        watched = metrics.instruments("slack")
        SlackAdapter(rig.desk, rig.settings, rig.shelf, rig.clock, watched)
    assert b'cloudlark_queue_depth{queue="slack_replies"} 0.0' in metrics.page()
    assert metrics.left() == {}
