"""Invented names for commenters: the same one each time, and no way back from it. A leaf.

A name is two words and a number, drawn by a keyed digest. The desk has one for each commenter.
Readers see one for each comment: the same one over two comments would tell that one address stands
behind both, to whoever knows the names that stood there before, or has sent one of them.
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


def public_pseudonym(comment_id: int) -> str:
    """The name that readers see over one comment in place of the commenter's own."""
    return _name(f"comment:{comment_id}")


def _name(of: str) -> str:
    number = keyed_number(of)
    number, noun = divmod(number, len(_NOUNS))
    number, adjective = divmod(number, len(_ADJECTIVES))
    return f"{_NOUNS[noun]} {_ADJECTIVES[adjective]} {number % 900 + 100}"
