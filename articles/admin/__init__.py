"""The editors' desk."""

from articles.admin import articles, pictures, taxonomy

__all__ = ["articles", "pictures", "taxonomy"]
