"""The one way to tell readers of a mistake in a story, and to take such a note back."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from articles import arabic
from articles.models import CORRECTION_MAX_LENGTH, Article, Correction, Refused


def correct(article: Article, text: str, *, by: User | None = None) -> Correction:
    """Put a dated note on a story that readers see.

    The story counts as updated now. Raises Refused for a story that is not public and for a text
    that is blank or too long.
    """
    text = text.strip()
    if arabic.is_blank(text):
        raise Refused(gettext("Write what was wrong and what is right."))
    if len(text) > CORRECTION_MAX_LENGTH:
        raise Refused(gettext("A correction has at most %d characters.") % CORRECTION_MAX_LENGTH)
    with transaction.atomic():
        locked = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        if not locked.is_public:
            raise Refused(gettext("Only a story that readers see is corrected in public."))
        locked.save(update_fields=["updated_at"])
        return Correction.objects.create(article=locked, text=text, by=by)


def take_back(correction: Correction, *, by: User | None = None) -> Correction:
    """Hide a correction that was wrong itself; it stays in the story's timeline."""
    with transaction.atomic():
        article = Article.objects.select_for_update(no_key=True).get(pk=correction.article_id)
        found = Correction.objects.select_for_update(no_key=True).get(pk=correction.pk)
        if found.taken_back_at is None:
            found.taken_back_at, found.taken_back_by = timezone.now(), by
            found.save(update_fields=["taken_back_at", "taken_back_by"])
            article.save(update_fields=["updated_at"])
        return found
