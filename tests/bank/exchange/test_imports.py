"""Files as other programs write them, and files that mean harm."""

from __future__ import annotations

import datetime as dt
import io

import genanki
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from bot.bank.bank import Bank
from bot.bank.exchange import aiken, anki, formats, gift, moodle, spreadsheet
from bot.bank.exchange.authored import files_of, subject_of
from bot.bank.exchange.drafts import Choice, Draft, Subject
from bot.bank.exchange.incoming import receive
from bot.bank.packs import check_files
from bot.bank.unpacking import UnpackingError
from tests.bank.exchange.samples import PLAIN, decks

TODAY = dt.date(2026, 11, 16)
MOODLE = """<?xml version="1.0"?><quiz>
<question type="category"><category><text>$course$/top/Ships/And boats</text></category></question>
<question type="multichoice"><name><text>n</text></name>
 <questiontext format="html">
  <text><![CDATA[<p>Which <code>ship</code> sails?</p><ul><li>one</li></ul><img src="x">]]></text></questiontext>
 <single>true</single>
 <answer fraction="100" format="html"><text>&lt;b&gt;Sloop&lt;/b&gt; &amp;amp; co</text>
  <feedback format="html"><text>Yes</text></feedback></answer>
 <answer fraction="50" format="html"><text>Ketch</text><feedback><text></text></feedback></answer>
 <answer fraction="0" format="html"><text>Train</text></answer></question>
<question type="truefalse"><questiontext format="plain_text"><text>Ships float.</text></questiontext>
 <answer fraction="100"><text>true</text><feedback><text>They do.</text></feedback></answer>
 <answer fraction="0"><text>false</text></answer></question>
<question type="essay"><questiontext><text>Tell.</text></questiontext></question></quiz>"""


def test_moodles_own_files_are_read_and_what_is_lost_is_said() -> None:
    parsed = moodle.read(MOODLE.encode())
    first, second = parsed.drafts
    assert first.stem == "Which `ship` sails?\none"
    assert first.topic == Subject(name="And boats")
    assert first.choices[0] == Choice("Sloop & co", True, "Yes")
    assert second.choices == (Choice("True", True, "They do."), Choice("False"))
    said = " ".join(parsed.lost)
    assert "Question 2: pictures or sounds were left out." in said
    assert "Question 2: answers that were right in part count as wrong." in said
    assert [choice.right for choice in first.choices] == [True, False, False]
    assert "Question 4: an essay has no options to choose from." in said


def test_where_every_right_answer_gets_a_part_all_of_them_are_right() -> None:
    shares = gift.read(b"Two? {~%50%one ~%50%two ~%-100%three}\n\nTwo? {~%70%one ~%30%two ~three}")
    assert [[choice.right for choice in draft.choices] for draft in shares.drafts] == [
        [True, True, False]
    ] * 2
    assert shares.lost == ("Line 3: answers that were right in part count as right.",)
    beside = gift.read(b"One? {=one ~%50%nearly ~no}")
    assert [choice.right for choice in beside.drafts[0].choices] == [True, False, False]
    assert beside.lost == ("Line 1: answers that were right in part count as wrong.",)


def test_gift_as_people_write_it_is_read_and_what_is_lost_is_said() -> None:
    text = """// a comment
$CATEGORY: top/Tools

Is it so? {T#No, it is.#Right you are.}

::Two:: Which two? {
  ~%50%one # because
  ~%50%two
  ~%-100%three
  #### In general.
}

Grant {~was ~is =are} buried here.

::html::[html]<p>Is <code>x</code> bold?</p>{=yes ~no}

How much? {#3:1}

Say it. {=word =other}

Match. {=a -> b =c -> d}

Tell. {}
"""
    parsed = gift.read(text.encode())
    truth, two, grant, html = parsed.drafts
    assert truth.choices == (Choice("True", True, "Right you are."), Choice("False", False, "No, it is."))
    assert truth.topic.name == "Tools"
    assert [choice.right for choice in two.choices] == [True, True, False]
    assert (two.id, two.explanation, two.choices[0].why) == ("Two", "In general.", "because")
    assert grant.stem == "Grant _____ buried here."
    assert html.stem == "Is `x` bold?"
    assert [sentence.partition(": ")[2] for sentence in parsed.lost] == [
        "a number to be typed has no options.",
        "an answer to be typed has no wrong options.",
        "matching pairs have no wrong options.",
        "an essay has no options.",
    ]


@pytest.mark.parametrize(
    "sheet",
    [
        "Question,Option A,Option B,Correct\nWhich?,this,that,B\n",
        "Question;Option A;Option B;Correct answer\r\nWhich?;this;that;that\r\n",
        "\ufeffstem\toption_1\toption_2\tkey\nWhich?\tthis\tthat\t2\n",
        "Frage,1,2,Correct\nWhich?,this,that,b\n",
    ],
)
def test_sheets_that_people_made_are_read_by_their_headings(sheet: str) -> None:
    (draft,) = spreadsheet.read(sheet.encode()).drafts
    assert (draft.stem, draft.choices) == ("Which?", (Choice("this"), Choice("that", True)))


def test_a_column_called_topic_holds_slugs_or_names() -> None:
    sheet = "Question,a,b,Correct,Topic\nq,x,y,A,Networking Basics\nr,x,y,A,dns\n"
    topics = [draft.topic for draft in spreadsheet.read(sheet.encode()).drafts]
    assert topics == [Subject(name="Networking Basics"), Subject(slug="dns")]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_sheets_are_read_as_excel_saves_them(encoding: str) -> None:
    sheet = "\r\nFrage;Option A;Option B;Correct\r\nWofür steht „SLA“?;Ärger;Größe;B\r\n"
    (draft,) = spreadsheet.read(sheet.encode(encoding)).drafts
    assert (draft.stem, [choice.text for choice in draft.choices]) == (
        "Wofür steht „SLA“?",
        ["Ärger", "Größe"],
    )


def test_no_cell_is_taken_for_a_formula() -> None:
    draft = Draft("=1+1", (Choice("@x", True), Choice("+y"), Choice("-z"), Choice("'=quoted")))
    text = spreadsheet.write([draft]).decode("utf-8-sig")
    assert text.splitlines()[1].count(",'") >= 5
    assert spreadsheet.read(text.encode()).drafts[0].choices == draft.choices


def test_aiken_with_several_answers_and_explanations_is_read() -> None:
    text = "TOPIC: Boats\n\nWhich two?\n\nA) one\nB) two\nC) three\nANSWER: A, C\nEXPLANATION: So\nit is.\n\nloose words\n"
    parsed = aiken.read(text.encode())
    (draft,) = parsed.drafts
    assert [choice.right for choice in draft.choices] == [True, False, True]
    assert (draft.topic.name, draft.explanation) == ("Boats", "So it is.")
    assert parsed.lost == ("Line 12: this is no question with options A, B ... and an ANSWER line.",)


def package(*notes: tuple[str, str], kind: genanki.Model = genanki.BASIC_MODEL) -> bytes:
    """An Anki package of notes with a front and a back."""
    deck = genanki.Deck(1234, "Tools::Ports")
    for fields in notes:
        deck.add_note(genanki.Note(kind, list(fields)))
    buffer = io.BytesIO()
    genanki.Package(deck).write_to_file(buffer)
    return buffer.getvalue()


def test_cards_with_a_front_and_a_back_borrow_wrong_options_from_their_deck() -> None:
    parsed = anki.read(package(("ssh?", "22"), ("http?", "80<br>"), ("https?", "443"), ("dns?", "<b>53</b>")))
    assert len(parsed.drafts) == 4
    ssh = next(draft for draft in parsed.drafts if draft.stem == "ssh?")
    assert [choice.text for choice in ssh.choices if choice.right] == ["22"]
    assert {choice.text for choice in ssh.choices} == {"22", "80", "443", "53"}
    assert ssh.topic.name == "Ports"
    assert "4 cards have no options of their own" in parsed.lost[0]
    assert anki.read(package(("ssh?", "22"), ("http?", "80"), ("https?", "443"), ("dns?", "53"))).drafts


def test_cards_that_cannot_become_questions_are_told() -> None:
    alone = anki.read(package(("ssh?", "22")))
    assert alone.drafts == ()
    assert "alone in its deck" in alone.lost[0]
    gaps = anki.read(package(("SSH is {{c1::22}}", "x"), kind=genanki.CLOZE_MODEL))
    assert "text with gaps" in gaps.lost[0]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(drafts=decks())
def test_whatever_is_brought_in_makes_a_sound_pack(drafts: list[Draft]) -> None:
    authored = files_of(drafts, subject_of("somewhere"), TODAY, ("sqs",))
    known = Bank.of()
    checked = check_files(authored.files, known, TODAY)
    faults = [str(fault) for fault in checked.faults if "confuses names no topic" not in fault.message]
    assert faults == []
    assert len(checked.bank.questions) <= len(drafts)


def test_what_cannot_be_held_is_left_out_with_a_sentence() -> None:
    seven = Draft("Seven?", tuple(Choice(f"o{n}", n == 0) for n in range(7)))
    keyless = Draft("Keyless?", (Choice("a"), Choice("b")))
    long = Draft("x" * 701, (Choice("a", True), Choice("b")))
    kept = Draft("Kept?", (Choice("a", True), Choice("b", why="w" * 300)))
    authored = files_of([seven, keyless, long, kept], Subject("misc", "Misc"), TODAY)
    assert authored.questions == 1
    said = "\n".join(authored.said)
    assert "“Seven?” was left out: it has 7 options, 2 to 5 can be shown." in said
    assert "“Keyless?” was left out: 0 of its options are right" in said
    assert "its text has 701 characters" in said
    assert "“Kept?”: a reason was shortened to 240 characters." in said


def test_what_was_done_to_many_is_one_sentence() -> None:
    plain = [Draft(f"Which {n}?", (Choice("a", True), Choice("b")), where=f"Line {n}: ") for n in range(4)]
    assert files_of(plain, Subject("misc", "Misc"), TODAY).said == (
        "4 questions: some options had no reason; a few words stand there.",
        "4 questions: no explanation; that of the key stands there.",
        "4 questions: no fact; one made of question and key stands there.",
    )
    assert "Line 0: “Which 0?”: no explanation; that of the key stands there." in (
        files_of(plain[:1], Subject("misc", "Misc"), TODAY).said
    )


def test_topics_whose_slugs_would_be_taken_for_one_another_get_different_ones() -> None:
    names = ["AWS Systems Manager Parameter Store", "Systems Manager Automation"]
    asked = [Draft("Which?", (Choice("a", True), Choice("b")), topic=Subject(name=name)) for name in names]
    checked = check_files(files_of(asked, Subject("misc"), TODAY).files, Bank.of(), TODAY)
    assert checked.faults == ()
    assert [topic.name for topic in checked.bank.topics.values()] == names


def test_ids_that_fit_stay_whole_and_others_are_cut() -> None:
    topic, longest = Subject("t" * 20, "T"), 54
    for extra, kept in ((0, True), (1, False)):
        name = f"{topic.slug}.{'q' * (longest - 21 + extra)}"
        one = Draft("Which?", (Choice("a", True), Choice("b")), name, topic)
        twice = files_of([one, one], Subject("misc"), TODAY, longest=longest)
        ids = check_files(twice.files, Bank.of(), TODAY).bank.questions
        assert (name in ids, len(ids), max(map(len, ids)) <= longest) == (kept, 2, True)


@pytest.mark.parametrize("name", formats.WRITTEN)
def test_a_file_of_any_format_becomes_a_pack(name: str) -> None:
    form = formats.WRITTEN[name]
    if name == "qti":
        return
    received = receive("ours", f"our_questions{form.suffix}", form.write([PLAIN]), Bank.of(), TODAY)
    assert received.checked.is_sound, received.checked.faults
    (question,) = received.checked.bank.questions.values()
    assert question.stem == PLAIN.stem
    assert question.options[0].right


def test_a_file_that_holds_nothing_for_a_pack_says_why() -> None:
    with pytest.raises(UnpackingError, match="no question in the file that a pack can hold"):
        receive("ours", "x.csv", b"question,a,b,key\nWhich?,x,y,\n", Bank.of(), TODAY)
