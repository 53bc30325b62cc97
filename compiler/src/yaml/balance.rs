//! Quotations and brackets of a formula, as far as needed to see where one ends.

/// What is open at a place in a formula.
#[derive(Clone, Copy, Default)]
pub(super) struct Balance {
    depth: usize,
    quoted: bool,
    escaped: bool,
    /// A closing bracket came that nothing had opened.
    pub(super) overclosed: bool,
}

impl Balance {
    /// Takes the next character.
    pub(super) fn feed(&mut self, c: char) {
        if self.quoted {
            match c {
                _ if self.escaped => self.escaped = false,
                '\\' => self.escaped = true,
                '"' => self.quoted = false,
                _ => {}
            }
            return;
        }
        match c {
            '"' => self.quoted = true,
            '(' | '[' | '{' => self.depth += 1,
            ')' | ']' | '}' => match self.depth.checked_sub(1) {
                Some(depth) => self.depth = depth,
                None => self.overclosed = true,
            },
            _ => {}
        }
    }

    /// Whether no quotation and no bracket is open.
    pub(super) fn is_even(self) -> bool {
        self.depth == 0 && !self.quoted
    }
}

/// Whether a text opens something that it does not close, or the other way round.
pub(super) fn is_uneven(text: &str) -> bool {
    let balance = after(text);
    !balance.is_even() || balance.overclosed
}

/// Whether a comment cuts a scalar in two: alone it is uneven, together they are even.
pub(super) fn is_cut(plain: &str, comment: &str) -> bool {
    is_uneven(plain) && !is_uneven(&format!("{plain} {comment}"))
}

fn after(text: &str) -> Balance {
    let mut balance = Balance::default();
    text.chars().for_each(|c| balance.feed(c));
    balance
}

/// Length of the bracketed or quoted text that `text` begins with; `None` when it does not close.
pub(super) fn closed_len(text: &str) -> Option<usize> {
    let mut balance = Balance::default();
    for (at, c) in text.char_indices() {
        balance.feed(c);
        if balance.is_even() {
            return Some(at + c.len_utf8());
        }
    }
    None
}
