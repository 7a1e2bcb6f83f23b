"""Categories: a tree in which no branch leads back to itself."""

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.models import OrderableTreeNode
from tree_queries.query import TreeQuerySet

from articles.arabic import SLUG_MAX_LENGTH, slugify
from articles.constraints import not_blank, slug_of_an_address, validate_not_blank
from articles.links import link


class CategoryTree:
    """All categories in the order of the tree, read in one query when first asked for."""

    @cached_property
    def categories(self) -> dict[int, "Category"]:
        return {category.pk: category for category in Category.objects.with_tree_fields()}

    @cached_property
    def sections(self) -> list["Category"]:
        """The top level, in its order."""
        return [category for category in self.categories.values() if category.parent_id is None]

    def path(self, category_id: int | None) -> list["Category"]:
        """The categories from the top level down to this one; empty for none."""
        if category_id not in self.categories:
            return []
        return [self.categories[pk] for pk in self.categories[category_id].tree_path]

    def children(self, category_id: int) -> list["Category"]:
        return [each for each in self.categories.values() if each.parent_id == category_id]

    def pick(self, ids: list[int]) -> list["Category"]:
        """The categories with these ids, in the order of the tree."""
        return [each for pk, each in self.categories.items() if pk in ids]

    def branch(self, category_id: int) -> list[int]:
        """The ids of this category and of all below it."""
        return [pk for pk, each in self.categories.items() if category_id in each.tree_path]


class Category(OrderableTreeNode):
    """A section of the paper or one of its branches."""

    if TYPE_CHECKING:
        parent_id: int | None
        tree_path: list[int]
        tree_depth: int

    parent = TreeNodeForeignKey(
        "self",
        verbose_name=_("parent category"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    position = models.PositiveIntegerField(
        _("position"),
        default=0,
        db_index=True,
        help_text=_("Smaller numbers come first. Left at 0, it comes last."),
    )
    name = models.CharField(_("name"), max_length=100, validators=[validate_not_blank])
    slug = models.SlugField(_("slug"), max_length=SLUG_MAX_LENGTH, unique=True, allow_unicode=True)
    description = models.TextField(_("description"), blank=True)

    objects = TreeQuerySet.as_manager()

    class Meta(OrderableTreeNode.Meta):
        abstract = False
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            not_blank("category", "name"),
            slug_of_an_address("category"),
            models.CheckConstraint(
                name="category_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_cycles",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id"),
                condition=pgtrigger.Q(new__parent__isnull=False),
                # The lock keeps two changes at once from closing a ring between them.
                func=pgtrigger.Func(
                    """
                    PERFORM pg_advisory_xact_lock(hashtext('{meta.db_table}'));
                    IF EXISTS (
                        WITH RECURSIVE above(id, parent_id) AS (
                            SELECT id, parent_id FROM {meta.db_table} WHERE id = NEW.parent_id
                            UNION
                            SELECT c.id, c.parent_id
                                FROM {meta.db_table} c JOIN above ON c.id = above.parent_id
                        )
                        SELECT 1 FROM above WHERE NEW.id IN (id, parent_id)
                    ) THEN
                        RAISE EXCEPTION 'category % cannot stand below itself', NEW.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or slugify(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return link("category", self.slug)
