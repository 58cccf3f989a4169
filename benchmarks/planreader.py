"""How long planreader takes and how much memory it needs, per format: `python -m benchmarks.planreader`.

A typical plan has 41 measures, a large one 2,000 (a PDF of that size has too many pages and is left out). `work` is the time
inside a process that has everything loaded, `whole` that of the limited child from its start to its end, `peak` the largest
resident memory of that child.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.planreader import papers

from planreader import read_plan

PEAK = (
    "import sys; from planreader.reading import plan_json; plan_json(sys.argv[1]); "
    "print([int(line.split()[1]) // 1024 for line in open('/proc/self/status') if line.startswith('VmHWM')][0])"
)
LETTERS = (8, 40, 20, 26)
FORMATS: dict[str, Callable[[Path, papers.Rows], Path]] = {
    "docx": lambda path, rows: papers.word(path.with_suffix(".docx"), rows),
    "xlsx": lambda path, rows: papers.excel(path.with_suffix(".xlsx"), rows),
    "pdf ruled": lambda path, rows: papers.paged_pdf(path.with_suffix(".pdf"), rows, letters=LETTERS, lines_per_page=50),
    "pdf open": lambda path, rows: papers.paged_pdf(
        path.with_suffix(".pdf"), rows, letters=LETTERS, lines_per_page=50, ruled=False
    ),
    "txt tabs": lambda path, rows: papers.tabbed(path.with_suffix(".txt"), rows),
    "txt spaces": lambda path, rows: papers.spaced(path.with_suffix(".txt"), rows, letters=LETTERS),
    "txt flattened": lambda path, rows: papers.flattened(path.with_suffix(".txt"), rows),
}
MEASURES = [
    ("Определение ответственных лиц из числа специалистов отдела образования", "Сентябрь 2026", "Отдел образования"),
    ("Формирование перечня организаций, внедряющих целевую модель", "Август - сентябрь 2026", "Отдел образования"),
    ("Разработка положения о программе наставничества", "до 13.10.2026", "Руководители ОО, кураторы по внедрению ЦМН в ОО"),
    ("Обучение наставников", "Согласно графику ОО", "Руководители ОО, кураторы"),
    ("Контроль реализации программ", "Декабрь 2026, май 2027", "МУ ОО, руководители ОО"),
]


def rows_of_a_plan(measures: int) -> list[list[str]]:
    """A plan of seven or more sections."""
    rows = [["№ п/п", "Мероприятия", "Сроки", "Ответственные"]]
    for number in range(measures):
        section, place = divmod(number, 6)
        if place == 0:
            rows.append([f"{section + 1}.", f"Раздел плана под номером {section + 1}", "", ""])
        text, term, party = MEASURES[number % len(MEASURES)]
        rows.append([f"{section + 1}.{place + 1}.", f"{text} {number + 1}", term, party])
    return rows


def milliseconds(call: Callable[[], object], times: int = 3) -> float:
    """The best of a few."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def peak(file: Path) -> str:
    """Megabytes of a process that reads the file."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", PEAK, str(file)], capture_output=True, text=True, check=True, env=environment)
    return done.stdout.strip()


def main() -> None:
    """Print one line per format and size."""
    print(f"{'format':14}{'measures':>9}{'KB':>7}{'work, ms':>10}{'whole, ms':>11}{'peak, MB':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for measures in (41, 2000):
            for name, make in FORMATS.items():
                if name.startswith("pdf") and measures > 41:
                    continue
                file = make(Path(folder) / f"{name.replace(' ', '-')}-{measures}", rows_of_a_plan(measures))
                plan = read_plan(file)
                assert len(plan.measures) == measures, (name, len(plan.measures))
                work = milliseconds(lambda file=file: read_plan(file))
                whole = milliseconds(lambda file=file: peak(file))
                largest = peak(file)
                print(f"{name:14}{measures:>9}{file.stat().st_size // 1024:>7}{work:>10.0f}{whole:>11.0f}{largest:>10}")


if __name__ == "__main__":
    main()
