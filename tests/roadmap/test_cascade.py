"""A model roadmap goes down to the schools, is adapted there, and its later changes lose nothing of theirs."""

from collections.abc import Callable
from datetime import date

import pytest

from nastavnik.core.errors import Refusal
from nastavnik.notifications.models import Message
from nastavnik.organisations.actions import open_organisation
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.actions.amendments import Act
from nastavnik.roadmap.actions.assignments import mark_assignment, name_own_date
from nastavnik.roadmap.actions.plans import add_measure, remove_measure
from nastavnik.roadmap.actions.proposals import keep_own, take_all, take_proposal
from nastavnik.roadmap.actions.publishing import publish_model
from nastavnik.roadmap.actions.sending import send_changes
from nastavnik.roadmap.models import Assignment, LineProposal, Measure, Roadmap
from nastavnik.roadmap.queries.plans import as_value
from tests.roadmap.models import LINES, copy_in, line, model_of, published, reword
from tests.worlds import TODAY, World, untouched


def lines_of(roadmap: Roadmap) -> list[tuple[str, str, str]]:
    """(number, text, deadline) in their order."""
    return list(roadmap.measures.order_by("position").values_list("number", "text", "deadline_text"))


def send(model: Roadmap, world: World, run_jobs: Callable[[], None]) -> None:
    """Send the model's changes down."""
    send_changes(Roadmap.objects.get(pk=model.pk), text="Карта изменилась.", by=world.user("municipal"))
    run_jobs()


def new_line(model: Roadmap, world: World, text: str = "Открыть раздел сайта") -> Measure:
    """A line more in the model."""
    value = as_value(line(model, "1.1."))
    return add_measure(model.sections.get(), number="1.4.", text=text, deadline=value.deadline, parties=value.parties,
                       by=world.user("municipal"))  # fmt: skip


def test_a_model_is_handed_out_to_nobody(world: World, run_jobs: Callable[[], None]) -> None:
    model = model_of(world)
    new_line(model, world)
    run_jobs()
    assert Assignment.objects.filter(roadmap=model).count() == 0


def test_every_school_gets_its_own_copy_and_the_neighbours_none(world: World) -> None:
    model = published(world)
    got = {copy.organisation.slug: (copy.title, copy.stage, copy.purpose, lines_of(copy)) for copy in model.copies.all()}
    words = [entry[:3] for entry in LINES]
    wanted = ("Дорожная карта школы. Приозёрный округ", "draft", "work", words)
    assert got == {"school-1": wanted, "school-2": wanted, "school-10": wanted}
    assert Roadmap.objects.filter(organisation__slug="upland-school").count() == 0


def test_the_assignments_of_a_copy_are_the_schools_own(world: World) -> None:
    copy = copy_in(published(world), "school-1")
    assert list(copy.assignments.order_by("due_on").values_list("organisation__slug", "due_on")) == [
        ("school-1", one.deadline.end) for one in copy.measures.order_by("position")
    ]  # fmt: skip


def test_each_school_is_told_with_a_link_to_its_copy(world: World) -> None:
    model = published(world)
    got = set(Message.objects.filter(kind="roadmap.model_received").values_list("recipient__username", "url"))
    assert got == {
        ("school", f"/roadmap/{copy_in(model, 'school-1').pk}/"), ("school_2", f"/roadmap/{copy_in(model, 'school-2').pk}/"),
    }  # fmt: skip


def test_publishing_twice_gives_nothing_twice(world: World, run_jobs: Callable[[], None]) -> None:
    model, leader = model_of(world), world.user("municipal")
    jobs = {publish_model(model, chosen=None, text="", by=leader).pk for _click in range(2)}
    run_jobs()
    before = untouched(Measure.objects)
    with pytest.raises(Refusal, match="Отправлять некому"):
        publish_model(model, chosen=None, text="", by=leader)
    assert (len(jobs), model.copies.count(), untouched(Measure.objects)) == (1, 3, before)


def test_only_the_chosen_schools(world: World, run_jobs: Callable[[], None]) -> None:
    model = model_of(world)
    chosen = [world.place("school-2").pk, world.place("upland-school").pk]
    publish_model(model, chosen=chosen, text="", by=world.user("municipal"))
    run_jobs()
    assert [copy.organisation.slug for copy in model.copies.all()] == ["school-2"]


def test_a_school_that_opens_later_gets_what_was_sent_not_what_is_being_written(world: World, run_jobs: Callable[[], None]) -> None:
    model = published(world)
    reword(line(model, "1.1."), world.user("municipal"), text="Ещё не разослано")
    open_organisation(kind=OrganisationKind.SCHOOL, name="Новая школа", parent=world.place("lakeside"), by=None, slug="new")
    run_jobs()
    assert lines_of(copy_in(model, "new")) == [entry[:3] for entry in LINES]


def test_an_untouched_line_follows_and_its_assignment_too(world: World, run_jobs: Callable[[], None]) -> None:
    model = published(world)
    reword(line(model, "1.1."), world.user("municipal"), text="Издать и разослать приказ", deadline="до 15.01.2027")
    send(model, world, run_jobs)
    row = line(copy_in(model, "school-1"), "1.1.")
    assert (row.text, row.deadline_text, [str(one.due_on) for one in row.assignments.all()], row.digest == row.origin_digest) == (
        "Издать и разослать приказ", "до 15.01.2027", ["2027-01-15"], True,
    )  # fmt: skip


def test_a_touched_line_stays_and_the_models_words_are_proposed(world: World, run_jobs: Callable[[], None]) -> None:
    model, school = published(world), world.user("school")
    copy = copy_in(model, "school-1")
    reword(line(copy, "1.1."), school, text="По-своему")
    reword(line(model, "1.1."), world.user("municipal"), text="По-новому")
    send(model, world, run_jobs)
    found = LineProposal.objects.get()
    assert (line(copy, "1.1.").text, found.copy, found.kind, found.line["text"]) == ("По-своему", copy, "changed", "По-новому")
    take_proposal(found, by=school)
    row = line(copy, "1.1.")
    assert (row.text, row.digest == row.origin_digest == line(model, "1.1.").origin_digest) == ("По-новому", True)


def test_a_kept_line_is_not_proposed_again(world: World, run_jobs: Callable[[], None]) -> None:
    model, school = published(world), world.user("school")
    copy = copy_in(model, "school-1")
    reword(line(copy, "1.1."), school, text="По-своему")
    reword(line(model, "1.1."), world.user("municipal"), text="По-новому")
    send(model, world, run_jobs)
    keep_own(LineProposal.objects.get(), by=school)
    reword(line(model, "1.2."), world.user("municipal"), text="Другая строка")
    send(model, world, run_jobs)
    assert (line(copy, "1.1.").text, LineProposal.objects.open().count()) == ("По-своему", 0)


def test_an_undecided_proposal_stays_one(world: World, run_jobs: Callable[[], None]) -> None:
    model = published(world)
    copy, leader = copy_in(model, "school-1"), world.user("municipal")
    reword(line(copy, "1.1."), world.user("school"), text="По-своему")
    for words in ("Раз", "Два"):
        reword(line(model, "1.1."), leader, text=words)
        send(model, world, run_jobs)
    reword(line(model, "1.2."), leader, text="Другая строка")
    send(model, world, run_jobs)
    rows = LineProposal.objects.order_by("made_at", "pk").values_list("state", "line__text")
    assert sorted(rows) == [("open", "Два"), ("replaced", "Раз")]


def test_a_line_that_the_school_left_out_does_not_come_back(world: World, run_jobs: Callable[[], None]) -> None:
    model = published(world)
    copy = copy_in(model, "school-1")
    remove_measure(line(copy, "1.2."), reason="Уже есть", by=world.user("school"))
    reword(line(model, "1.2."), world.user("municipal"), text="Принять новое положение")
    new_line(model, world)
    send(model, world, run_jobs)
    assert [number for number, _text, _deadline in lines_of(copy)] == ["1.1.", "1.3.", "1.4."]
    assert line(copy, "1.4.").section == line(copy, "1.1.").section


def test_a_removed_line_goes_where_nobody_has_worked_on_it(world: World, run_jobs: Callable[[], None]) -> None:
    model = published(world)
    worked, changed, plain = (copy_in(model, slug) for slug in ("school-1", "school-2", "school-10"))
    mark_assignment(line(worked, "1.1.").assignments.get(), state="done", by=world.user("school"))
    reword(line(changed, "1.1."), world.user("school_2"), text="По-своему")
    remove_measure(line(model, "1.1."), reason="Лишнее", by=world.user("municipal"))
    send(model, world, run_jobs)
    marks = {
        copy.organisation.slug: [str(row.withdrawn_on) for row in copy.measures.filter(number="1.1.")]
        for copy in model.copies.all()
    }
    assert (marks, plain.measures.count()) == ({"school-1": ["2026-11-25"], "school-2": ["2026-11-25"], "school-10": []}, 2)


def test_sending_without_changes_is_refused_and_changes_nothing(world: World, run_jobs: Callable[[], None]) -> None:
    model = published(world)
    reword(line(model, "1.1."), world.user("municipal"), text="По-новому")
    send(model, world, run_jobs)
    before = untouched(Measure.objects), untouched(LineProposal.objects), untouched(Roadmap.objects)
    with pytest.raises(Refusal, match="Рассылать нечего"):
        send(model, world, run_jobs)
    assert (untouched(Measure.objects), untouched(LineProposal.objects), untouched(Roadmap.objects)) == before


def test_a_signed_copy_is_only_asked(world: World, run_jobs: Callable[[], None]) -> None:
    model, school = published(world), world.user("school")
    copy, leader = copy_in(model, "school-1"), world.user("municipal")
    Roadmap.objects.filter(pk=copy.pk).update(stage="approved")
    before = lines_of(copy)
    reword(line(model, "1.1."), leader, text="По-новому")
    new_line(model, world)
    remove_measure(line(model, "1.3."), reason="Лишнее", by=leader)
    send(model, world, run_jobs)
    new_line(model, world, "И ещё одна")
    send(model, world, run_jobs)
    kinds = sorted(LineProposal.objects.open().values_list("copy", "kind"))
    assert (lines_of(copy), kinds) == (before, sorted((copy.pk, kind) for kind in ("added", "added", "changed", "removed")))
    with pytest.raises(Refusal, match="Укажите номер и дату приказа"):
        take_all(copy, by=school)
    assert take_all(copy, act=Act("12", TODAY), by=school) == 4
    texts = [text for _number, text, _deadline in lines_of(copy)]
    assert texts == ["По-новому", "Принять положение", "Открыть раздел сайта", "И ещё одна"]


def test_a_proposal_is_decided_once(world: World, run_jobs: Callable[[], None]) -> None:
    model, school = published(world), world.user("school")
    reword(line(copy_in(model, "school-1"), "1.1."), school, text="По-своему")
    reword(line(model, "1.1."), world.user("municipal"), text="По-новому")
    send(model, world, run_jobs)
    found = LineProposal.objects.get()
    take_proposal(found, by=school)
    before = untouched(Measure.objects)
    take_proposal(found, by=school)
    with pytest.raises(Refusal, match="уже рассмотрено"):
        keep_own(found, by=school)
    assert untouched(Measure.objects) == before


def test_a_region_publishes_for_municipalities_whose_schools_get_the_work(world: World) -> None:
    model = published(world, "region", "region")
    assert sorted(copy.organisation.slug for copy in model.copies.all()) == ["lakeside", "upland"]
    rows = copy_in(model, "upland").assignments.order_by("due_on").values_list("organisation__slug", flat=True)
    assert list(rows) == ["upland-school"] * 3


def test_a_day_that_the_school_has_named_keeps_a_line_that_the_model_gives_up(world: World, run_jobs: Callable[[], None]) -> None:
    model = published(world)
    copy = copy_in(model, "school-1")
    name_own_date(
        line(copy, "1.1.").assignments.get(), due_on=date(2026, 12, 10), reason="Педсовет раньше", by=world.user("school")
    )
    remove_measure(line(model, "1.1."), reason="Лишнее", by=world.user("municipal"))
    send(model, world, run_jobs)
    assert [one.measures.filter(number="1.1.").count() for one in model.copies.order_by("organisation__sort_key")] == [1, 0, 0]


def test_a_copy_given_while_changes_were_sent_has_them(world: World, run_jobs: Callable[[], None]) -> None:
    model, leader = model_of(world), world.user("municipal")
    publish_model(model, chosen=[world.place("school-1").pk], text="", by=leader)
    reword(line(model, "1.1."), leader, text="По-новому")
    send_changes(Roadmap.objects.get(pk=model.pk), text="Новое", by=leader)
    run_jobs()
    copy = copy_in(model, "school-1")
    assert (line(copy, "1.1.").text, copy.model_edition) == ("По-новому", 2)


def test_other_receivers_are_another_job(world: World, run_jobs: Callable[[], None]) -> None:
    model, leader = model_of(world), world.user("municipal")
    for slug in ("school-1", "school-2"):
        publish_model(model, chosen=[world.place(slug).pk], text="", by=leader)
    run_jobs()
    assert sorted(copy.organisation.slug for copy in model.copies.all()) == ["school-1", "school-2"]
