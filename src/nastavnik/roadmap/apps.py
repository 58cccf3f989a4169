from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadmapConfig(AppConfig):
    name = "nastavnik.roadmap"
    label = "roadmap"

    def ready(self) -> None:
        """Register the navigation entry, background work, duties, facts, receivers and the words of the history."""
        from nastavnik.accounts.supporting import shut_while_supporting  # noqa: PLC0415
        from nastavnik.core.navigation import Entry, register_entry  # noqa: PLC0415
        from nastavnik.notifications.enums import MailGroup  # noqa: PLC0415
        from nastavnik.notifications.kinds import register_kinds  # noqa: PLC0415
        from nastavnik.roadmap import duties, duties_of_cascade, history, paper_duties, receivers, tasks  # noqa: F401, PLC0415
        from nastavnik.roadmap.fact_answers import appointments, plans, proofs, school_lists  # noqa: F401, PLC0415

        shut_while_supporting("roadmap:calendar_feeds", "roadmap:make_feed")
        register_kinds(MailGroup.DIGEST, "roadmap.digest")
        register_kinds(MailGroup.REMINDERS, "roadmap.late", "roadmap.date_asked")
        register_entry(
            Entry(20, _("Дорожная карта"), _("Карта"), "route", "roadmap:roadmap_list", "roadmap.view_roadmap", ("roadmap:",))
        )
