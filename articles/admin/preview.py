"""The preview of a story at the desk: its page at each width, and links for people outside."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from articles import previews, rights
from articles.admin.framing import framed_by_the_desk
from articles.desk import StoryDesk
from articles.models import Article, PreviewLink
from articles.views import render_preview

_SHOWN_LINKS = 20


class PreviewDesk(StoryDesk):
    """For whoever may see the story at the desk."""

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("<path:object_id>/preview/", self.preview_view, "preview"),
            ("<path:object_id>/preview/page/", self.preview_page_view, "preview_page"),
        ]
        return [
            path(route, self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for route, view, name in pages
        ] + super().get_urls()

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page in frames, the links that were made, and the buttons that make and end them."""
        article = self.story(request, object_id)
        may_hand_out = rights.may_see_the_making(request.user, article)
        if request.method == "POST":
            if not may_hand_out:
                raise PermissionDenied
            self._make_or_withdraw(request, article)
            return redirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": article,
            "title": _("Preview"),
            "subtitle": str(article),
            "may_hand_out": may_hand_out,
            "links": self._links(request, article) if may_hand_out else [],
            "has_working_links": article.preview_links.working().exists(),
        }
        return render(request, "admin/articles/article/preview/page.html", context)

    def _links(self, request: HttpRequest, article: Article) -> list[tuple[PreviewLink, str, bool]]:
        """The newest links, each with its address and whether it opens."""
        # Fetched apart, so that what one maker may do is asked for once.
        links = article.preview_links.prefetch_related("by")[:_SHOWN_LINKS]
        return [
            (link, request.build_absolute_uri(previews.address(link)), previews.opens(link))
            for link in links
        ]

    @method_decorator([require_safe, framed_by_the_desk])
    def preview_page_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The story's page itself, for the frames."""
        return render_preview(request, self.story(request, object_id).pk, previews.Preview())

    def _make_or_withdraw(self, request: HttpRequest, article: Article) -> None:
        if "withdraw" in request.POST:
            ended = previews.withdraw_links(article)
            self.message_user(
                request,
                ngettext("%(count)d link is withdrawn.", "%(count)d links are withdrawn.", ended)
                % {"count": ended},
                messages.SUCCESS,
            )
        else:
            previews.make_link(article, by=cast(User, request.user))
            self.message_user(request, _("The link is made. Copy it below."), messages.SUCCESS)
