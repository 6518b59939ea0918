"""Words for sums and for what is wrong with a typed one."""

from __future__ import annotations

from bot.wording.speech import _, marked

NAMES = (
    marked("availability"), marked("base"), marked("components"), marked("consistency"), marked("desired"),
    marked("detect"), marked("discount"), marked("duration"), marked("every"), marked("failure"), marked("hit"),
    marked("invocations"), marked("iops"), marked("items"), marked("kind"), marked("megabytes a second in"),
    marked("megabytes a second out"), marked("memory"), marked("messages"), marked("mode"), marked("nines"),
    marked("object"), marked("objects millions"), marked("on demand"), marked("others total"), marked("part"),
    marked("prefix"), marked("prefixes"), marked("rate"), marked("rate mb"), marked("rcu"),
    marked("records a second in"), marked("requests"), marked("seconds"), marked("size"), marked("timeout"),
    marked("wcu"), marked("weight"), marked("window"),
)  # fmt: skip
"""What sums ask for, as their parameters spell it."""


def with_example(sentence: str, example: str) -> str:
    """What is wrong with a sum, and what may be typed."""
    return _("{sentence} For example: {example}").format(sentence=sentence, example=example)


def knows_no(title: str, name: str) -> str:
    """A value by a name that a sum does not have."""
    return _("{title} knows no {name}.").format(title=_(title), name=name)


def unknown_sum(said: str, guess: str = "") -> str:
    """A sum that nobody knows."""
    if not said:
        return _("Say which sum you want.")
    text = (
        _("I know no sum called {said}. Did you mean {guess}?")
        if guess
        else _("I know no sum called {said}.")
    )
    return text.format(said=said, guess=guess)


def one_of(name: str, choices: str, value: str) -> str:
    """A choice that there is not."""
    return _("The {name} has to be one of {choices}, not {value}.").format(
        name=_(name), choices=choices, value=value
    )


def no_number(name: str, value: str, whole: bool) -> str:
    """No number, or one with decimals where none may be."""
    text = (
        _("The {name} has to be a whole number, not {value}.")
        if whole
        else _("The {name} has to be a number, not {value}.")
    )
    return text.format(name=_(name), value=value)


def outside(name: str, low: str, high: str, unit: str, value: str) -> str:
    """A number beyond its limits."""
    return _("The {name} has to be {low} to {high}{unit}, not {value}.").format(
        name=_(name), low=low, high=high, unit=f" {_(unit)}" if unit else "", value=value
    )


def surplus(number: str, unit: str) -> str:
    """A number that belongs to nothing."""
    return _("There is one number too many: {number}.").format(number=f"{number} {unit}".strip())


def strange_word(word: str) -> str:
    """A word that means nothing here."""
    return _("I do not understand “{word}”.").format(word=word)
