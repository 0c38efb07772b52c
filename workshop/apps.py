from django.apps import AppConfig


class WorkshopConfig(AppConfig):
    name = "workshop"
    verbose_name = "Verkstad"

    def ready(self) -> None:
        from core.start.databases import checks
        from workshop.demo.cast import fault_of_demo_users

        checks.append(fault_of_demo_users)
