"""What the tests of the moderators' queue need of the running site: comments, and moderators."""

from tests.browser.conftest import Site
from tests.newsroom.commands import manage

QUEUE = "/admin/comments/comment/"

_POST = """
from articles.models import Article
from comments import policy, posting
articles = Article.objects.public().newest_first()
article = next(each for each in articles if policy.policy_of(each).is_open)
data = {{"name": {name!r}, "email": {email!r}, "website": "", "parent": ""}}
for body in {bodies!r}:
    posting.submit(article, {{**data, "body": body}})
"""

_MODERATOR = """
from django.contrib.auth.models import Group, User
user, _made = User.objects.get_or_create(username={name!r}, is_staff=True)
user.set_password({password!r})
user.save()
user.groups.add(Group.objects.get(name="moderator"))
"""


def post(site: Site, *bodies: str, name: str, email: str | None = None) -> None:
    """Send comments under one name to a story that takes them; a newcomer's are held."""
    email = email or f"{name.encode().hex()[:40]}@example.org"
    _run(site, _POST.format(name=name, email=email, bodies=bodies))


def make_moderator(site: Site, name: str, password: str) -> None:
    _run(site, _MODERATOR.format(name=name, password=password))


def _run(site: Site, script: str) -> None:
    """Run this where the site runs, as an operator would."""
    done = manage("shell", "--no-imports", "-c", script, VAR_ROOT=str(site.folder))
    assert done.returncode == 0, done.stderr
