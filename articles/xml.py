"""What XML documents are made of: feeds, sitemaps. A leaf."""

import re

# All that XML 1.0 (section 2.2, Char) cannot carry, even escaped.
_NOT_OF_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def for_xml(text: str) -> str:
    """The text without the characters that no XML document can hold."""
    return _NOT_OF_XML.sub("", text)
