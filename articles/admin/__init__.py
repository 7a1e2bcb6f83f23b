"""The editors' desk."""

from articles.admin import articles, front_page, pictures, static_pages, taxonomy, tokens

__all__ = ["articles", "front_page", "pictures", "static_pages", "taxonomy", "tokens"]
