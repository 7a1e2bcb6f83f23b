"""What was said in the past day: keyed digests of texts, to know one that comes again.

Of the letters and digits alone, in one writing: blanks, marks and punctuation make no other text.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from articles.arabic import fold
from comments.models import RecentText
from comments.privacy import text_digest

REMEMBERED = timedelta(days=1)
# Thanks, condolences and prayers are said in set phrases, and by one reader more than once.
SET_PHRASE = 40  # letters and digits


def was_said(text: str, at: datetime) -> bool:
    """Whether somebody, whoever it was, said this on the site in the day before; no set phrase."""
    letters = _letters(text)
    if len(letters) <= SET_PHRASE:
        return False
    said = RecentText.objects.filter(digest=text_digest(letters), at__gt=at - REMEMBERED)
    return said.exists()


def remember(text: str, at: datetime) -> None:
    """Keep for a day that this was said, where it is no set phrase."""
    letters = _letters(text)
    if len(letters) > SET_PHRASE:
        RecentText.objects.create(digest=text_digest(letters), at=at)


def forget_texts(at: datetime | None = None) -> int:
    """Drop what is older than a day; how many rows that were."""
    old = RecentText.objects.filter(at__lte=(at or timezone.now()) - REMEMBERED)
    return old.delete()[0]


def _letters(text: str) -> str:
    """The letters and digits of a text in one writing."""
    return "".join(character for character in fold(text).text if character.isalnum())
