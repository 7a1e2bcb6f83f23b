"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.i18n import JavaScriptCatalog

from newsroom import views
from newsroom.api import router

handler400 = "newsroom.errors.bad_request"
handler404 = "newsroom.errors.not_found"
handler500 = "newsroom.errors.server_error"

urlpatterns = [
    path("", include("articles.urls")),
    path("", include("comments.urls")),
    path("api/v1/", include(router.urls)),
    path("api/v1/schema/", views.Schema.as_view(), name="schema"),
    path("api/v1/docs/", views.api_docs, name="docs"),
    path("api/v1/changes/", views.api_changes, name="api-changes"),
    # Stands before the admin's own catalogue, which leaves out the words of the text editor.
    path("admin/jsi18n/", JavaScriptCatalog.as_view(), name="javascript-catalogue"),
    path("admin/", admin.site.urls),
    re_path(
        r"^media/renditions/(?P<path>[0-9a-f]{2}/[0-9a-f]{64}-(?:share-[0-9]{1,3}-)?[0-9]{1,5}\.(?:avif|webp|jpeg))$",
        views.rendition,
        name="rendition",
    ),
    path("", include("articles.static_page_urls")),
]
