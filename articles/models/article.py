"""Stories."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles import arabic, html, search
from articles.constraints import validate_not_blank
from articles.links import link
from articles.locks import one_at_a_time
from articles.models.article_guards import CONSTRAINTS, INDEXES, TRIGGERS
from articles.models.article_set import ArticleQuerySet
from articles.models.byline import Byline
from articles.models.category import Category
from articles.models.fields import RichTextField
from articles.models.former_slug import FormerSlug
from articles.models.image import ArchiveImage
from articles.models.revision import Revisions
from articles.models.status import UNFINISHED, ArticleStatus
from articles.models.tag import Tag, TaggedArticle

SUMMARY_LENGTH = 180
TEASER_LENGTH = 95
_UPDATED_AFTER = timedelta(minutes=10)
REVISIONS = Revisions()
CANNOT_BE_WITHOUT = {
    ArticleStatus.SCHEDULED: _("A story that is scheduled cannot be without this."),
    ArticleStatus.PUBLISHED: _("A story that readers see cannot be without this."),
    ArticleStatus.RETRACTED: _("A story that was published cannot be without this."),
}
_SLUG_OF_NO_WORD = "story"
# Every cut of a title that leaves room for a number begins with this one.
_SHORTEST_CUT = arabic.SLUG_MAX_LENGTH - 12


def language_of_the_paper() -> str:
    return settings.LANGUAGE_CODE


def known_languages() -> list[tuple[str, Any]]:
    """Those that have a catalogue; asked for anew, so that one more needs no migration."""
    return settings.LANGUAGES


def direction_of(language: str) -> str:
    """The writing direction of a language, as HTML's `dir` wants it; of an unknown one its own."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "auto"


class Article(models.Model):  # type: ignore[django-manager-missing]
    """A story. Its status is changed by `articles.publishing` alone."""

    if TYPE_CHECKING:
        # Annotations of `ArticleQuerySet`.
        opening: str
        further_category_ids: list[int]
        tags_read: list[dict[str, Any]]
        corrections_read: list[dict[str, str]]
        category_id: int | None
        byline_id: int | None
        image_id: int | None
        owner_id: int | None

    title = models.CharField(_("title"), max_length=250, validators=[validate_not_blank])
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    slug = models.SlugField(
        _("slug"),
        max_length=arabic.SLUG_MAX_LENGTH,
        unique=True,
        blank=True,
        allow_unicode=True,
        help_text=_("The end of the story's address. Left empty, it is made from the title."),
    )
    byline = models.ForeignKey(
        Byline,
        verbose_name=_("byline"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
    )
    body = RichTextField(_("body"), blank=True)
    excerpt = models.TextField(
        _("excerpt"),
        blank=True,
        max_length=500,
        help_text=_("One or two sentences for lists. Left empty, the story's opening is shown."),
    )
    image = models.ForeignKey(
        ArchiveImage,
        verbose_name=_("lead picture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
    )
    image_caption = models.CharField(
        _("caption for this story"),
        max_length=500,
        blank=True,
        help_text=_("Left empty, the caption of the archive is shown."),
    )
    no_image_reason = models.CharField(
        _("why there is no picture"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("A story without a lead picture is published only with a reason. Not shown."),
    )
    category = models.ForeignKey(
        Category,
        verbose_name=_("main category"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
    )
    further_categories = models.ManyToManyField(
        Category,
        verbose_name=_("further categories"),
        blank=True,
        related_name="further_articles",
    )
    tags = TaggableManager(
        through=TaggedArticle,
        blank=True,
        help_text=_("Parted by commas."),
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=ArticleStatus,
        default=ArticleStatus.DRAFT,
        editable=False,
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    publish_at = models.DateTimeField(_("to be published at"), null=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="articles",
        help_text=_("The account that wrote it; readers see the byline alone."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    language = models.CharField(
        _("language"), max_length=7, choices=known_languages, default=language_of_the_paper
    )
    comments_open = models.BooleanField(_("comments open"), default=True)
    # The database writes these two: articles.models.indexed.
    indexed_tags = models.TextField(default="", db_default="", editable=False)
    indexed_categories = ArrayField(
        models.BigIntegerField(), default=list, db_default=[], editable=False
    )
    search_index = search.index_column(
        *("title", "subtitle", "indexed_tags", "excerpt", "body"), weights="ABCCD", beginnings=True
    )
    revisions = REVISIONS
    # Of the form that made it.
    form_key = models.UUIDField(null=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-created_at", "-id"]
        permissions = [("publish_article", _("Can publish and retract articles"))]
        constraints = CONSTRAINTS
        indexes = INDEXES
        triggers = TRIGGERS

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        self._fill_slug()
        if self.status not in UNFINISHED:
            self._clean_what_readers_see()
        if FormerSlug.objects.filter(slug=self.slug).exclude(article=self.pk).exists():
            raise ValidationError(
                {"slug": _("Another story was once published at this address. Choose another one.")}
            )

    def _clean_what_readers_see(self) -> None:
        """Raises ValidationError for what would be lost, and for pictures without description."""
        wrong = CANNOT_BE_WITHOUT[ArticleStatus(self.status)]
        errors: dict[str, Any] = dict.fromkeys(self.lost_fields(), wrong)
        for picture in self.undescribed_pictures():
            field = "image" if picture.pk == self.image_id else "body"
            errors[field] = _(
                "A picture in it has no alternative text. Describe it in the archive first."
            )
        if errors:
            raise ValidationError(errors)

    def undescribed_pictures(self) -> list[ArchiveImage]:
        """The pictures of this story, above it or in its body, that nobody has described."""
        keys = html.picture_keys(html.clean(self.body))
        if self.image_id:
            keys.add(self.image_id)
        return list(ArchiveImage.objects.undescribed().filter(pk__in=keys)) if keys else []

    def lost_fields(self) -> list[str]:
        """What the story as it is stored has, and would have no longer."""
        stored = Article.objects.select_related("image").filter(pk=self.pk).first()
        lacked = stored.missing_fields() if stored else []
        return [field for field in self.missing_fields() if field not in lacked]

    def save(self, *args, **kwargs) -> None:
        # One transaction with the revision that this keeps, and with the lock on free slugs.
        with transaction.atomic(savepoint=False):
            self._fill_slug()
            super().save(*args, **kwargs)

    def missing_fields(self) -> list[str]:
        """The fields that still lack something before the story may be published."""
        there = {
            "title": not arabic.is_blank(self.title),
            "byline": self.byline_id is not None,
            "body": not arabic.is_blank(html.to_text(html.clean(self.body))),
            "excerpt": not arabic.is_blank(self.excerpt),
            "image": self.image_id is not None or not arabic.is_blank(self.no_image_reason),
            "category": self.category_id is not None,
        }
        return [field for field, is_there in there.items() if not is_there]

    def _fill_slug(self) -> None:
        if not self.slug:
            one_at_a_time(Article)
            self.slug = self.free_slug()

    def free_slug(self) -> str:
        """A slug made from the title that no other story has or had."""
        others = Article.objects.exclude(pk=self.pk)
        former = FormerSlug.objects.exclude(article=self.pk)
        wanted = arabic.slugify(self.title) or _SLUG_OF_NO_WORD
        if not (others.filter(slug=wanted).exists() or former.filter(slug=wanted).exists()):
            return wanted
        beginning = arabic.slugify(self.title, _SHORTEST_CUT)
        taken = {
            slug
            for slugs in (others, former)
            for slug in slugs.filter(slug__startswith=beginning or _SLUG_OF_NO_WORD).values_list(
                "slug", flat=True
            )
        }
        number, slug = 1, wanted
        while slug in taken:
            number += 1
            ending = f"-{number}"
            cut = arabic.slugify(self.title, arabic.SLUG_MAX_LENGTH - len(ending))
            slug = (cut or _SLUG_OF_NO_WORD) + ending
        return slug

    def get_absolute_url(self) -> str:
        return link("article", self.slug)

    @property
    def summary(self) -> str:
        """The excerpt, or the body's opening cut at a word: plain text for lists."""
        return self.excerpt or arabic.excerpt(self._opening_text, SUMMARY_LENGTH)

    @property
    def teaser(self) -> str:
        """The beginning of the summary, cut at a word, for the related box."""
        return arabic.excerpt(self.excerpt or self._opening_text, TEASER_LENGTH)

    @property
    def _opening_text(self) -> str:
        return html.opening(self.__dict__.get("opening") or self.body)

    @property
    def corrections_shown(self) -> list[tuple[datetime, str]]:
        """What readers of the story's page are told of its mistakes, and when they were told."""
        return [
            (datetime.fromisoformat(each["at"]), each["text"]) for each in self.corrections_read
        ]

    @property
    def tags_shown(self) -> list[Tag]:
        """The tags, in the order in which they were put on, with what readers see of them."""
        return [Tag(**each) for each in self.tags_read]

    @property
    def picture_caption(self) -> str:
        if self.image_caption or not self.image:
            return self.image_caption
        return self.image.caption

    @property
    def direction(self) -> str:
        """The writing direction of the article's own language, as HTML's `dir` wants it."""
        return direction_of(self.language)

    @property
    def is_public(self) -> bool:
        """For a story at hand what `ArticleQuerySet.public` says of all."""
        return bool(
            self.status == ArticleStatus.PUBLISHED
            and self.published_at
            and self.published_at <= timezone.now()
        )

    @property
    def changed_at(self) -> datetime:
        """When what readers see last changed: never before it was published."""
        return max(self.updated_at, self.published_at or self.updated_at)

    @property
    def was_updated(self) -> bool:
        """Whether it was changed so long after publication that readers should be told."""
        return bool(self.published_at and self.updated_at - self.published_at > _UPDATED_AFTER)
