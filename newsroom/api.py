"""The REST API as a whole: where the apps' parts of it are put together."""

from rest_framework.routers import DefaultRouter

from articles.api.endpoints import CategoryViewSet, ImageViewSet, TagViewSet
from comments.api.endpoints import ArticleWithCommentsViewSet

router = DefaultRouter()
router.register("articles", ArticleWithCommentsViewSet, basename="article")
router.register("categories", CategoryViewSet, basename="category")
router.register("tags", TagViewSet, basename="tag")
router.register("images", ImageViewSet, basename="image")
