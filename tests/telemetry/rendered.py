"""What rich would print."""

from rich.console import Console, RenderableType


def rendered(picture: RenderableType) -> str:
    """``picture`` as plain text, 160 columns wide."""
    console = Console(width=160, no_color=True)
    with console.capture() as capture:
        console.print(picture)
    return capture.get()
