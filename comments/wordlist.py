"""The listed words as a lexicon, built again only after the list has changed."""

from functools import lru_cache

from django.db.models import Count, DecimalField, Sum
from django.db.models.functions import Extract

from articles.arabic import Entry, Lexicon
from comments.models import ListedWord


def lexicon() -> Lexicon:
    """The words of the list as it is now; a hit's key is (action, the word as listed)."""
    # The sum, not the newest: a change may become visible after a newer one has.
    changed = Sum(Extract("updated_at", "epoch", output_field=DecimalField()))
    version = ListedWord.objects.aggregate(count=Count("pk"), changed=changed)
    return _built(version["count"], version["changed"])


@lru_cache(maxsize=1)
def _built(_count: int, _changed: object) -> Lexicon:
    return Lexicon(
        [
            Entry(key=(word.action, word.text), text=word.text, latin=word.latin)
            for word in ListedWord.objects.all()
        ]
    )
