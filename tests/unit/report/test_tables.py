from suanli.report.tables import plain_table, titled
from tests.unit.report.screens import shown


def test_table_without_frame_under_its_title():
    table = plain_table([("地区", "left"), ("得分", "right")])
    table.add_row("广东", "9.5")
    table.add_row("内蒙古", "10.5")
    assert shown(titled("排名", table)) == "排名\n地区    得分\n广东     9.5\n内蒙古  10.5"
