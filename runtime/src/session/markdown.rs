//! Prose of text elements as HTML: Markdown, rendered and then sanitised, always in this order.
//!
//! Values stand in the Markdown as marks of private-use characters, so that no value can end an emphasis or a link, and
//! leave it as `<span data-value="INDEX"></span>` for the browser to fill.

use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use bookwright_compiler::plan::layout::{Prose, ProsePart};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};

/// Marks the begin of a value's index, and its end.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// Prose as safe HTML.
pub fn render(prose: &Prose) -> String {
    let source = marked(prose);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut out = String::with_capacity(source.len() * 3 / 2);
    html::push_html(
        &mut out,
        Parser::new_ext(&source, options).flat_map(place_values),
    );
    SANITIZER.clean(&out).to_string()
}

/// Origins (`https://host:port`) of the pictures in HTML made by [`render`], in order of appearance.
pub fn image_origins(html: &str) -> Vec<String> {
    html.split("<img ")
        .skip(1)
        .filter_map(|tag| tag.split_once('>'))
        .filter_map(|(attributes, _)| attributes.split_once("src=\""))
        .filter_map(|(_, rest)| rest.split_once('"'))
        .filter_map(|(address, _)| origin(address))
        .collect()
}

/// The origin of an address over HTTP; `None` for all others and for hosts with unusual characters.
pub fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = !host.is_empty()
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".-:".contains(&b));
    (plain && matches!(scheme.as_str(), "http" | "https"))
        .then(|| format!("{scheme}://{}", host.to_ascii_lowercase()))
}

static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(UrlRelative::PassThrough)
        .add_tag_attributes("span", ["data-value"])
        .add_tags(["input"])
        .add_tag_attributes("input", ["checked", "disabled"])
        .set_tag_attribute_value("input", "disabled", "")
        .set_tag_attribute_value("input", "type", "checkbox");
    builder
});

fn marked(prose: &Prose) -> String {
    let mut out = String::new();
    for part in &prose.0 {
        match part {
            ProsePart::Text(text) => {
                out.extend(text.chars().filter(|c| !matches!(*c, OPEN | CLOSE)));
            }
            ProsePart::Value(index) => {
                out.push(OPEN);
                out.push_str(&index.to_string());
                out.push(CLOSE);
            }
        }
    }
    out
}

/// Turns marks in text into spans, and removes them where a span cannot stand: in addresses and titles.
fn place_values(event: Event<'_>) -> Vec<Event<'_>> {
    match event {
        Event::Text(text) if text.contains(OPEN) => {
            pieces(&text, |piece| Event::Text(CowStr::from(piece.to_owned())))
        }
        Event::Code(text) if text.contains(OPEN) => {
            let inside = pieces(&text, |piece| Event::Text(CowStr::from(piece.to_owned())));
            let tag = |tag: &'static str| std::iter::once(Event::InlineHtml(CowStr::from(tag)));
            tag("<code>").chain(inside).chain(tag("</code>")).collect()
        }
        // What stands between the tags of the author's own HTML is text and arrives as such; a mark in a tag is dropped.
        Event::InlineHtml(text) => vec![Event::InlineHtml(unmarked(text))],
        Event::Html(text) => vec![Event::Html(spans(&text))],
        Event::Start(tag) => vec![Event::Start(without_marks(tag))],
        other => vec![other],
    }
}

fn without_marks(tag: Tag<'_>) -> Tag<'_> {
    match tag {
        Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        } => Tag::Link {
            link_type,
            dest_url: unmarked(dest_url),
            title: unmarked(title),
            id,
        },
        Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        } => Tag::Image {
            link_type,
            dest_url: unmarked(dest_url),
            title: unmarked(title),
            id,
        },
        other => other,
    }
}

/// Text split at its marks; a mark becomes a span.
fn pieces<'a>(text: &str, piece: impl Fn(&str) -> Event<'a>) -> Vec<Event<'a>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (index, after) = after.split_once(CLOSE).unwrap_or((after, ""));
        if !before.is_empty() {
            out.push(piece(before));
        }
        out.push(Event::InlineHtml(CowStr::from(span(index))));
        rest = after;
    }
    if !rest.is_empty() {
        out.push(piece(rest));
    }
    out
}

/// A block of the author's HTML: marks outside of tags become spans, marks inside of tags go.
fn spans(text: &str) -> CowStr<'static> {
    let mut out = String::with_capacity(text.len());
    let mut in_tag = false;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            OPEN => {
                let index: String = rest.by_ref().take_while(|c| *c != CLOSE).collect();
                if !in_tag {
                    out.push_str(&span(&index));
                }
                continue;
            }
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ => {}
        }
        out.push(c);
    }
    out.into()
}

fn span(index: &str) -> String {
    format!("<span data-value=\"{index}\"></span>")
}

fn unmarked(text: CowStr<'_>) -> CowStr<'_> {
    if !text.contains(OPEN) {
        return text;
    }
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c == OPEN {
            rest.by_ref().take_while(|c| *c != CLOSE).for_each(drop);
        } else {
            out.push(c);
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parts: &[Result<&str, usize>], expected: &str) {
        let parts = parts.iter().map(|part| match part {
            Ok(text) => ProsePart::Text((*text).to_owned()),
            Err(index) => ProsePart::Value(*index),
        });
        assert_eq!(render(&Prose(parts.collect())).trim_end(), expected);
    }

    #[test]
    fn values_become_spans_wherever_text_can_stand() {
        check(
            &[Ok("# "), Err(0), Ok(" left")],
            "<h1><span data-value=\"0\"></span> left</h1>",
        );
        check(
            &[Ok("**"), Err(12), Ok("**")],
            "<p><strong><span data-value=\"12\"></span></strong></p>",
        );
        check(
            &[Ok("`"), Err(0), Ok(" < 1`")],
            "<p><code><span data-value=\"0\"></span> &lt; 1</code></p>",
        );
        check(
            &[Err(0), Err(1)],
            "<p><span data-value=\"0\"></span><span data-value=\"1\"></span></p>",
        );
        check(
            &[Ok("<div>\n"), Err(3), Ok("\n</div>")],
            "<div>\n<span data-value=\"3\"></span>\n</div>",
        );
    }

    #[test]
    fn values_never_reach_an_attribute() {
        check(
            &[
                Ok("[a](https://x.org/"),
                Err(0),
                Ok("?q=1 \"t"),
                Err(1),
                Ok("\")"),
            ],
            "<p><a href=\"https://x.org/?q=1\" title=\"t\" rel=\"noopener noreferrer\">a</a></p>",
        );
        check(
            &[Ok("<b title=\""), Err(0), Ok("\">x</b>")],
            "<p><b title=\"\">x</b></p>",
        );
    }

    #[test]
    fn what_could_run_is_removed() {
        check(&[Ok("<script>alert(1)</script>a")], "a");
        check(
            &[Ok("[a](javascript:alert(1))")],
            "<p><a rel=\"noopener noreferrer\">a</a></p>",
        );
        check(&[Ok("<img src=x onerror=alert(1)>")], "<img src=\"x\">");
        check(
            &[Ok("<p style='color:red' class=x onclick=y>a</p>")],
            "<p>a</p>",
        );
        check(
            &[Ok("<svg><a xlink:href='javascript:x'>a</a></svg>")],
            "<p></p>",
        );
        check(&[Ok("a\u{e000}7\u{e001}b")], "<p>a7b</p>");
    }

    #[test]
    fn tables_and_task_lists_are_known() {
        check(
            &[Ok("- [x] done")],
            "<ul>\n<li><input disabled=\"\" checked=\"\" type=\"checkbox\">\ndone</li>\n</ul>",
        );
        assert!(
            render(&Prose(vec![ProsePart::Text("|a|\n|-|\n|1|".to_owned())]))
                .contains("<td>1</td>")
        );
    }

    #[test]
    fn origins_of_pictures_are_found() {
        let html = render(&Prose(vec![ProsePart::Text(
            "![a](https://CDN.example.org:8443/x.png?y) ![b](/local.png) <img alt=\"c>\" src=\"http://b.org/z\">".to_owned(),
        )]));
        assert_eq!(
            image_origins(&html),
            ["https://cdn.example.org:8443", "http://b.org"]
        );
        assert_eq!(origin("https://a b/"), None);
        assert_eq!(origin("https://x;script-src *"), None);
        assert_eq!(origin("javascript://x"), None);
    }
}
