"""Slack's text markup."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from adapters.slack.blocks import SECTION_TEXT, context, fit, plain_text, sections
from adapters.slack.mrkdwn import chunks, clip, escape, link, moment, plain, unescape
from adapters.slack.tables import bar, meter, table
from bot.messages import Meter, Table
from tests.fakes.slack.block_rules import message_faults
from tests.fakes.slack.text_rules import markup_faults

ANY = st.text(alphabet=st.sampled_from(list("ab <>&*_~`@!#|\n:é漢😀")), max_size=400)


@given(ANY)
@example("<!channel> <@U1> <https://evil|x>")
@example("a *b* _c_ ~d~ `e <f>` ```g & h```")
def test_authored_text_never_pings_links_or_breaks_the_markup(text: str) -> None:
    assert markup_faults(plain(text).replace("\n>", "\n")) == []


def test_code_keeps_its_backticks_and_emphasis_is_not_guessed() -> None:
    assert plain("use `s3:*` & *.csv") == "use `s3:*` &amp; *.csv"
    assert plain("a *bold* word") == "a *\u200bbold* word"
    assert plain("_id_ and __init__") == "_\u200bid_ and _\u200b_init__"


@given(ANY, st.integers(5, 60))
def test_a_clipped_text_fits_and_ends_outside_entities(text: str, limit: int) -> None:
    clipped = clip(plain(text), limit)
    assert len(clipped) <= limit
    assert "&" not in clipped[-5:] or ";" in clipped[clipped.rindex("&") :] or plain(text) == clipped


@given(ANY, st.integers(10, 80))
def test_chunks_fit_and_lose_only_white_space(text: str, limit: int) -> None:
    parts = chunks(text, limit)
    assert all(0 < len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.lists(st.sampled_from([link("A page to read", "https://x.test/y?a=1&b=2"), "so & so", "word"])))
def test_links_are_never_cut_in_the_middle(words: list[str]) -> None:
    text = plain("Read: ") + " ".join(word if "http" in word else plain(word) for word in words)
    assert all(markup_faults(part) == [] for part in chunks(text, 90))
    assert markup_faults(clip(text, 90)) == []


def test_plain_text_keeps_its_angle_brackets_when_it_is_cut() -> None:
    assert plain_text("a < b & c " * 9, 24)["text"] == "a < b & c a < b & c a <…"


@given(ANY)
def test_people_get_back_what_they_typed(text: str) -> None:
    assert unescape(escape(text)) == text


def test_links_are_only_made_of_web_addresses() -> None:
    assert link("A <b>", "https://x.test/?a=1&b=|2") == "<https://x.test/?a=1&amp;b=%7C2|A &lt;b&gt;>"
    assert link("A", "javascript:alert(1)") == "A"


def test_a_moment_is_shown_in_the_readers_zone_with_a_fallback() -> None:
    when = dt.datetime(2026, 2, 1, 9, 30, tzinfo=dt.UTC)
    assert moment(when) == "<!date^1769938200^{date_short_pretty} {time}|01 Feb 2026 09:30 UTC>"


def test_tables_are_aligned_while_they_fit_and_become_lists_beyond() -> None:
    narrow = Table(("Domain", "Right"), (("Security", "9"), ("漢字", "120")))
    wide = Table(("No.", "What"), (("1", "x" * 39), ("2 & 3", "y" * 39)))
    wider = Table(("A", "B", "C"), (("1", "x" * 39, "z" * 39),))

    assert table(narrow) == ["```Domain    Right\nSecurity      9\n漢字        120```"]
    assert table(wide)[0].startswith("```No.")
    assert table(wider) == [f"• *1*  B {'x' * 39} · C {'z' * 39}"]
    assert table(Table(("A",), ())) == []


def test_a_long_table_is_cut_into_sections_that_repeat_its_heads() -> None:
    parts = table(Table(("Name", "Points"), tuple((f"person {n}", str(n)) for n in range(400))))

    assert len(parts) > 1
    assert all(part.startswith("```Name") and part.endswith("```") for part in parts)
    assert all(len(part) <= SECTION_TEXT for part in parts)
    assert sum(part.count("person") for part in parts) == 400


def test_bars_are_ten_cells() -> None:
    assert (bar(0), bar(0.52), bar(2)) == ("░" * 10, "█" * 5 + "░" * 5, "█" * 10)
    assert meter(Meter("Security", 0.5)) == "`█████░░░░░` *Security* 50 %"


@given(st.lists(ANY, max_size=80))
def test_what_is_too_much_for_one_message_is_shortened_and_says_so(texts: list[str]) -> None:
    blocks = [block for text in texts for block in sections(plain(text * 9))]

    fitted = fit([*blocks, *context(map(plain, texts))])

    assert message_faults(fitted) == []
