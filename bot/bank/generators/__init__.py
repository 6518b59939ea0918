"""Numeric questions and /calc: the sums that exams ask for, each with its usual mistakes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.bank.generators import (
    availability,
    aws_lambda,
    caching,
    cidr,
    commitment,
    durability,
    dynamodb,
    ebs,
    kinesis,
    recovery,
    route53,
    s3,
    sqs,
)
from bot.bank.generators.drawn import Drawn, DrawnOption, Worked
from bot.bank.generators.generator import Generator
from bot.bank.generators.parameter import Parameter

_FAMILIES = (
    dynamodb,
    cidr,
    kinesis,
    aws_lambda,
    sqs,
    s3,
    ebs,
    route53,
    caching,
    recovery,
    availability,
    commitment,
    durability,
)

GENERATORS: Mapping[str, Generator] = {each.name: each for family in _FAMILIES for each in family.FAMILY}

__all__ = ["GENERATORS", "Drawn", "DrawnOption", "Generator", "Parameter", "Worked"]
