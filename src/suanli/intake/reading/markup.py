"""Reading XML as a stream of events: no document types, no entities, nothing kept in memory."""

from collections.abc import Callable, Mapping
from typing import IO, TypeAlias
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

Attributes: TypeAlias = Mapping[str, str]


class MarkupRefusedError(Exception):
    """XML that declares a document type or entities: no workbook needs them, and they are how XML attacks."""


class EnoughReadError(Exception):
    """Raised by a reader to end the reading before the end of the document."""


def read_markup(
    stream: IO[bytes],
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call the given functions for every element of a document; names come without prefix.

    Raises
    ------
    MarkupRefusedError
        If the document declares a document type or entities.
    xml.sax.SAXException
        If it is not well formed.
    """
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(_Events(start, end, text))
    try:
        parser.parse(stream)
    except EnoughReadError:
        return
    except DefusedXmlException as trouble:
        raise MarkupRefusedError(type(trouble).__name__) from trouble


class _Events(ContentHandler):
    """Passes events on, without the prefixes that some writers put before every name."""

    def __init__(
        self,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None,
        text: Callable[[str], None] | None,
    ) -> None:
        super().__init__()
        self._start, self._end, self._text = start, end, text

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - SAX's name
        self._start(name.rpartition(":")[2], _bare(attrs))

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX's name
        if self._end:
            self._end(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        if self._text:
            self._text(content)


def _bare(attributes: AttributesImpl) -> Attributes:
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}
