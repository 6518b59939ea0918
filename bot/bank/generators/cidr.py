"""CIDR blocks: addresses in all, and those that AWS leaves usable in a subnet.

Sources: RFC 4632 (a block of prefix n has 2^(32-n) IPv4 addresses); Amazon VPC User Guide, "Subnet CIDR
blocks" (subnets are /16 to /28; AWS keeps the first four addresses and the last one).
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.bank.generators.drawn import Mistake, Solution
from bot.bank.generators.generator import Generator
from bot.bank.generators.numbers import counted
from bot.bank.generators.parameter import Parameter, Values
from bot.wording.speech import _, grouped, marked

RESERVED = 5


def _all(prefix: int) -> int:
    return 1 << (32 - prefix)


def _size(values: Values) -> Solution:
    prefix = int(values["prefix"])
    working = _("32 - {prefix} = {free} bits are free: 2^{free} = {all} addresses.").format(
        prefix=prefix, free=32 - prefix, all=grouped(_all(prefix))
    )
    if 16 <= prefix <= 28:
        subnet = _("As a subnet in AWS it has {usable} usable, because AWS keeps 5.")
        working += " " + subnet.format(usable=grouped(_all(prefix) - RESERVED))
    return Solution(_all(prefix), working)


def _size_mistakes(values: Values) -> Iterator[Mistake]:
    prefix, size = int(values["prefix"]), _all(int(values["prefix"]))
    if prefix > 0:
        yield Mistake(size * 2, f"Is the size of a /{prefix - 1}, one bit too many.")
    yield Mistake(size // 2, f"Is the size of a /{prefix + 1}, one bit too few.")
    yield Mistake(
        size - RESERVED, "Takes off the 5 that AWS keeps in a subnet; they still belong to the block."
    )
    yield Mistake(size - 2, "Takes off network and broadcast; they still belong to the block.")
    if prefix > 1:
        yield Mistake(size * 4, f"Is the size of a /{prefix - 2}, two bits too many.")


def _usable(values: Values) -> Solution:
    prefix = int(values["prefix"])
    usable = _all(prefix) - RESERVED
    working = _("2^(32 - {prefix}) = {all} addresses, less the 5 AWS keeps: {usable}.")
    return Solution(usable, working.format(prefix=prefix, all=grouped(_all(prefix)), usable=grouped(usable)))


def _usable_mistakes(values: Values) -> Iterator[Mistake]:
    prefix, size = int(values["prefix"]), _all(int(values["prefix"]))
    yield Mistake(size, "Forgets the 5 addresses that AWS keeps in every subnet.")
    yield Mistake(size - 2, "Takes off network and broadcast only, as outside AWS; AWS keeps 5.")
    yield Mistake(size // 2 - RESERVED, f"Is what a /{prefix + 1} leaves, one bit too few.")
    yield Mistake(size * 2 - RESERVED, f"Is what a /{prefix - 1} leaves, one bit too many.")
    yield Mistake(size - 4, "Forgets one: AWS keeps the first four addresses and the last.")


SIZE = Generator(
    name="cidr-size",
    title=marked("Addresses in a CIDR block"),
    parameters=(Parameter("prefix", minimum=0, maximum=32, unit=marked("bits"), usual=(16, 28)),),
    solution=_size,
    mistakes=_size_mistakes,
    write=counted("{n} address", "{n} addresses"),
    aliases=("cidr", "addresses", "ips"),
    example="cidr 22",
)
USABLE = Generator(
    name="cidr-usable",
    title=marked("Usable addresses in a subnet"),
    parameters=(Parameter("prefix", minimum=16, maximum=28, unit=marked("bits")),),
    solution=_usable,
    mistakes=_usable_mistakes,
    write=counted("{n} address", "{n} addresses"),
    aliases=("usable", "subnet", "cidr-subnet"),
    example="usable 24",
)
FAMILY: tuple[Generator, ...] = (SIZE, USABLE)
