"""The text editor's part of the desk: its files, and what it asks while somebody writes."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.views.decorators.http import require_safe
from js_asset import ImportMap, Media

from articles import finding
from articles.editor import MODULES
from articles.models import ArchiveImage, Article
from articles.numbers import whole_number

PAGE_SIZE = 24
_MOST_PICTURES = 200
_MOST_PAGES = 1_000


class TextEditor(admin.ModelAdmin):
    """For the form of a model whose body is written in the text editor."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        own = Media(importmap=ImportMap(MODULES), css={"all": ["articles/editor/editor.css"]})
        # The import map stands in the page, where the page's policy lets nothing else run.
        nonce = str(cast(Any, request).csp_nonce)
        context["media"] = (context["media"] + own).with_nonce(nonce)
        return super().render_change_form(request, context, *args, **kwargs)

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "body":
            for question in ("articles", "pictures"):
                field.widget.attrs[f"data-{question}"] = reverse(
                    f"{self.admin_site.name}:editor_{question}"
                )
        return field


class AnsweringTextEditor(TextEditor):
    """For the one desk that answers what the text editors of all forms ask."""

    def get_urls(self) -> list[URLPattern]:
        wrapped = self.admin_site.admin_view
        own = [
            path("editor/articles/", wrapped(self.articles_for_editor), name="editor_articles"),
            path("editor/pictures/", wrapped(self.pictures_for_editor), name="editor_pictures"),
        ]
        return own + super().get_urls()

    @method_decorator(require_safe)
    def articles_for_editor(self, request: HttpRequest) -> JsonResponse:
        """Public stories that a link may lead to: `?q=` words, `page`."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return _answer(request, find_articles(request.GET.get("q", "")), _story)

    @method_decorator(require_safe)
    def pictures_for_editor(self, request: HttpRequest) -> JsonResponse:
        """Pictures of the archive: `?q=` words, `page`; or `?ids=` keys parted by commas."""
        may_see = request.user.has_perm("articles.view_archiveimage")
        if not (may_see and self.has_view_or_change_permission(request)):
            raise PermissionDenied
        if "ids" in request.GET:
            ids = map(whole_number, request.GET["ids"].split(",")[:_MOST_PICTURES])
            asked = ArchiveImage.objects.filter(pk__in=[each for each in ids if each is not None])
            return JsonResponse({"results": [_picture(each) for each in asked], "more": False})
        return _answer(request, find_pictures(request.GET.get("q", "")), _picture)


def find_articles(words: str) -> models.QuerySet[Article]:
    """Public stories that the desk's search finds; the newest where no words are given."""
    stories = Article.objects.public().only("title", "slug", "published_at", "language")
    if not words.strip():
        return stories.newest_first()
    return finding.find(stories.newest_first(), words)


def find_pictures(words: str) -> models.QuerySet[ArchiveImage]:
    """Pictures of the archive that these words describe; the newest where no words are given."""
    return ArchiveImage.objects.search(words) if words.strip() else ArchiveImage.objects.all()


def _answer(request: HttpRequest, found: models.QuerySet, described: Any) -> JsonResponse:
    """One page of what was found, and whether there is another."""
    number = whole_number(request.GET.get("page", "1")) or 1
    start = (min(number, _MOST_PAGES) - 1) * PAGE_SIZE
    rows = list(found[start : start + PAGE_SIZE + 1])
    return JsonResponse(
        {"results": [described(row) for row in rows[:PAGE_SIZE]], "more": len(rows) > PAGE_SIZE}
    )


def _story(article: Article) -> dict[str, Any]:
    assert article.published_at
    return {
        "title": article.title,
        "address": article.get_absolute_url(),
        "published_on": date_format(timezone.localdate(article.published_at)),
    }


def _picture(image: ArchiveImage) -> dict[str, Any]:
    thumbnail = image.thumbnail
    return {
        "id": image.pk,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "is_archive": image.is_archive,
        "thumbnail": {
            "url": thumbnail.url,
            "width": thumbnail.width,
            "height": thumbnail.height,
        },
    }
