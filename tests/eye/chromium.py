"""Debian's Chromium, which lays pages out and paints them; and what it shows in the cells of each."""

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

CHROMIUM = shutil.which("chromium")
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-color-profile=srgb", "--font-render-hinting=none",
)  # fmt: skip
_WINDOW: ViewportSize = {"width": 1100, "height": 3000}  # pixels; the whole page is in it

# Every character in the cells, where it stands and how large it is; the content of form fields and of generated boxes.
_MEASURE = """() => {
  const cells = [];
  for (const td of document.querySelectorAll("[data-cell]")) {
    const box = td.getBoundingClientRect(), characters = [], generated = [];
    if (box.right > innerWidth || box.bottom > innerHeight) continue;  // not in the picture
    const laid = td.getClientRects().length > 0 && getComputedStyle(td).visibility != "collapse";
    const put = (text, r, node, struck) => {
      const style = getComputedStyle(node);
      if (/^rgba\\(.*, 0\\)$/.test(style.webkitTextFillColor)) return;
      for (let at = node; at; at = at.parentElement) {
        const own = getComputedStyle(at);
        if (own.opacity < 0.02 || own.filter == "opacity(0)") return;
      }
      // What is clipped, in whatever way, is not hit by a pointer there; nor is what has no box, or a lower one than
      // its letters are, though it is seen.
      let hit = node;
      for (let own = getComputedStyle(hit); own.display == "contents" || (own.clipPath == "none"
          && own.position == "static" && (own.display == "inline" || (own.overflow == "visible"
          && parseFloat(own.lineHeight) < r.height / 2))); own = getComputedStyle(hit)) hit = hit.parentElement;
      if (!document.elementsFromPoint(r.left + r.width / 2, r.top + r.height / 2).includes(hit)) return;
      characters.push([text, r.left, r.top, r.width, r.height, parseFloat(style.fontSize), struck,
        style.webkitTextSecurity != "none" || node.type == "password"]);
    };
    const isStruck = node => {
      for (let at = node; at && at != document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.textDecorationLine.includes("line-through")) return true;
        const out = style.float != "none" || /absolute|fixed/.test(style.position);
        if (out || style.display.startsWith("inline-")) return false;
      }
      return false;
    };
    const walk = document.createTreeWalker(td, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = td; node; node = walk.nextNode()) {
      if (node.nodeType == 3) {
        const range = document.createRange(), struck = isStruck(node.parentElement);
        for (let at = 0; at < node.data.length; at++) {
          range.setStart(node, at); range.setEnd(node, at + 1);
          const rects = [...range.getClientRects()].filter(r => r.width > 0 && r.height > 0);
          if (rects.length && /\\S/.test(node.data[at])) put(node.data[at], rects.pop(), node.parentElement, struck);
        }
      } else {
        for (const side of ["::before", "::after"]) {
          const style = getComputedStyle(node, side);
          const put = !/^(none|normal)$/.test(style.content) && style.display != "none";
          if (put && node.getClientRects().length) generated.push([side, style.content]);
        }
        const shown = node.localName == "select" ? (node.selectedOptions[0] || {}).text
          : node.localName == "textarea" ? node.value
          : node.localName == "input" && !/hidden|checkbox/.test(node.type) ? node.value || node.placeholder : "";
        const r = node.getBoundingClientRect();
        if (shown && r.width > 0 && r.height > 0) put(shown.trim(), r, node, false);
      }
    }
    cells.push({cell: td.dataset.cell, box: [box.left, box.width], laid, characters, generated});
  }
  return cells;
}"""


class Character(NamedTuple):
    """A character (or what a form field holds) on the page: its box in pixels, the size of its letters, whether it is
    struck out or replaced by a dot, and how far the pixels in its box differ in brightness (0 to 255)."""

    text: str
    left: float
    top: float
    width: float
    height: float
    size: float
    struck: bool
    dotted: bool
    contrast: int = 0


class ShownCell(NamedTuple):
    """A cell as it is laid out: its id in the markup, its place from left to right, whether it has a place at all, its
    characters, and what style sheets put before or behind them."""

    cell: str
    middle: float
    laid: bool
    characters: list[Character]
    generated: list[tuple[str, str]]


class Browser:
    """One tab, which shows page after page."""

    def __init__(self, tab: Page) -> None:
        self._tab = tab

    def show(self, html: str) -> list[ShownCell]:
        """What is shown in the cells of a page."""
        self._tab.set_content(html, wait_until="domcontentloaded")
        measured: list[dict[str, Any]] = self._tab.evaluate(_MEASURE)
        image = Image.open(io.BytesIO(self._tab.screenshot())).convert("L")
        return [
            ShownCell(
                cell["cell"],
                cell["box"][0] + cell["box"][1] / 2,
                cell["laid"],
                [_seen(image, Character(*character)) for character in cell["characters"]],
                [(side, content) for side, content in cell["generated"]],
            )
            for cell in measured
        ]


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium with one tab; ends with the context."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        tab = chromium.new_page(viewport=_WINDOW)
        tab.route("**/*", lambda route: route.abort())
        yield Browser(tab)
        chromium.close()


def _seen(image: Image.Image, character: Character) -> Character:
    """``character`` with the contrast of what is painted in its box, its edges (another's, perhaps) left out."""
    left, top = max(0, round(character.left + 0.5)), max(0, round(character.top + character.height * 0.2))
    right = min(image.width, round(character.left + character.width - 0.5))
    bottom = min(image.height, round(character.top + character.height * 0.75))
    if right <= left or bottom <= top:
        return character
    low, high = image.crop((left, top, right, bottom)).getextrema()
    return character._replace(contrast=int(high) - int(low))  # type: ignore[arg-type]
