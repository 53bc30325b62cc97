//! Ids: slugs of names, with the parent's in front.

/// The slug of a name: lower case, letters and digits of any script kept, everything else one `-`.
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let trimmed = out.trim_end_matches('-');
    if trimmed.is_empty() {
        "x".to_owned()
    } else {
        trimmed.to_owned()
    }
}

/// The id of a workbook: the one it says, else the slug of its name.
pub(crate) fn workbook(workbook: &crate::document::workbook::Workbook) -> String {
    match (&workbook.id, &workbook.workbook) {
        (Some(id), _) => id.value.clone(),
        (None, name) => slug(name.as_ref().map_or("", |name| &name.value)),
    }
}

/// A name with case and `_` for spaces folded away: two names of one name space may not share it.
pub fn folded(name: &str) -> String {
    fold(name).collect()
}

/// Whether two names are equal when [`folded`].
pub(crate) fn same_folded(one: &str, other: &str) -> bool {
    fold(one).eq(fold(other))
}

fn fold(name: &str) -> impl Iterator<Item = char> {
    let lower = name.chars().flat_map(char::to_lowercase);
    lower.map(|c| if c == '_' { ' ' } else { c })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_letters_and_join_the_rest_with_one_hyphen() {
        for (name, expected) in [
            ("Customers", "customers"),
            ("Monthly Revenue (net)", "monthly-revenue-net"),
            ("Días – Año", "días-año"),
            ("%", "x"),
        ] {
            assert_eq!(slug(name), expected);
        }
    }
}
