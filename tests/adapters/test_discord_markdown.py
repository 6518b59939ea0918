"""Text that people typed or content holds shows on Discord as it is."""

from __future__ import annotations

import datetime as dt

import pytest

from adapters.discord.markdown import clipped, heading, link, moment, plain, shortened, small


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("2 * 3 * 4", "2 \\* 3 \\* 4"),
        ("snake_case_name", "snake\\_case\\_name"),
        ("a || b ~~c~~", "a \\|\\| b \\~\\~c\\~\\~"),
        ("[title](address)", "\\[title](address)"),
        ("<@123> <#4> <t:5:R>", "\\<@123> \\<#4> \\<t\\:5:R>"),
        ("@everyone and @here, not me@example.com", "\\@everyone and \\@here, not me@example.com"),
        ("arn:aws:s3:::bucket", "arn\\:aws\\:s3:::bucket"),
        ("# not a heading", "\\# not a heading"),
        ("-# not small", "\\-# not small"),
        ("> no quote\n- no list\n1. no list", "\\> no quote\n\\- no list\n1\\. no list"),
        ("C# and 1.5 - 2 > 1", "C# and 1.5 - 2 > 1"),
        ("one ` tick", "one \\` tick"),
        ("back\\slash", "back\\\\slash"),
    ],
)
def test_nothing_formats_by_accident(given: str, shown: str) -> None:
    assert plain(given) == shown


def test_code_stays_as_it_is() -> None:
    assert plain("use `aws s3 cp *` _now_") == "use `aws s3 cp *` \\_now\\_"
    assert plain("``a`b`` *x*").endswith("\\*x\\*")


def test_addresses_stay_as_they_are() -> None:
    assert plain("see https://example.com/a_b_c*, or_not") == "see https://example.com/a_b_c*, or\\_not"


def test_only_web_addresses_become_links() -> None:
    assert link("A *title*", "https://example.com/a_(b)") == "[A \\*title\\*](https://example.com/a_%28b%29)"
    assert link("A title", "javascript:alert(1)") == "A title"


def test_headings_and_small_print_are_one_line() -> None:
    assert heading("one\n# two") == "### one # two"
    assert small("one\ntwo") == "-# one two"


def test_moments_are_local_to_every_reader() -> None:
    assert moment(dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)) == "<t:1795253400:R>"


def test_long_texts_end_with_a_sentence_and_a_word() -> None:
    text = "One sentence. Another sentence. A third one."
    assert shortened(text, 44) == text
    assert shortened(text, 43) == "One sentence. (shortened)"
    assert shortened(text, 20) == "(shortened)"
    assert shortened(text, 5) == ""


def test_no_code_or_link_is_cut_open() -> None:
    assert shortened("First. Use `a. b` and so on. Last words here.", 40) == "First. (shortened)"
    assert shortened("First. A [long. title](https://example.com) here.", 36) == "First. (shortened)"


def test_labels_are_clipped_on_one_line() -> None:
    assert clipped("a  label\nof words", 80) == "a label of words"
    assert clipped("x" * 100, 80) == "x" * 79 + "…"
