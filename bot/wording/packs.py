"""Words for the packs that a team writes for itself."""

from __future__ import annotations

import datetime as dt

from bot.wording.general import count
from bot.wording.speech import _, date, plural


def pack_form() -> tuple[str, str, str]:
    """Title, introduction and button of the form that takes a pack."""
    intro = _("Only this place will see its questions, and nobody before you publish it.")
    return _("Add a pack"), intro, _("Check it")


def pack_name_field() -> tuple[str, str]:
    """The field for a pack's name, and its hint."""
    return _("Name"), _(
        "Small letters, digits and hyphens. The name of a pack that is there makes a new version."
    )


def pack_file_field(megabytes: int) -> tuple[str, str]:
    """The field for a pack's file, and its hint."""
    hint = _("A .yaml file or a .zip of a content folder, or .csv, .gift, .xml, .apkg, .txt; at most {n} MB.")
    return _("File"), hint.format(n=megabytes)


def pack_bad_name(longest: int) -> str:
    """A name that cannot be one."""
    return _("Use small letters, digits and hyphens, as in onboarding-2; at most {n} characters.").format(
        n=longest
    )


def pack_no_file() -> str:
    """A form without a file."""
    return _("Choose the file of the pack.")


def pack_too_many(most: int) -> str:
    """One pack too many."""
    return _(
        "This place has {n} packs already, and that is the most. Retire one, or give this one its name."
    ).format(n=most)


def pack_unknown(name: str) -> str:
    """A pack that is not there."""
    return _("There is no pack “{name}” here. /bank packs shows the ones there are.").format(name=name)


def pack_unknown_version(name: str, version: int) -> str:
    """A version that is not kept."""
    return _("There is no version {version} of {name}. /bank packs shows the ones that are kept.").format(
        version=version, name=name
    )


def pack_faulty_title(name: str) -> str:
    """Above the faults of a pack."""
    return _("{name} was not kept").format(name=name)


def pack_faulty(faults: int) -> str:
    """How much is wrong with a pack."""
    return _("I found {faults}. Mend the file and send it again.").format(
        faults=count(faults, "fault", "faults")
    )


def pack_more(number: int) -> str:
    """Below a list that is cut."""
    return plural("{n} more stands in the file.", "{n} more stand in the file.", number)


def pack_kept_title(name: str, version: int) -> str:
    """Above what is said of a new draft."""
    return _("{name}, version {version}: a draft").format(name=name, version=version)


def pack_kept(questions: int, topics: int) -> str:
    """What is in a new draft."""
    return _("{questions} on {topics}. Nobody is asked them before you publish it.").format(
        questions=count(questions, "question", "questions"), topics=count(topics, "topic", "topics")
    )


def pack_remarks() -> str:
    """Above what is worth a look in a draft."""
    return _("Worth a look")


def pack_lost() -> str:
    """Above what another program's file had and a pack cannot hold."""
    return _("What could not be taken over")


def pack_list_title() -> str:
    """Above the list of packs."""
    return _("Packs of this place")


def pack_list_none() -> str:
    """When there are no packs."""
    return _("This place has no packs of its own yet. A pack is a file with your own questions; send me one.")


def pack_columns() -> tuple[str, ...]:
    """The heads of the list of packs."""
    return (_("Pack"), _("Version"), _("State"), _("Questions"), _("Added"))


def pack_state(state: str) -> str:
    """The state of a version: draft, live or retired."""
    return {"draft": _("draft"), "live": _("live"), "retired": _("retired")}[state]


def pack_day(day: dt.date) -> str:
    """When a version was added."""
    return date(day, "d MMM y")


def pack_published(name: str, version: int, questions: int) -> str:
    """A version that has just gone live."""
    return plural(
        "{name}, version {version}, is live: {n} more question is asked here, and nowhere else.",
        "{name}, version {version}, is live: {n} more questions are asked here, and nowhere else.",
        questions,
        name=name,
        version=version,
    )


def pack_is_live(name: str, version: int) -> str:
    """A version that is live already."""
    return _("{name}, version {version}, is live already.").format(name=name, version=version)


def pack_retired(name: str) -> str:
    """A pack that is no longer asked."""
    return _(
        "{name} is retired: its questions are asked no more. /bank publish {name} brings it back."
    ).format(name=name)


def pack_dropped(name: str) -> str:
    """A draft that was thrown away."""
    return _("The draft of {name} is thrown away. It had never been live.").format(name=name)


def pack_not_live(name: str) -> str:
    """A pack that cannot be retired."""
    return _("{name} is not live.").format(name=name)


def pack_preview_title(name: str, version: int, state: str, number: int, of: int) -> str:
    """Above a question of a pack that an admin looks at."""
    return _("{name}, version {version}, {state}: question {number} of {of}").format(
        name=name, version=version, state=pack_state(state), number=number, of=of
    )


def pack_no_question(name: str, number: int, of: int) -> str:
    """A question that is not there, by its number."""
    return plural(
        "{name} has {n} question; there is no number {asked}.",
        "{name} has {n} questions; there is no number {asked}.",
        of,
        name=name,
        asked=number,
    )


def pack_rests_on() -> str:
    """Above the facts of a question."""
    return _("It rests on")


def pack_button(what: str) -> str:
    """The label of what can be done with packs."""
    labels = {
        "add": _("Add a pack"),
        "preview": _("Preview"),
        "publish": _("Publish"),
        "next": _("Next"),
        "previous": _("Previous"),
        "packs": _("All packs"),
    }
    return labels[what]


def pack_reading() -> str:
    """While a file is being read."""
    return _("I am reading your file; the result comes in a moment.")


def file_too_large(megabytes: int) -> str:
    """For a pack that is sent in too large a file."""
    return _("The file is larger than {megabytes} MB.").format(megabytes=megabytes)


def missed_title() -> str:
    """Above a deck of what somebody got wrong."""
    return _("What you missed, for Anki")


def missed_lead(questions: int, decks: int) -> str:
    """What is in the deck."""
    return _(
        "{questions} in {decks}. Open the file with Anki; when you bring a later one in, cards that you "
        "have already are brought up to date."
    ).format(questions=count(questions, "question", "questions"), decks=count(decks, "deck", "decks"))


def missed_none() -> str:
    """When nothing was missed."""
    return _("You have missed nothing yet, or got it right since. There is nothing to export.")
