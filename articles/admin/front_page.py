"""The page on which the editors order the front page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import front_page, rights
from articles.admin.front_forms import FrontPageForms
from articles.desk import DeskAdmin
from articles.models import Article, ArticleQuerySet, FrontPage
from articles.numbers import whole_number

_PAGE = "admin:articles_frontpage_changelist"
_SHOWN_CHANGES = 20
# The button that saves over a newer choice sends the version of that one under this name.
_OVER = "over_version"


@admin.register(FrontPage)
class FrontPageAdmin(DeskAdmin):
    """One form: there is neither a list nor anything to add."""

    @property
    def media(self) -> forms.Media:
        scripts: list[Any] = [forms.Script("articles/ordering.js", type="module")]
        sheets = ["admin/css/forms.css", "articles/related.css", "articles/ordering.css"]
        return forms.Media(css={"all": sheets}, js=scripts)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(_PAGE)

    def history_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(_PAGE)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What stands chosen, as a form; what was sent is saved, or shown again with its faults."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        ordering = _ordering(request)
        if request.method != "POST":
            return self._page(request, ordering)
        if not ordering.is_valid():
            return self._page(request, ordering, status=422)
        try:
            self._choose(request, ordering)
        except front_page.ChosenMeanwhile:
            newer = _newer(_changes().first())
            return self._page(request, ordering, status=409, newer=newer)
        return redirect(_PAGE)

    def _page(
        self,
        request: HttpRequest,
        ordering: FrontPageForms,
        *,
        status: int = 200,
        newer: Any = None,
    ) -> HttpResponse:
        tree = ordering.tree
        context = {
            **self.admin_site.each_context(request),
            "title": self.opts.verbose_name,
            "opts": self.opts,
            "media": self.media,
            "ordering": ordering,
            "newer": newer,
            "categories": [tree.path(key) for key in tree.categories],
            "changes": _changes()[:_SHOWN_CHANGES],
        }
        template = "admin/articles/frontpage/page.html"
        return TemplateResponse(request, template, context, status=status)

    def _choose(self, request: HttpRequest, ordering: FrontPageForms) -> None:
        """Save what was sent, with its row of the record. Raises ChosenMeanwhile."""
        over = request.POST.get(_OVER) or ordering.lead.cleaned_data["version"]
        places, sections = ordering.by_place(), ordering.sections.picked()
        with transaction.atomic():
            is_new = front_page.choose(
                stories={place: story.pk for place, story in places.items()},
                sections=sections,
                version=whole_number(over),
            )
            if is_new:
                told = _told(places, [ordering.tree.categories[key].name for key in sections])
                self.log_change(request, FrontPage.load(), told)
        if is_new:
            messages.success(request, _("Readers see the front page in this order now."))
        else:
            messages.info(request, _("It was in this order already."))


def _ordering(request: HttpRequest) -> FrontPageForms:
    """What was sent; or what stands chosen, with the story behind it that is to be placed."""
    # Read first: a choice that comes in between is newer than what this form then sends.
    version, among = FrontPage.load().version, _to_be_chosen(request)
    chosen, added = front_page.chosen_stories(), _asked_for(request, among)
    return FrontPageForms(
        request.POST if request.method == "POST" else None,
        version=version,
        chosen=chosen,
        added=[key for key in added if key not in chosen.values()],
        sections=front_page.chosen_sections(),
        among=among,
    )


def _to_be_chosen(request: HttpRequest) -> ArticleQuerySet:
    """What this account may see; what somebody else has chosen stays, whoever saves."""
    visible = rights.visible_to(request.user)
    return Article.objects.filter(
        models.Q(pk__in=visible.values("pk")) | models.Q(front_story__isnull=False)
    )


def _asked_for(request: HttpRequest, among: ArticleQuerySet) -> list[int]:
    """The key of the story that is to be placed, by the number in the page's own address."""
    key = whole_number(request.GET.get("story", ""))
    return list(among.filter(pk=key).values_list("pk", flat=True)) if key is not None else []


def _changes() -> models.QuerySet[LogEntry]:
    """What was done so far, the last first."""
    of_the_page = ContentType.objects.get_for_model(FrontPage)
    entries = LogEntry.objects.filter(content_type=of_the_page).select_related("user")
    return entries.order_by("-action_time", "-pk")


def _newer(change: LogEntry | None) -> dict[str, Any]:
    """What is told of the choice that somebody saved meanwhile."""
    if change is None:
        return {"refusal": _("Nothing was saved: the order was changed after you opened it.")}
    refusal = _("Nothing was saved: %(who)s saved an order at %(when)s, after you opened this one.")
    when = date_format(timezone.localtime(change.action_time), "SHORT_DATETIME_FORMAT")
    who = change.user.get_full_name() or change.user.get_username()
    return {"refusal": refusal % {"who": who, "when": when}, "told": change.change_message}


def _told(places: dict[int, Article], sections: list[str]) -> str:
    """What was chosen, for the record."""
    lead = _listed([places[0].title]) if 0 in places else gettext("the newest story")
    beside = _listed(story.title for place, story in places.items() if place)
    blocks = _listed(sections)
    parts = [
        gettext("Lead: %s") % lead,
        gettext("Beside it: %s") % (beside or gettext("the newest stories")),
        gettext("Sections: %s") % (blocks or gettext("all, in their own order")),
    ]
    return " · ".join(parts)


def _listed(names: Iterable[str]) -> str:
    return gettext(", ").join(gettext("“%s”") % name for name in names)
