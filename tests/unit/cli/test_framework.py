from suanli.cli.framework import PARTS, command


def test_group_has_its_parts(suanli):
    assert list(PARTS) == ["show", "diff", "schema"]
    answer = suanli("framework", "--help", language="zh")
    assert all(f"  {part}" in answer.out for part in PARTS)


def test_language():
    assert command("en").help == "Show or compare frameworks, or export their schema."
