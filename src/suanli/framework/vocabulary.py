"""The words of units: what is counted, other spellings, and the definitions behind them."""

# Things that are counted. Each is a dimension of its own: 万台 becomes 台, never 户.
COUNTED = (
    "个",
    "台",
    "套",
    "件",
    "块",
    "户",
    "人",
    "次",
    "家",
    "项",
    "条",
    "座",
    "款",
    "篇",
    "部",
    "所",
    "辆",
    "张",
    "站",
    "人次",
    "标准机架",
    "机架",
    "端口",
    "处",
    "笔",
    "种",
    "批",
    "场",
    "例",
    "节点",
)

CURRENCIES = ("元", "美元", "欧元")

# Spellings of one part of a unit.
NAMES = {
    "只": "个",
    "颗": "块",
    "片": "块",
    "名": "人",
    "位": "人",
    "架": "机架",
    "person": "人",
    "persons": "人",
    "people": "人",
    "inhabitants": "人",
    "capita": "人",
    "household": "户",
    "households": "户",
    "user": "户",
    "users": "户",
    "subscribers": "户",
    "piece": "块",
    "pieces": "块",
    "item": "件",
    "items": "件",
    "unit": "台",
    "units": "台",
    "time": "次",
    "times": "次",
    "port": "端口",
    "ports": "端口",
    "rack": "机架",
    "racks": "机架",
    "standard rack": "标准机架",
    "standard racks": "标准机架",
    "元人民币": "元",
    "人民币元": "元",
    "yuan": "元",
    "Yuan": "元",
    "CNY": "元",
    "RMB": "元",
    "USD": "美元",
    "EUR": "欧元",
    "米": "m",
    "公里": "km",
    "平方米": "square_metre",
    "平方公里": "square_kilometre",
    "平方千米": "square_kilometre",
    "立方米": "cubic_metre",
    "公顷": "hectare",
    "ha": "hectare",
    "亩": "mu",
    "克": "g",
    "公斤": "kg",
    "吨": "t",
    "ton": "t",
    "tons": "t",
    "tonnes": "t",
    "升": "L",
    "毫升": "mL",
    "瓦": "W",
    "瓦时": "Wh",
    "度": "kWh",
    "kwh": "kWh",
    "KWh": "kWh",
    "KWH": "kWh",
    "兆瓦": "MW",
    "吉瓦": "GW",
    "兆瓦时": "MWh",
    "吉瓦时": "GWh",
    "吨标准煤": "tce",
    "吨标煤": "tce",
    "kgCO2e": "kgCO2",
    "gCO2e": "gCO2",
    "tCO2e": "tCO2",
    "吨二氧化碳": "tCO2",
    "焦耳": "J",
    "秒": "s",
    "毫秒": "ms",
    "微秒": "us",
    "μs": "us",
    "µs": "us",
    "分钟": "minute",
    "min": "minute",
    "小时": "hour",
    "时": "hour",
    "h": "hour",
    "天": "day",
    "日": "day",
    "月": "month",
    "个月": "month",
    "年": "year",
    "季度": "quarter",
    "摄氏度": "degC",
    "°C": "degC",
    "°F": "degF",
    "比特": "bit",
    "字节": "B",
    "兆比特": "Mbit",
    "兆字节": "MB",
    "KB": "kB",
    "Kb": "kb",
    "Kbit": "kbit",
    "%": "percent",
    "percent": "percent",
    "‰": "permille",
    "‱": "permyriad",
    "分": "",
    "points": "",
    "倍": "",
}

# Spellings of a whole unit, or of one that is a ratio by itself.
WHOLE_UNITS = {
    "/": "1",
    "-": "1",
    "—": "1",
    "index": "1",
    "ratio": "1",
    "指数": "1",
    "比值": "1",
    "无量纲": "1",
    "百分点": "percent",
    "个百分点": "percent",
    "百亿亿次": "EFLOPS",
    "十亿亿次": "100PFLOPS",
    "亿亿次": "10PFLOPS",
    "千万亿次": "PFLOPS",
    "百亿亿次/秒": "EFLOPS",
    "亿亿次/秒": "10PFLOPS",
    "千万亿次/秒": "PFLOPS",
    "百亿亿次每秒": "EFLOPS",
    "每秒百亿亿次": "EFLOPS",
    "每秒千万亿次": "PFLOPS",
    "EF": "EFLOPS",
    "PF": "PFLOPS",
    "ZF": "ZFLOPS",
}

# Information is decimal (EB = 10^18 B) unless the binary prefix is written (EiB = 2^60 B).
_PREFIXES = """
nano- = 1/1000000000 = n-
micro- = 1/1000000 = u-
milli- = 1/1000 = m-
centi- = 1/100 = c-
kilo- = 1000 = k-
mega- = 1000000 = M-
giga- = 1000000000 = G-
tera- = 1000000000000 = T-
peta- = 1000000000000000 = P-
exa- = 1000000000000000000 = E-
zetta- = 1000000000000000000000 = Z-
yotta- = 1000000000000000000000000 = Y-
kibi- = 1024 = Ki-
mebi- = 1048576 = Mi-
gibi- = 1073741824 = Gi-
tebi- = 1099511627776 = Ti-
pebi- = 1125899906842624 = Pi-
exbi- = 1152921504606846976 = Ei-
zebi- = 1180591620717411303424 = Zi-
"""
_UNITS = """
metre = [length] = m
second = [time] = s
gram = [mass] = g
kelvin = [temperature]; offset: 0 = K
degC = kelvin; offset: 273.15
degF = 5/9 * kelvin; offset: 459.67 * 5 / 9
bit = [information] = b
byte = 8 * bit = B
floating_point_operation = [floating_point_operation] = FLOP
FLOPS = floating_point_operation / second = FLOPs
integer_operation = [integer_operation] = OP
OPS = integer_operation / second
input_output_operation = [input_output_operation] = IO
IOPS = input_output_operation / second
packet = [packet] = packets
gCO2 = [carbon_dioxide]
tCO2 = 1000000 * gCO2
tce = [standard_coal]
percent = 1/100
permille = 1/1000
permyriad = 1/10000
square_metre = metre ** 2
square_kilometre = 1000000 * metre ** 2
cubic_metre = metre ** 3
hectare = 10000 * metre ** 2
mu = 10000/15 * metre ** 2
litre = metre ** 3 / 1000 = L
tonne = 1000000 * gram = t
minute = 60 * second
hour = 3600 * second
day = 86400 * second
year = [calendar_year]
quarter = year / 4
month = year / 12
joule = 1000 * gram * metre ** 2 / second ** 2 = J
watt = joule / second = W
watt_hour = 3600 * joule = Wh
ampere = [current] = A
volt = watt / ampere = V
hertz = 1 / second = Hz
"""
DEFINITIONS = tuple(
    line
    for line in (
        *_PREFIXES.split("\n"),
        *_UNITS.split("\n"),
        *(f"{name} = [{name}]" for name in (*COUNTED, *CURRENCIES)),
    )
    if line
)
"""Definitions for the registry: prefixes, units, and a dimension for each counted thing."""
