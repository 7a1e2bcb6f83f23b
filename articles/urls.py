"""The addresses of the readers' pages."""

from django.urls import path, register_converter

from articles import views
from articles.arabic import SLUG_CHARACTERS


class SlugConverter:
    """A readable slug: letters and digits of any script, `-` and `_`."""

    regex = f"{SLUG_CHARACTERS}+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SlugConverter, "readable")

urlpatterns = [
    path("", views.front_page, name="front-page"),
    path("articles/<readable:slug>/", views.article, name="article"),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("category/<readable:slug>/", views.category, name="category"),
    path("tag/<readable:slug>/", views.tag, name="tag"),
    path("byline/<readable:slug>/", views.byline, name="byline"),
]
