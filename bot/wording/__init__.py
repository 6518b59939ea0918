"""Every sentence that a learner reads, one module an area. Plain values in, text out, in the language spoken."""

from bot.wording.accounts import *  # noqa: F403
from bot.wording.boards import *  # noqa: F403
from bot.wording.corrections import *  # noqa: F403
from bot.wording.general import *  # noqa: F403
from bot.wording.healing import *  # noqa: F403
from bot.wording.item_statistics import *  # noqa: F403
from bot.wording.nights import *  # noqa: F403
from bot.wording.packs import *  # noqa: F403
from bot.wording.practice import *  # noqa: F403
from bot.wording.rounds import *  # noqa: F403
from bot.wording.schedules import *  # noqa: F403
from bot.wording.votes import *  # noqa: F403
