"""Put the named files of the style packages where Django's static files look for them: build/assets/vendor.

Only what pages use is served: one stylesheet, the font's two subsets, and a sprite of the icons listed here. Runs npm only
when the lock is newer than what is installed; a second run with nothing to do takes no time.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
TARGET = ROOT / "build" / "assets" / "vendor"
STAMP = ROOT / "build" / "assets.stamp"
FONT = "@fontsource-variable/golos-text"
SUBSETS = ("cyrillic", "latin")
ICONS = """
affiliate alert-circle alert-triangle archive arrow-back-up arrow-left arrow-right arrows-horizontal arrows-move-vertical ban
bell bolt briefcase building building-community bulb calendar calendar-due calendar-event calendar-month chart-bar check
checklist chevron-down chevron-left chevron-right chevron-up circle circle-check circle-dashed clock contrast copy device-floppy
diamond dots download edit external-link eye file-text file-upload filter flag git-compare hearts help-circle history hourglass
id-badge infinity info-circle key language layout-board link list-check list-numbers lock login logout mail map-pin menu-2
message minus moon paperclip pencil phone plus printer progress refresh repeat road-sign route school search selector send
settings shield-check signature sitemap sort-ascending sun table template text-size timeline trash upload user user-check
user-plus users world x
""".split()


def main() -> int:
    """Exit code."""
    lock, own = ROOT / "package-lock.json", Path(__file__)
    if STAMP.is_file() and STAMP.stat().st_mtime >= max(lock.stat().st_mtime, own.stat().st_mtime):
        return 0
    installed = MODULES / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        npm = Path(sys.executable).with_name("npm")
        environment = {**os.environ, "PATH": f"{npm.parent}:{os.environ['PATH']}"}
        subprocess.run(
            [str(npm), "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"], cwd=ROOT, env=environment, check=True
        )
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    copy_text(MODULES / "@tabler/core/dist/css/tabler.min.css", TARGET / "tabler.css")
    write_font()
    write_sprite()
    checker = ROOT / "build" / "test"
    checker.mkdir(parents=True, exist_ok=True)
    shutil.copy(MODULES / "axe-core/axe.min.js", checker / "axe.js")
    STAMP.touch()
    return 0


def copy_text(source: Path, target: Path) -> None:
    """Copy a stylesheet without its pointer to a source map that is not served."""
    target.write_text(re.sub(r"/\*#\s*sourceMappingURL=.*?\*/", "", source.read_text(encoding="utf-8")), encoding="utf-8")


def write_font() -> None:
    """The font's stylesheet and files, for the two alphabets that the product is written in."""
    style = (MODULES / FONT / "index.css").read_text(encoding="utf-8")
    faces = re.findall(r"@font-face\s*{.*?}", style, flags=re.DOTALL)
    kept = []
    for subset in SUBSETS:
        name = f"golos-text-{subset}-wght-normal.woff2"
        shutil.copy(MODULES / FONT / "files" / name, TARGET / name)
        kept += [face.replace("./files/", "") for face in faces if f"files/{name}" in face]
    (TARGET / "golos.css").write_text("\n".join(kept) + "\n", encoding="utf-8")


def write_sprite() -> None:
    """One SVG with a symbol per icon."""
    symbols = []
    for name in ICONS:
        svg = (MODULES / "@tabler/icons/icons/outline" / f"{name}.svg").read_text(encoding="utf-8")
        inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, flags=re.DOTALL)
        drawing = re.sub(r'<path stroke="none"[^>]*/>', "", inner.group(1)) if inner else ""
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{" ".join(drawing.split())}</symbol>')
    text = '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>\n"
    (TARGET / "icons.svg").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
