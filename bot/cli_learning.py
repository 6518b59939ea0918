"""`cloudlark learning`: what the tutor computes, from files."""

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()
def learning() -> None:
    """Compute what the tutor computes, from files."""
