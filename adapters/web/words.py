"""The sentences that the local chat says on its own behalf."""

from __future__ import annotations

from bot.wording.speech import _, grouped


def choose(picks: int) -> str:
    """What a question asks for."""
    texts = {1: _("Choose one"), 2: _("Choose two"), 3: _("Choose three"), 4: _("Choose four")}
    return texts.get(picks, _("Choose {picks}")).format(picks=picks)


def wrong_host() -> str:
    """Under a name that may be a trap."""
    return _(
        "The local chat answers only on this machine: open it under 127.0.0.1 or localhost,"
        " or set CLOUDLARK_WEB_PASSWORD to offer it under other names."
    )


def foreign() -> str:
    """To another page than the chat's."""
    return _("That did not come from the chat's own page: open the chat and enter there.")


def wrong_password() -> str:
    """At the door."""
    return _("That is not the password of this chat: ask the person who runs it.")


def name_taken() -> str:
    """On changing one's name."""
    return _("Somebody here goes by that name already: choose another one.")


def name_taken_elsewhere() -> str:
    """At the door, where it may be one's own from another browser."""
    return _(
        "Somebody here goes by that name already: choose another one,"
        " or come back with the browser in which you chose it."
    )


def too_many_people(most: int) -> str:
    """When a browser has entered as too many."""
    return _("This browser has entered as {most} people already: come back as one of them.").format(most=most)


def apology() -> str:
    """When an answer could not be made."""
    return _("Something went wrong on this side, and it is in the log. Please try again.")


def unwritten() -> str:
    """When the journal cannot be written."""
    return _("The chat could not write that down: its disk may be full. Please try again.")


def no_channel() -> str:
    """For a place that is not there, or not for this person."""
    return _("That channel does not exist: pick one from the list.")


def no_message() -> str:
    """For a message that is not there, or not for this person."""
    return _("That message is not there any more: reload the page.")


def too_long(length: int, most: int) -> str:
    """For a message beyond the limit."""
    return _("A message has at most {most} characters; this one has {length}.").format(
        most=grouped(most), length=grouped(length)
    )


def file_too_large(megabytes: int) -> str:
    """For an upload beyond the limit."""
    return _("A file may have at most {megabytes} MB.").format(megabytes=megabytes)


def file_gone() -> str:
    """For a form that waited too long, or came twice."""
    return _("The file is no longer here: choose it again.")


def name_too_long(length: int, most: int) -> str:
    """For a person's or a channel's name."""
    return _("That name has {length} characters: use at most {most}.").format(length=length, most=most)
