"""Telephone numbers, known by the library that telephones themselves use."""

import re
from collections.abc import Iterator

from phonenumbers import (
    Leniency,
    PhoneNumberMatch,
    PhoneNumberMatcher,
    PhoneNumberType,
    ndd_prefix_for_region,
    number_type,
)

from comments.rules.personal.numbers import is_amount

_FEWEST_DIGITS = 7
_DIGIT = re.compile(r"\d")
_FROM_ABROAD = re.compile(r"(?<![\d.,])00(?=[1-9])")
_DIALLED = re.compile(r"\(?[+0]")
_FRACTION = re.compile(r"0[.]\d+")
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
# Links that call somebody, with the number in them.
_CALLING_LINK = re.compile(
    r"(?:wa\.me/|t\.me/|tel:|sms:|phone=|number=)((?:\+|%2b)?\d{8,15})(?!\d)"
)
# Said to be a telephone's: a local number, or one as it is dialled in another country.
_NAMED = re.compile(
    r"(?<!\w)(?:ال)?(?:هاتفي?|تلفوني?|تليفوني?|موبايلي?|جوالي?|نقالي?|واتساب|واتس|phone|mobile|whatsapp"
    r"|call me)(?!\w)[^\w\n]{0,5}(?:(?:رقم|number|هو|is|on|at)[^\w\n]{1,3}){0,2}"
    r"(\+?\d(?:[ ().-]{0,3}\d){5,14})(?!\d)"
)


def find(text: str, region: str) -> Iterator[tuple[int, int]]:
    """Numbers with the code of their country, or as they are dialled in `region` (as in SY)."""
    for named in _NAMED.finditer(text):
        if not is_amount(text, *named.span(1)):
            yield named.span(1)
    if len(_DIGIT.findall(text)) < _FEWEST_DIGITS:
        return
    # The world over 00 is dialled where + is written; the library takes the region's habit alone.
    searched = _FROM_ABROAD.sub(" +", text)
    for match in PhoneNumberMatcher(searched, region, leniency=Leniency.VALID):
        if _is_meant_to_be_dialled(searched, match, region):
            begins_with_zeros = text[match.start] != searched[match.start]
            yield match.start - begins_with_zeros, match.end


def find_in_links(text: str) -> Iterator[tuple[int, int]]:
    for match in _CALLING_LINK.finditer(text):
        yield match.span(1)


def _is_meant_to_be_dialled(text: str, match: PhoneNumberMatch, region: str) -> bool:
    """Without its first 0 or +, a number may as well count people or money."""
    if _FRACTION.fullmatch(match.raw_string):
        return False
    if _DIALLED.match(match.raw_string):
        return True
    if is_amount(text, match.start, match.end):
        return False
    dialled_without_zero = ndd_prefix_for_region(region, strip_non_digits=True) is None
    return dialled_without_zero or number_type(match.number) in _MOBILE
