"""Numbers of identity cards, residence permits and passports.

National numbers have 9 to 14 digits: Egypt 14, Iraq and Lebanon up to 12, Syria 11, Jordan and
Saudi Arabia 10. Such a row of digits may as well be a price or several years side by side, which
`numbers` and the groups that it is written in tell apart.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from comments.rules.personal.numbers import has_unit, is_amount

_FEWEST, _MOST = 9, 14
_FEWEST_WHERE_NAMED = 7
_MOST_GROUPS = 5

_RUN = re.compile(r"\d+(?:(?:[ ]?[-–_/.][ ]?|[ ]{1,2})\d+)*")
_DIGITS = re.compile(r"\d+")
_SIGN_OF_FRACTIONS = re.compile(r"[/.]")
_YEAR = re.compile(r"(?:13|14|19|20)\d\d")
_MOMENT = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?"
)
# Within a word of Latin letters and digits: a key, a product, the name of a picture.
_IN_A_WORD = re.compile(r"[a-z_]")
_FRACTION_BEFORE, _FRACTION_AFTER = re.compile(r"\d[.,٫٬]$"), re.compile(r"[.,٫٬]\d")
_NAMED = re.compile(
    r"(?:هويه|هويتي|رقمي|وطني|قومي|جواز|جوازي|اقامه|اقامتي|بطاقه|بطاقتي|القيد|\bid\b|passport|identity"
    r"|national)[^\d\n]{0,15}$"
)
_PASSPORT = re.compile(r"(?<![^\W\d_])(?<!\d)[a-z]{1,2}\d{6,9}(?!\w)")
_PASSPORT_IN_PARTS = re.compile(r"(?<!\w)[a-z]{1,2}[ -]\d{6,9}(?!\w)")
_CURRENCIES = ("sp", "ls", "sl", "ll", "le", "kd", "jd", "tl", "sr")

Span = tuple[int, int]


def find(text: str) -> Iterator[Span]:
    """`text` is without links, dates and hours (`numbers.without_neutral_numbers`).

    A passport's number comes after the row of digits in it.
    """
    for run in _RUN.finditer(text):
        yield from _in_run(text, run.span())
    yield from _passports(text)


def _in_run(text: str, run: Span) -> list[Span]:
    groups = [match.span() for match in _DIGITS.finditer(text, *run)]
    whole = [group for group in groups if _is_number_of_somebody(text, group)]
    if whole or not _is_one_number(text, groups):
        return whole
    return [run]


def _is_number_of_somebody(text: str, group: Span) -> bool:
    start, end = group
    if _is_named(text, start):
        return _FEWEST_WHERE_NAMED <= end - start <= _MOST and not has_unit(text, start, end)
    return (
        _FEWEST <= end - start <= _MOST
        and not is_amount(text, start, end)
        and not _MOMENT.fullmatch(text, start, end)
        and not _is_part_of_a_word_or_fraction(text, start, end)
    )


def _is_part_of_a_word_or_fraction(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 2) : start]
    in_a_word = _IN_A_WORD.match(before[-1:]) or _IN_A_WORD.match(text, end)
    return bool(
        (in_a_word and not before.endswith("+"))
        or _FRACTION_BEFORE.search(before)
        or _FRACTION_AFTER.match(text, end)
    )


def _is_one_number(text: str, groups: Sequence[Span]) -> bool:
    """Whether groups of digits side by side are one number, not several amounts or years."""
    start, end = groups[0][0], groups[-1][1]
    digits = [text[first:last] for first, last in groups]
    length = sum(map(len, digits))
    if len(groups) == 1 or not _FEWEST <= length <= _MOST or has_unit(text, start, end):
        return False
    if _is_named(text, start):
        return True
    if _SIGN_OF_FRACTIONS.search(text, start, end) and len(groups) == 2:
        return False
    if all(len(group) == 1 for group in digits):
        return not _is_a_count(digits)
    return (
        len(groups) <= _MOST_GROUPS
        and any(len(group) >= 4 and not _YEAR.fullmatch(group) for group in digits)
        and not all(group.endswith("0") for group in digits)
    )


def _is_a_count(digits: Sequence[str]) -> bool:
    """Whether single digits only count up or down: 1 2 3 4 5 6 7 8 9."""
    steps = {int(later) - int(earlier) for earlier, later in pairwise(digits)}
    return len(steps) == 1


def _is_named(text: str, start: int) -> bool:
    """Whether the words before say that a number of identity comes."""
    return _NAMED.search(text, max(0, start - 30), start) is not None


def _passports(text: str) -> Iterator[Span]:
    for match in _PASSPORT.finditer(text):
        if not match[0].startswith(_CURRENCIES) and not match[0].endswith("000"):
            yield match.span()
    for match in _PASSPORT_IN_PARTS.finditer(text):
        if _is_named(text, match.start()):
            yield match.span()
