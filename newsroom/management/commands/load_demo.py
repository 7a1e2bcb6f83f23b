"""`manage.py load_demo`: the demonstration edition and its three accounts."""

from typing import Any

from django.conf import settings
from django.db import transaction

from articles.management.command import NewsroomCommand
from newsroom.demo.accounts import ACCOUNTS_FILE, make_accounts
from newsroom.demo.edition import articles
from newsroom.demo.load import load
from newsroom.management.requirements import require_migrations


class Command(NewsroomCommand):
    help = (
        "Load the demonstration edition: articles, pictures, comments, and the accounts editor, "
        "writer and moderator. What is there already stays as it is."
    )

    examples = (("load_demo -v 2", "names each article that is added"),)
    when_stopped = "Either the whole edition was loaded or nothing of it."

    def handle(self, *args: Any, **options: Any) -> None:
        require_migrations()
        titles = self.progress(options)(load(), "articles", len(articles()))
        with transaction.atomic():
            passwords = make_accounts(settings.VAR_ROOT)
            added = 0
            for title in titles:
                added += 1
                if options["verbosity"] > 1:
                    self.stdout.write(title)
        self.stdout.write(f"Demonstration edition: {added} articles added.")
        for name, password in passwords.items():
            self.stdout.write(f"  account {name}, password {password}")
        if passwords:
            self.stdout.write(f"  kept in {settings.VAR_ROOT / ACCOUNTS_FILE}")
