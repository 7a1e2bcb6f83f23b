"""What the API answers: the fields of articles, categories, tags and pictures."""

from datetime import UTC
from typing import Any

from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles import bodies
from articles.api.surrogates import Keyed
from articles.models import ArchiveImage, Article, ArticleQuerySet, Category, CategoryTree, Tag
from articles.related import related_articles
from articles.renditions import FORMATS, Rendition

_WIDEST_IN_A_LIST = 960
_FORMATS_IN_A_LIST = {"avif", "jpeg"}


def labelled(articles: ArticleQuerySet) -> ArticleQuerySet:
    """The articles with the tags and further categories that every answer tells."""
    return articles.with_tags_read().with_further_categories()


class FullAddress(serializers.URLField):
    """The address of a page or a file, with the scheme and the host by which it was asked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: str) -> str:
        return self.context["request"].build_absolute_uri(value)


class CategorySerializer(Keyed, serializers.ModelSerializer):
    kind = "category"
    slug = serializers.CharField()

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
        path = tree.path(category.pk)
        self.show("category", *(each.pk for each in path))
        return [_named(each) for each in path]


class CategoryInTreeSerializer(CategoryWithPathSerializer):
    """A category as it stands in the tree; the last but one of `path` is the one above it."""

    url = FullAddress(source="get_absolute_url")

    class Meta(CategoryWithPathSerializer.Meta):
        fields = [*CategoryWithPathSerializer.Meta.fields, "url"]


class TagSerializer(Keyed, serializers.ModelSerializer):
    kind = "tag"
    slug = serializers.CharField()

    class Meta:
        model = Tag
        fields = ["slug", "name"]


class TagWithAddressSerializer(TagSerializer):
    url = FullAddress(source="get_absolute_url")

    class Meta(TagSerializer.Meta):
        fields = [*TagSerializer.Meta.fields, "url"]


class RenditionSerializer(serializers.Serializer):
    url = FullAddress()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    format = serializers.ChoiceField(choices=FORMATS)

    def to_representation(self, instance: Rendition) -> dict[str, Any]:
        """Written out: a list of twenty articles has 120 of these."""
        return {
            "url": self.fields["url"].to_representation(instance.url),
            "width": instance.width,
            "height": instance.height,
            "format": instance.format,
        }


class SmallRenditions(serializers.ListSerializer):
    """Those that a list shows: small, in the format that every client knows and the best."""

    def to_representation(self, data: Any) -> list[Any]:
        renditions: list[Rendition] = data
        small = [each for each in renditions if each.width <= _WIDEST_IN_A_LIST]
        return super().to_representation(
            [each for each in small if each.format in _FORMATS_IN_A_LIST]
        )


class ImageSerializer(Keyed, serializers.ModelSerializer):
    kind = "image"
    url = FullAddress()
    renditions = RenditionSerializer(many=True)

    class Meta:
        model = ArchiveImage
        fields = ["url", "width", "height", "alt", "caption", "credit", "is_archive", "renditions"]


class ImageInListSerializer(ImageSerializer):
    """A picture as a list shows it."""

    renditions = SmallRenditions(  # type: ignore[assignment]
        child=RenditionSerializer()
    )


class ArticleSerializer(Keyed, serializers.ModelSerializer):
    """An article as it stands in a list."""

    kind = "article"
    image_serializer: type[ImageSerializer] = ImageInListSerializer
    slug = serializers.CharField()
    url = FullAddress(source="get_absolute_url")
    byline = serializers.CharField(source="byline.name")
    excerpt = serializers.CharField(source="summary")
    published_at = serializers.DateTimeField(default_timezone=UTC)
    updated_at = serializers.DateTimeField(default_timezone=UTC)
    category = CategoryWithPathSerializer()
    categories = serializers.SerializerMethodField()
    tags = TagSerializer(many=True, source="tags_shown")
    image = serializers.SerializerMethodField()

    class Meta:
        model = Article
        fields = [
            *("id", "slug", "url", "title", "subtitle", "byline", "excerpt"),
            *("published_at", "updated_at", "language"),
            *("category", "categories", "tags", "image"),
        ]
        read_only_fields = fields

    def to_representation(self, instance: Article) -> Any:
        if "byline" in self.fields and instance.byline_id:
            self.show("byline", instance.byline_id)
        return super().to_representation(instance)

    @extend_schema_field(CategorySerializer(many=True))
    def get_categories(self, article: Article) -> list[dict[str, str]]:
        tree: CategoryTree = self.context["category_tree"]
        further = tree.pick(article.further_category_ids)
        self.show("category", *(each.pk for each in further))
        return [_named(each) for each in further]

    @extend_schema_field(ImageSerializer(allow_null=True))
    def get_image(self, article: Article) -> dict[str, Any] | None:
        """The lead picture, with the caption that this article gives it.

        In a list, its renditions are those in AVIF and JPEG of at most 960 pixels.
        """
        if article.image is None:
            return None
        shown = self._pictures.to_representation(article.image)
        return {**shown, "caption": article.picture_caption}

    @cached_property
    def _pictures(self) -> ImageSerializer:
        """Made once for a whole list: it takes longer than to answer with it."""
        return self.image_serializer(context=self.context)


class ArticleDetailSerializer(ArticleSerializer):
    """An article in full."""

    image_serializer = ImageSerializer
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
        related = related_articles(article, articles=labelled(Article.objects.all()))
        return ArticleSerializer(related, many=True, context=self.context).data


def _named(category: Category) -> dict[str, str]:
    return {"slug": category.slug, "name": category.name}
