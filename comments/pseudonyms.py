"""Invented names for commenters: the same one each time, and no way back from it. A leaf.

A name is two words and a number, drawn by a keyed digest. The desk's name for a commenter and the
one that readers see under an article differ, and so do those under two articles.
"""

from comments.privacy import keyed_number

_NOUNS = (
    *("نورس", "هدهد", "بلبل", "صقر", "كروان", "سنونو", "حسّون", "شاهين"),
    *("غزال", "ريم", "حصان", "دلفين", "قنفذ", "سنجاب", "طاووس", "عقاب"),
    *("جبل", "نهر", "مرفأ", "شراع", "غيم", "مطر", "نسيم", "فجر"),
    *("زيتون", "نخيل", "سنديان", "ياسمين", "ريحان", "سرو", "لوز", "تين"),
)
_ADJECTIVES = (
    *("هادئ", "بعيد", "صبور", "يقظ", "عابر", "وديع", "نبيه", "رشيق"),
    *("أخضر", "أزرق", "فضي", "ذهبي", "أبيض", "رمادي", "صافٍ", "دافئ"),
    *("عالٍ", "عتيق", "جديد", "قريب", "خفيف", "شامخ", "باكر", "ساهر"),
    *("واسع", "عذب", "حكيم", "باسم", "مسافر", "صامت", "مضيء", "كريم"),
)


def pseudonym(commenter_id: int) -> str:
    """The desk's name for a commenter."""
    return _name(f"desk:{commenter_id}")


def public_pseudonym(article_id: int, commenter_id: int) -> str:
    """The name that readers see under one article in place of the commenter's own."""
    return _name(f"article:{article_id}:{commenter_id}")


def _name(of: str) -> str:
    number = keyed_number(of)
    number, noun = divmod(number, len(_NOUNS))
    number, adjective = divmod(number, len(_ADJECTIVES))
    return f"{_NOUNS[noun]} {_ADJECTIVES[adjective]} {number % 900 + 100}"
