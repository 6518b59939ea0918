"""Text taken apart for search: words, their stems, and what AWS people abbreviate."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORD = re.compile(r"[a-z0-9]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_VOWEL = re.compile(r"[aeiouy]")

COMMON = frozenset(
    _WORD.findall(
        "a about after all also am amazon an and any are as at aws be because been before being between "
        "both but by can could did difference do does doing each explain for from get gets give had "
        "happen happens has have how i if in into is it its itself just let like many may me mean means "
        "might more most much must my need needs no not of off on one only or other our out over own "
        "please same shall should so some such tell than that the their them then there these they this "
        "those to too under up use used uses using versus very vs was we were what when where which while "
        "who whom whose why will with work works would yes you your"
    )
)

ABBREVIATIONS: Mapping[str, str] = {
    "acl": "access control list",
    "alb": "application load balancer",
    "ami": "machine image",
    "arn": "resource name",
    "asg": "auto scaling group",
    "az": "availability zone",
    "cdk": "cloud development kit",
    "cdn": "content delivery network",
    "cidr": "address range block",
    "clb": "classic load balancer",
    "cmk": "customer managed key",
    "cors": "cross origin resource sharing",
    "dax": "dynamodb accelerator",
    "dlq": "dead letter queue",
    "dms": "database migration service",
    "dr": "disaster recovery",
    "dx": "direct connect",
    "ebs": "elastic block store",
    "ecr": "container registry",
    "efa": "elastic fabric adapter",
    "efs": "elastic file system",
    "eip": "elastic ip",
    "emf": "embedded metric format",
    "eni": "elastic network interface",
    "gsi": "global secondary index",
    "gwlb": "gateway load balancer",
    "hsm": "hardware security module",
    "iac": "infrastructure as code",
    "igw": "internet gateway",
    "imds": "instance metadata service",
    "kcl": "kinesis client library",
    "kms": "key management service",
    "kpl": "kinesis producer library",
    "lsi": "local secondary index",
    "mfa": "multi factor authentication",
    "nacl": "network acl",
    "nlb": "network load balancer",
    "oac": "origin access control",
    "oai": "origin access identity",
    "ou": "organizational unit",
    "pitr": "point in time recovery",
    "rcu": "read capacity unit",
    "rpo": "recovery point objective",
    "rto": "recovery time objective",
    "sam": "serverless application model",
    "scp": "service control policy",
    "sct": "schema conversion tool",
    "sg": "security group",
    "sni": "server name indication",
    "sse": "server side encryption",
    "sso": "single sign on",
    "tgw": "transit gateway",
    "tls": "ssl",
    "ttl": "time to live",
    "vgw": "virtual private gateway",
    "waf": "web application firewall",
    "wcu": "write capacity unit",
}

SAME: Mapping[str, str] = {
    "big": "size",
    "large": "size",
    "max": "maximum",
    "min": "minimum",
    "limit": "maximum",
    "limits": "maximum",
    "cheapest": "cost",
    "cheap": "cost",
    "price": "cost",
    "pricing": "cost",
}
"""Words that are searched for, and found, as another."""


def stems(text: str) -> list[str]:
    """The stems of all words that carry meaning, in their order."""
    words = _WORD.findall(_POSSESSIVE.sub("", text.casefold()))
    return [stem(SAME.get(word, word)) for word in words if word not in COMMON]


def stem(word: str) -> str:
    """A word without its English endings, roughly: `replicas` and `replica`, `scaling` and `scaled` agree."""
    if len(word) <= 3 or word.isdigit():
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        shorter = word.removesuffix(ending)
        if shorter != word and len(shorter) >= 3 and _VOWEL.search(shorter):
            word = shorter[:-1] if shorter[-1] == shorter[-2] and shorter[-1] not in "ls" else shorter
            break
    return word.removesuffix("e") if len(word) > 4 else word


def _singular(word: str) -> str:
    if word[-1] == "s" and word[:-1] in ABBREVIATIONS:
        return word[:-1]
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def expanded(words: list[str]) -> list[str]:
    """Stems with the long form of every abbreviation, and the abbreviation of every long form, added."""
    more = [long for word in words for long in _LONG.get(word, ())]
    joined = f" {' '.join(words)} "
    more += [short for phrase, short in _SHORT.items() if f" {phrase} " in joined]
    return words + more


_LONG = {short: tuple(stems(phrase)) for short, phrase in ABBREVIATIONS.items()}
_SHORT = {" ".join(phrase): short for short, phrase in _LONG.items()}
