from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        from newsroom.roles import keep_roles

        post_migrate.connect(keep_roles, dispatch_uid="newsroom.roles")
