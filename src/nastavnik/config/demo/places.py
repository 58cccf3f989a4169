"""Who and what there is in the demo municipality."""

from dataclasses import dataclass

PASSWORD = "demo-ozero-2026"  # noqa: S105 -- the demo refuses to be built outside NASTAVNIK_DEMO


@dataclass(frozen=True)
class Somebody:
    """An invented person with an account."""

    username: str
    surname: str
    given_name: str
    patronymic: str


@dataclass(frozen=True)
class School:
    """An invented school with its head and its coordinator; `diligence` is the share of work that it does in time."""

    slug: str
    name: str
    full_name: str
    address: str
    head: Somebody
    coordinator: Somebody | None
    diligence: float


REGION = ("severnaya", "Северная область", "Министерство образования Северной области")
MUNICIPALITY = ("priozerny", "Приозёрный муниципальный округ", "Управление образования Приозёрного муниципального округа")
NEIGHBOUR = ("nagorny", "Нагорный муниципальный округ", "Отдел образования Нагорного муниципального округа")
NEIGHBOUR_SCHOOL = ("nagornaya-1", "Нагорная школа № 1")

STAFF = {
    "regional_coordinator": Somebody("region", "Гордеева", "Инна", "Павловна"),
    "municipal_head": Somebody("nachalnik", "Седова", "Марина", "Олеговна"),
    "municipal_coordinator": Somebody("metodist", "Вершинина", "Ирина", "Львовна"),
    "administrator": Somebody("admin", "Лунин", "Егор", "Максимович"),
}
DEPUTY = Somebody("zam1", "Мельник", "Ольга", "Юрьевна")
PARTNER = ("mayak", "Завод «Маяк»", Somebody("mayak", "Зубов", "Лев", "Маркович"))
NEIGHBOUR_STAFF = Somebody("nagorny", "Ветрова", "Олеся", "Тимуровна")


def school(slug: str, name: str, full_name: str, address: str, diligence: float, head: str, coordinator: str) -> School:
    """A school from one line; account names follow from the slug."""
    number = slug.rsplit("-", 1)[-1]
    return School(
        slug, name, full_name, address, somebody(f"direktor{number}", head),
        somebody(f"kurator{number}", coordinator) if coordinator else None, diligence,
    )  # fmt: skip


def somebody(username: str, full_name: str) -> Somebody:
    """Surname, given name, patronymic."""
    surname, given_name, patronymic = full_name.split()
    return Somebody(username, surname, given_name, patronymic)


SCHOOLS = (
    school("shkola-1", "Гимназия № 1", "МБОУ «Гимназия № 1»", "пгт Приозёрный, ул. Садовая, 4", 0.98,
           "Кравцов Пётр Андреевич", "Орлова Анна Петровна"),
    school("shkola-2", "Школа № 2", "МБОУ «Средняя школа № 2»", "пгт Приозёрный, ул. Речная, 11", 0.95,
           "Дорохова Вера Никитична", "Фомина Дарья Игоревна"),
    school("shkola-3", "Школа № 3", "МБОУ «Средняя школа № 3»", "пгт Приозёрный, ул. Лесная, 2", 0.9,
           "Белозёров Антон Глебович", "Ильина Раиса Фёдоровна"),
    school("shkola-4", "Лицей № 4", "МБОУ «Лицей № 4»", "пгт Приозёрный, пр. Мира, 30", 0.97,
           "Соколова Нина Аркадьевна", "Тихонов Роман Олегович"),
    school("shkola-5", "Школа № 5", "МБОУ «Средняя школа № 5 с углублённым изучением отдельных предметов»",
           "пгт Приозёрный, ул. Новая, 7", 0.85, "Жданов Кирилл Ильич", "Пахомова Юлия Сергеевна"),
    school("shkola-6", "Озёрская СОШ", "МБОУ «Озёрская средняя школа»", "с. Озёрское, ул. Школьная, 1", 0.9,
           "Громова Лидия Марковна", "Снегирёв Тимур Львович"),
    school("shkola-7", "Заречная СОШ", "МБОУ «Заречная средняя школа»", "с. Заречное, ул. Центральная, 15", 0.45,
           "Рябов Степан Юрьевич", "Крылова Зоя Денисовна"),
    school("shkola-8", "Лесновская СОШ", "МБОУ «Лесновская средняя школа»", "д. Лесное, ул. Полевая, 3", 0.93,
           "Уварова Галина Яковлевна", "Носов Артём Валерьевич"),
    school("shkola-9", "Каменская СОШ", "МБОУ «Каменская средняя школа»", "с. Каменка, ул. Мостовая, 9", 0.55,
           "Шилов Борис Романович", "Дёмина Алла Викторовна"),
    school("shkola-10", "Ольховская ООШ", "МБОУ «Ольховская основная школа»", "д. Ольховка, ул. Луговая, 6", 0.6,
           "Чернова Майя Павловна", "Гусев Никита Егорович"),
    school("shkola-11", "Берёзовская ООШ", "МБОУ «Берёзовская основная школа»", "д. Берёзовка, ул. Берёзовая, 8", 0.75,
           "Панина Эльвира Рустамовна", ""),
    school("shkola-12", "Сосновская ООШ", "МБОУ «Сосновская основная школа»", "п. Сосновый, ул. Хвойная, 5", 0.88,
           "Власов Фёдор Семёнович", "Бирюкова Инга Олеговна"),
)  # fmt: skip
