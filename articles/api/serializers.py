"""What the API answers: the fields of articles, categories, tags and pictures."""

from datetime import UTC
from typing import Any

from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from articles import bodies
from articles.api.examples import ARTICLE, ARTICLE_IN_FULL, CATEGORY, IMAGE, TAG, example
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

    def __init__(self, help_text: str, **kwargs: Any) -> None:
        super().__init__(read_only=True, help_text=help_text, **kwargs)

    def to_representation(self, value: str) -> str:
        return self.context["request"].build_absolute_uri(value)


_SLUG = "What names it in an address and in a filter."


class CategorySerializer(Keyed, serializers.ModelSerializer):
    """A category by its name."""

    kind = "category"
    slug = serializers.CharField(help_text=_SLUG)

    class Meta:
        model = Category
        fields = ["slug", "name"]
        extra_kwargs = {"name": {"help_text": "As readers see it."}}


class CategoryWithPathSerializer(CategorySerializer):
    """A category, and where it stands."""

    path = serializers.SerializerMethodField(
        help_text="The categories from the top level down to this one."
    )

    class Meta(CategorySerializer.Meta):
        fields = [*CategorySerializer.Meta.fields, "path"]

    @extend_schema_field(CategorySerializer(many=True))
    def get_path(self, category: Category) -> list[dict[str, str]]:
        tree: CategoryTree = self.context["category_tree"]
        path = tree.path(category.pk)
        self.show("category", *(each.pk for each in path))
        return [_named(each) for each in path]


@extend_schema_serializer(examples=[example("A category", CATEGORY)])
class CategoryInTreeSerializer(CategoryWithPathSerializer):
    """A category as it stands in the tree; the last but one of `path` is the one above it."""

    url = FullAddress("The page with its articles.", source="get_absolute_url")

    class Meta(CategoryWithPathSerializer.Meta):
        fields = [*CategoryWithPathSerializer.Meta.fields, "url"]


class TagSerializer(Keyed, serializers.ModelSerializer):
    """A tag by its name."""

    kind = "tag"
    slug = serializers.CharField(help_text=_SLUG)

    class Meta:
        model = Tag
        fields = ["slug", "name"]
        extra_kwargs = {"name": {"help_text": "As readers see it."}}


@extend_schema_serializer(examples=[example("A tag", TAG)])
class TagWithAddressSerializer(TagSerializer):
    """A tag, and its page."""

    url = FullAddress("The page with its articles.", source="get_absolute_url")

    class Meta(TagSerializer.Meta):
        fields = [*TagSerializer.Meta.fields, "url"]


class RenditionSerializer(serializers.Serializer):
    """A picture in one width and one format; never larger than its original."""

    url = FullAddress("The file, the same for ever.")
    width = serializers.IntegerField(help_text="In pixels.")
    height = serializers.IntegerField(help_text="In pixels.")
    format = serializers.ChoiceField(choices=FORMATS, help_text="Of the file.")

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


@extend_schema_serializer(examples=[example("A picture", IMAGE)])
class ImageSerializer(Keyed, serializers.ModelSerializer):
    """A picture of the archive."""

    kind = "image"
    url = FullAddress("A JPEG for whoever chooses no rendition.")
    renditions = RenditionSerializer(
        many=True, read_only=True, help_text="Its files, by format and width."
    )

    class Meta:
        model = ArchiveImage
        fields = ["url", "width", "height", "alt", "caption", "credit", "is_archive", "renditions"]
        read_only_fields = fields
        extra_kwargs = {
            "width": {"help_text": "Of the original, in pixels."},
            "height": {"help_text": "Of the original, in pixels."},
            "alt": {"help_text": "What it shows, for who does not see it."},
            "caption": {"help_text": "What stands below it; may be empty."},
            "credit": {"help_text": "Whose picture it is; may be empty."},
            "is_archive": {"help_text": "Whether it shows something else than what is told."},
        }


class ImageInListSerializer(ImageSerializer):
    """A picture as a list shows it."""

    renditions = SmallRenditions(  # type: ignore[assignment]
        child=RenditionSerializer()
    )


@extend_schema_serializer(
    component_name="RelatedArticle", examples=[example("An article", ARTICLE)]
)
class ArticleSerializer(Keyed, serializers.ModelSerializer):
    """An article as a related box shows it."""

    kind = "article"
    image_serializer: type[ImageSerializer] = ImageInListSerializer
    slug = serializers.CharField(help_text="What names it in an address; it may change.")
    url = FullAddress("Its page.", source="get_absolute_url")
    byline = serializers.CharField(source="byline.name", help_text="Who wrote it.")
    excerpt = serializers.CharField(source="summary", help_text="Plain text of a few lines.")
    published_at = serializers.DateTimeField(
        default_timezone=UTC, help_text="When readers saw it first, in UTC."
    )
    updated_at = serializers.DateTimeField(
        default_timezone=UTC, help_text="When it was changed last, in UTC."
    )
    category = CategoryWithPathSerializer(help_text="Where it is filed.")
    categories = serializers.SerializerMethodField(help_text="Where else it is filed.")
    tags = TagSerializer(many=True, source="tags_shown", help_text="What it is about.")
    image = serializers.SerializerMethodField(
        help_text="The lead picture, with the caption that this article gives it; null where there "
        "is none. In a list, its renditions are those in AVIF and JPEG of at most 960 pixels."
    )

    class Meta:
        model = Article
        fields = [
            *("id", "slug", "url", "title", "subtitle", "byline", "excerpt"),
            *("published_at", "updated_at", "language"),
            *("category", "categories", "tags", "image"),
        ]
        read_only_fields = fields
        extra_kwargs = {
            "id": {"help_text": "Its number; it never changes."},
            "title": {"help_text": "The headline."},
            "subtitle": {"help_text": "The line below the headline; may be empty."},
            "language": {"help_text": "In which it is written (BCP 47)."},
        }

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
        if article.image is None:
            return None
        shown = self._pictures.to_representation(article.image)
        return {**shown, "caption": article.picture_caption}

    @cached_property
    def _pictures(self) -> ImageSerializer:
        """Made once for a whole list: it takes longer than to answer with it."""
        return self.image_serializer(context=self.context)


@extend_schema_serializer(examples=[example("An article in full", ARTICLE_IN_FULL)])
class ArticleDetailSerializer(ArticleSerializer):
    """An article in full."""

    image_serializer = ImageSerializer
    body = serializers.SerializerMethodField(
        help_text="Clean HTML with its pictures, as readers see it. Every address is a full one."
    )
    related = serializers.SerializerMethodField(help_text="What the related box shows.")

    class Meta(ArticleSerializer.Meta):
        fields = [*ArticleSerializer.Meta.fields, "body", "related"]

    @extend_schema_field(serializers.CharField)
    def get_body(self, article: Article) -> str:
        return bodies.render(article, absolute=self.context["request"].build_absolute_uri)

    @extend_schema_field(ArticleSerializer(many=True))
    def get_related(self, article: Article) -> Any:
        related = related_articles(article, articles=labelled(Article.objects.all()))
        return ArticleSerializer(related, many=True, context=self.context).data


def _named(category: Category) -> dict[str, str]:
    return {"slug": category.slug, "name": category.name}
