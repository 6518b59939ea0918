"""QTI 2.1 content packages, as learning platforms exchange tests: an item a question, and a manifest.

https://www.imsglobal.org/question/ (IMS Question and Test Interoperability, Assessment Test, Section and Item
Information Model, 2.1 Final).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.bank.exchange.drafts import Draft, Subject
from bot.bank.unpacking import packed

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
ITEM = "imsqti_item_xmlv2p1"


def write(drafts: Iterable[Draft]) -> bytes:
    """The drafts as a content package."""
    items = {identifier(draft, number): draft for number, draft in enumerate(drafts, 1)}
    files = {f"items/{name}.xml": _document(item_of(draft, name)) for name, draft in items.items()}
    return packed(files | {"imsmanifest.xml": _document(_manifest(list(items)))})


def holds(draft: Draft) -> Draft:
    """Texts, key, reasons and explanation."""
    choices = tuple(replace(choice, confuses="") for choice in draft.choices)
    return Draft(
        draft.stem,
        choices,
        explanation=draft.explanation,
        topic=Subject(name=draft.topic.name or draft.topic.slug),
    )


def identifier(draft: Draft, number: int) -> str:
    """An item's identifier: the same for a question with an id in every package."""
    known_by = f"{draft.topic.slug}/{draft.id}" if draft.id else f"{number} {draft.stem}"
    return f"item-{hashlib.blake2b(known_by.encode(), digest_size=8).hexdigest()}"


def item_of(draft: Draft, name: str) -> Element:
    """A question as an item: all or nothing, with feedback on each option and the explanation."""
    title = " ".join(f"{draft.topic.name or draft.topic.slug} {draft.id}".split()) or name
    item = Element("assessmentItem", {
        "xmlns": QTI, "identifier": name, "title": title, "adaptive": "false", "timeDependent": "false",
    })  # fmt: skip
    right = [f"choice-{at}" for at, choice in enumerate(draft.choices) if choice.right]
    many = "single" if len(right) == 1 else "multiple"
    response = SubElement(
        item, "responseDeclaration", identifier="RESPONSE", cardinality=many, baseType="identifier"
    )
    correct = SubElement(response, "correctResponse")
    for each in right:
        SubElement(correct, "value").text = each
    _outcomes(item, many)
    _body(item, draft, len(right))
    _processing(item)
    for at, choice in enumerate(draft.choices):
        _feedback(item, "FEEDBACK", f"choice-{at}", choice.why)
    _feedback(item, "EXPLANATION", "shown", draft.explanation)
    return item


def _outcomes(item: Element, many: str) -> None:
    score = SubElement(item, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    SubElement(SubElement(score, "defaultValue"), "value").text = "0"
    SubElement(item, "outcomeDeclaration", identifier="FEEDBACK", cardinality=many, baseType="identifier")
    SubElement(
        item, "outcomeDeclaration", identifier="EXPLANATION", cardinality="single", baseType="identifier"
    )


def _body(item: Element, draft: Draft, right: int) -> None:
    body = SubElement(item, "itemBody")
    interaction = SubElement(body, "choiceInteraction", {
        "responseIdentifier": "RESPONSE", "shuffle": "true", "maxChoices": str(right),
    })  # fmt: skip
    _lines(SubElement(interaction, "prompt"), draft.stem)
    for at, choice in enumerate(draft.choices):
        _lines(SubElement(interaction, "simpleChoice", identifier=f"choice-{at}"), choice.text)


def _processing(item: Element) -> None:
    processing = SubElement(item, "responseProcessing")
    branch = SubElement(SubElement(processing, "responseCondition"), "responseIf")
    match = SubElement(branch, "match")
    SubElement(match, "variable", identifier="RESPONSE")
    SubElement(match, "correct", identifier="RESPONSE")
    score = SubElement(branch, "setOutcomeValue", identifier="SCORE")
    SubElement(score, "baseValue", baseType="float").text = "1"
    feedback = SubElement(processing, "setOutcomeValue", identifier="FEEDBACK")
    SubElement(feedback, "variable", identifier="RESPONSE")
    explanation = SubElement(processing, "setOutcomeValue", identifier="EXPLANATION")
    SubElement(explanation, "baseValue", baseType="identifier").text = "shown"


def _feedback(item: Element, outcome: str, name: str, text: str) -> None:
    if text:
        shown = {"outcomeIdentifier": outcome, "identifier": name, "showHide": "show"}
        _lines(SubElement(SubElement(item, "modalFeedback", shown), "p"), text)


def _lines(parent: Element, text: str) -> None:
    """Text with its line breaks."""
    first, *others = text.split("\n")
    parent.text = first
    for line in others:
        SubElement(parent, "br").tail = line


def _manifest(names: list[str]) -> Element:
    manifest = Element("manifest", {"xmlns": PACKAGE, "identifier": "cloudlark-questions"})
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "QTIv2.1 Package"
    SubElement(metadata, "schemaversion").text = "1.0.0"
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    for name in names:
        file = f"items/{name}.xml"
        resource = SubElement(resources, "resource", identifier=name, type=ITEM, href=file)
        SubElement(resource, "file", href=file)
    return manifest


def _document(root: Element) -> bytes:
    return bytes(tostring(root, "utf-8", xml_declaration=True))
