//! Custom SQL as text: whether it is one query that only reads.
//!
//! A database refuses what writes when it prepares a statement, but not every one, and some only when it runs. So the
//! words are looked at first. Strings, quoted names and comments are passed over as standard SQL has them; where a
//! backslash stands before a quote, engines disagree about where the text ends, and both readings must be sound.

use super::sql_text::{Quoting, Token, next};

/// Why a statement is no custom SQL.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Refusal<'t> {
    /// The word it is about, as written; empty when there is none.
    pub(super) word: &'t str,
    /// A sentence without its period.
    pub(super) message: String,
    /// The way out.
    pub(super) help: &'static str,
}

const STARTS: [&str; 5] = ["select", "with", "values", "table", "from"];
const WRITES: [&str; 5] = ["insert", "update", "delete", "merge", "replace"];

const ONE: &str = "keep one `SELECT`; what follows a `;` belongs into another query";
const READS: &str = "custom SQL only reads; data is changed by actions on input tables";

/// What speaks against a statement.
pub(super) fn refusal(text: &str) -> Option<Refusal<'_>> {
    if let Some(found) = judged(text, Quoting::Standard) {
        return Some(found);
    }
    let ambiguous = ["\\'", "\\\"", "\\`"]
        .iter()
        .any(|mark| text.contains(mark));
    if !ambiguous {
        return None;
    }
    judged(text, Quoting::Backslash).map(|found| Refusal {
        word: found.word,
        message:
            "where a backslash stands before a quote, engines disagree about where the text ends"
                .to_owned(),
        help: "write a quote inside a text as two quotes",
    })
}

fn judged(text: &str, quoting: Quoting) -> Option<Refusal<'_>> {
    let mut tokens: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(Token { start, end, .. }) = next(text, at, quoting) {
        tokens.push(text.get(start..end).unwrap_or_default());
        at = end;
    }
    let Some(first) = tokens.iter().find(|token| **token != "(") else {
        return Some(Refusal {
            word: "",
            message: "there is no query here".to_owned(),
            help: "write one `SELECT`",
        });
    };
    if !is_one_of(first, &STARTS) {
        let message = format!("`{first}` begins no query");
        let help = READS;
        let word = first;
        return Some(Refusal {
            word,
            message,
            help,
        });
    }
    let common = first.eq_ignore_ascii_case("with");
    let mut depth = 0_usize;
    for (index, word) in tokens.iter().enumerate() {
        match *word {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            ";" if tokens[index..].iter().any(|later| *later != ";") => {
                let rest = tokens[index..].iter().find(|later| **later != ";");
                return Some(Refusal {
                    word: rest.unwrap_or(word),
                    message: "there is a second statement".to_owned(),
                    help: ONE,
                });
            }
            _ => {}
        }
        let before = index.checked_sub(1).map_or("", |before| tokens[before]);
        let opens = before == "(" || (common && depth == 0 && before == ")");
        if writes(&tokens[index..], before, opens) {
            return Some(Refusal {
                word,
                message: format!("`{word}` writes"),
                help: READS,
            });
        }
    }
    None
}

/// Whether a statement or clause that writes begins with the first of these tokens. `opens`: a statement may begin
/// here.
fn writes(tokens: &[&str], before: &str, opens: bool) -> bool {
    let Some((word, rest)) = tokens.split_first() else {
        return false;
    };
    let next = rest.first().copied().unwrap_or_default();
    let follows = |words: &[&str]| is_one_of(next, words);
    let begins = opens && is_one_of(word, &WRITES) && next.starts_with(is_letter);
    begins
        || match word.to_ascii_lowercase().as_str() {
            // `SELECT … INTO` makes a table.
            "into" => true,
            "insert" => follows(&["into", "overwrite", "or", "all"]),
            "replace" | "merge" => follows(&["into"]),
            "delete" => follows(&["from"]),
            "update" => {
                let sets = rest.iter().take(4).any(|word| is_one_of(word, &["set"]));
                sets || is_one_of(before, &["for", "key"])
            }
            "share" => is_one_of(before, &["for", "key"]),
            _ => false,
        }
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::refusal;

    #[test]
    fn queries_are_accepted() {
        for text in [
            "select 1",
            "SELECT 1;",
            "select 1 ; ; -- done",
            "  -- a comment first\n/* and another; drop table t */ select * from t",
            "with a as (select 1 as x), b as (select * from a) select * from b",
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 9) select * from n",
            "(select 1) union all (select 2)",
            "values (1, 'a'), (2, 'b')",
            "from orders select count(*)",
            "table orders",
            "select 'a; delete from t' as a, \"drop\" as b, `insert into` as c from t",
            "select 'it''s; update t set x = 1'",
            "select replace(a, 'x', 'y'), (replace(a, 'x', 'y')) from t",
            "select updated_at, inserted, deleted, merge_key from t",
            "select t.delete, t.update, x.into from t",
            "select update from t where action = 'delete'",
            "select $$ ; delete from t $$, $tag$ insert into t $tag$",
            "select case when kind = 'insert into' then 1 end from t -- ; update t set a = 1",
            "select '\\' as a, 'x' as b",
            "select * from pragma_table_info('t')",
            "select count(*) from a.b where c in (?1) and d >= ?2",
            "select ' a -- b ' /* c ' */ from t",
            "select größe from \"t;u\"",
            "select row_number() over (partition by a order by b) from t",
        ] {
            assert_eq!(refusal(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_single_query_that_reads_is_refused_at_a_word() {
        for (text, word) in [
            ("", ""),
            ("-- nothing\n", ""),
            (";", ";"),
            ("insert into t values (1)", "insert"),
            ("update t set a = 1", "update"),
            ("DELETE FROM t", "DELETE"),
            (
                "merge into t using s on t.a = s.a when matched then delete",
                "merge",
            ),
            ("replace into t values (1)", "replace"),
            ("create table t as select 1", "create"),
            ("drop table t", "drop"),
            ("alter table t add a", "alter"),
            ("truncate table t", "truncate"),
            ("pragma journal_mode = off", "pragma"),
            ("attach 'x.db' as x", "attach"),
            ("explain select 1", "explain"),
            ("call refresh()", "call"),
            ("copy t to 'x.csv'", "copy"),
            ("set role admin", "set"),
            ("begin; select 1; commit", "begin"),
            ("select 1; select 2", "select"),
            ("select 1; drop table t", "drop"),
            ("select 1 /* ; */; -- x\n delete from t", "delete"),
            (
                "with a as (delete from t returning *) select * from a",
                "delete",
            ),
            (
                "with a as (insert into t values (1) returning *) select * from a",
                "insert",
            ),
            (
                "with a as (update t set x = 1 returning *) select * from a",
                "update",
            ),
            (
                "with a as materialized (delete t returning *) select * from a",
                "delete",
            ),
            ("with a as (select 1) delete from t", "delete"),
            ("with a as (select 1) update t set x = 1", "update"),
            (
                "with a as (select 1) insert into t select * from a",
                "insert",
            ),
            ("with a as (select 1) delete t", "delete"),
            ("select * into copy from t", "into"),
            ("select * from t for update", "update"),
            ("select * from t for share", "share"),
            ("/* a /* b */ delete from t", "delete"),
            ("select 'a\\'' ; delete from t; -- '", "delete"),
        ] {
            let found = refusal(text).map(|refusal| refusal.word);
            assert_eq!(found, Some(word), "{text}");
        }
    }
}
