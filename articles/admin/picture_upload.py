"""Many pictures at once: the page that takes them, and the description of each in place.

With JavaScript each file comes in a request of its own and is answered in JSON; without it all
come in one, and a page says what became of each.
"""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import pictures
from articles.admin.picture_forms import MOST_FILES, DescriptionForm, SharedFieldsForm
from articles.models import ArchiveImage
from articles.renditions import MAX_BYTES

_MEGABYTE = 1024 * 1024


class PictureUpload(admin.ModelAdmin):
    """The upload page and its endpoints, for the admin of the archive."""

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("upload/", wrap(self.upload_view), name="articles_archiveimage_upload"),
            path(
                "<int:key>/describe/",
                wrap(self.describe_view),
                name="articles_archiveimage_describe",
            ),
        ]
        return own + super().get_urls()

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """The page; or, by POST, what became of each file."""
        return require_http_methods(["GET", "HEAD", "POST"])(self._upload)(request)

    def _upload(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._upload_page(request, SharedFieldsForm(), [])
        form = SharedFieldsForm(request.POST, request.FILES)
        form.fields["pictures"].required = True
        results = []
        if form.is_valid():
            files = form.cleaned_data["pictures"]
            results = [self._add(request, file, form.shared) for file in files]
        if not request.accepts("text/html"):
            answer = {"results": results, "errors": form.errors}
            return JsonResponse(answer, status=422 if form.errors else 200)
        return self._upload_page(request, form, results)

    def _upload_page(
        self, request: HttpRequest, form: SharedFieldsForm, results: list[dict[str, Any]]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Add many pictures"),
            "form": form,
            "results": results,
            "most_files": MOST_FILES,
            "most_megabytes": MAX_BYTES // _MEGABYTE,
        }
        return TemplateResponse(request, "admin/articles/archiveimage/upload.html", context)

    def _add(
        self, request: HttpRequest, file: UploadedFile, fields: dict[str, Any]
    ) -> dict[str, Any]:
        """What became of one file: `added`, `duplicate` or `refused`, with what to show of it."""
        try:
            image = pictures.add(file, by=cast(User, request.user), **fields)
        except ValidationError as error:
            twin = pictures.twin_in(error)
            outcome = "duplicate" if twin else "refused"
            told = {"name": file.name, "outcome": outcome, "message": " ".join(error.messages)}
            return told | (self._told(twin) if twin else {})
        self.log_addition(request, image, [{"added": {}}])
        return {"name": file.name, "outcome": "added", "message": "", **self._told(image)}

    def _told(self, image: ArchiveImage) -> dict[str, Any]:
        return {
            "title": str(image),
            "alt": image.alt,
            "caption": image.caption,
            "thumbnail": image.thumbnail.url,
            "change": reverse("admin:articles_archiveimage_change", args=[image.pk]),
            "describe": reverse("admin:articles_archiveimage_describe", args=[image.pk]),
        }

    def describe_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Save the fields that were sent of one picture; the answer is JSON."""
        return require_POST(self._describe)(request, key)

    def _describe(self, request: HttpRequest, key: int) -> HttpResponse:
        with transaction.atomic():
            image = ArchiveImage.objects.select_for_update(no_key=True).filter(pk=key).first()
            if image is None:
                raise Http404
            if not self.has_change_permission(request, image):
                raise PermissionDenied
            form = DescriptionForm(request.POST, instance=image)
            if not form.is_valid():
                return JsonResponse({"errors": form.errors}, status=422)
            if form.changed_data:
                form.save()
                self.log_change(request, image, [{"changed": {"fields": form.changed_data}}])
        return JsonResponse({"errors": {}})
