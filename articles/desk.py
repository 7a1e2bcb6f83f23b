"""What every list and form of the desk shares, so that no address or button can break it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article
from articles.numbers import whole_number

_LOOKUPS = {"", "exact", "id__exact", "isnull", "gte", "lt", "year", "month", "day"}


class NumberedAutocomplete(AutocompleteSelect):
    """Picks by autocomplete; a value that is no key picks nothing."""

    def optgroups(self, name: str, value: Any, attr: dict[str, Any] | None = None) -> Any:
        keys = [each for each in value if whole_number(str(each)) is not None]
        return super().optgroups(name, keys, attr)


class NumberedAutocompletes:
    """For forms and inlines with `autocomplete_fields`."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        desk: Any = self
        if db_field.name in desk.autocomplete_fields:
            site = desk.admin_site
            kwargs["widget"] = NumberedAutocomplete(db_field, site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class DeskAdmin(NumberedAutocompletes, admin.ModelAdmin):
    """A list that filters by its own filters alone, and acts on keys alone."""

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Only what the list offers: a look-up by any other column would tell of that column."""
        filters: Any = self.list_filter
        own = {name for each in filters if isinstance(each, type) for name in parameters_of(each)}
        if lookup in own:
            return True
        columns = [each for each in filters if not isinstance(each, type)]
        offered = [each if isinstance(each, str) else each[0] for each in columns]
        field, _underscores, rest = lookup.partition("__")
        return field in {*offered, self.date_hierarchy} and rest in _LOOKUPS

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        for key in request.POST.getlist("_selected_action"):
            if whole_number(key) is None:
                raise SuspiciousOperation("a selected row has no such key")
        return super().changelist_view(request, extra_context)


def parameters_of(list_filter: Any) -> tuple[str, ...]:
    """The parameters of an address that a filter of its own class reads."""
    several: tuple[str, ...] = getattr(list_filter, "parameters", ())
    return several or (list_filter.parameter_name,)


class ReadOnlyAdmin(DeskAdmin):
    """Rows that no form adds, changes or deletes; whatever is done to them has pages of its own."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StoryDesk(DeskAdmin):
    """For pages of one story beside its form."""

    def story(self, request: HttpRequest, object_id: str) -> Article:
        """The story with this key, for whoever may open it.

        Raises Http404 where there is none that this account may know of, and PermissionDenied.
        """
        article: Article | None = self.get_object(request, object_id)
        if article is None:
            raise Http404
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return article


def story_line(story: Any) -> SafeString:
    """A story as it is named in a list: the way to it, and where it stands."""
    return format_html(
        '<a href="{}">{}</a> ({})',
        reverse("admin:articles_article_change", args=[story.pk]),
        story.title,
        story.get_status_display(),
    )
