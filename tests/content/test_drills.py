"""The famous pairs can be drilled: at least eight questions each."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bank import Bank, load
from bot.bank.pairs import questions_about, sides_of

pytestmark = pytest.mark.bank
PAIRS = (
    "nat gateway vs nat instance",
    "security group vs network acl",
    "gateway endpoint vs interface endpoint",
    "alb vs nlb",
    "nlb vs gateway load balancer",
    "ebs vs efs",
    "efs vs fsx",
    "ebs vs fsx",
    "instance store vs ebs",
    "standard-ia vs one zone-ia",
    "rds vs aurora",
    "rds vs dynamodb",
    "aurora vs dynamodb",
    "multi-az vs read replica",
    "sqs vs sns",
    "sqs vs kinesis",
    "sns vs eventbridge",
    "cloudfront vs global accelerator",
    "direct connect vs vpn",
    "peering vs transit gateway",
    "pilot light vs warm standby",
    "backup and restore vs pilot light",
    "multi-site vs warm standby",
    "scp vs permissions boundary",
    "kms vs cloudhsm",
    "secrets manager vs parameter store",
    "dms vs datasync",
    "snow vs datasync",
    "transfer family vs datasync",
    "athena vs redshift",
    "cloudwatch vs cloudtrail",
    "config vs cloudtrail",
    "alb vs gateway load balancer",
    "instance store vs efs",
    "fsx vs instance store",
    "sqs vs eventbridge",
    "kinesis vs eventbridge",
    "dms vs snow",
    "dms vs transfer family",
    "snow vs transfer family",
    "cloudwatch vs config",
    "shield vs firewall manager",
    "pilot light vs multi-site",
    "backup and restore vs warm standby",
    "waf vs shield",
    "firewall manager vs waf",
)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load([Path(__file__).parents[2] / "content"])


@pytest.mark.parametrize("pair", PAIRS)
def test_a_famous_pair_has_eight_questions(bank: Bank, pair: str) -> None:
    sides = sides_of(bank, pair)
    assert sides is not None
    assert len(questions_about(bank, sides)) >= 8
