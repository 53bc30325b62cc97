//! What is wrong with a seed file, and where.

/// Why a seed cannot be loaded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The file, relative to the project.
    pub file: String,
    /// The line, from 1; `None` when the file as a whole is meant.
    pub line: Option<u32>,
    /// One sentence.
    pub message: String,
}

impl Problem {
    /// A problem of a file, of a sentence that may begin with `file: ` or `file:line: `.
    pub(super) fn read(file: &str, sentence: &str) -> Self {
        let whole = |message: &str| Self {
            file: file.to_owned(),
            line: None,
            message: message.to_owned(),
        };
        let Some(rest) = sentence
            .strip_prefix(file)
            .and_then(|rest| rest.strip_prefix(':'))
        else {
            return whole(sentence);
        };
        match rest.split_once(": ") {
            Some((line, message)) if line.parse::<u32>().is_ok() => Self {
                line: line.parse().ok(),
                ..whole(message)
            },
            _ => whole(rest.trim_start()),
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_file_and_line() {
        let cases = [
            (
                "a.csv:3: `x` is no number",
                "a.csv:3: `x` is no number",
                Some(3),
            ),
            ("a.csv: gone", "a.csv: gone", None),
            ("the disk is full", "a.csv: the disk is full", None),
            ("a.csv: 7: odd", "a.csv: 7: odd", None),
        ];
        for (sentence, shown, line) in cases {
            let problem = Problem::read("a.csv", sentence);
            assert_eq!((problem.to_string().as_str(), problem.line), (shown, line));
        }
    }
}
