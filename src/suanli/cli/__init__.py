"""Words of the command line to one call each, and problems to exit codes; may import every room."""

from suanli.cli.interrupts import remember_interrupts

__all__ = ["main"]


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    remember_interrupts()
    # what takes its time to load comes after
    from suanli.cli.entrance import run_and_leave

    run_and_leave()
