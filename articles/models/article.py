"""Stories: the article and its former addresses."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import JSONObject, Left, Now
from django.db.models.lookups import Regex
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles import arabic, html, search
from articles.constraints import not_blank, one_of, slug_of_an_address, validate_not_blank
from articles.locks import one_at_a_time
from articles.models.byline import Byline
from articles.models.category import Category
from articles.models.correction import Correction
from articles.models.decision import status_needs_a_decision
from articles.models.fields import RichTextField
from articles.models.image import ArchiveImage
from articles.models.picture_use import KEEP_BODY_PICTURES, STORY_SHOWS_DESCRIBED_PICTURES
from articles.models.revision import OWN_COLUMNS, Revisions, kept_at_commit
from articles.models.status import UNFINISHED, ArticleStatus
from articles.models.tag import TaggedArticle

SUMMARY_LENGTH = 180
TEASER_LENGTH = 95
_OPENING_LENGTH = 1500
_UPDATED_AFTER = timedelta(minutes=10)
REVISIONS = Revisions()
_SLUG_OF_NO_WORD = "story"
# Every cut of a title that leaves room for a number begins with this one.
_SHORTEST_CUT = arabic.SLUG_MAX_LENGTH - 12


# The database's own reading of what a body's markup shows.
_TEXT_OF_BODY = models.Func(
    "body",
    models.Value("<[^>]*>|&nbsp;"),
    models.Value(""),
    models.Value("g"),
    function="regexp_replace",
    output_field=models.TextField(),
)


def language_of_the_paper() -> str:
    return settings.LANGUAGE_CODE


class ArticleQuerySet(models.QuerySet["Article"]):
    def public(self) -> "ArticleQuerySet":
        """What every reader may see. The only place that says so."""
        return self.filter(status=ArticleStatus.PUBLISHED, published_at__lte=timezone.now())

    def retracted(self) -> "ArticleQuerySet":
        return self.filter(status=ArticleStatus.RETRACTED)

    def due(self) -> "ArticleQuerySet":
        """Scheduled stories whose moment has come by the database's own clock."""
        return self.filter(status=ArticleStatus.SCHEDULED, publish_at__lte=Now())

    def newest_first(self) -> "ArticleQuerySet":
        return self.order_by("-published_at", "-id")

    def in_categories(self, ids: list[int]) -> "ArticleQuerySet":
        """Stories whose main or further category is one of these."""
        further = Article.further_categories.through.objects.filter(category__in=ids)
        return self.filter(
            models.Q(category__in=ids) | models.Q(pk__in=further.values("article_id"))
        )

    def for_page(self) -> "ArticleQuerySet":
        """With what the article's own page shows, in one query."""
        further = Article.further_categories.through.objects.filter(article=models.OuterRef("pk"))
        return (
            self.select_related("category", "byline", "image")
            .defer("search_index", "image__search_index")
            .annotate(
                further_category_ids=ArraySubquery(further.values("category_id")),
                corrections_read=ArraySubquery(
                    Correction.objects.standing()
                    .filter(article=models.OuterRef("pk"))
                    .values(read=JSONObject(text="text", at="at"))
                ),
            )
        )

    def for_lists(self) -> "ArticleQuerySet":
        """With all that a list shows of an article, and only the opening of its body."""
        return (
            self.select_related("category", "byline", "image")
            .defer("body", "search_index", "image__search_index")
            .annotate(opening=Left("body", _OPENING_LENGTH))
        )


class Article(models.Model):  # type: ignore[django-manager-missing]
    """A story. Its status is changed by `articles.publishing` alone."""

    if TYPE_CHECKING:
        # Annotations of `for_lists` and `for_page`.
        opening: str
        further_category_ids: list[int]
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
        _("language"), max_length=7, choices=settings.LANGUAGES, default=language_of_the_paper
    )
    comments_open = models.BooleanField(_("comments open"), default=True)
    search_index = search.index_column("title", "subtitle", "excerpt", "body")
    revisions = REVISIONS

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-created_at", "-id"]
        permissions = [("publish_article", _("Can publish and retract articles"))]
        constraints = [
            not_blank("article", "title"),
            slug_of_an_address("article"),
            one_of("article", "status", ArticleStatus),
            models.CheckConstraint(
                name="article_language_known",
                condition=models.Q(language__in=[code for code, _name in settings.LANGUAGES]),
            ),
            models.CheckConstraint(
                name="article_public_only_when_complete",
                condition=models.Q(status__in=UNFINISHED)
                | models.Q(
                    Regex(_TEXT_OF_BODY, arabic.NOT_BLANK_PATTERN),
                    models.Q(status=ArticleStatus.SCHEDULED) | models.Q(published_at__isnull=False),
                    byline__isnull=False,
                    category__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="article_moment_of_a_schedule",
                condition=models.Q(publish_at__isnull=True) ^ models.Q(status="scheduled"),
            ),
        ]
        indexes = [
            # Front page, feeds, API: ORDER BY published_at DESC, id DESC over public stories.
            models.Index(fields=["status", "-published_at", "-id"], name="article_newest"),
            # A category's page and the related box.
            models.Index(
                fields=["category", "status", "-published_at", "-id"],
                name="article_newest_of_category",
            ),
            # A byline's page.
            models.Index(
                fields=["byline", "status", "-published_at", "-id"], name="article_newest_of_byline"
            ),
            # What is due: WHERE status = 'scheduled' AND publish_at <= now().
            models.Index(
                fields=["publish_at"],
                condition=models.Q(status="scheduled"),
                name="article_scheduled",
            ),
            # A writer's own stories, by status.
            models.Index(fields=["owner", "status", "-id"], name="article_of_owner"),
            # The desk's list.
            models.Index(fields=["-created_at", "-id"], name="article_desk"),
            GinIndex(fields=["search_index"], name="article_search"),
        ]
        triggers = [
            KEEP_BODY_PICTURES,
            STORY_SHOWS_DESCRIBED_PICTURES,
            status_needs_a_decision(
                initial=ArticleStatus.DRAFT,
                decisions="articles_articledecision",
                foreign_key="article_id",
            ),
            pgtrigger.Trigger(
                name="schedule_needs_a_decision",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("publish_at"),
                timing=pgtrigger.Deferred,
                func="""
                IF EXISTS (
                    SELECT FROM articles_article a WHERE a.id = NEW.id
                        AND a.status = 'scheduled' AND a.publish_at IS DISTINCT FROM (
                            SELECT d.publish_at FROM articles_articledecision d
                                WHERE d.article_id = a.id ORDER BY d.id DESC LIMIT 1
                        )
                ) THEN
                    RAISE EXCEPTION 'the schedule of article % has no decision', NEW.id
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NULL;
                """,
            ),
            # Afterwards: only then has a story been waited for that leaves this address just now.
            pgtrigger.Trigger(
                name="slug_of_no_other_story",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("slug"),
                func="""
                IF EXISTS (
                    SELECT 1 FROM articles_formerslug
                        WHERE slug = NEW.slug AND article_id IS DISTINCT FROM NEW.id
                ) THEN
                    RAISE EXCEPTION 'another story was published at this address: %', NEW.slug
                        USING ERRCODE = 'unique_violation';
                END IF;
                RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="keep_former_slug",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("slug"),
                condition=pgtrigger.Q(
                    old__slug__df=pgtrigger.F("new__slug"), old__published_at__isnull=False
                ),
                func="""
                INSERT INTO articles_formerslug (slug, article_id) VALUES (OLD.slug, OLD.id)
                    ON CONFLICT (slug) DO UPDATE SET article_id = EXCLUDED.article_id;
                RETURN NULL;
                """,
            ),
            kept_at_commit(
                "revision_of_a_text",
                story="id",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf(*OWN_COLUMNS),
            ),
        ]

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
        wrong = _("A story that was published cannot be without this.")
        errors: dict[str, Any] = dict.fromkeys(self._lost_fields(), wrong)
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

    def _lost_fields(self) -> list[str]:
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
        beginning = arabic.slugify(self.title, _SHORTEST_CUT)
        others = Article.objects.exclude(pk=self.pk)
        former = FormerSlug.objects.exclude(article=self.pk)
        taken = {
            slug
            for slugs in (others, former)
            for slug in slugs.filter(slug__startswith=beginning or _SLUG_OF_NO_WORD).values_list(
                "slug", flat=True
            )
        }
        number, slug = 1, arabic.slugify(self.title) or _SLUG_OF_NO_WORD
        while slug in taken:
            number += 1
            ending = f"-{number}"
            cut = arabic.slugify(self.title, arabic.SLUG_MAX_LENGTH - len(ending))
            slug = (cut or _SLUG_OF_NO_WORD) + ending
        return slug

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

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
    def picture_caption(self) -> str:
        if self.image_caption or not self.image:
            return self.image_caption
        return self.image.caption

    @property
    def direction(self) -> str:
        """The writing direction of the article's own language, as HTML's `dir` wants it."""
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"

    @property
    def is_public(self) -> bool:
        """For a story at hand what `ArticleQuerySet.public` says of all."""
        return bool(
            self.status == ArticleStatus.PUBLISHED
            and self.published_at
            and self.published_at <= timezone.now()
        )

    @property
    def was_updated(self) -> bool:
        """Whether it was changed so long after publication that readers should be told."""
        return bool(self.published_at and self.updated_at - self.published_at > _UPDATED_AFTER)


class FurtherCategory(Article.further_categories.through):  # type: ignore[name-defined]
    """That a story stands in a further category; here for the trigger alone."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            kept_at_commit(
                "revision_of_further_categories",
                story="article_id",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            )
        ]


class FormerSlug(models.Model):
    """An address that a published story once had; the database writes it when a slug changes."""

    slug = models.CharField(_("slug"), max_length=arabic.SLUG_MAX_LENGTH, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")

    def __str__(self) -> str:
        return self.slug
