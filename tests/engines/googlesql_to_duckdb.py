"""Statements of GoogleSQL as statements of DuckDB, with the types BigQuery gives their parts."""

import re

from sqlglot import exp

from googlesql import PARTS, PHYSICAL, NAMES, UNITS, Refused, coerces, common, parse

COMPARISONS = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.NullSafeEQ: "IS NOT DISTINCT FROM",
    exp.NullSafeNEQ: "IS DISTINCT FROM",
}
ARITHMETIC = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}
BITWISE = {
    exp.BitwiseAnd: "&",
    exp.BitwiseOr: "|",
    exp.BitwiseLeftShift: "<<",
    exp.BitwiseRightShift: ">>",
}
UNORDERED = ("JSON", "GEOGRAPHY")
# Window functions whose OVER needs an order.
ORDERED = "RANK DENSE_RANK PERCENT_RANK CUME_DIST NTILE LAG LEAD".split()
# What stands behind the number of an interval.
INTERVAL_UNIT = re.compile(r", '(?:%s)'$" % "|".join(UNITS))
# Places of arguments that must be literals or parameters.
CONSTANT = {
    "STRING_AGG": [1],
    "LAG": [1, 2],
    "LEAD": [1, 2],
    "NTH_VALUE": [1],
    "NTILE": [0],
    "PERCENTILE_CONT": [1],
    "PERCENTILE_DISC": [1],
}


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def text(value):
    return "'" + value.replace("'", "''") + "'"


class Scope:
    """Names that can be seen."""

    def __init__(self, outer=None):
        self.tables = dict(outer.tables) if outer else {}
        self.values = dict(outer.values) if outer else {}


class Translator:
    """Translates statements over known tables."""

    def __init__(self, functions, tables):
        self.functions = functions
        self.tables = tables
        self.parameters = []

    def statement(self, sql, parameters):
        """DuckDB's text. `parameters` are the types of `@p1` and its successors."""
        self.parameters = parameters
        self.ctes = {}
        return self.query(parse(sql), Scope())[0]

    def query(self, tree, outer):
        """A query and its columns, as pairs of name and type."""
        prefix = ""
        if tree.args.get("with_"):
            listed = []
            for cte in tree.args["with_"].expressions:
                inner, columns = self.query(cte.this, outer)
                self.ctes[cte.alias] = columns
                listed.append(f"{quoted(cte.alias)} AS ({inner})")
            prefix = "WITH " + ", ".join(listed) + " "
        if isinstance(tree, exp.Union):
            if tree.args.get("distinct") is not False:
                raise Refused("UNION without ALL or DISTINCT")
            left, columns = self.query(tree.this, outer)
            right, others = self.query(tree.expression, outer)
            types = [common([a, b], "UNION ALL") for (_, a), (_, b) in zip(columns, others)]
            columns = [(name, ty) for (name, _), ty in zip(columns, types)]
            return f"{prefix}({left} UNION ALL {right})", columns
        if not isinstance(tree, exp.Select):
            raise Refused("a query that is a " + type(tree).__name__)
        sql, columns = self.select(tree, outer)
        return prefix + sql, columns

    def select(self, tree, outer):
        self.knows(tree, "expressions from_ joins where group having qualify order limit offset with_ kind")
        scope = Scope(outer)
        source = ""
        if tree.args.get("from_"):
            source = " FROM " + self.source(tree.args["from_"].this, scope)
        for join in tree.args.get("joins") or []:
            self.knows(join, "this side kind on")
            side = " ".join(word for word in (join.side, join.kind) if word)
            right = self.source(join.this, scope)
            if isinstance(join.this, exp.Unnest):
                right = f"LATERAL (SELECT * FROM {right}) AS {quoted('_j' + str(len(source)))}"
            on = join.args.get("on")
            source += f" {side} JOIN {right}" + (f" ON {self.condition(on, scope)}" if on else "")
        items, columns = [], []
        for item in tree.expressions:
            sql, ty = self.expr(item.unalias(), scope)
            items.append(sql + (f" AS {quoted(item.alias)}" if item.alias else ""))
            columns.append((item.alias_or_name, ty))
        sql = "SELECT " + ", ".join(items) + source
        if tree.args.get("where"):
            sql += " WHERE " + self.condition(tree.args["where"].this, scope)
        if tree.args.get("group"):
            keys = tree.args["group"].expressions
            for key in keys:
                place = int(key.this) if isinstance(key, exp.Literal) and key.is_int else 0
                ty = columns[place - 1][1] if place else self.expr(key, scope)[1]
                if ty in UNORDERED or ty.startswith("ARRAY"):
                    raise Refused("GROUP BY " + ty)
            sql += " GROUP BY " + ", ".join(self.key(key, scope) for key in keys)
        if tree.args.get("having"):
            sql += " HAVING " + self.condition(tree.args["having"].this, scope)
        if tree.args.get("qualify"):
            sql += " QUALIFY " + self.condition(tree.args["qualify"].this, scope)
        if tree.args.get("order"):
            sql += self.order(tree.args["order"], scope, columns)
        for word in ("limit", "offset"):
            if tree.args.get(word):
                sql += f" {word.upper()} {int(tree.args[word].expression.this)}"
        if tree.args.get("kind"):
            raise Refused("SELECT AS")
        return sql, columns

    def knows(self, node, listed):
        """Refuses clauses that nobody reads."""
        for name, value in node.args.items():
            if value and name not in listed.split():
                raise Refused(f"{type(node).__name__} with {name}")

    def key(self, node, scope):
        if isinstance(node, exp.Literal) and node.is_int:
            return node.this
        return self.expr(node, scope)[0]

    def order(self, node, scope, columns=()):
        keys = []
        for key in node.expressions:
            place = int(key.this.this) if columns and isinstance(key.this, exp.Literal) else 0
            ty = columns[place - 1][1] if place else self.expr(key.this, scope)[1]
            if ty in UNORDERED or ty.startswith("ARRAY"):
                raise Refused("ORDER BY " + ty)
            direction = " DESC" if key.args.get("desc") else ""
            nulls = " NULLS FIRST" if key.args.get("nulls_first") else " NULLS LAST"
            keys.append(self.key(key.this, scope) + direction + nulls)
        return " ORDER BY " + ", ".join(keys)

    def source(self, node, scope):
        if isinstance(node, exp.Table):
            columns = self.ctes.get(node.name) or self.tables.get(node.name)
            if columns is None:
                raise Refused("no table " + node.name)
            scope.tables[node.alias_or_name] = dict(columns)
            return f"{quoted(node.name)} AS {quoted(node.alias_or_name)}"
        if isinstance(node, exp.Subquery):
            sql, columns = self.query(node.this, Scope())
            scope.tables[node.alias] = dict(columns)
            return f"({sql}) AS {quoted(node.alias)}"
        if isinstance(node, exp.Unnest):
            return self.unnest(node, scope)
        raise Refused("FROM " + type(node).__name__)

    def unnest(self, node, scope):
        for call in node.expressions[0].find_all(exp.Window, exp.Anonymous):
            aggregates = isinstance(call, exp.Window) or any(
                function.kind for function in self.functions.get(call.name.upper(), [])
            )
            if aggregates and call.find_ancestor(exp.Select) is node.find_ancestor(exp.Select):
                raise Refused("an aggregate or a window function within UNNEST")
        array, ty = self.expr(node.expressions[0], scope)
        if not ty.startswith("ARRAY<"):
            raise Refused("UNNEST of " + ty)
        value = node.args["alias"].columns[0].name
        scope.values[value] = ty[6:-1]
        # A null array has no rows, in both engines.
        offset = node.args.get("offset")
        if not offset:
            return f"UNNEST({array}) AS _u({quoted(value)})"
        scope.values[offset.name] = "INT64"
        inner = f"SELECT {quoted(value)}, _o - 1 AS {quoted(offset.name)}"
        return f"({inner} FROM UNNEST({array}) WITH ORDINALITY AS _v({quoted(value)}, _o)) AS _u"

    def condition(self, node, scope):
        return self.typed(node, "BOOL", scope, "a condition")

    def typed(self, node, wanted, scope, what):
        sql, ty = self.expr(node, scope)
        if not coerces(ty, wanted):
            raise Refused(f"{what} of {ty} instead of {wanted}")
        return sql

    def expr(self, node, scope):
        """An expression and its type."""
        method = getattr(self, "on_" + type(node).__name__.lower(), None)
        if method:
            return method(node, scope)
        if type(node) in COMPARISONS:
            return self.comparison(node, scope)
        if type(node) in ARITHMETIC:
            return self.arithmetic(node, scope)
        if type(node) in BITWISE:
            a = self.typed(node.this, "INT64", scope, "bits")
            b = self.typed(node.expression, "INT64", scope, "bits")
            return f"({a} {BITWISE[type(node)]} {b})", "INT64"
        raise Refused(type(node).__name__ + ": " + node.sql(dialect="bigquery")[:80])

    def comparison(self, node, scope):
        (a, left), (b, right) = self.expr(node.this, scope), self.expr(node.expression, scope)
        shared = common([left, right], "a comparison")
        if shared in UNORDERED or shared.startswith("ARRAY"):
            raise Refused("a comparison of " + shared)
        sign = COMPARISONS[type(node)]
        if shared == "BIGNUMERIC":
            if sign.startswith("IS"):
                raise Refused("IS DISTINCT FROM of BIGNUMERIC")
            return f"(bq_decimal_compare({self.decimal(a, left)}, {self.decimal(b, right)}) {sign} 0)", "BOOL"
        return f"({a} {sign} {b})", "BOOL"

    def arithmetic(self, node, scope):
        (a, left), (b, right) = self.expr(node.this, scope), self.expr(node.expression, scope)
        shared = common([left, right, "INT64"], "arithmetic")
        if isinstance(node, exp.Div) and shared == "INT64":
            shared = "FLOAT64"
        sign = ARITHMETIC[type(node)]
        if shared == "BIGNUMERIC":
            return f"bq_decimal({self.decimal(a, left)}, '{sign}', {self.decimal(b, right)})", shared
        if shared == "INT64":
            return f"({a} {sign} {b})", shared
        if shared != "FLOAT64":
            raise Refused("arithmetic of " + shared)
        return f"bq_finite(({a})::DOUBLE {sign} bq_divisor('{sign}', ({b})::DOUBLE))", shared

    def decimal(self, sql, ty):
        return sql if ty == "BIGNUMERIC" else f"bq_decimal_of(({sql})::VARCHAR)"

    def on_paren(self, node, scope):
        sql, ty = self.expr(node.this, scope)
        return f"({sql})", ty

    def on_neg(self, node, scope):
        sql, ty = self.expr(node.this, scope)
        if isinstance(node.this, exp.Literal) and ty == "INT64":
            return f"(-{node.this.this})::BIGINT", ty
        if ty not in ("INT64", "FLOAT64"):
            raise Refused("minus " + ty)
        return f"(- {sql})", ty

    def on_column(self, node, scope):
        if node.table.upper() == "SAFE" and isinstance(node.this, exp.Anonymous):
            return self.safe(node.this, scope)
        if not node.table:
            if node.name not in scope.values:
                raise Refused("no name " + node.name)
            return quoted(node.name), scope.values[node.name]
        columns = scope.tables.get(node.table, {})
        if node.name not in columns:
            raise Refused(f"no column {node.name} in {node.table}")
        return f"{quoted(node.table)}.{quoted(node.name)}", columns[node.name]

    def on_literal(self, node, scope):
        if node.is_string:
            return text(node.this), "STRING"
        if node.is_int:
            return f"{node.this}::BIGINT", "INT64"
        return f"{node.this}::DOUBLE", "FLOAT64"

    def on_rawstring(self, node, scope):
        return text(node.this), "STRING"

    def on_null(self, node, scope):
        return "NULL", "NULL"

    def on_boolean(self, node, scope):
        return ("TRUE" if node.this else "FALSE"), "BOOL"

    def on_parameter(self, node, scope):
        number = int(node.name.removeprefix("p"))
        ty = self.parameters[number - 1]
        return f"${number}::{PHYSICAL[ty]}", ty

    def on_parsejson(self, node, scope):
        return f"bq_parse_json({text(node.this.this)})::JSON", "JSON"

    def on_and(self, node, scope):
        return self.connected(node, "AND", scope)

    def on_or(self, node, scope):
        return self.connected(node, "OR", scope)

    def connected(self, node, word, scope):
        return f"({self.condition(node.this, scope)} {word} {self.condition(node.expression, scope)})", "BOOL"

    def on_not(self, node, scope):
        return f"(NOT {self.condition(node.this, scope)})", "BOOL"

    def on_is(self, node, scope):
        sql, ty = self.expr(node.this, scope)
        if not isinstance(node.expression, exp.Null):
            sql, word = self.condition(node.this, scope), "TRUE" if node.expression.this else "FALSE"
            return f"({sql} IS {word})", "BOOL"
        return f"({sql} IS NULL)", "BOOL"

    def on_in(self, node, scope):
        if not node.expressions:
            raise Refused("IN of a query")
        all_ = [self.expr(one, scope) for one in [node.this, *node.expressions]]
        shared = common([ty for _, ty in all_], "IN")
        if shared in UNORDERED:
            raise Refused("IN of " + shared)
        return f"({all_[0][0]} IN ({', '.join(sql for sql, _ in all_[1:])}))", "BOOL"

    def on_between(self, node, scope):
        three = [self.expr(node.args[name], scope) for name in ("this", "low", "high")]
        shared = common([ty for _, ty in three], "BETWEEN")
        if shared in UNORDERED:
            raise Refused("BETWEEN of " + shared)
        return "({} BETWEEN {} AND {})".format(*(sql for sql, _ in three)), "BOOL"

    def on_like(self, node, scope):
        a = self.typed(node.this, "STRING", scope, "LIKE")
        b = self.typed(node.expression, "STRING", scope, "LIKE")
        return f"({a} LIKE {b} ESCAPE '\\')", "BOOL"

    def on_dpipe(self, node, scope):
        (a, left), (b, right) = self.expr(node.this, scope), self.expr(node.expression, scope)
        shared = common([left, right], "||")
        if shared not in ("STRING", "NULL") and not shared.startswith("ARRAY<"):
            raise Refused("|| of " + shared)
        return f"({a} || {b})", "STRING" if shared == "NULL" else shared

    def on_if(self, node, scope):
        branches = [(node.this, node.args["true"])]
        return self.cases(None, branches, node.args.get("false"), scope)

    def on_case(self, node, scope):
        branches = [(one.this, one.args["true"]) for one in node.args["ifs"]]
        return self.cases(node.this, branches, node.args.get("default"), scope)

    def cases(self, subject, branches, default, scope):
        head = "CASE"
        if subject is not None:
            first, ty = self.expr(subject, scope)
            types = [ty] + [self.expr(condition, scope)[1] for condition, _ in branches]
            if common(types, "CASE") in UNORDERED:
                raise Refused("CASE of JSON")
            head += " " + first
        whens, results = [], []
        for condition, result in branches:
            found = self.expr(condition, scope)[0] if subject is not None else self.condition(condition, scope)
            whens.append(f" WHEN {found} THEN ")
            results.append(self.expr(result, scope))
        if default is not None:
            whens.append(" ELSE ")
            results.append(self.expr(default, scope))
        shared = common([ty for _, ty in results], "CASE")
        parts = [when + self.widened(sql, ty, shared) for when, (sql, ty) in zip(whens, results)]
        return head + "".join(parts) + " END", shared

    def widened(self, sql, ty, wanted):
        """A value as its supertype; BigQuery does this by itself."""
        if ty == wanted or ty == "NULL" or wanted == "NULL":
            return sql
        if wanted == "BIGNUMERIC":
            return self.decimal(sql, ty)
        if ty == "BIGNUMERIC" and wanted == "FLOAT64":
            return f"({sql})::DOUBLE"
        return f"({sql})::{PHYSICAL[wanted]}" if wanted in PHYSICAL else sql

    def on_cast(self, node, scope):
        return self.cast(node, False, scope)

    def on_trycast(self, node, scope):
        return self.cast(node, True, scope)

    def cast(self, node, safe, scope):
        sql, ty = self.expr(node.this, scope)
        to = NAMES.get(node.to.this.name)
        if to is None:
            raise Refused("CAST AS " + node.to.sql())
        if ty in (to, "NULL"):
            return (sql if ty == to else f"NULL::{PHYSICAL[to]}"), to
        found = self.functions.get(f"CAST_{ty}_{to}")
        if not found:
            raise Refused(f"CAST of {ty} AS {to}")
        inner, sql = sql, found[0].template.replace("{0}", sql)
        if to == "JSON":
            raise Refused("CAST AS JSON")
        return (self.attempt(sql, [inner]) if safe else sql), to

    def on_dot(self, node, scope):
        """The grammar takes `SAFE.f(x)[y]` for a field of SAFE."""
        if node.this.name.upper() != "SAFE" or not isinstance(node.expression, exp.Anonymous):
            raise Refused("a field: " + node.sql(dialect="bigquery")[:80])
        return self.safe(node.expression, scope)

    def on_safefunc(self, node, scope):
        return self.safe(node.this, scope)

    def safe(self, node, scope):
        """A call that is Null where it fails; what fails within its arguments still does."""
        sqls = []
        sql, ty = self.call(node.name.upper(), node.expressions, scope, sqls=sqls)
        return self.attempt(sql, sqls), ty

    def attempt(self, sql, args):
        if "(SELECT" not in sql:
            return f"TRY({sql})"
        # DuckDB tries no subquery: the arguments are computed first.
        items = []
        for place, arg in enumerate(args):
            unit = INTERVAL_UNIT.search(arg)
            value, unit = (arg[: unit.start()], unit[0]) if unit else (arg, "")
            items.append(f"{value} AS _a{place}")
            sql = sql.replace(arg, f"_a{place}{unit}")
        return f"(SELECT TRY({sql}) FROM (SELECT {', '.join(items)}))"

    def on_subquery(self, node, scope):
        sql, columns = self.query(node.this, scope)
        if len(columns) != 1:
            raise Refused("a subquery of several columns")
        return f"({sql})", columns[0][1]

    def on_exists(self, node, scope):
        return f"EXISTS ({self.query(node.this, scope)[0]})", "BOOL"

    def on_array(self, node, scope):
        first = node.expressions[0] if node.expressions else None
        if isinstance(first, exp.Select):
            sql, columns = self.query(first, scope)
            if len(columns) != 1:
                raise Refused("ARRAY of several columns")
            return f"ARRAY({sql})", f"ARRAY<{columns[0][1]}>"
        items = [self.expr(item, scope) for item in node.expressions]
        shared = common([ty for _, ty in items], "an array") if items else "NULL"
        listed = ", ".join(self.widened(sql, ty, shared) for sql, ty in items)
        physical = PHYSICAL.get(shared)
        return f"[{listed}]" + (f"::{physical}[]" if physical else ""), f"ARRAY<{shared}>"

    def on_bracket(self, node, scope):
        sql, ty = self.expr(node.this, scope)
        if len(node.expressions) != 1 or not ty.startswith(("ARRAY<", "JSON")):
            raise Refused("[ ] of " + ty)
        index, kind = self.expr(node.expressions[0], scope)
        if ty == "JSON":
            if kind not in ("INT64", "STRING"):
                raise Refused("JSON by " + kind)
            return f"bq_json_{'item' if kind == 'INT64' else 'field'}({sql}, {index})::JSON", "JSON"
        if kind != "INT64" or node.args.get("offset") is None:
            raise Refused("an element by " + kind)
        first = 1 - int(node.args["offset"])
        found = f"bq_element({sql}, ({index}) + {first})"
        if not node.args.get("safe"):
            found = f"bq_required_element({sql}, ({index}) + {first})"
        return found, ty[6:-1]

    def on_extract(self, node, scope):
        part = node.this.sql(dialect="bigquery").upper()
        ty = self.expr(node.expression, scope)[1]
        return self.call("EXTRACT_" + part.replace("(", "_").replace(")", ""), [node.expression], scope)

    def on_anonymous(self, node, scope):
        return self.call(node.name.upper(), node.expressions, scope)

    def on_window(self, node, scope):
        self.knows(node, "this partition_by order spec over")
        keys = [self.expr(key, scope) for key in node.args.get("partition_by") or []]
        if any(ty in UNORDERED or ty == "FLOAT64" for _, ty in keys):
            raise Refused("PARTITION BY JSON or FLOAT64")
        over = "PARTITION BY " + ", ".join(sql for sql, _ in keys) if keys else ""
        if node.args.get("order"):
            over += self.order(node.args["order"], scope)
        spec = node.args.get("spec")
        if spec:
            ends = []
            for name in ("start", "end"):
                bound, side = spec.args[name], spec.args[name + "_side"]
                bound = bound if isinstance(bound, str) else str(int(bound.this))
                ends.append(f"{bound} {side or ''}".strip())
            over += f" {spec.args['kind']} BETWEEN {ends[0]} AND {ends[1]}"
        call = node.this
        if isinstance(call, (exp.IgnoreNulls, exp.RespectNulls)):
            raise Refused("IGNORE NULLS behind a call")
        return self.call(call.name.upper(), call.expressions, scope, f" OVER ({over.strip()})")

    def call(self, name, args, scope, over="", sqls=None):
        """A call of a function of the list, with what BigQuery allows within an aggregate."""
        overloads = self.functions.get(name)
        if not overloads:
            raise Refused(f"{name} is not on the list of functions")
        args, units, clauses = list(args), {}, {"distinct": "", "order": "", "nulls": ""}
        if args and isinstance(args[-1], exp.Order):
            clauses["order"] = self.order(args[-1], scope)
            args[-1] = args[-1].this
        if args and isinstance(args[0], exp.Distinct):
            clauses["distinct"] = "DISTINCT "
            args[:1] = args[0].expressions
        if args and isinstance(args[0], exp.Column) and isinstance(args[0].this, exp.IgnoreNulls):
            # The grammar takes `SAFE.f(x) IGNORE NULLS` for a column of SAFE.
            args[0] = exp.IgnoreNulls(this=exp.SafeFunc(this=args[0].this.this))
        if args and isinstance(args[0], exp.IgnoreNulls):
            args[0] = args[0].this
            clauses["nulls"] = " IGNORE NULLS"
            if isinstance(args[0], exp.Distinct):
                clauses["distinct"] = "DISTINCT "
                args[:1] = args[0].expressions
        sqls, types = ([] if sqls is None else sqls), []
        for arg in args:
            sql, ty = self.argument(arg, scope)
            sqls.append(sql)
            types.append(ty)
        self.constant(name, args)
        if name in ("MIN", "MAX", "GREATEST", "LEAST", "NULLIF") and set(types) & set(UNORDERED):
            raise Refused(f"{name} of {', '.join(types)}")
        for function in overloads:
            found = function.result(types)
            if found is not None:
                gives, shared = found
                break
        else:
            raise Refused(f"{name} of {', '.join(types)}")
        if any(clauses.values()) and not function.kind:
            raise Refused(f"a clause within {name}")
        if over and not function.kind:
            raise Refused(f"{name} OVER")
        if not over and function.kind == "WINDOW":
            raise Refused(f"{name} without OVER")
        if over and any(clauses.values()) and function.kind == "AGGREGATE" and name != "COUNT":
            raise Refused(f"clauses within {name} beside OVER")
        if over and clauses["distinct"] and "ORDER BY" in over:
            raise Refused("DISTINCT beside an ordered OVER")
        if clauses["distinct"] and types[0] in UNORDERED:
            raise Refused("DISTINCT " + types[0])
        if over and name in ORDERED and "ORDER BY" not in over:
            raise Refused(f"{name} without an order")
        sql = self.filled(function, sqls, types, shared, clauses, over)
        if gives.endswith(("JSON", "JSON>")):
            sql = f"({sql})::JSON" + ("[]" if gives != "JSON" else "")
        return sql, gives

    def constant(self, name, args):
        """Refuses what must be a literal or a parameter and is none."""
        for place in CONSTANT.get(name, ()):
            arg = args[place] if place < len(args) else exp.Null()
            if isinstance(arg, exp.Neg):
                arg = arg.this
            if not isinstance(arg, (exp.Literal, exp.RawString, exp.Parameter, exp.Null, exp.Boolean)):
                raise Refused(f"{name} of an argument {place + 1} that is no literal")

    def argument(self, arg, scope):
        if isinstance(arg, exp.Interval):
            unit = arg.unit.name.upper()
            if unit not in UNITS:
                raise Refused("INTERVAL " + unit)
            count = arg.this
            if isinstance(count, exp.Literal):
                return f"{int(count.this)}::BIGINT, {text(unit)}", "INTERVAL"
            return f"{self.typed(count, 'INT64', scope, 'INTERVAL')}, {text(unit)}", "INTERVAL"
        if isinstance(arg, exp.Kwarg):
            return text(arg.expression.name), "NAMED_" + arg.name.upper()
        if isinstance(arg, exp.Star):
            return "*", "STAR"
        word = arg.sql(dialect="bigquery").upper()
        bare = isinstance(arg, exp.Column) and not arg.table and not arg.this.quoted
        if (bare and word in PARTS and word.lower() not in scope.values) or word in ("WEEK(MONDAY)", "WEEK(SUNDAY)"):
            return text(word), "PART"
        return self.expr(arg, scope)

    def filled(self, function, sqls, types, shared, clauses, over):
        sql = function.template
        holes = {"order": clauses["order"], "distinct": clauses["distinct"], "over": over}
        holes["present"] = f" FILTER (WHERE {sqls[0]} IS NOT NULL)" if clauses["nulls"] else ""
        holes["nulls"] = clauses["nulls"]
        for name in ("order", "distinct", "over"):
            if holes[name] and "{" + name + "}" not in sql:
                raise Refused(f"{name.upper()} within {function.name}")
        if clauses["nulls"] and "{present}" not in sql and "{nulls}" not in sql:
            raise Refused(f"IGNORE NULLS within {function.name}")
        takes = function.takes + function.takes[-1:] * (len(sqls) - len(function.takes))
        for place, wanted in enumerate(takes):
            wanted = shared if wanted == "T" else wanted
            if wanted in PHYSICAL:
                sqls[place] = self.widened(sqls[place], types[place], wanted)
        holes["all"] = ", ".join(sqls)
        holes.update({str(place): sql for place, sql in enumerate(sqls)})
        parts = []
        rest = sql
        while "{" in rest:
            before, _, rest = rest.partition("{")
            hole, closed, rest = rest.partition("}")
            if hole not in holes:
                raise Refused(f"{function.name} has no {hole}")
            parts += [before, holes[hole]]
        return "".join(parts) + rest
