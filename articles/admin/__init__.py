"""The editors' desk."""

from articles.admin import articles, pictures, static_pages, taxonomy

__all__ = ["articles", "pictures", "static_pages", "taxonomy"]
