"""XML from strangers: no entities, no declarations of types, nothing fetched, and no more than fits."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.bank.exchange.drafts import ExchangeError

MOST_BYTES = 20_000_000
MOST_ELEMENTS = 500_000


def parsed(data: bytes) -> Element:
    """The root of a document. Raises ExchangeError."""
    if len(data) > MOST_BYTES:
        raise ExchangeError(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    try:
        root: Element = fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise ExchangeError(
            "The XML declares entities or a type of its own, which is not read here."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise ExchangeError(f"The file is not sound XML: {error}.") from error
    except RecursionError as error:
        raise ExchangeError("The XML is nested too deep.") from error
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise ExchangeError(f"The XML has more than {MOST_ELEMENTS:,} elements.")
    return root
