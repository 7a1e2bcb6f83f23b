"""Articles, categories, tags and pictures for REST clients."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from articles.addresses import Gone, Moved, find_public, public_images, public_tags
from articles.api.filters import ORDERING, ORDERINGS, ArticleFilter, ArticlePages
from articles.api.paging import CURSOR, SIZE, OrderedPages, WholeList, whole
from articles.api.parameters import (
    FIELDS,
    FIELDS_PARAMETER,
    SLUG_PARAMETER,
    Reading,
    selected_fields,
)
from articles.api.serializers import (
    ArticleDetailSerializer,
    ArticleSerializer,
    CategoryInTreeSerializer,
    ImageSerializer,
    TagWithAddressSerializer,
    labelled,
)
from articles.arabic import SLUG_CHARACTERS
from articles.models import ArchiveImage, Article, ArticleQuerySet, Category, CategoryTree, Tag
from articles.related import related_articles

LIST_PARAMETERS = [
    FIELDS_PARAMETER,
    OpenApiParameter(
        ORDERING,
        str,
        description="By the moment of publication: the newest first, or the oldest.",
        enum=ORDERINGS,
        default=ORDERINGS[0],
    ),
]
_PAGED = {CURSOR, SIZE}


class Retracted(APIException):
    """The article was withdrawn."""

    status_code = status.HTTP_410_GONE
    default_detail = _("This article was retracted.")
    default_code = "retracted"


class ArticleViewSet(
    Reading,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Article],
):
    """Published articles."""

    listed = ["article"]
    lookup_field = "slug"
    lookup_value_regex = f"{SLUG_CHARACTERS}+"
    filter_backends = [DjangoFilterBackend]
    filterset_class = ArticleFilter
    pagination_class = ArticlePages
    list_serializer: type[ArticleSerializer] = ArticleSerializer
    detail_serializer: type[ArticleSerializer] = ArticleDetailSerializer

    def parameters(self) -> set[str]:
        if self.action == "list":
            return {*ArticleFilter.base_filters, ORDERING, FIELDS, *_PAGED}
        return {FIELDS}

    def get_queryset(self) -> ArticleQuerySet:
        return labelled(Article.objects.select_related("byline", "category", "image"))

    def get_serializer_class(self) -> type[ArticleSerializer]:
        return self.detail_serializer if self.action == "retrieve" else self.list_serializer

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "category_tree": CategoryTree()}

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        serializer: Any = super().get_serializer(*args, **kwargs)
        target = getattr(serializer, "child", serializer)
        wanted = selected_fields(self.request, target.fields)
        for name in set(target.fields) - (wanted or set(target.fields)):
            target.fields.pop(name)
        return serializer

    def filter_queryset(self, queryset: Any) -> Any:
        listed = queryset.public().for_lists()
        # The form of all filters takes longer than the answer's query; most ask for none.
        is_filtered = not self.request.query_params.keys().isdisjoint(ArticleFilter.base_filters)
        return super().filter_queryset(listed) if is_filtered else listed

    @extend_schema(
        operation_id="list_articles", summary="List articles", parameters=LIST_PARAMETERS
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Published articles, newest first, page by page."""
        return super().list(request, *args, **kwargs)

    @extend_schema(
        operation_id="get_article",
        summary="Get one article in full",
        parameters=[SLUG_PARAMETER, FIELDS_PARAMETER],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """One published article with its text, its pictures and its related box."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Moved as moved:
            return redirect("article-detail", moved.article.slug, permanent=True)

    @extend_schema(
        operation_id="list_related_articles",
        summary="List what is related to an article",
        parameters=[SLUG_PARAMETER, FIELDS_PARAMETER],
    )
    @action(detail=True, filterset_class=None, filter_backends=[], pagination_class=WholeList)
    def related(self, request: Request, slug: str) -> Any:
        """The articles in an article's related box: at most six, the editors' picks first."""
        try:
            related = related_articles(self.get_object(), articles=self.get_queryset())
        except Moved as moved:
            return redirect("article-related", moved.article.slug, permanent=True)
        self.surrogate_keys.depend_on("article")
        return whole(self.get_serializer(related, many=True).data)

    def get_object(self) -> Article:
        try:
            return find_public(self.kwargs["slug"], self.get_queryset())
        except Gone as error:
            raise Retracted from error
        except Article.DoesNotExist as error:
            raise Http404 from error


class CategoryViewSet(Reading, viewsets.GenericViewSet[Category]):
    """The sections of the paper and all below them."""

    listed = ["category"]
    queryset = Category.objects.none()
    serializer_class = CategoryInTreeSerializer
    pagination_class = WholeList
    filter_backends = []

    @extend_schema(operation_id="list_categories", summary="List all categories")
    def list(self, request: Request) -> Response:
        """All of them at once, in the order of the tree: each before those below it."""
        tree = CategoryTree()
        context = {**self.get_serializer_context(), "category_tree": tree}
        shown = CategoryInTreeSerializer(tree.categories.values(), many=True, context=context)
        return whole(shown.data)


class TagPages(OrderedPages):
    order_keys = ("name", "id")
    example = "/api/v1/tags/?cursor=WzAsICJcdTA2NDVcdTA2MzdcdTA2MzEiLCAiMTIiXQ"


@extend_schema_view(list=extend_schema(operation_id="list_tags", summary="List tags"))
class TagViewSet(Reading, mixins.ListModelMixin, viewsets.GenericViewSet[Tag]):
    """The tags that a published article has, by their names."""

    listed = ["article", "tag"]
    queryset = Tag.objects.all()
    serializer_class = TagWithAddressSerializer
    pagination_class = TagPages
    filter_backends = []

    def parameters(self) -> set[str]:
        return _PAGED

    def get_queryset(self) -> QuerySet[Tag]:
        return public_tags()


class ImagePages(OrderedPages):
    is_descending = True


@extend_schema_view(list=extend_schema(operation_id="list_images", summary="List pictures"))
class ImageViewSet(Reading, mixins.ListModelMixin, viewsets.GenericViewSet[ArchiveImage]):
    """The pictures that a published article shows, the last added first."""

    listed = ["article", "image"]
    queryset = ArchiveImage.objects.all()
    serializer_class = ImageSerializer
    pagination_class = ImagePages
    filter_backends = []

    def parameters(self) -> set[str]:
        return _PAGED

    def get_queryset(self) -> QuerySet[ArchiveImage]:
        return public_images().defer("search_index")
