from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        from newsroom.roles import keep_roles

        # The last of our apps to be migrated: all permissions are there by then.
        comments = apps.get_app_config("comments")
        post_migrate.connect(keep_roles, sender=comments, dispatch_uid="newsroom.roles")
