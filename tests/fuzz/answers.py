"""What every answer to a person must be: no apology, and shown on every platform within its rules."""

from __future__ import annotations

import msgspec

from adapters.discord.render import pages_of
from adapters.discord.render_form import modal_of
from adapters.discord.view import files_of, view_of
from adapters.slack.render import render as slack
from adapters.slack.render_forms import form_view
from adapters.web.render import render as web
from adapters.web.render_forms import form as web_form
from bot.messages import Form, FormErrors, Message, Notice, Reply, Tone
from tests.fakes.discord.component_rules import check_layout, check_modal
from tests.fakes.slack.block_rules import message_faults, too_long, view_faults
from tests.fakes.slack.text_rules import markup_faults


def check(reply: Reply) -> Reply:
    """The reply, if it is no apology and all platforms can show it."""
    message = reply.message
    assert not (isinstance(message, Notice) and message.tone is Tone.ERROR), message
    match message:
        case Form():
            _check_form(message)
        case FormErrors(errors=errors):
            assert errors
            assert all(sentence.strip() for sentence in errors.values())
        case _:
            _check_message(message)
    return reply


def _check_message(message: Message) -> None:
    said = slack(message)
    assert message_faults(list(said.blocks)) == []
    assert markup_faults(said.text) == []
    assert not too_long(list(said.blocks))
    for page in pages_of(message):
        check_layout(view_of(page).to_components(), [file.filename for file in files_of(page)])
    msgspec.json.encode(web(message).body)


def _check_form(form: Form) -> None:
    assert view_faults(form_view(form, "{}")) == []
    check_modal(modal_of(form).to_dict())
    msgspec.json.encode(web_form(form))
