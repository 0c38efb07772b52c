from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Konton"

    def ready(self) -> None:
        from accounts import jobs
        from accounts.log import account as account_log
        from accounts.log.triggers import install_triggers
        from accounts.login.sessions import begin_session
        from accounts.login.tokens import know_address

        post_migrate.connect(install_triggers, sender=self)
        jobs.join()
        account_log.listen()
        user_logged_in.connect(lambda request, **_: begin_session(request), weak=False)
        user_logged_in.connect(lambda user, **_: know_address(user), weak=False)
