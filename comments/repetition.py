"""What was said in the past day: keyed digests of texts, to know one that comes again.

Of the letters and digits alone, in one writing: blanks, marks and punctuation make no other text.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from comments.models import RecentText
from comments.privacy import text_digest
from comments.rules.repeated import is_set_phrase, letters_of

REMEMBERED = timedelta(days=1)


def was_said(text: str, at: datetime) -> bool:
    """Whether somebody, whoever it was, said this on the site in the day before."""
    said = RecentText.objects.filter(digest=_digest(text), at__gt=at - REMEMBERED)
    return said.exists()


def remember(text: str, at: datetime) -> None:
    """Keep for a day that this was said, where it is no set phrase."""
    if not is_set_phrase(text):
        RecentText.objects.create(digest=_digest(text), at=at)


def forget_texts(at: datetime | None = None) -> int:
    """Drop what is older than a day; how many rows that were."""
    old = RecentText.objects.filter(at__lte=(at or timezone.now()) - REMEMBERED)
    return old.delete()[0]


def _digest(text: str) -> bytes:
    return text_digest(letters_of(text))
