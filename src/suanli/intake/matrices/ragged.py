"""Text tables of a matrix whose lines are of unequal length: a triangle, or a heading without its corner."""

from suanli.intake.folder import FileContent
from suanli.intake.reading.textfiles import decoded

_DELIMITERS = (",", "\t", ";")


def evened(file: FileContent) -> FileContent | None:
    r"""Return the file with delimiters added so that all lines have as many fields; None if that is no remedy.

    Lines that end early, as those of a triangle or a title do, are filled up at the end. A heading that is one short
    where every other line is full lacks the empty field of the corner, as some programs write it.

    >>> from suanli.intake.folder import InputFile
    >>> triangle = FileContent(InputFile("m.csv", "", 0), b",a,b\na,1\nb,3,1")
    >>> evened(triangle).content
    b',a,b\na,1,\nb,3,1'
    """
    text, _ = decoded(file)
    if text is None or '"' in text:
        return None
    lines = text.splitlines()
    delimiter = max(_DELIMITERS, key=text.count)
    counts = [line.count(delimiter) for line in lines]
    widest = max(counts, default=0)
    # lines without any delimiter above the heading are titles
    head = next((at for at, count in enumerate(counts) if count), None)
    if head is None:
        return None
    below = {
        count for line, count in zip(lines[head + 1 :], counts[head + 1 :], strict=True) if line
    }
    if counts[head] == widest - 1 and below == {widest}:
        lines[head] = delimiter + lines[head]
    elif counts[head] != widest:
        return None
    filled = [
        line + delimiter * (widest - line.count(delimiter)) if line.strip() else line
        for line in lines
    ]
    return FileContent(file.file, "\n".join(filled).encode())
