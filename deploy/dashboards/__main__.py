"""Renders every dashboard to JSON under ``deploy/grafana/dashboards/``."""

import json
from pathlib import Path

from grafana_foundation_sdk.builders.dashboard import Dashboard
from grafana_foundation_sdk.cog.encoder import JSONEncoder

from deploy.dashboards.pipeline import pipeline
from deploy.dashboards.quality import quality
from deploy.dashboards.stage import one_stage

FOLDER = Path(__file__).parent.parent / "grafana" / "dashboards"


def rendered() -> dict[str, str]:
    """The JSON of every dashboard, by file name."""
    return {f"{board.build().uid}.json": _json(board) for board in (pipeline(), quality(), one_stage())}


def _json(board: Dashboard) -> str:
    panels = board.build().panels or []
    for number, panel in enumerate(panels, start=1):
        panel.id = number  # type: ignore[union-attr]
    return json.dumps(board.build(), cls=JSONEncoder, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    """Writes the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in rendered().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
