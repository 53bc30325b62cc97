"""Functions of GoogleSQL that DuckDB lacks or answers otherwise, as the documentation of BigQuery describes them."""

import calendar
import datetime
import decimal
import hashlib
import json
import math
import re
import zoneinfo

import regex

# DuckDB calls from threads of its own, each of which would have a context of its own.
CONTEXT = decimal.Context(prec=90)
decimal.setcontext(CONTEXT)
LONGEST = 1 << 20
SCALE = decimal.Decimal(1).scaleb(-38)
LARGEST = decimal.Decimal("5.7896044618658097711785492504343953926634992332820282019728792003956564819967e38")
EPOCH = datetime.datetime(1970, 1, 1)


def overflow(what):
    return ValueError("overflow: " + what)


def bignumeric(number):
    """A decimal as BIGNUMERIC holds it: 38 digits behind the point, halves away from zero."""
    number = number.quantize(SCALE, decimal.ROUND_HALF_UP)
    if abs(number) > LARGEST:
        raise overflow("BIGNUMERIC")
    number = number.normalize()
    return format(number + 0 if number else decimal.Decimal(0), "f")


def decimal_of(text):
    text = text.strip()
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text):
        raise ValueError("Invalid BIGNUMERIC value: " + text)
    return bignumeric(decimal.Decimal(text))


def decimal_of_float(number):
    return bignumeric(decimal.Decimal(number))


def arithmetic(left, sign, right):
    a, b = decimal.Decimal(left), decimal.Decimal(right)
    if sign == "/" and b == 0:
        raise ValueError("division by zero")
    results = {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}
    return bignumeric(results[sign]())


def decimal_mod(left, right):
    if decimal.Decimal(right) == 0:
        raise ValueError("division by zero: MOD")
    return bignumeric(decimal.Decimal(left) % decimal.Decimal(right))


def rounded(mode):
    def function(text, digits):
        digits = max(-40, min(40, digits))
        number = decimal.Decimal(text)
        return bignumeric(number.quantize(decimal.Decimal(1).scaleb(-digits), mode))

    return function


def compare(left, right):
    a, b = decimal.Decimal(left), decimal.Decimal(right)
    return (a > b) - (a < b)


def decimal_int(text):
    number = int(decimal.Decimal(text).quantize(decimal.Decimal(1), decimal.ROUND_HALF_UP))
    if not -(2**63) <= number < 2**63:
        raise overflow("INT64")
    return number


def float_text(number):
    """CAST(FLOAT64 AS STRING): the fewest of 15 or 17 digits that read back as the same number."""
    if number != number or number in (float("inf"), float("-inf")):
        return {"nan": "nan", "inf": "inf", "-inf": "-inf"}[str(number)]
    if number == 0:
        return "0"
    for digits in (15, 17):
        text = f"{number:.{digits}g}"
        if float(text) == number:
            break
    return text


def float_of(text):
    text = text.strip()
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|(?i:[+-]?(nan|inf|infinity))", text):
        raise ValueError("Bad double value: " + text)
    return float(text)


def int_of(text):
    text = text.strip()
    if not re.fullmatch(r"[+-]?(\d+|0[xX][0-9a-fA-F]+)", text):
        raise ValueError("Bad int64 value: " + text)
    number = int(text, 16 if "x" in text.lower() else 10)
    if not -(2**63) <= number < 2**63:
        raise ValueError("Bad int64 value: " + text)
    return number


def bool_of(text):
    word = text.strip().lower()
    if word not in ("true", "false"):
        raise ValueError("Bad bool value: " + text)
    return word == "true"


def dumped(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def parse_json(text):
    def constant(word):
        raise ValueError("syntax error while parsing value: " + word)

    def unique(pairs):
        members = {}
        for key, value in pairs:
            members.setdefault(key, value)
        return members

    return dumped(json.loads(text, parse_constant=constant, object_pairs_hook=unique))


def field(text, key):
    value = json.loads(text)
    return dumped(value[key]) if isinstance(value, dict) and key in value else None


def item(text, index):
    value = json.loads(text)
    return dumped(value[index]) if isinstance(value, list) and 0 <= index < len(value) else None


def elements(text):
    value = json.loads(text)
    return [dumped(item) for item in value] if isinstance(value, list) else None


def kind(text):
    value = json.loads(text)
    names = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")


def scalar(text):
    """JSON_VALUE: text of a scalar, or nothing."""
    value = json.loads(text)
    if value is None or isinstance(value, (dict, list)):
        return None
    return value if isinstance(value, str) else text if not isinstance(value, bool) else str(value).lower()


def split(text, delimiter):
    if delimiter == "":
        return list(text) or [""]
    return text.split(delimiter)


def substr(text, start, length):
    if length < 0:
        raise ValueError("SUBSTR with a negative length")
    at = start - 1 if start > 0 else 0 if start == 0 else max(len(text) + start, 0)
    return text[at : at + length]


def pad(text, length, fill, left):
    if length < 0 or fill == "":
        raise ValueError("LPAD or RPAD with a negative length or without a pattern")
    if length > LONGEST:
        raise overflow("the text is too long")
    if length <= len(text):
        return text[:length]
    filling = (fill * length)[: length - len(text)]
    return filling + text if left else text + filling


def repeat(text, times):
    if times < 0:
        raise ValueError("REPEAT with a negative count")
    if len(text) * times > LONGEST:
        raise overflow("the text is too long")
    return text * times


def edge(text, length, left):
    if length < 0:
        raise ValueError("LEFT or RIGHT with a negative length")
    return text[:length] if left else text[max(len(text) - length, 0) :]


def replaced(text, old, new):
    return text.replace(old, new) if old else text


def zone(name):
    try:
        return zoneinfo.ZoneInfo(name)
    except Exception as error:
        raise ValueError("Invalid time zone: " + name) from error


def wall_clock(instant, name):
    return (instant.replace(tzinfo=datetime.timezone.utc)).astimezone(zone(name)).replace(tzinfo=None)


def instant(local, name):
    return local.replace(tzinfo=zone(name)).astimezone(datetime.timezone.utc).replace(tzinfo=None)


def raising(words):
    def function(_):
        raise ValueError(words)

    return function


def joined(texts):
    return None if any(text is None for text in texts) else "".join(texts)


def listed(texts, separator, null=None):
    kept = (null if text is None else text for text in texts)
    return separator.join(text for text in kept if text is not None)


def within(place, count):
    if not 1 <= place <= count:
        raise ValueError("Array index out of bounds")
    return True


def format_datetime(pattern, moment):
    """FORMAT_DATETIME, of the elements that the documentation lists for a DATETIME."""
    iso = moment.isocalendar()
    hour = moment.hour % 12 or 12
    fraction = f"{moment.microsecond:06d}"
    bare = fraction.rstrip("0")
    known = {
        "A": moment.strftime("%A"), "a": moment.strftime("%a"), "B": moment.strftime("%B"),
        "b": moment.strftime("%b"), "h": moment.strftime("%b"), "d": f"{moment.day:02d}",
        "e": f"{moment.day:2d}", "F": f"{moment.year}-{moment.month:02d}-{moment.day:02d}",
        "G": str(iso[0]), "H": f"{moment.hour:02d}", "I": f"{hour:02d}", "j": moment.strftime("%j"),
        "k": f"{moment.hour:2d}", "l": f"{hour:2d}", "M": f"{moment.minute:02d}",
        "m": f"{moment.month:02d}", "n": "\n", "p": "AM" if moment.hour < 12 else "PM",
        "Q": str((moment.month + 2) // 3), "R": f"{moment.hour:02d}:{moment.minute:02d}",
        "S": f"{moment.second:02d}", "T": f"{moment:%H:%M:%S}", "t": "\t", "u": str(iso[2]),
        "V": f"{iso[1]:02d}", "w": str(iso[2] % 7), "Y": str(moment.year), "y": f"{moment.year % 100:02d}",
        "%": "%", "E4Y": f"{moment.year:04d}",
        "E*S": f"{moment.second:02d}" + ("." + bare if bare else ""),
    }
    for digits in range(1, 7):
        known[f"E{digits}S"] = f"{moment.second:02d}.{fraction[:digits]}"

    def element(found):
        if found[1] not in known:
            raise ValueError("not a documented element: " + found[0])
        return known[found[1]]

    return re.sub(r"%(E\*S|E4Y|E[1-6]S|.)", element, pattern, flags=re.S)


ELEMENTS = {
    "E4Y": r"(?P<year>\d{4})", "Y": r"(?P<year>\d{1,5})", "y": r"(?P<short>\d{1,2})", "m": r"(?P<month>\d{1,2})",
    "B": "(?P<name>[a-z]+)", "b": "(?P<name>[a-z]+)", "h": "(?P<name>[a-z]+)", "A": "[a-z]+", "a": "[a-z]+",
    "d": r"\s*(?P<day>\d{1,2})", "e": r"\s*(?P<day>\d{1,2})", "H": r"(?P<hour>\d{1,2})", "I": r"(?P<half>\d{1,2})",
    "M": r"(?P<minute>\d{1,2})", "S": r"(?P<second>\d{1,2})", "p": "(?P<noon>am|pm)", "%": "%",
    "E*S": r"(?P<second>\d{1,2})(?:\.(?P<fraction>\d+))?", "F": r"(?P<year>\d{1,5})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
    "T": r"(?P<hour>\d{1,2}):(?P<minute>\d{1,2}):(?P<second>\d{1,2})", "Ez": r"(?P<zone>z|[+-]\d\d(?::?\d\d)?)",
}
MONTHS = "january february march april may june july august september october november december".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def parse_datetime(pattern, text):
    """PARSE_DATETIME: fields that are not read come from 1970-01-01."""
    expression = ""
    for element, space, plain in re.findall(r"%(E\*S|E4Y|Ez|.)|(\s+)|(.)", pattern, re.S):
        if element and element not in ELEMENTS:
            raise ValueError("not a documented element: %" + element)
        expression += ELEMENTS[element] if element else r"\s*" if space else re.escape(plain)
    found = re.fullmatch(expression, text.strip(), re.I)
    if not found:
        raise ValueError("Failed to parse input string")
    read = {name: value for name, value in found.groupdict().items() if value is not None}
    year = int(read.get("year", 1970))
    if "short" in read:
        year = int(read["short"]) + (1900 if int(read["short"]) >= 69 else 2000)
    month = int(read.get("month", 1))
    if "name" in read:
        names = [name for name in MONTHS if read["name"].lower() in (name, name[:3])]
        if not names:
            raise ValueError("Failed to parse input string")
        month = MONTHS.index(names[0]) + 1
    hour = int(read.get("hour", 0))
    if "half" in read:
        hour = int(read["half"])
        if not 1 <= hour <= 12:
            raise ValueError("Failed to parse input string")
        hour = hour % 12 + (12 if read.get("noon", "am").lower() == "pm" else 0)
    fraction = int(read.get("fraction", "0").ljust(6, "0")[:6])
    moment = datetime.datetime(
        year, month, int(read.get("day", 1)), hour, int(read.get("minute", 0)), int(read.get("second", 0)), fraction
    )
    offset = read.get("zone", "z").lower().replace(":", "").ljust(5, "0")
    if offset[0] != "z":
        minutes = int(offset[1:3]) * 60 + int(offset[3:5])
        moment -= datetime.timedelta(minutes=minutes if offset[0] == "+" else -minutes)
    return moment


def datetime_text(moment):
    """CAST(DATETIME AS STRING): no fraction, or one of three or six digits."""
    text = format_datetime("%E4Y-%m-%d %H:%M:%S", moment)
    if not moment.microsecond:
        return text
    fraction = f"{moment.microsecond:06d}"
    return f"{text}.{fraction.removesuffix('000')}"


def datetime_of(text):
    """CAST(STRING AS DATETIME): canonical form."""
    form = r"(\d{1,4})-(\d{1,2})-(\d{1,2})(?:[ tT](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,6}))?)?"
    found = re.fullmatch(form, text)
    if not found:
        raise ValueError("Invalid datetime string: " + text)
    *parts, fraction = found.groups()
    return datetime.datetime(*(int(part or 0) for part in parts), int((fraction or "0").ljust(6, "0")))


def timestamp_of(text):
    """CAST(STRING AS TIMESTAMP), UTC unless a zone is written."""
    found = re.fullmatch(r"(.*?\d)\s?(?:([zZ])|([+-])(\d{1,2})(?::?(\d{2}))?)?", text)
    if not found or not (found[2] or found[3]):
        return datetime_of(text)
    moment = datetime_of(found[1])
    if found[3]:
        offset = datetime.timedelta(hours=int(found[4]), minutes=int(found[5] or 0))
        moment += -offset if found[3] == "+" else offset
    return moment


def shifted(moment, amount, unit):
    """DATETIME_ADD: months and longer keep to the last day of a shorter month."""
    months = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}.get(unit)
    if not months:
        seconds = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600, "DAY": 86400, "WEEK": 604800}
        micros = {"MICROSECOND": 1, "MILLISECOND": 1000}.get(unit) or seconds[unit] * 10**6
        return moment + datetime.timedelta(microseconds=micros * amount)
    total = moment.year * 12 + moment.month - 1 + months * amount
    year, month = divmod(total, 12)
    if not 1 <= year <= 9999:
        raise ValueError("overflow: DATETIME_ADD")
    last = (datetime.date(year + month // 11, (month + 1) % 12 + 1, 1) - datetime.timedelta(1)).day if (
        year, month) != (9999, 11) else 31
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


WEEKS = {"WEEK": 6, "WEEK(SUNDAY)": 6, "WEEK(MONDAY)": 0, "ISOWEEK": 0}


def truncated(moment, part):
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if part in WEEKS:
        return start - datetime.timedelta((start.weekday() - WEEKS[part]) % 7)
    return {
        "YEAR": lambda: start.replace(month=1, day=1),
        "QUARTER": lambda: start.replace(month=(start.month - 1) // 3 * 3 + 1, day=1),
        "MONTH": lambda: start.replace(day=1),
        "DAY": lambda: start,
        "HOUR": lambda: moment.replace(minute=0, second=0, microsecond=0),
        "MINUTE": lambda: moment.replace(second=0, microsecond=0),
        "SECOND": lambda: moment.replace(microsecond=0),
        "MILLISECOND": lambda: moment.replace(microsecond=moment.microsecond // 1000 * 1000),
        "MICROSECOND": lambda: moment,
    }[part]()


def difference(later, earlier, part):
    """DATETIME_DIFF: boundaries between two moments."""
    a, b = truncated(earlier, part), truncated(later, part)
    if part in ("YEAR", "QUARTER", "MONTH"):
        return (b.year * 12 + b.month - a.year * 12 - a.month) // {"YEAR": 12, "QUARTER": 3, "MONTH": 1}[part]
    units = {"DAY": 86400e6, "HOUR": 3600e6, "MINUTE": 60e6, "SECOND": 1e6, "MILLISECOND": 1e3, "MICROSECOND": 1}
    return (b - a) // datetime.timedelta(microseconds=units.get(part, 604800e6))


def last_day(moment, part):
    start = truncated(moment, part)
    if part in WEEKS:
        return start + datetime.timedelta(6)
    months = {"YEAR": 12, "QUARTER": 3, "MONTH": 1}[part]
    month = start.month + months - 1
    return start.replace(month=month, day=calendar.monthrange(start.year, month)[1])


def extracted(part, moment):
    first = moment.replace(month=1, day=1)
    return {
        "YEAR": moment.year, "QUARTER": (moment.month + 2) // 3, "MONTH": moment.month, "DAY": moment.day,
        "HOUR": moment.hour, "MINUTE": moment.minute, "SECOND": moment.second,
        "MILLISECOND": moment.microsecond // 1000, "MICROSECOND": moment.microsecond,
        "DAYOFWEEK": moment.isoweekday() % 7 + 1, "DAYOFYEAR": moment.timetuple().tm_yday,
        "ISOWEEK": moment.isocalendar()[1], "ISOYEAR": moment.isocalendar()[0],
        # Days before the first Sunday are in week 0.
        "WEEK": (moment.timetuple().tm_yday - 1 + (7 - (moment.isoweekday() % 7))) // 7,
    }[part]


def made(year, month, day, clock):
    hour, minute, second = (int(part) for part in clock.split(":"))
    return datetime.datetime(year, month, day, hour, minute, second)


def micros(number):
    return EPOCH + datetime.timedelta(microseconds=number)


def seconds(moment):
    return (moment - EPOCH) // datetime.timedelta(seconds=1)


def unix_micros(moment):
    return (moment - EPOCH) // datetime.timedelta(microseconds=1)


def offset(moment, name):
    """FORMAT_TIMESTAMP('%Ez')"""
    local = moment.replace(tzinfo=datetime.timezone.utc).astimezone(zone(name))
    text = local.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"


CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": r"\t\n\f\r "}


def ascii_classes(pattern):
    """The pattern with the classes that RE2 defines by ASCII written out."""
    out, within = "", False
    for escaped, plain in re.findall(r"\\(.)|(.)", pattern, re.S):
        if escaped in CLASSES and escaped:
            out += CLASSES[escaped] if within else f"[{CLASSES[escaped]}]"
        elif escaped and escaped in "DWS" and not within:
            out += f"[^{CLASSES[escaped.lower()]}]"
        elif escaped:
            out += "\\" + escaped
        else:
            within = plain != "]" if within else plain == "["
            out += plain
    return out


def re2(pattern):
    """A regular expression of RE2, whose classes are ASCII."""
    if re.search(r"\(\?(<?[=!]|P=|>)", pattern):
        raise ValueError("RE2 has no look-around")
    return regex.compile(ascii_classes(pattern))


def regexp_found(text, pattern, occurrence):
    compiled = re2(pattern)
    if compiled.groups > 1:
        raise ValueError("REGEXP_EXTRACT with more than one group")
    if occurrence < 1:
        raise ValueError("REGEXP_EXTRACT with an occurrence below 1")
    found = [match for match in compiled.finditer(text)][occurrence - 1 : occurrence]
    return found[0][compiled.groups] if found else None


def regexp_all(text, pattern):
    compiled = re2(pattern)
    if compiled.groups > 1:
        raise ValueError("REGEXP_EXTRACT_ALL with more than one group")
    return [match[compiled.groups] for match in compiled.finditer(text)]


def regexp_replaced(text, pattern, replacement):
    if re.search(r"\\(?![0-9\\])", re.sub(r"\\[0-9\\]", "", replacement)):
        raise ValueError("Invalid REGEXP_REPLACE pattern")
    compiled = re2(pattern)

    def expanded(match):
        return re.sub(
            r"\\([0-9\\])", lambda d: "\\" if d[1] == "\\" else match[int(d[1])] or "", replacement
        )

    return compiled.sub(expanded, text)


def finite(number):
    if math.isinf(number) or math.isnan(number):
        raise overflow("FLOAT64")
    return number


def quotient(a, b):
    """SAFE_DIVIDE"""
    return None if b == 0 or math.isinf(a / b) else a / b


def divisor(sign, number):
    if sign == "/" and number == 0:
        raise ValueError("division by zero")
    return number


def power(base, exponent):
    try:
        found = base**exponent
    except (OverflowError, ZeroDivisionError) as error:
        raise overflow("POW") from error
    if isinstance(found, complex):
        raise overflow("POW of a negative number")
    return found


def logarithm(number, base):
    if number <= 0 or base <= 0 or base == 1:
        raise overflow("LOG")
    return math.log(number) / math.log(base)


def exponential(number):
    try:
        return math.exp(number)
    except OverflowError as error:
        raise overflow("EXP") from error


def quotient_of_integers(a, b, remainder):
    if b == 0:
        raise ValueError("division by zero")
    whole = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
    if whole == 2**63:
        raise overflow("INT64")
    return a - whole * b if remainder else whole


UDFS = [
    ("bq_finite", finite, ["DOUBLE"], "DOUBLE"),
    ("bq_or_null", lambda x: None if math.isinf(x) else x, ["DOUBLE"], "DOUBLE"),
    ("bq_quotient", quotient, ["DOUBLE", "DOUBLE"], "DOUBLE"),
    ("bq_divisor", divisor, ["VARCHAR", "DOUBLE"], "DOUBLE"),
    ("bq_power", power, ["DOUBLE", "DOUBLE"], "DOUBLE"),
    ("bq_log", logarithm, ["DOUBLE", "DOUBLE"], "DOUBLE"),
    ("bq_exp", exponential, ["DOUBLE"], "DOUBLE"),
    ("bq_div", lambda a, b: quotient_of_integers(a, b, False), ["BIGINT", "BIGINT"], "BIGINT"),
    ("bq_mod", lambda a, b: quotient_of_integers(a, b, True), ["BIGINT", "BIGINT"], "BIGINT"),
    ("bq_documented", raising("not a documented element"), ["VARCHAR"], "VARCHAR"),
    ("bq_concat", joined, ["VARCHAR[]"], "VARCHAR"),
    ("bq_joined", listed, ["VARCHAR[]", "VARCHAR"], "VARCHAR"),
    ("bq_joined_with", listed, ["VARCHAR[]", "VARCHAR", "VARCHAR"], "VARCHAR"),
    ("bq_format", lambda pattern, number: pattern % number, ["VARCHAR", "DOUBLE"], "VARCHAR"),
    ("bq_within", within, ["BIGINT", "BIGINT"], "BOOLEAN"),
    ("bq_format_datetime", format_datetime, ["VARCHAR", "TIMESTAMP"], "VARCHAR"),
    ("bq_parse_datetime", parse_datetime, ["VARCHAR", "VARCHAR"], "TIMESTAMP"),
    ("bq_datetime_text", datetime_text, ["TIMESTAMP"], "VARCHAR"),
    ("bq_datetime_of", datetime_of, ["VARCHAR"], "TIMESTAMP"),
    ("bq_timestamp_of", timestamp_of, ["VARCHAR"], "TIMESTAMP"),
    ("bq_shifted", shifted, ["TIMESTAMP", "BIGINT", "VARCHAR"], "TIMESTAMP"),
    ("bq_truncated", truncated, ["TIMESTAMP", "VARCHAR"], "TIMESTAMP"),
    ("bq_difference", difference, ["TIMESTAMP", "TIMESTAMP", "VARCHAR"], "BIGINT"),
    ("bq_last_day", last_day, ["TIMESTAMP", "VARCHAR"], "TIMESTAMP"),
    ("bq_extracted", extracted, ["VARCHAR", "TIMESTAMP"], "BIGINT"),
    ("bq_made", made, ["BIGINT", "BIGINT", "BIGINT", "VARCHAR"], "TIMESTAMP"),
    ("bq_micros", micros, ["BIGINT"], "TIMESTAMP"),
    ("bq_seconds", seconds, ["TIMESTAMP"], "BIGINT"),
    ("bq_unix_micros", unix_micros, ["TIMESTAMP"], "BIGINT"),
    ("bq_offset", offset, ["TIMESTAMP", "VARCHAR"], "VARCHAR"),
    ("bq_contains", lambda text, pattern: bool(re2(pattern).search(text)), ["VARCHAR", "VARCHAR"], "BOOLEAN"),
    ("bq_regexp_found", regexp_found, ["VARCHAR", "VARCHAR", "BIGINT"], "VARCHAR"),
    ("bq_regexp_all", regexp_all, ["VARCHAR", "VARCHAR"], "VARCHAR[]"),
    ("bq_regexp_replaced", regexp_replaced, ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR"),
    ("bq_md5", lambda text: hashlib.md5(text.encode()).digest(), ["VARCHAR"], "BLOB"),
    ("bq_sha256", lambda text: hashlib.sha256(text.encode()).digest(), ["VARCHAR"], "BLOB"),
    ("bq_decimal_of", decimal_of, ["VARCHAR"], "VARCHAR"),
    ("bq_decimal_of_float", decimal_of_float, ["DOUBLE"], "VARCHAR"),
    ("bq_decimal", arithmetic, ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR"),
    ("bq_decimal_mod", decimal_mod, ["VARCHAR", "VARCHAR"], "VARCHAR"),
    ("bq_decimal_round", rounded(decimal.ROUND_HALF_UP), ["VARCHAR", "BIGINT"], "VARCHAR"),
    ("bq_decimal_trunc", rounded(decimal.ROUND_DOWN), ["VARCHAR", "BIGINT"], "VARCHAR"),
    ("bq_decimal_floor", rounded(decimal.ROUND_FLOOR), ["VARCHAR", "BIGINT"], "VARCHAR"),
    ("bq_decimal_ceil", rounded(decimal.ROUND_CEILING), ["VARCHAR", "BIGINT"], "VARCHAR"),
    ("bq_decimal_compare", compare, ["VARCHAR", "VARCHAR"], "BIGINT"),
    ("bq_decimal_int", decimal_int, ["VARCHAR"], "BIGINT"),
    ("bq_float_text", float_text, ["DOUBLE"], "VARCHAR"),
    ("bq_float_of", float_of, ["VARCHAR"], "DOUBLE"),
    ("bq_int_of", int_of, ["VARCHAR"], "BIGINT"),
    ("bq_bool_of", bool_of, ["VARCHAR"], "BOOLEAN"),
    ("bq_parse_json", parse_json, ["VARCHAR"], "VARCHAR"),
    ("bq_json_field", field, ["VARCHAR", "VARCHAR"], "VARCHAR"),
    ("bq_json_item", item, ["VARCHAR", "BIGINT"], "VARCHAR"),
    ("bq_json_elements", elements, ["VARCHAR"], "VARCHAR[]"),
    ("bq_json_kind", kind, ["VARCHAR"], "VARCHAR"),
    ("bq_json_scalar", scalar, ["VARCHAR"], "VARCHAR"),
    ("bq_split", split, ["VARCHAR", "VARCHAR"], "VARCHAR[]"),
    ("bq_substr", substr, ["VARCHAR", "BIGINT", "BIGINT"], "VARCHAR"),
    ("bq_pad", pad, ["VARCHAR", "BIGINT", "VARCHAR", "BOOLEAN"], "VARCHAR"),
    ("bq_repeat", repeat, ["VARCHAR", "BIGINT"], "VARCHAR"),
    ("bq_edge", edge, ["VARCHAR", "BIGINT", "BOOLEAN"], "VARCHAR"),
    ("bq_replace", replaced, ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR"),
    ("bq_trim", str.strip, ["VARCHAR"], "VARCHAR"),
    ("bq_lower", str.lower, ["VARCHAR"], "VARCHAR"),
    ("bq_upper", str.upper, ["VARCHAR"], "VARCHAR"),
    ("bq_reverse", lambda text: text[::-1], ["VARCHAR"], "VARCHAR"),
    ("bq_wall_clock", wall_clock, ["TIMESTAMP", "VARCHAR"], "TIMESTAMP"),
    ("bq_instant", instant, ["TIMESTAMP", "VARCHAR"], "TIMESTAMP"),
]

MACROS = [
    "bq_whole(list) AS len(list_filter(list, lambda x: x IS NULL)) = 0",
    "bq_greatest(list) AS CASE WHEN bq_whole(list) THEN list_max(list) END",
    "bq_least(list) AS CASE WHEN bq_whole(list) THEN list_min(list) END",
    "bq_bucket(x, list) AS CASE WHEN x IS NOT NULL THEN len(list_filter(list, lambda bound: bound <= x))::BIGINT END",
    "bq_element(list, place) AS CASE WHEN place >= 1 THEN list[place] END",
    "bq_required_element(list, place) AS CASE WHEN bq_within(place, len(list)) THEN list[place] END",
]


def strict(function, count):
    """Null for any null. DuckDB counts the parameters."""

    def call(*args):
        decimal.setcontext(CONTEXT)
        return None if any(arg is None for arg in args) else function(*args)

    return [
        lambda: call(),
        lambda a: call(a),
        lambda a, b: call(a, b),
        lambda a, b, c: call(a, b, c),
        lambda a, b, c, d: call(a, b, c, d),
    ][count]


def register(connection):
    for name, function, takes, gives in UDFS:
        connection.create_function(
            name, strict(function, len(takes)), takes, gives, type="native", null_handling="special", side_effects=False
        )
    for macro in MACROS:
        connection.execute("CREATE MACRO " + macro)
