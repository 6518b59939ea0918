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

RESERVED = 5


def _all(prefix: int) -> int:
    return 1 << (32 - prefix)


def _size(values: Values) -> Solution:
    prefix = int(values["prefix"])
    working = f"32 - {prefix} = {32 - prefix} bits are free: 2^{32 - prefix} = {_all(prefix):,} addresses."
    if 16 <= prefix <= 28:
        working += f" As a subnet in AWS it has {_all(prefix) - RESERVED:,} usable, because AWS keeps 5."
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
    return Solution(
        usable, f"2^(32 - {prefix}) = {_all(prefix):,} addresses, less the 5 AWS keeps: {usable:,}."
    )


def _usable_mistakes(values: Values) -> Iterator[Mistake]:
    prefix, size = int(values["prefix"]), _all(int(values["prefix"]))
    yield Mistake(size, "Forgets the 5 addresses that AWS keeps in every subnet.")
    yield Mistake(size - 2, "Takes off network and broadcast only, as outside AWS; AWS keeps 5.")
    yield Mistake(size // 2 - RESERVED, f"Is what a /{prefix + 1} leaves, one bit too few.")
    yield Mistake(size * 2 - RESERVED, f"Is what a /{prefix - 1} leaves, one bit too many.")
    yield Mistake(size - 4, "Forgets one: AWS keeps the first four addresses and the last.")


SIZE = Generator(
    name="cidr-size",
    title="Addresses in a CIDR block",
    parameters=(Parameter("prefix", minimum=0, maximum=32, unit="bits", usual=(16, 28)),),
    solution=_size,
    mistakes=_size_mistakes,
    write=counted("address", "addresses"),
    aliases=("cidr", "addresses", "ips"),
    example="cidr 22",
)
USABLE = Generator(
    name="cidr-usable",
    title="Usable addresses in a subnet",
    parameters=(Parameter("prefix", minimum=16, maximum=28, unit="bits"),),
    solution=_usable,
    mistakes=_usable_mistakes,
    write=counted("address", "addresses"),
    aliases=("usable", "subnet", "cidr-subnet"),
    example="usable 24",
)
FAMILY: tuple[Generator, ...] = (SIZE, USABLE)
