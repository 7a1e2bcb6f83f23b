"""`Surrogate-Key`: the names by which a cache in front is told to drop an answer.

| when | drop |
| --- | --- |
| a story comes out, is retracted, moves in the lists | `articles`, `article-17` |
| a public story changes | `article-17` |
| a comment on it comes, goes or changes, its discussion closes | `comments-17`, `comments` |
| a byline, a tag, a picture changes | `byline-5`, `bylines`; `tag-9`, `tags`; `image-4`, `images` |
| a category changes | `category-3`, `categories`; where it is moved in the tree, `articles` too |
| the policy of all discussions changes | everything |

An answer that shows very many rows names the kind alone, so both are dropped. The box of related
stories in a story's detail is not made anew when another story comes out: give such a cache a
time after which it asks again.
"""

from collections import defaultdict
from typing import Any

from rest_framework import serializers

# Those at the end are the first that are named by their kind alone.
_KINDS = {
    "article": "articles",
    "category": "categories",
    "comments": "comments",
    "byline": "bylines",
    "image": "images",
    "tag": "tags",
}
# nginx takes 4 KB of headers in all from whatever it stands before.
_LONGEST = 2000  # bytes


class SurrogateKeys:
    """Which rows an answer shows, and of which kinds it shows whatever there is."""

    def __init__(self) -> None:
        self._rows: dict[str, set[int]] = defaultdict(set)
        self._listed: set[str] = set()

    def show(self, kind: str, *ids: int) -> None:
        """Note that these rows are shown."""
        self._rows[kind].update(ids)

    def depend_on(self, *kinds: str) -> None:
        """Note that the answer would be another one if there were other rows of these kinds."""
        self._listed.update(kinds)

    def __str__(self) -> str:
        whole = set(self._listed)
        for kind in reversed(_KINDS):
            if len(self._written(whole)) > _LONGEST and self._rows[kind]:
                whole.add(kind)
                self._rows[kind] = set()
        return self._written(whole)

    def _written(self, whole: set[str]) -> str:
        kinds = [plural for kind, plural in _KINDS.items() if kind in whole]
        rows = [f"{kind}-{row}" for kind in _KINDS for row in sorted(self._rows[kind])]
        return " ".join(kinds + rows)


class Keyed(serializers.BaseSerializer):
    """A serializer whose every row is told in the answer's `Surrogate-Key`."""

    kind: str

    def show(self, kind: str, *ids: int) -> None:
        keys: SurrogateKeys | None = self.context.get("surrogate_keys")
        if keys:
            keys.show(kind, *ids)

    def to_representation(self, instance: Any) -> Any:
        self.show(self.kind, instance.pk)
        return super().to_representation(instance)
