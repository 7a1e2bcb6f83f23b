"""What the picker of related stories asks the server: search, suggestions, and the box itself."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from articles import rights
from articles.admin.framing import framed_by_the_desk
from articles.admin.picks import (
    MOST_SENT,
    NO_STORY,
    TEMPLATES,
    TOO_MANY,
    RelatedPostInline,
    on_present_rows,
)
from articles.desk import StoryDesk
from articles.models import Article, RelatedPost, Tag
from articles.models.tag import tags_from_text, tags_to_text
from articles.numbers import whole_number
from articles.picking import add_pick, as_lines, find_stories
from articles.related import MOST_PICKS, related_articles
from articles.suggestions import Typed, suggest, text_of

# So many letters of the line of tags are read.
_LONGEST_LINE = 10_000


class RelatedDesk(StoryDesk):
    """What the picker asks the server, and the same on a page that needs no script."""

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("related/search/", self.related_search_view, "related_search"),
            ("related/suggestions/", self.related_suggestions_view, "related_suggestions"),
            ("related/box/", self.related_box_view, "related_box"),
            ("<path:object_id>/related/", self.related_view, "related"),
        ]
        return [
            path(route, self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for route, view, name in pages
        ] + super().get_urls()

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Article, inline: Any, prefix: str
    ) -> dict[str, Any]:
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in given and isinstance(inline, RelatedPostInline):
            rows = list(given["queryset"].filter(from_article=obj)) if obj.pk else []
            given["data"] = on_present_rows(given["data"], prefix, rows)
        return given

    @method_decorator(require_safe)
    def related_search_view(self, request: HttpRequest) -> HttpResponse:
        """The stories that the words of `q` find, as lines to be picked."""
        own = self._own_story(request, request.GET)
        words = request.GET.get("q", "")
        among = rights.visible_to(request.user)
        found = find_stories(words, among, without=own.pk if own else None) if words.strip() else []
        return render(request, f"{TEMPLATES}/_found.html", {"stories": found})

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def related_suggestions_view(self, request: HttpRequest) -> HttpResponse:
        """Suggestions for what is typed just now, as lines to be picked.

        The form asks by POST: what is typed may be longer than an address can be.
        """
        sent = request.POST if request.method == "POST" else request.GET
        own = self._own_story(request, sent)
        typed = Typed(
            title=sent.get("title", ""),
            text=" ".join(
                [sent.get("subtitle", ""), sent.get("excerpt", ""), text_of(own) if own else ""]
            ),
            category=whole_number(sent.get("category", "")),
            tags=_tags_named(sent.get("tags", "")),
            own=own.pk if own else None,
            picks=_keys(sent.get("picks", "")),
        )
        return render(request, f"{TEMPLATES}/_suggestions.html", {"suggestions": suggest(typed)})

    @method_decorator([require_safe, framed_by_the_desk])
    def related_box_view(self, request: HttpRequest) -> HttpResponse:
        """The box as readers will see it, of what is in the form just now."""
        own = self._own_story(request, request.GET)
        sent = request.GET
        shown = Article(pk=own.pk if own else None)
        shown.category_id = whole_number(sent.get("category", ""))
        picks, tags = _keys(sent.get("picks", "")), _tags_named(sent.get("tags", ""))
        context = {"related": related_articles(shown, picks=picks, tags=tags)}
        return render(request, f"{TEMPLATES}/box.html", context)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def related_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Suggestions and box of the saved story; a button beside each suggestion picks it."""
        article = self.story(request, object_id)
        may_pick = self._may_pick(request, article)
        if request.method == "POST":
            if not may_pick:
                raise PermissionDenied
            self._pick(request, article)
            return redirect(request.path)
        picks = list(article.related_posts.values_list("to_article", flat=True))
        stories = as_lines(rights.visible_to(request.user)).in_bulk(picks)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": article,
            "title": _("Related stories"),
            "subtitle": str(article),
            "picks": [stories[pk] for pk in picks if pk in stories],
            "suggestions": suggest(Typed.saved(article)),
            "box": _box_address(article, picks),
            "may_pick": may_pick and len(picks) < MOST_PICKS,
        }
        return render(request, f"{TEMPLATES}/page.html", context)

    def _pick(self, request: HttpRequest, article: Article) -> None:
        """Put the story that was sent behind the picks; refused kindly where it cannot be."""
        key = whole_number(request.POST.get("pick", ""))
        others = rights.visible_to(request.user).exclude(pk=article.pk)
        story = others.filter(pk=key).first() if key is not None else None
        if story is None:
            self.message_user(request, NO_STORY, messages.ERROR)
            return
        if not add_pick(article, story):
            self.message_user(request, TOO_MANY % MOST_PICKS, messages.ERROR)
            return
        self.log_change(request, article, [{"changed": {"fields": ["related stories"]}}])

    def _may_pick(self, request: HttpRequest, article: Article) -> bool:
        inlines = self.get_inline_instances(request, article)
        return self.has_change_permission(request, article) and any(
            inline.model is RelatedPost and inline.has_add_permission(request, article)
            for inline in inlines
        )

    def _own_story(self, request: HttpRequest, sent: QueryDict) -> Article | None:
        """The stored story that is being edited, where it is stored; whoever may not see it stops.

        Raises PermissionDenied for whoever may neither see nor write stories.
        """
        key = sent.get("article", "")
        own = self.get_object(request, key) if whole_number(key) is not None else None
        allowed = (
            self.has_view_or_change_permission(request, own)
            if own
            else self.has_view_or_change_permission(request) or self.has_add_permission(request)
        )
        if not allowed:
            raise PermissionDenied
        return own


def _keys(text: str) -> list[int]:
    """The keys in a line of them, parted by commas; what is none is left out."""
    numbers = (whole_number(part) for part in text.split(",")[:MOST_SENT])
    return list(dict.fromkeys(number for number in numbers if number is not None))


def _tags_named(text: str) -> list[int]:
    """The keys of the tags that are typed, as far as there are such tags."""
    wanted = models.Q()
    for name in tags_from_text(text[:_LONGEST_LINE].replace("\0", ""))[:MOST_SENT]:
        wanted |= models.Q(name__iexact=name)
    return list(Tag.objects.filter(wanted).values_list("pk", flat=True)) if wanted else []


def _box_address(article: Article, picks: list[int]) -> str:
    sent = QueryDict(mutable=True)
    sent["article"] = str(article.pk)
    sent["category"] = str(article.category_id or "")
    sent["tags"] = tags_to_text(list(article.tags.all()))
    sent["picks"] = ",".join(map(str, picks))
    return f"{reverse('admin:articles_article_related_box')}?{sent.urlencode()}"
