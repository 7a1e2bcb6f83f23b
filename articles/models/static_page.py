"""Static pages: about the paper, its privacy, the rules of its discussions.

Not `django.contrib.flatpages`: that writes titles and texts into the page as they are stored, lets
an editor name any template, sends readers to a door where a page wants an account, and needs
`django.contrib.sites`, a second truth beside SITE_URL and SITE_NAME.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.db.models.lookups import Regex
from django.utils.translation import gettext_lazy as _

from articles import arabic, editor, html
from articles.constraints import (
    language_code,
    not_blank,
    slug_of_an_address,
    validate_not_blank,
)
from articles.links import link
from articles.models.article import (
    SUMMARY_LENGTH,
    direction_of,
    known_languages,
    language_of_the_paper,
)
from articles.models.article_guards import TEXT_OF_BODY
from articles.models.fields import RichTextField


class StaticPageQuerySet(models.QuerySet["StaticPage"]):
    def links(self) -> "StaticPageQuerySet":
        """In their order, with no more than a link to each needs."""
        return self.only("title", "slug", "language", "beside_comments")


class StaticPage(models.Model):
    """A page at an address of one word, linked at the foot of every page."""

    title = models.CharField(_("title"), max_length=100, validators=[validate_not_blank])
    slug = models.SlugField(
        _("slug"),
        max_length=arabic.SLUG_MAX_LENGTH,
        unique=True,
        allow_unicode=True,
        help_text=_("The page's address. Links to a former address lead nowhere."),
    )
    body = RichTextField(_("body"), extensions=editor.WITHOUT_PICTURES)
    language = models.CharField(
        _("language"), max_length=7, choices=known_languages, default=language_of_the_paper
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Smaller numbers come first.")
    )
    beside_comments = models.BooleanField(
        _("linked above the comment form"),
        default=False,
        help_text=_("For what readers should know before they write."),
    )
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    # None as long as it is the text that every new paper begins with.
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("last changed by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = StaticPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("static page")
        verbose_name_plural = _("static pages")
        ordering = ["position", "id"]
        constraints = [
            not_blank("staticpage", "title"),
            slug_of_an_address("staticpage"),
            language_code("staticpage"),
            models.UniqueConstraint(Lower("slug"), name="staticpage_slug_once_in_any_case"),
            models.CheckConstraint(
                name="staticpage_body_not_blank",
                condition=models.Q(Regex(TEXT_OF_BODY, arabic.NOT_BLANK_PATTERN)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        try:
            validate_not_blank(html.to_text(html.clean(self.body)))
        except ValidationError as error:
            raise ValidationError({"body": error}) from error

    def get_absolute_url(self) -> str:
        return link("static-page", self.slug)

    @property
    def summary(self) -> str:
        """The body's opening cut at a word: plain text."""
        return arabic.excerpt(html.opening(self.body), SUMMARY_LENGTH)

    @property
    def direction(self) -> str:
        """The writing direction of the page's own language, as HTML's `dir` wants it."""
        return direction_of(self.language)
