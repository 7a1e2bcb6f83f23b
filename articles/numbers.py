"""Whole numbers out of addresses and forms. A leaf."""

# Eighteen digits always fit PostgreSQL's bigint.
_MOST_DIGITS = 18


def whole_number(text: str) -> int | None:
    """The number that ASCII digits write; None for all else, and for one that fits no key."""
    if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS:
        return int(text)
    return None
