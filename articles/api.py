"""Articles for REST clients: lists with filters and cursors, and the detail."""

from datetime import UTC
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from articles import bodies
from articles.addresses import Gone, Moved, find_public
from articles.arabic import SLUG_CHARACTERS
from articles.filters import MAX_PAGE_SIZE, ORDERINGS, ArticleCursor, ArticleFilter, selected_fields
from articles.models import ArchiveImage, Article, ArticleQuerySet, Category, CategoryTree, Tag
from articles.related import related_articles
from articles.renditions import FORMATS, Rendition

FIELDS_PARAMETER = OpenApiParameter(
    "fields", str, description="The fields wanted, parted by commas. Default: all."
)
LIST_PARAMETERS = [
    FIELDS_PARAMETER,
    OpenApiParameter("ordering", str, enum=list(ORDERINGS), default="-published_at"),
    OpenApiParameter("page_size", int, description=f"1 to {MAX_PAGE_SIZE}; 20 by default."),
]


_PREFETCHED = ("tags", "further_categories")


class Retracted(APIException):
    """The article was withdrawn."""

    status_code = status.HTTP_410_GONE
    default_detail = _("This article was retracted.")
    default_code = "retracted"


class CategorySerializer(serializers.ModelSerializer):
    class Meta:
        model = Category
        fields = ["slug", "name"]


class CategoryWithPathSerializer(CategorySerializer):
    path = serializers.SerializerMethodField()

    class Meta(CategorySerializer.Meta):
        fields = [*CategorySerializer.Meta.fields, "path"]

    @extend_schema_field(CategorySerializer(many=True))
    def get_path(self, category: Category) -> list[dict[str, str]]:
        """The categories from the top level down to this one."""
        tree: CategoryTree = self.context["category_tree"]
        return [{"slug": each.slug, "name": each.name} for each in tree.path(category.pk)]


class TagSerializer(serializers.ModelSerializer):
    class Meta:
        model = Tag
        fields = ["slug", "name"]


class RenditionSerializer(serializers.Serializer):
    url = serializers.SerializerMethodField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    format = serializers.ChoiceField(choices=FORMATS)

    @extend_schema_field(serializers.URLField)
    def get_url(self, rendition: Rendition) -> str:
        return self.context["request"].build_absolute_uri(rendition.url)


class ImageSerializer(serializers.ModelSerializer):
    url = serializers.SerializerMethodField()
    renditions = RenditionSerializer(many=True)

    class Meta:
        model = ArchiveImage
        fields = ["url", "width", "height", "alt", "caption", "credit", "is_archive", "renditions"]

    @extend_schema_field(serializers.URLField)
    def get_url(self, image: ArchiveImage) -> str:
        return self.context["request"].build_absolute_uri(image.url)


class ArticleSerializer(serializers.ModelSerializer):
    """An article as it stands in a list."""

    url = serializers.SerializerMethodField()
    byline = serializers.CharField(source="byline.name")
    excerpt = serializers.CharField(source="summary")
    published_at = serializers.DateTimeField(default_timezone=UTC)
    updated_at = serializers.DateTimeField(default_timezone=UTC)
    category = CategoryWithPathSerializer()
    categories = CategorySerializer(many=True, source="further_categories")
    tags = TagSerializer(many=True)
    image = serializers.SerializerMethodField()

    class Meta:
        model = Article
        fields = [
            *("id", "slug", "url", "title", "subtitle", "byline", "excerpt"),
            *("published_at", "updated_at", "language"),
            *("category", "categories", "tags", "image"),
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.URLField)
    def get_url(self, article: Article) -> str:
        return self.context["request"].build_absolute_uri(article.get_absolute_url())

    @extend_schema_field(ImageSerializer(allow_null=True))
    def get_image(self, article: Article) -> dict[str, Any] | None:
        """The lead picture, with the caption that this article gives it."""
        if article.image is None:
            return None
        shown = ImageSerializer(article.image, context=self.context).data
        return {**shown, "caption": article.picture_caption}


class ArticleDetailSerializer(ArticleSerializer):
    """An article in full."""

    body = serializers.SerializerMethodField()
    related = serializers.SerializerMethodField()

    class Meta(ArticleSerializer.Meta):
        fields = [*ArticleSerializer.Meta.fields, "body", "related"]

    @extend_schema_field(serializers.CharField)
    def get_body(self, article: Article) -> str:
        """Clean HTML with its pictures, as readers see it; every address in it is a full one."""
        return bodies.render(article, absolute=self.context["request"].build_absolute_uri)

    @extend_schema_field(ArticleSerializer(many=True))
    def get_related(self, article: Article) -> Any:
        """What the related box shows."""
        related = related_articles(article)
        prefetch_related_objects(related, "tags", "further_categories")
        return ArticleSerializer(related, many=True, context=self.context).data


class ArticleViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Article]
):
    """Published articles."""

    lookup_field = "slug"
    lookup_value_regex = f"{SLUG_CHARACTERS}+"
    filter_backends = [DjangoFilterBackend]
    filterset_class = ArticleFilter
    pagination_class = ArticleCursor
    list_serializer: type[ArticleSerializer] = ArticleSerializer
    detail_serializer: type[ArticleSerializer] = ArticleDetailSerializer

    def get_queryset(self) -> ArticleQuerySet:
        articles = Article.objects.select_related("byline", "category", "image")
        return articles.prefetch_related(*_PREFETCHED)

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
        return super().filter_queryset(queryset.public().for_lists())

    @extend_schema(parameters=LIST_PARAMETERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Published articles, newest first, page by page."""
        return super().list(request, *args, **kwargs)

    @extend_schema(parameters=[FIELDS_PARAMETER])
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """One published article in full. 301 from a former slug, 410 where it was retracted."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Moved as moved:
            return redirect("article-detail", moved.article.slug, permanent=True)

    def get_object(self) -> Article:
        try:
            return find_public(self.kwargs["slug"], self.get_queryset())
        except Gone as error:
            raise Retracted from error
        except Article.DoesNotExist as error:
            raise Http404 from error
