from suanli.intake.folder import FileContent, InputFile
from suanli.intake.matrices.ragged import evened


def filled(text):
    even = evened(FileContent(InputFile("m.csv", "", 0), text.encode()))
    return even.content.decode() if even else None


def test_ends_and_corners_are_filled_up():
    assert filled("t\n,a,b\na,1\nb,3,1\n") == "t,,\n,a,b\na,1,\nb,3,1"
    assert filled("a;b\na;1;3\nb;;1") == ";a;b\na;1;3\nb;;1"


def test_what_filling_up_does_not_mend():
    assert filled("a\nb\n") is None
    assert filled(",a,b\na,1,3,5\nb,,1\n") is None
    assert filled(',a,"b"\na,1\n') is None
    assert evened(FileContent(InputFile("m.csv", "", 0), b"\xff\xff\xff")) is None
