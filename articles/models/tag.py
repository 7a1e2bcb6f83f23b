"""Tags, with plain foreign keys in place of django-taggit's generic ones."""

from collections.abc import Iterable

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from articles.arabic import SLUG_MAX_LENGTH, slugify
from articles.constraints import not_blank, slug_of_an_address
from articles.links import link
from articles.models.indexed import RENAMED_TAGS, TAGS_OF_STORIES
from articles.models.revision import kept_at_commit


def tags_from_text(text: str) -> list[str]:
    """The tags typed in one line, parted by Arabic or Latin commas or semicolons."""
    for separator in "،;؛":
        text = text.replace(separator, ",")
    names = (" ".join(name.split()).strip('"“”') for name in text.split(","))
    return list(dict.fromkeys(name for name in names if slugify(name)))


def tags_to_text(tags: Iterable["Tag | str"]) -> str:
    """The line that `tags_from_text` reads."""
    return "، ".join(map(str, tags))


class Tag(TagBase):
    """A subject that connects stories across categories."""

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [not_blank("tag", "name"), slug_of_an_address("tag")]
        triggers = [RENAMED_TAGS]

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slugify(tag, SLUG_MAX_LENGTH - 6)
        return slug if i is None else f"{slug}-{i}"

    def get_absolute_url(self) -> str:
        return link("tag", self.slug)


class TaggedArticle(ItemBase):
    """That an article carries a tag."""

    content_object = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="tagged", db_index=False
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        verbose_name = _("tagged article")
        verbose_name_plural = _("tagged articles")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="article_tagged_once")
        ]
        triggers = [
            kept_at_commit(
                "revision_of_tags",
                story="content_object_id",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            ),
            *TAGS_OF_STORIES,
        ]
