"""What a row of digits is when it leads to nobody: a date, an hour, an amount, part of a link."""

import re

from comments.rules.domains import ADDRESS

_NEUTRAL = re.compile(
    rf"{ADDRESS}"
    # Dates with their year, hours with their minutes.
    r"|(?<![\d/.-])(?:\d{1,2}([/.-])\d{1,2}\1(?:13|14|19|20)\d\d"
    r"|(?:13|14|19|20)\d\d([/.-])\d{1,2}\2\d{1,2})(?![\d/-])"
    r"|(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([.,'٬ ])\d{3})(?:\1\d{3})*")
_ROUND = re.compile(r"[1-9]\d*000")
_UNIT = re.compile(
    r"\s{0,2}(?:[$€£%]|ل\.\s?س|(?:ال|لل)?(?:ليره|ليرات|دولار|دولارات|دولارا|يورو|ريال|ريالات|دينار"
    r"|دنانير|درهم|جنيه|جنيها|شيكل|الف|الفا|الاف|مليون|مليونا|ملايين|مليار|نسمه|شخص|شخصا|انسان"
    r"|مواطن|ناخب|صوت|صوتا|مشاهده|مشاهد|متابع|كم|كيلومتر|كيلومترا|متر|مترا|طن|طنا|برميل|برميلا"
    r"|usd|eur|syp|dollars?|euros?|pounds?|people|votes|views|tons|km|million|billion)(?!\w))"
)
_CURRENCY_BEFORE = re.compile(r"[$€£]\s?$")


def without_neutral_numbers(text: str) -> str:
    """The text with as many blanks in place of each link, date and hour."""
    return _NEUTRAL.sub(lambda match: " " * len(match[0]), text)


def is_amount(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` counts something: parted in thousands, round, with a unit."""
    number = text[start:end]
    return (
        _THOUSANDS.fullmatch(number) is not None
        or _ROUND.fullmatch(number) is not None
        or has_unit(text, start, end)
    )


def has_unit(text: str, start: int, end: int) -> bool:
    """Whether a currency or another unit stands before or after `text[start:end]`."""
    before = text[max(0, start - 2) : start]
    return bool(_UNIT.match(text, end) or _CURRENCY_BEFORE.search(before))
